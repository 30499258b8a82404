import { type Answer, refusal } from './answers.js';
import { type Act, type Books, happened } from './books.js';
import { inLockedPeriod, lockedPeriod, readDate } from './invoicing.js';
import type { AnyInvoice } from './records.js';
import { isOutstanding } from './rules/invoice-state.js';
import { changeExternalState, changeState } from './states.js';
import { documentTotals } from './totals.js';

const WORDS = {
  SalesInvoice: 'Invoice should be open, late or due, not a credit invoice and cannot have an invoice date in the future',
  ExternalSalesInvoice: 'Sales invoice should be open, late or due, not a credit invoice and cannot have a invoice date in the future',
} as const;

/** Books a provision: the state stays what it is. */
export function markDubious(books: Books, invoice: AnyInvoice, date: unknown, act: Act): Answer | null {
  const day = readDate(date) ?? books.day(act.at);
  const refused = check(books, invoice, WORDS.SalesInvoice) ?? (inLockedPeriod(books, day) ? lockedPeriod('dubious_date') : null);
  if (refused) return refused;
  invoice.markedDubiousOn = day;
  happened(invoice, invoice.type === 'SalesInvoice' ? 'sales_invoice_marked_as_dubious' : 'external_sales_invoice_marked_as_dubious', act);
  return null;
}

/** Writes off what is left; `total_unpaid` stays. It cannot be undone. */
export function markUncollectible(books: Books, invoice: AnyInvoice, date: unknown, act: Act): Answer | null {
  const day = readDate(date) ?? books.day(act.at);
  const refused = check(books, invoice, WORDS[invoice.type]) ?? (inLockedPeriod(books, day) ? lockedPeriod('uncollectible_date') : null);
  if (refused) return refused;
  invoice.markedUncollectibleOn = day;
  if (invoice.type === 'SalesInvoice') {
    changeState(invoice, 'uncollectible', act);
    happened(invoice, 'sales_invoice_marked_as_uncollectible', act);
  } else {
    changeExternalState(invoice, 'uncollectible', act);
    happened(invoice, 'external_sales_invoice_marked_as_uncollectible', act);
  }
  return null;
}

function check(books: Books, invoice: AnyInvoice, words: string): Answer | null {
  const outstanding = isOutstanding(invoice.state) && invoice.state !== 'pending_payment';
  return outstanding && documentTotals(books, invoice).incl >= 0 ? null : refusal(400, words, { invoice: 'not_open' });
}
