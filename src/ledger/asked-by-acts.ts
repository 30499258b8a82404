import type { EntityManager } from 'typeorm';
import { type Minor, parseAmount } from '../kernel/money.js';
import { unwrap } from '../kernel/result.js';
import type { Contact, ContactKind } from './rules/book.js';

/** The kinds whose amounts the law asks for later: no costs beyond what they asked and announced. */
const IN_EARNEST: readonly ContactKind[] = ['demand', 'fourteen-day-letter', 'be-first-reminder', 'notice-of-default'];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Asked = Pick<Contact, 'asked' | 'announcedCosts'>;

/**
 * What notices and demands that were acts of ours asked and announced, by contact: a contact has the id of its act, whose decision is kept
 * as it went out. Contacts that were no act of ours (a book that was read in) are left out.
 */
export async function askedByActs(
  manager: EntityManager,
  administrationId: string,
  contacts: readonly { readonly id: string; readonly kind: string }[],
): Promise<ReadonlyMap<string, Asked>> {
  const ids = contacts.filter(({ id, kind }) => (IN_EARNEST as readonly string[]).includes(kind) && UUID.test(id)).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const rows = (await manager.query(
    `SELECT id, currency, decision -> 'lines' AS lines, decision ->> 'announcedCosts' AS announced
       FROM act WHERE administration_id = $1 AND id = ANY ($2::uuid[])`,
    [administrationId, ids],
  )) as ActRow[];
  return new Map(rows.map((row) => [row.id, askedBy(row)]));
}

interface ActRow {
  readonly id: string;
  readonly currency: string;
  readonly lines: readonly { readonly invoiceId: string; readonly asked: string }[] | null;
  readonly announced: string | null;
}

function askedBy({ currency, lines, announced }: ActRow): Asked {
  const amount = (text: string): Minor => unwrap(parseAmount(text, currency));
  return {
    ...(lines && { asked: lines.map(({ invoiceId, asked }) => ({ invoiceId, amount: amount(asked) })) }),
    ...(announced !== null && { announcedCosts: amount(announced) }),
  };
}
