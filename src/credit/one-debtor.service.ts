import type { EntityManager } from 'typeorm';
import { type Clock, today } from '../kernel/clock.js';
import { formatAmount, sum } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { Caller } from '../platform/auth/api-keys.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { DebtorLimitsRepository } from './debtor-limits.repository.js';
import { allLimits } from './rules/credit-position.js';
import { exposuresIn } from './rules/exposures-in.js';
import { effectiveLimit } from './rules/limits.js';
import { type DebtorKey, type DebtorThere, type OneDebtorView, keysOf, matchedBy } from './rules/one-debtor.js';

/** What somebody is looked for by; all three may be given, and each may match. */
export interface Sought {
  readonly country: string;
  readonly vatId: string | null;
  readonly registryId: string | null;
  readonly iban: string | null;
}

/** Found at most; who is in more administrations than this is looked for in fewer. */
const FOUND_MAX = 100;

/** One debtor over all administrations of a key, and over no other: nothing here tells whether there are others. Changes nothing. */
export class OneDebtor {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  find({ administrationIds }: Pick<Caller, 'administrationIds'>, { country, vatId, registryId, iban }: Sought): Promise<OneDebtorView> {
    const on = today(this.clock);
    const sought = keysOf({ country, vatId, registryId, ibans: iban === null ? [] : [iban] });
    if (sought.length === 0 || administrationIds.length === 0) return Promise.resolve({ soughtBy: sought, debtors: [], totals: [] });
    return this.tenancy.within(administrationIds, async (manager) => {
      const found = await candidates(manager, administrationIds, sought);
      const there: Found[] = [];
      for (const [administrationId, ids] of Map.groupBy(found, ({ administration_id: id }) => id))
        there.push(...(await standing(manager, administrationId, ids.map(({ id }) => id), sought, on))); // prettier-ignore
      const kept = there.slice(0, FOUND_MAX);
      return { soughtBy: sought, debtors: kept.map(({ view }) => view), totals: totalsOf(kept) };
    });
  }
}

interface Found {
  readonly view: DebtorThere;
  readonly amounts: { readonly open: number; readonly overdue: number; readonly exposure: number };
}

/** Rows that may be him by what is written there; the rule decides. Filtered by administration here, and by row-level security. */
function candidates(
  manager: EntityManager,
  administrationIds: readonly string[],
  sought: readonly DebtorKey[],
): Promise<{ administration_id: string; id: string }[]> {
  const numbers = sought.map((key) => key.slice(key.indexOf(':') + 1));
  return manager.query(
    `SELECT administration_id, id FROM debtor
      WHERE administration_id = ANY ($1::uuid[]) AND deleted_at IS NULL
        AND (ibans && $2::text[]
             OR lpad(regexp_replace(registry_id, '[^0-9]', '', 'g'), CASE country WHEN 'BE' THEN 10 ELSE 8 END, '0') = ANY ($2)
             OR EXISTS (SELECT FROM unnest($2::text[]) AS asked
                         WHERE right(asked, 8) = right(regexp_replace(upper(vat_id), '[^0-9A-Z]', '', 'g'), 8)))
      ORDER BY administration_id, id LIMIT ${FOUND_MAX}`,
    [[...administrationIds], numbers],
  ) as Promise<{ administration_id: string; id: string }[]>;
}

async function standing(
  manager: EntityManager,
  administrationId: string,
  ids: readonly string[],
  sought: readonly DebtorKey[],
  on: PlainDate,
): Promise<Found[]> {
  const plain = await new LedgerRepository(manager).book(administrationId, on, ids);
  const book = await new DebtorLimitsRepository(manager, administrationId).into(plain);
  const { id, name, currency } = book.administration;
  const exposures = exposuresIn(book);
  return book.debtors.flatMap((debtor): Found[] => {
    const by = matchedBy(sought, debtor);
    if (by.length === 0) return [];
    const items = book.invoices.filter((item) => item.debtorId === debtor.id && item.currency === currency && item.open !== 0);
    const due = items.filter((item) => item.open > 0 && item.dueDate < on);
    const amounts = {
      open: sum(items.map((item) => item.open)),
      overdue: sum(due.map((item) => item.open)),
      exposure: exposures.get(debtor.id) ?? 0,
    };
    const limit = effectiveLimit(allLimits({ ...debtor, blocked: false }), on).amount;
    const view = {
      ...{
        administrationId: id,
        administration: name,
        debtorId: debtor.id,
        number: debtor.number,
        name: debtor.name,
        matchedBy: by,
        currency,
      },
      ...told(amounts, currency),
      oldestDueDate: due.map((item) => item.dueDate).sort()[0] ?? null,
      limit: limit === null ? null : formatAmount(limit, currency),
    };
    return [{ view, amounts }];
  });
}

const told = ({ open, overdue, exposure }: Found['amounts'], currency: string) => ({
  open: formatAmount(open, currency),
  overdue: formatAmount(overdue, currency),
  exposure: formatAmount(exposure, currency),
});

const totalsOf = (found: readonly Found[]): OneDebtorView['totals'] =>
  [...Map.groupBy(found, ({ view }) => view.currency)].map(([currency, own]) => {
    const total = (of: (amounts: Found['amounts']) => number): number => sum(own.map(({ amounts }) => of(amounts)));
    return {
      currency,
      ...told({ open: total((a) => a.open), overdue: total((a) => a.overdue), exposure: total((a) => a.exposure) }, currency),
    };
  });
