import type { EntityManager } from 'typeorm';
import { plainDateIn } from '../kernel/plain-date.js';
import type { When } from './moved-invoices.js';
import { NUMBERED_COLUMNS, type NumberedRow, toNumbered } from './numbered-rows.js';
import { type FormerItem, MOST_OF_A_NUMBER, type NextItem, successionOf } from './rules/succession.js';
import { takeOver } from './taking-over.js';

/** What a batch of a pull did to invoices: which were not there before it, and which it took away. */
export interface Changed {
  readonly newIds: readonly string[];
  readonly newNumbers: readonly string[];
  readonly deletedIds: readonly string[];
}

interface Pair {
  readonly former: NumberedRow;
  readonly next: NumberedRow;
  readonly isShared: boolean;
}

interface History {
  readonly id: string;
  /** Something of ours was sent, agreed or noted. */
  readonly said: boolean;
  /** The package reminded of it. */
  readonly reminded: boolean;
  /** Money of ours is on it, a hold of its own, or it stands for another one. */
  readonly bound: boolean;
}

/** Invoices that were deleted in the package and made again there. Runs inside the unit of work that stores the batch. */
export class MadeAgain {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  async follow(changed: Changed, when: When): Promise<void> {
    const candidates = await this.candidates(changed);
    if (candidates.length === 0) return;
    const histories = await historiesOf(this.manager, this.administrationId, [
      ...new Set(candidates.flatMap(({ former, next }) => [former.id, next.id])),
    ]);
    for (const { former, next, isShared } of candidates) {
      const [was, is] = [histories.get(former.id), histories.get(next.id)];
      const deletedOn = former.deleted_at && plainDateIn(former.deleted_at, 'Europe/Amsterdam');
      const before: FormerItem = {
        ...toNumbered(former),
        deletedOn,
        // What the package says of both by itself proves nothing as long as both are there.
        hasHistory: (was?.said ?? false) || (was?.bound ?? false) || (deletedOn !== null && (was?.reminded ?? false)),
        handedOverOn: former.handed_over_on,
        isShared,
      };
      const after: NextItem = {
        ...toNumbered(next),
        seenOn: changed.newIds.includes(next.id) ? when.on : null,
        hasHistory: is?.said ?? false,
      };
      await takeOver(this.manager, this.administrationId, { former: before, next: after }, successionOf(before, after), when);
    }
  }

  /** Pairs of one number: one that is gone, or was there already, and one that is there. */
  private async candidates({ newIds, newNumbers, deletedIds }: Changed): Promise<Pair[]> {
    if (newIds.length === 0 && deletedIds.length === 0) return [];
    const gone =
      deletedIds.length === 0
        ? []
        : ((await this.manager.query('SELECT number FROM invoice WHERE administration_id = $1 AND id = ANY ($2::text[])', [
            this.administrationId,
            deletedIds,
          ])) as { number: string }[]);
    const numbers = [...new Set([...newNumbers, ...gone.map(({ number }) => number)])].filter((number) => number.trim() !== '');
    // Each looked up by itself: in a table PostgreSQL has no statistics of yet, `= ANY` read the whole administration for every batch.
    const rows = (await this.manager.query(
      `SELECT same.*
         FROM unnest($2::text[]) AS wanted (number)
        CROSS JOIN LATERAL (
              SELECT ${NUMBERED_COLUMNS}
                FROM invoice
               WHERE administration_id = $1 AND invoice.number = wanted.number
                 AND NOT EXISTS (SELECT FROM invoice_successor known WHERE known.administration_id = $1 AND known.former_id = invoice.id
                                   AND known.contact_ids IS NULL)
               ORDER BY id LIMIT $3) same
        ORDER BY same.id`,
      [this.administrationId, numbers, MOST_OF_A_NUMBER + 1],
    )) as NumberedRow[];
    const [isNew, isGone] = [new Set(newIds), new Set(deletedIds)];
    const ofNumber = Map.groupBy(rows, ({ number }) => number);
    const told = rows.filter(({ number }) => (ofNumber.get(number)?.length ?? 0) <= MOST_OF_A_NUMBER);
    return [...Map.groupBy(told, ({ kind, number }) => `${kind}\n${number}`).values()].flatMap((same) =>
      same
        .filter(({ deleted_at }) => deleted_at === null)
        .flatMap((next) =>
          same
            .filter((former) => former.id !== next.id && (isGone.has(former.id) || (isNew.has(next.id) && !(isNew.has(former.id) && former.deleted_at === null))))
            .map((former) => ({ former, next, isShared: same.length > 2 })),
        ),
    ); // prettier-ignore
  }
}

/** What is known here of invoices, by id. `formerDebtors` are those they were of until now, beside the ones that were noted. */
export async function historiesOf(
  manager: EntityManager,
  administrationId: string,
  ids: readonly string[],
  formerDebtors: readonly string[] = [],
): Promise<ReadonlyMap<string, History>> {
  const contact = (step: string): string => `EXISTS (
        SELECT FROM contact
         WHERE contact.administration_id = $1 AND i.id = ANY (contact.invoice_ids) AND contact.step ${step} 'reminded-by-package'
           AND contact.debtor_id IN (SELECT i.debtor_id UNION ALL SELECT unnest($3::text[]) UNION ALL
                                     SELECT from_debtor_id FROM moved_invoice WHERE administration_id = $1 AND invoice_id = i.id))`;
  const rows = (await manager.query(
    `SELECT i.id, ${contact('=')} AS reminded,
              ${contact('<>')} OR i.dispute IS NOT NULL OR i.handed_over_on IS NOT NULL
                OR EXISTS (SELECT FROM dispute WHERE administration_id = $1 AND invoice_id = i.id)
                OR EXISTS (SELECT FROM promise WHERE administration_id = $1 AND withdrawn_on IS NULL AND i.id = ANY (invoice_ids))
                OR EXISTS (SELECT FROM arrangement WHERE administration_id = $1 AND withdrawn_on IS NULL AND i.id = ANY (invoice_ids))
                OR EXISTS (SELECT FROM act_item WHERE administration_id = $1 AND invoice_id = i.id AND live) AS said,
              EXISTS (SELECT FROM allocation WHERE administration_id = $1 AND invoice_id = i.id AND reversed_at IS NULL)
                OR EXISTS (SELECT FROM invoice_hold WHERE administration_id = $1 AND invoice_id = i.id AND ended_on IS NULL)
                OR EXISTS (SELECT FROM invoice_successor WHERE administration_id = $1 AND invoice_id = i.id) AS bound
         FROM invoice i WHERE i.administration_id = $1 AND i.id = ANY ($2::text[])`,
    [administrationId, ids, formerDebtors],
  )) as History[];
  return new Map(rows.map((row) => [row.id, row]));
}
