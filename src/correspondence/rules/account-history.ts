import type { Minor } from '../../kernel/money.js';
import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import type { DebtorFacts } from '../../dunning/rules/facts.js';
import type { AccountHistory, AccountMovement } from './letter.js';

/** Days a statement of account looks back: a quarter, which is what debtors reconcile by. */
const PERIOD_DAYS = 90;

/**
 * The movements of a debtor's account over the last quarter, ending at `closing`: what the statement says is open, in minor units
 * (collection-rules.md §6.3). Null where the movements known do not explain that balance: an item of another currency, one written off or
 * opened by hand, one that is left out of the statement because it is disputed. The statement then lists the open items alone, for a wrong
 * balance is worse than none.
 */
export function accountHistory(facts: DebtorFacts, currency: string, closing: Minor, date: PlainDate): AccountHistory | null {
  const movements = movementsOf(facts);
  if (facts.invoices.some((invoice) => invoice.currency !== currency) || total(movements) !== closing) return null;
  if (movements.some((movement) => movement.date > date)) return null;
  const from = addDays(date, -PERIOD_DAYS);
  return {
    from,
    to: date,
    opening: total(movements.filter((movement) => movement.date < from)),
    lines: movements.filter((movement) => movement.date >= from).sort(inOrder),
  };
}

const total = (movements: readonly AccountMovement[]): Minor => movements.reduce((sum, { amount }) => sum + amount, 0);

const movementsOf = ({ invoices, payments }: DebtorFacts): AccountMovement[] => [
  ...invoices.map(({ kind, number, issueDate, paymentReference, amount }) => ({
    kind,
    date: issueDate,
    number,
    reference: paymentReference,
    amount,
  })),
  ...payments.map(({ date, amount }) => ({
    kind: amount < 0 ? ('refund' as const) : ('receipt' as const),
    date,
    number: null,
    reference: null,
    amount: -amount,
  })),
];

/** By day; what is owed before what was paid on the same day. */
const inOrder = (a: AccountMovement, b: AccountMovement): number =>
  a.date < b.date ? -1 : a.date > b.date ? 1 : b.amount - a.amount || ((a.number ?? '') < (b.number ?? '') ? -1 : 1);
