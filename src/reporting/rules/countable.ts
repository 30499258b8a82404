import { InputError } from '../../kernel/errors.js';
import type { Book } from '../../ledger/rules/book.js';

/**
 * Refuses (`amounts-too-large`) a book whose amounts cannot be added up: single ones are bounded when they are read, a million of them are
 * not. Once all of them together, signs aside, stay within whole numbers, every total of a report does.
 */
export function refuseUncountable({ invoices, payments, promises }: Book, file?: string): void {
  let total = 0;
  for (const { amount, open } of invoices) total += Math.abs(amount) + Math.abs(open);
  for (const { amount } of payments) total += Math.abs(amount);
  for (const { amount } of promises) total += Math.abs(amount);
  if (total <= Number.MAX_SAFE_INTEGER) return;
  throw new InputError(
    'amounts-too-large',
    'the amounts of the book together are outside the range of amounts',
    file === undefined ? {} : { file },
  );
}
