import type { EntityManager } from 'typeorm';
import type { Minor } from '../kernel/money.js';
import { type PlainDate, plainDateIn } from '../kernel/plain-date.js';
import { MadeAgain } from './made-again.js';
import { type Moved, MovedInvoices } from './moved-invoices.js';
import { ReturnedFormers } from './returned-formers.js';
import { type ReusedId, followReusedIds, holdMadeAgainOfReused } from './reused-ids.js';
import { type Booked, claimUnderId } from './rules/succession.js';

/** What a batch of a pull is about. */
export interface Brought {
  readonly items: readonly {
    readonly ref: string;
    readonly number: string;
    readonly debtorRef: string | null;
    readonly amount: Minor;
    readonly issueDate: PlainDate;
  }[];
  /** Debtors it tells of, deleted ones too. */
  readonly debtorRefs: readonly string[];
  readonly deletedItemRefs: readonly string[];
}

interface Before {
  /** What each invoice was. */
  readonly booked: ReadonlyMap<string, Booked & { readonly number: string; readonly isDeleted: boolean }>;
  /** Whose each invoice was; those that were not there, or deleted, are left out. */
  readonly debtorOf: ReadonlyMap<string, string>;
  /** Where an invoice that was deleted had been. */
  readonly deleted: ReadonlyMap<string, string>;
  /** Debtors that were there: neither archived nor deleted. */
  readonly alive: ReadonlySet<string>;
}

/**
 * Sees to it that what was said and agreed about invoices is not lost when people rearrange their books in the package: when a debtor is merged
 * into another one, an invoice booked on another debtor, or deleted and made again. Asked before a batch is stored and after it, inside its
 * unit of work: only what the batch itself changed is followed, so a batch that is brought again changes nothing.
 */
export class RearrangedBooks {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /** How things were: to be asked before the batch is stored. Gives what is to be done after. */
  async before(brought: Brought): Promise<(now: Date) => Promise<void>> {
    const before = await this.read(brought);
    return (now) => this.after(brought, before, now);
  }

  private async read({ items, debtorRefs, deletedItemRefs }: Brought): Promise<Before> {
    const invoices = (await this.manager.query(
      `SELECT known.*
         FROM unnest($2::text[]) AS wanted (id)
        CROSS JOIN LATERAL (SELECT invoice.id, number, debtor_id, amount::text AS amount, issue_date::text AS issue_date, deleted_at IS NOT NULL AS deleted FROM invoice
                             WHERE administration_id = $1 AND invoice.id = wanted.id OFFSET 0) known`,
      [this.administrationId, [...items.map(({ ref }) => ref), ...deletedItemRefs]],
    )) as { id: string; number: string; debtor_id: string; amount: string; issue_date: PlainDate; deleted: boolean }[];
    const ownerOf = (deleted: boolean): Map<string, string> =>
      new Map(invoices.filter((row) => row.deleted === deleted).map((row) => [row.id, row.debtor_id]));
    const booked = new Map(
      invoices.map((row) => [
        row.id,
        { number: row.number, debtorId: row.debtor_id, amount: Number(row.amount), issueDate: row.issue_date, isDeleted: row.deleted },
      ]),
    );
    return { booked, debtorOf: ownerOf(false), deleted: ownerOf(true), alive: await this.alive(debtorRefs) };
  }

  private async alive(ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const rows = (await this.manager.query(
      'SELECT id FROM debtor WHERE administration_id = $1 AND id = ANY ($2::text[]) AND NOT archived AND deleted_at IS NULL',
      [this.administrationId, ids],
    )) as { id: string }[];
    return new Set(rows.map(({ id }) => id));
  }

  private async after(brought: Brought, before: Before, now: Date): Promise<void> {
    const when = { now, on: plainDateIn(now, 'Europe/Amsterdam') };
    const reused = reusedIn(brought, before);
    await followReusedIds(this.manager, this.administrationId, reused, when);
    const others = new Set(reused.filter(({ isSure }) => isSure).map(({ invoiceId }) => invoiceId));
    const movedInvoices = new MovedInvoices(this.manager, this.administrationId);
    await movedInvoices.follow(movesIn({ ...brought, items: brought.items.filter(({ ref }) => !others.has(ref)) }, before), when);
    const stillThere = await this.alive([...before.alive]);
    await movedInvoices.followGone([...before.alive].filter((id) => !stillThere.has(id)).sort(), when);
    const deletedIds = brought.deletedItemRefs.filter((ref) => before.debtorOf.has(ref));
    const isBack = [...new Set(brought.items.map(({ ref }) => ref))].filter((ref) => before.deleted.has(ref) && !others.has(ref));
    const returned = new Set(await new ReturnedFormers(this.manager, this.administrationId).follow(isBack, deletedIds, when));
    const isNew = brought.items.filter(({ ref }) => !before.debtorOf.has(ref) && !returned.has(ref));
    await new MadeAgain(this.manager, this.administrationId).follow(
      {
        newIds: isNew.map(({ ref }) => ref),
        newNumbers: isNew.map(({ number }) => number),
        deletedIds,
      },
      when,
    );
    await holdMadeAgainOfReused(
      this.manager,
      this.administrationId,
      isNew.map(({ ref }) => ref),
      when,
    );
  }
}

/** Ids under which the batch has something else than they stood for, or may have. */
function reusedIn({ items }: Brought, { booked }: Before): ReusedId[] {
  return [...new Map(items.map((item) => [item.ref, item])).values()].flatMap(({ ref, debtorRef, amount, issueDate }) => {
    const was = booked.get(ref);
    if (was === undefined || debtorRef === null) return [];
    const claim = claimUnderId(was, { debtorId: debtorRef, amount, issueDate });
    if (claim === 'same') return [];
    return [{ invoiceId: ref, debtorId: debtorRef, formerDebtorId: was.debtorId, formerNumber: was.number, isSure: claim === 'other' }];
  });
}

/** Invoices the batch has with another debtor than they were with; an invoice brought twice counts as it is brought last. */
function movesIn({ items }: Brought, { debtorOf, deleted }: Before): Moved[] {
  const moves = new Map<string, { from: string; to: string; invoiceIds: string[] }>();
  for (const [ref, to] of new Map(items.map(({ ref: id, debtorRef }) => [id, debtorRef]))) {
    const from = debtorOf.get(ref) ?? deleted.get(ref);
    if (from === undefined || to === null || from === to) continue;
    const move = moves.get(`${from}\n${to}`) ?? { from, to, invoiceIds: [] };
    move.invoiceIds.push(ref);
    moves.set(`${from}\n${to}`, move);
  }
  return [...moves.values()];
}
