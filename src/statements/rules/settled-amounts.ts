import { sameValue, sumOf } from './decimal.js';
import type { DecimalText, Entry } from './statement.js';

/**
 * What each transaction of an entry moved on the account, in the currency of the entry: these add up to the amount of the entry,
 * to the cent, while the amounts in the details need not (another currency, charges on top, the batch total repeated; camt053.md §3).
 * Null when the bank does not say how the entry divides: then only the entry as a whole is known.
 */
export function settledAmounts(entry: Pick<Entry, 'amount' | 'currency' | 'transactions'>): readonly DecimalText[] | null {
  const { transactions } = entry;
  if (transactions.length === 1) return [entry.amount];
  const amounts = transactions.flatMap(({ amount, currency }) => (amount !== null && currency === entry.currency ? [amount] : []));
  return amounts.length === transactions.length && sameValue(sumOf(amounts), entry.amount) ? amounts : null;
}
