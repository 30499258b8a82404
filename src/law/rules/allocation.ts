import { type Minor, sum } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';

/** What one debt is made of, in minor units, none of them negative. */
export interface ClaimParts {
  readonly costs: Minor;
  readonly interest: Minor;
  readonly principal: Minor;
}

/** A payment over the parts of one debt; `rest` is what the debt did not take. */
export interface PartsPaid extends ClaimParts {
  readonly rest: Minor;
}

/** Within one debt: costs, then interest, then principal (art. 6:44 BW). `amount` is zero or more. */
export function allocateWithin(owed: ClaimParts, amount: Minor): PartsPaid {
  const costs = Math.min(amount, owed.costs);
  const interest = Math.min(amount - costs, owed.interest);
  const principal = Math.min(amount - costs - interest, owed.principal);
  return { costs, interest, principal, rest: amount - costs - interest - principal };
}

/** A debt that a payment may go to. */
export interface Debt {
  readonly id: string;
  readonly open: Minor;
  readonly dueDate: PlainDate;
  /** Day the debt arose; the oldest goes first. */
  readonly issueDate: PlainDate;
  /** How much it presses on the debtor, higher first: usually the yearly interest in basis points. */
  readonly onerousness: number;
}

export interface DebtPaid {
  readonly id: string;
  readonly amount: Minor;
}

/**
 * Over several debts: what the debtor designated, in his order; then due debts before others; then the most onerous; then the
 * oldest; debts equal in all of that share pro rata to the cent (art. 6:43 BW; Belgian law has the same order).
 * `rest` is what is left when all are paid. Debts with nothing open take nothing; unknown designations are passed over.
 */
export function allocateAcross(
  debts: readonly Debt[],
  amount: Minor,
  on: PlainDate,
  designated: readonly string[] = [],
): { readonly paid: readonly DebtPaid[]; readonly rest: Minor } {
  const open = debts.filter((debt) => debt.open > 0);
  const chosen = designated.flatMap((id) => open.filter((debt) => debt.id === id));
  const others = open.filter((debt) => !designated.includes(debt.id)).sort((a, b) => rank(a, b, on));
  const groups = [...chosen.map((debt) => [debt]), ...equals(others, on)];

  const paid: DebtPaid[] = [];
  let rest = amount;
  for (const group of groups) {
    if (rest <= 0) break;
    const shares = proRata(group, rest);
    paid.push(...shares.filter((share) => share.amount > 0));
    rest -= sum(shares.map((share) => share.amount));
  }
  return { paid, rest };
}

function rank(a: Debt, b: Debt, on: PlainDate): number {
  const due = Number(b.dueDate <= on) - Number(a.dueDate <= on);
  if (due !== 0) return due;
  if (a.onerousness !== b.onerousness) return b.onerousness - a.onerousness;
  return a.issueDate < b.issueDate ? -1 : a.issueDate > b.issueDate ? 1 : 0;
}

/** Neighbours in a ranked list that the law does not tell apart. */
function equals(ranked: readonly Debt[], on: PlainDate): Debt[][] {
  const groups: Debt[][] = [];
  for (const debt of ranked) {
    const last = groups.at(-1);
    if (last?.[0] && rank(last[0], debt, on) === 0) last.push(debt);
    else groups.push([debt]);
  }
  return groups;
}

/** Splits an amount by what is open; the cents that rounding leaves go one by one to the first debts that have room. */
function proRata(debts: readonly Debt[], amount: Minor): DebtPaid[] {
  const total = sum(debts.map(({ open }) => open));
  if (amount >= total) return debts.map(({ id, open }) => ({ id, amount: open }));
  const shares = debts.map(({ id, open }) => ({ id, amount: Number((BigInt(amount) * BigInt(open)) / BigInt(total)) }));
  let left = amount - sum(shares.map((share) => share.amount));
  return shares.map((share) => (left-- > 0 ? { ...share, amount: share.amount + 1 } : share));
}
