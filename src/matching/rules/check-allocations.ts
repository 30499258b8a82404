import { type Minor, formatAmount, sum } from '../../kernel/money.js';
import { type Result, err, ok } from '../../kernel/result.js';
import type { Invoice } from '../../ledger/rules/book.js';
import type { Bookable } from './booking.js';

/** An item as it stands now, with what this very line gave to it already taken out. */
export type StandingItem = Pick<Invoice, 'id' | 'number' | 'debtorId' | 'kind' | 'amount' | 'open' | 'currency'>;

export interface CheckedAllocations {
  readonly parts: readonly Bookable[];
  /** What no invoice gets: 0, or in the direction of the line. */
  readonly rest: Minor;
  /** The debtors of the invoices, each once, by id. */
  readonly debtorIds: readonly string[];
}

/**
 * Whether a line may be given to invoices like this: each once, in the line's currency, a receipt paying invoices (and taking credit
 * notes into account), money that went back reopening them; what is then left of an item is between nothing and the item itself; and
 * all together no more than the line. Refuses: `twice`, `unknown-invoice`, `other-currency`, `wrong-direction`, `more-than-open`,
 * `more-than-settled`, `more-than-line`.
 */
export function checkAllocations(
  line: { readonly amount: Minor; readonly currency: string },
  parts: readonly Bookable[],
  items: ReadonlyMap<string, StandingItem>,
): Result<CheckedAllocations> {
  const told = (amount: Minor): string => `${formatAmount(amount, line.currency)} ${line.currency}`;
  const refuse = (code: string, message: string) => err({ code, message });
  const direction = Math.sign(line.amount);
  const seen = new Set<string>();
  for (const { invoiceId, amount } of parts) {
    const item = items.get(invoiceId);
    if (item === undefined) return refuse('unknown-invoice', `there is no invoice ${invoiceId}`);
    if (seen.has(invoiceId)) return refuse('twice', `${item.number} is named twice`);
    seen.add(invoiceId);
    if (item.currency !== line.currency) {
      return refuse('other-currency', `${item.number} is in ${item.currency}, the line in ${line.currency}: book it in the package`);
    }
    if (amount === 0 || (item.kind === 'invoice' && Math.sign(amount) !== direction)) {
      return refuse('wrong-direction', `${item.number} cannot be given ${told(amount)} of a line of ${told(line.amount)}`);
    }
    if (item.kind === 'credit-note' && direction > 0 && amount > 0) {
      return refuse('wrong-direction', `${item.number} is a credit note: of a receipt it takes a negative amount`);
    }
    const left = item.open - amount;
    if (Math.sign(left) === -Math.sign(item.amount)) {
      return refuse('more-than-open', `${item.number} has ${told(item.open)} open, not ${told(amount)}`);
    }
    if (Math.abs(left) > Math.abs(item.amount)) {
      return refuse('more-than-settled', `of ${item.number} ${told(item.amount - item.open)} was settled: ${told(-amount)} cannot go back`);
    }
  }
  const total = sum(parts.map(({ amount }) => amount));
  const rest = line.amount - total;
  if (total < Math.min(0, line.amount) || total > Math.max(0, line.amount)) {
    return refuse('more-than-line', `${told(total)} is given to invoices of a line of ${told(line.amount)}`);
  }
  const debtorIds = [...new Set(parts.map(({ invoiceId }) => items.get(invoiceId)?.debtorId as string))].sort();
  return ok({ parts, rest, debtorIds });
}
