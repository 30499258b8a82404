import { sameValue, sumOf } from './decimal.js';
import type { DecimalText, Entry } from './statement.js';

type Divided = Pick<Entry, 'amount' | 'currency' | 'transactions'>;

/**
 * What each transaction of an entry moved on the account, in the currency of the entry: these add up to the amount of the entry,
 * to the cent, while the amounts in the details need not (another currency, charges on top, the batch total repeated; camt053.md §3).
 * Null when the bank does not say how the entry divides: then only the entry as a whole is known.
 */
export function settledAmounts(entry: Divided): readonly DecimalText[] | null {
  return entry.transactions.length === 1 ? [entry.amount] : dividedAmounts(entry);
}

/** The amounts of the details, when every one is in the currency of the entry and they add up to it with their own signs. */
function dividedAmounts({ amount: whole, currency: booked, transactions }: Divided): readonly DecimalText[] | null {
  const amounts = transactions.flatMap(({ amount, currency }) => (amount !== null && currency === booked ? [amount] : []));
  return amounts.length === transactions.length && sameValue(sumOf(amounts), whole) ? amounts : null;
}

/** A remark on an entry, as a warning has it. */
export interface Remark {
  readonly code: 'details-differ' | 'details-without-amounts';
  readonly message: string;
}

/** What a person should know of details that do not say how their entry divides; null when they do. The amount of the entry counts. */
export function remarkOnDetails(entry: Divided): Remark | null {
  const { amount: whole, currency: booked, transactions } = entry;
  // Nearly all entries: one transaction, of the very amount.
  if (transactions.length === 1 && transactions[0]?.amount === whole && transactions[0].currency === booked) return null;
  if (transactions.every(({ amount }) => amount === null)) {
    return {
      code: 'details-without-amounts',
      message: `the bank does not say how the ${whole} divides over its ${transactions.length} transactions`,
    };
  }
  if (dividedAmounts(entry) !== null) return null;
  const foreign = transactions.find(({ amount, currency }) => amount !== null && currency !== booked);
  const because =
    foreign === undefined
      ? `do not add up to its amount of ${whole}`
      : `are in ${foreign.currency ?? 'no currency'}, its amount of ${whole} in ${booked ?? 'none'}`;
  return { code: 'details-differ', message: `the transactions of the entry ${because}; the entry counts` };
}
