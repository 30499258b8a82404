import fc from 'fast-check';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import type { Book, Invoice, Payment } from '../../src/ledger/rules/book.js';
import { book, debtor, invoice, payment } from '../dunning/support/books.js';

const FIRST = plainDate('2026-01-01');
/** Days of the generated years, counted from the first. */
export const DAYS = 400;
export const dayOf = (offset: number) => addDays(FIRST, offset);

/** How an item is settled: steps of parts in tenths of what is left, minus: the last payment comes back. */
interface Drawn {
  readonly amount: number;
  readonly isCredit: boolean;
  readonly issued: number;
  readonly term: number;
  readonly owner: number;
  readonly payer: number;
  readonly steps: readonly { readonly after: number; readonly tenths: number }[];
  /** Tenths of what is left at the end that something without a date settled. */
  readonly otherwise: number;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  amount: fc.integer({ min: 1, max: 500_00 }),
  isCredit: fc.boolean(),
  issued: fc.nat(DAYS),
  term: fc.nat(60),
  owner: fc.nat(2),
  payer: fc.nat(2),
  // From ten days before the issue date (paid in advance, booked back) to far past it.
  steps: fc.array(fc.record({ after: fc.integer({ min: -10, max: 200 }), tenths: fc.integer({ min: -10, max: 10 }) }), { maxLength: 4 }),
  otherwise: fc.constantFrom(0, 0, 0, 3, 10),
});

/** Books that are consistent: of every item, what is open is its amount less its payments up to the day of the book, less what has no date. */
export const books: fc.Arbitrary<Book> = fc
  .record({
    items: fc.array(drawn, { maxLength: 12 }),
    loose: fc.array(fc.record({ on: fc.nat(DAYS), amount: fc.integer({ min: -100_00, max: 100_00 }), owner: fc.nat(2) }), { maxLength: 3 }),
    asOf: fc.nat(DAYS),
  })
  .map(({ items, loose, asOf }) => {
    const settled = items.map((item, at) => settle(item, at, asOf));
    return book({
      asOf: dayOf(asOf),
      debtors: [debtor({ id: 'd0' }), debtor({ id: 'd1' }), debtor({ id: 'd2' })],
      invoices: settled.map((one) => one.invoice),
      payments: [
        ...settled.flatMap((one) => one.payments),
        ...loose.map(({ on, amount, owner }, at) => payment({ id: `loose-${at}`, debtorId: `d${owner}`, date: dayOf(on), amount })),
      ],
    });
  });

function settle(
  { amount, isCredit, issued, term, owner, payer, steps, otherwise }: Drawn,
  at: number,
  asOf: number,
): { invoice: Invoice; payments: Payment[] } {
  const id = `i${at}`;
  const sign = isCredit ? -1 : 1;
  const payments: Payment[] = [];
  let [left, leftAsOf, least] = [amount, amount, amount];
  for (const { after, tenths } of steps.toSorted((a, b) => a.after - b.after)) {
    const paid = tenths >= 0 ? Math.round((left * tenths) / 10) : -Math.round(((amount - left) * -tenths) / 10);
    if (paid === 0) continue;
    left -= paid;
    if (issued + after <= asOf) leftAsOf = left;
    least = Math.min(least, left);
    payments.push(
      payment({ id: `${id}-${payments.length}`, debtorId: `d${payer}`, date: dayOf(issued + after), amount: sign * paid, invoiceId: id }),
    );
  }
  // Never more than was open on every day: it has no date, and may not cross a payment.
  const written = Math.floor((least * otherwise) / 10);
  const open = sign * (leftAsOf - written) || 0;
  return {
    invoice: invoice({
      id,
      debtorId: `d${owner}`,
      kind: isCredit ? 'credit-note' : 'invoice',
      issueDate: dayOf(issued),
      dueDate: dayOf(issued + term),
      amount: sign * amount,
      open,
    }),
    payments,
  };
}
