import type { Minor } from '../../kernel/money.js';
import { type Books, paidOn } from './books.js';
import type { DetailRecord } from './records.js';
import { type Totals, totalsOf } from './rules/totals.js';
import type { PaymentRecord } from './records.js';

interface Priced {
  readonly details: readonly DetailRecord[];
  readonly pricesAreInclTax: boolean;
  readonly payments: readonly PaymentRecord[];
}

/** The totals of a document from its lines. */
export function documentTotals(books: Books, document: Pick<Priced, 'details' | 'pricesAreInclTax'>): Totals {
  const lines = document.details.map(({ price, quantityMilli, taxRateId }) => ({
    price,
    quantityMilli,
    taxRateId,
    taxBasisPoints: books.taxRate(taxRateId).basisPoints,
  }));
  return totalsOf(lines, document.pricesAreInclTax);
}

/** What is left to pay; negative on an unsettled credit invoice and after an overpayment. */
export const unpaidOn = (books: Books, document: Priced): Minor => documentTotals(books, document).incl - paidOn(document);
