import type { EntityManager } from 'typeorm';
import { type Clock, today } from '../kernel/clock.js';
import { formatAmount } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { DebtorLimitsRepository } from './debtor-limits.repository.js';
import { creditRow } from './rules/credit-row.js';
import { exposuresIn } from './rules/exposures-in.js';
import type { CreditHappened, Standing } from './rules/told.js';

export interface StandingsAsked {
  /** From 1. */
  readonly page: number;
  /** A part of the name, or the number; null: everybody who has a limit. */
  readonly search: string | null;
  /** Debtors shown first, also without a limit: those on hold. */
  readonly first: readonly string[];
}

export interface StandingsPage {
  readonly total: number;
  readonly size: number;
  readonly rows: readonly Standing[];
}

const SIZE = 50;
/** Entries of the dossier that are shown, newest first. */
const HAPPENED = 20;

/** How debtors stand with their credit, for people who look after it. */
export class CreditStandings {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /**
   * A page of who has a limit, the most used first; with `search` of who is called so, limit or not. Which page somebody is on goes by what
   * the package has open; the figures of the page, and their order on it, are those of the book.
   */
  list(administrationId: string, { page, search, first }: StandingsAsked): Promise<StandingsPage> {
    const on = today(this.clock);
    return this.tenancy.within(administrationId, async (manager) => {
      const found = await candidates(manager, administrationId, on, search, first, page);
      const rows = await standings(manager, administrationId, found.map(({ id }) => id), on); // prettier-ignore
      return { total: Number(found[0]?.total ?? 0), size: SIZE, rows: rows.sort(byUse(first)) };
    });
  }

  /** One debtor; null: the administration has no such. */
  one(administrationId: string, debtorId: string): Promise<Standing | null> {
    return this.tenancy.within(
      administrationId,
      async (manager) => (await standings(manager, administrationId, [debtorId], today(this.clock)))[0] ?? null,
    );
  }

  /** What happened about his limits, group, holds and checks, newest first. At most 20. */
  happened(administrationId: string, debtorId: string): Promise<CreditHappened[]> {
    return this.tenancy.within(administrationId, async (manager) => {
      const rows = (await manager.query(
        `SELECT at, kind, body FROM dossier_entry
          WHERE administration_id = $1 AND debtor_id = $2
            AND (kind LIKE 'credit-%' OR kind IN ('limit-changed', 'group-changed', 'customer-checked', 'customer-decided'))
          ORDER BY sequence DESC LIMIT $3`,
        [administrationId, debtorId, HAPPENED],
      )) as { at: Date; kind: string; body: Record<string, unknown> }[];
      return rows.map(({ at, kind, body }) => ({ at: at.toISOString(), kind, body }));
    });
  }
}

/** Who is on a page: by what the package has open as a part of the limit it comes nearest to. */
function candidates(
  manager: EntityManager,
  administrationId: string,
  on: PlainDate,
  search: string | null,
  first: readonly string[],
  page: number,
): Promise<{ id: string; total: string }[]> {
  const part = search === null ? null : `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return manager.query(
    `WITH own AS (
       SELECT debtor_id, min(amount) AS amount FROM credit_limit
        WHERE administration_id = $1 AND kind <> 'insured' AND coalesce(starts_on, $2) <= $2 AND coalesce(until, $2) >= $2
        GROUP BY debtor_id),
     listed AS (
       SELECT debtor.id, debtor.name, debtor.id = ANY ($3::text[]) AS first,
              coalesce(own.amount, (debtor.overrides ->> 'creditLimit')::bigint, debtor.credit_limit) AS amount
         FROM debtor LEFT JOIN own ON own.debtor_id = debtor.id
        WHERE debtor.administration_id = $1 AND debtor.deleted_at IS NULL
          AND CASE WHEN $4::text IS NULL
                   THEN debtor.credit_limit IS NOT NULL OR debtor.overrides ? 'creditLimit' OR debtor.id = ANY ($3)
                        OR EXISTS (SELECT FROM credit_limit one WHERE one.administration_id = $1 AND one.debtor_id = debtor.id)
                        OR EXISTS (SELECT FROM credit_group_member one WHERE one.administration_id = $1 AND one.debtor_id = debtor.id)
                   ELSE debtor.name ILIKE $4 OR debtor.number = $5 END)
     SELECT listed.id, count(*) OVER () AS total
       FROM listed
       LEFT JOIN LATERAL (SELECT sum(package_open) AS open FROM invoice
                           WHERE administration_id = $1 AND debtor_id = listed.id AND deleted_at IS NULL AND package_open <> 0) owes ON true
      ORDER BY listed.first DESC, coalesce(owes.open, 0)::numeric / nullif(listed.amount, 0) DESC NULLS LAST, listed.name, listed.id
      LIMIT $6 OFFSET $7`,
    [administrationId, on, [...first], part, search, SIZE, (page - 1) * SIZE],
  ) as Promise<{ id: string; total: string }[]>;
}

async function standings(manager: EntityManager, administrationId: string, ids: readonly string[], on: PlainDate): Promise<Standing[]> {
  if (ids.length === 0) return [];
  const plain = await new LedgerRepository(manager).book(administrationId, on, ids);
  const book = await new DebtorLimitsRepository(manager, administrationId).into(plain);
  const { currency } = book.administration;
  const exposures = exposuresIn(book);
  return book.debtors.map((debtor) => {
    const { id: debtorId, number, name } = debtor;
    const row = creditRow({ ...debtor, blocked: false }, exposures.get(debtorId) ?? 0, on);
    const { amount, source, expired } = row.limit;
    return {
      ...{ debtorId, number, name, currency, source, expired },
      limit: amount === null ? null : formatAmount(amount, currency),
      until: row.until,
      exposure: formatAmount(row.exposure, currency),
      utilisation: row.utilisation,
      headroom: row.headroom === null ? null : formatAmount(row.headroom, currency),
    };
  });
}

const byUse =
  (first: readonly string[]) =>
  (a: Standing, b: Standing): number =>
    Number(first.includes(b.debtorId)) - Number(first.includes(a.debtorId)) ||
    (b.utilisation ?? -1) - (a.utilisation ?? -1) ||
    (a.name < b.name ? -1 : 1);
