import type { DebtorOverrides } from '../../ledger/rules/debtor-overrides.js';

/** All of a debtor's invoices, or these. */
export type PauseScope = true | readonly string[];

/** A debtor's settings once these invoices are to be reminded of although somebody stopped that in the package; null: they are already. */
export function overruled(overrides: DebtorOverrides, scope: PauseScope): DebtorOverrides | null {
  const before = overrides.remindThoughPaused ?? [];
  if (before === true) return null;
  if (scope === true) return { ...overrides, remindThoughPaused: true };
  const after = [...new Set([...before, ...scope])].sort();
  return after.length === before.length ? null : { ...overrides, remindThoughPaused: after };
}

/**
 * A debtor's settings once what the package says of these counts again; null: it does already. Of one invoice alone it cannot be taken back when
 * it was decided for all of his.
 */
export function respectedAgain(overrides: DebtorOverrides, scope: PauseScope): DebtorOverrides | null {
  const { remindThoughPaused: before, ...rest } = overrides;
  if (before === undefined) return null;
  if (scope === true) return rest;
  if (before === true) return null;
  const after = before.filter((id) => !scope.includes(id));
  if (after.length === before.length) return null;
  return after.length === 0 ? rest : { ...rest, remindThoughPaused: after };
}
