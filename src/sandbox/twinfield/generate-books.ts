import { type PlainDate, addDays, daysBetween } from '../../kernel/plain-date.js';
import { toRf } from '../../kernel/identifiers/payment-reference.js';
import { fictitiousIban } from '../company/fictitious-iban.js';
import { fictitiousVatNumber } from '../company/fictitious-vat-number.js';
import type { Random } from '../random.js';
import { addAction, bookInvoice, creditInvoice, payInvoice, payShort, receive, selectForRun, writeOff } from './bookings.js';
import type { OfficeBooks } from './books.js';
import { addCustomer } from './customers.js';
import type { CustomerRow, LineRow } from './records.js';

export interface OfficePlan {
  readonly debtors: number;
  readonly invoices: number;
  /** Days invoices are of, both included. */
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** How many of a hundred invoices stay open; the others are paid in full. */
  readonly openPercent: number;
  readonly random: Random;
}

const RATES = { EUR: 1_000_000, USD: 920_000, GBP: 1_170_000 } as const;

/**
 * Fills an office with debtors and invoices of every kind: paid in parts, short, too much, credited, written off, in another currency, in a
 * direct-debit run, in dispute, provisional; without a number or with one used before; and receipts nobody has allocated. Codes of
 * customers have leading zeros. What stands where follows from the random source.
 */
export function fillOffice(books: OfficeBooks, plan: OfficePlan): void {
  const founded = new Date(`${plan.from}T06:00:00.000Z`);
  const customers = Array.from({ length: plan.debtors }, (_, nth) => debtor(books, nth, plan.random, founded));
  const span = daysBetween(plan.from, plan.to) + 1;
  for (let nth = 0; nth < plan.invoices; nth++) {
    // In order of time, as a bookkeeping grows.
    const date = addDays(plan.from, Math.floor((nth * span) / plan.invoices));
    const at = new Date(`${date}T09:00:00.000Z`);
    const line = newInvoice(books, plan.random.pick(customers), { date, random: plan.random }, at);
    live(books, line, { date, stays: plan.random.chance(plan.openPercent / 100), random: plan.random });
  }
}

/** A made-up debtor, `00590` and up. */
export function debtor(books: OfficeBooks, nth: number, random: Random, at: Date): CustomerRow {
  const country = nth % 9 === 8 ? 'BE' : 'NL';
  const name = `Bedrijf ${nth + 1} van ${books.code}`;
  return addCustomer(
    books,
    {
      code: String(590 + nth).padStart(5, '0'),
      name,
      cocNumber: country === 'NL' ? `00${random.digits(6)}` : '',
      vatNumber: country === 'NL' ? fictitiousVatNumber(random.digits(6)) : '',
      dueDays: random.pick([14, 30, 60]),
      credit: {
        creditLimit: nth % 4 === 0 ? random.int(1, 40) * 50_000 : null,
        comment: nth % 5 === 0 ? `Belt op dinsdag <niet> op vrijdag & bij ${name}` : '',
        sendReminder: nth % 7 === 3 ? 'email' : 'true',
        reminderEmail: nth % 7 === 3 ? `herinnering${nth + 1}@klant.example` : '',
      },
      addresses: [
        {
          id: 1,
          type: 'invoice',
          isDefault: true,
          name,
          country,
          city: 'Apeldoorn',
          postcode: '7311 AA',
          telephone: '055-5555555',
          email: `administratie${nth + 1}@klant.example`,
          contact: '',
          fields: ['T.a.v. de administratie', 'Kerkstraat 1', '', '', '', ''],
        },
      ],
      banks: nth % 2 === 0 ? [{ id: 1, isDefault: true, ascription: name, iban: fictitiousIban(country, random), bic: '', country }] : [],
    },
    at,
  );
}

/** One in twenty-five has no number, and one in fifteen a number that was used before. */
export function newInvoice(
  books: OfficeBooks,
  { code }: CustomerRow,
  { date, random }: { readonly date: PlainDate; readonly random: Random },
  at: Date,
): LineRow {
  const currency = random.weighted([['EUR', 90], ['USD', 6], ['GBP', 4]] as const); // prettier-ignore
  const nth = books.count('invoice');
  const again = random.chance(1 / 15) ? Math.ceil(nth / 2) : nth;
  const amount = random.int(2_500, 900_000);
  return bookInvoice(
    books,
    {
      customer: code,
      date,
      amount,
      vat: Math.round((amount * 21) / 121),
      currency,
      rateMicro: RATES[currency],
      invoiceNumber: random.chance(0.04) ? '' : String(again).padStart(6, '0'),
      paymentReference: random.chance(0.5) ? toRf(String(1_000_000 + nth)) : null,
      description: `Levering week ${random.int(1, 52)}`,
      location: random.chance(0.05) ? 'temporary' : random.chance(0.02) ? 'draft' : 'final',
    },
    at,
  );
}

interface Living {
  readonly date: PlainDate;
  readonly stays: boolean;
  readonly random: Random;
}

/** Mostly something becomes of an invoice. */
function live(books: OfficeBooks, line: LineRow, { date, stays, random }: Living): void {
  if (line.transaction.location === 'draft') return;
  const paidOn = addDays(date, random.int(2, 40));
  const at = new Date(`${paidOn}T14:00:00.000Z`);
  if (!stays) {
    payInvoice(books, line, { amount: line.open, date: paidOn }, at);
    return;
  }
  const third = Math.ceil(line.value / 3);
  random.weighted<() => void>([
    [() => undefined, 56],
    [() => void payInvoice(books, line, { amount: third, date: paidOn }, at), 12],
    [() => [0, 6].forEach((days) => void payInvoice(books, line, { amount: third, date: addDays(paidOn, days) }, at)), 5],
    [() => void payInvoice(books, line, { amount: line.value + 1_000, date: paidOn }, at), 2],
    [() => void payShort(books, line, { amount: line.open - random.int(1, 300), date: paidOn }, at), 3],
    [() => writeOff(books, line, paidOn, at), 2],
    [() => void creditInvoice(books, line, { settle: random.chance(0.6) }, at), 6],
    [() => selectForRun([line], books.count('run'), at), 4],
    [() => dispute(line, paidOn, at), 3],
    [() => void unallocated(books, line, { date: paidOn, random }, at), 7],
  ])();
}

const dispute = (line: LineRow, date: PlainDate, at: Date): void =>
  addAction(
    line,
    { code: 'BETW', name: 'Betwist', date, value: line.open, description: 'Levering niet compleet', userCode: 'BOEKHOUD' },
    at,
  );

const unallocated = (books: OfficeBooks, { dim2 }: LineRow, { date, random }: Omit<Living, 'stays'>, at: Date): LineRow =>
  receive(books, { customer: dim2 ?? '', amount: random.int(500, 90_000), date, description: 'Overboeking' }, at);
