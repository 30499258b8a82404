import { fictitiousVatNumber } from '../company/fictitious-vat-number.js';
import { textOrNull } from './rules/edm.js';
import { type PlainDate, addDays, daysBetween } from '../../kernel/plain-date.js';
import { toBetalingskenmerk } from '../../kernel/identifiers/payment-reference.js';
import type { Random } from '../random.js';
import { addAccount, addBankAccount, addContact } from './accounts.js';
import type { DivisionBooks } from './books.js';
import { selectForCollection } from './collections.js';
import { openOn } from './matching.js';
import { bookCreditNote, bookInvoice, creditInvoice, payInvoice, payWithDiscount, receive } from './receivables.js';
import type { EntryRow, FieldRow } from './records.js';

export interface BooksPlan {
  readonly debtors: number;
  readonly invoices: number;
  /** Days invoices are of, both included. */
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** How many of a hundred invoices stay open; the others are paid in full. */
  readonly openPercent: number;
  readonly random: Random;
}

const CONDITIONS = ['14', '30', '30', '60', '2K', 'IN'] as const;
const RATES = { EUR: 1_000_000, USD: 920_000, GBP: 1_170_000 } as const;

/**
 * Fills a division with debtors and invoices of every kind: part-paid, credited, in instalments, in another currency, with discount, on
 * direct debit, and receipts nobody has allocated. Any size; what stands where follows from the random source.
 */
export function fillDivision(books: DivisionBooks, plan: BooksPlan): void {
  const founded = new Date(`${plan.from}T06:00:00.000Z`);
  const accounts = Array.from({ length: plan.debtors }, (_, nth) => debtor(books, nth, plan.random, founded));
  const span = daysBetween(plan.from, plan.to) + 1;
  for (let nth = 0; nth < plan.invoices; nth++) {
    // In order of time, as a bookkeeping grows.
    const date = addDays(plan.from, Math.floor((nth * span) / plan.invoices));
    one(books, plan.random.pick(accounts), { date, stays: plan.random.chance(plan.openPercent / 100), random: plan.random });
  }
}

/** A made-up debtor: mostly with a contact, often with a known bank account. */
export function debtor(books: DivisionBooks, nth: number, random: Random, at: Date): FieldRow {
  const country = nth % 9 === 8 ? 'BE' : 'NL';
  const account = addAccount(
    books,
    {
      Name: `Bedrijf ${nth + 1} ${country === 'NL' ? 'B.V.' : 'BV'}`,
      Country: country,
      Language: nth % 18 === 8 ? 'FR' : 'NL',
      Email: `administratie${nth + 1}@klant.example`,
      Phone: '055-5555555',
      PaymentConditionSales: random.pick(CONDITIONS),
      CreditLineSales: nth % 4 === 0 ? random.int(1, 40) * 500 : null,
      ChamberOfCommerce: country === 'NL' ? `00${random.digits(6)}` : null,
      VATNumber: country === 'NL' ? fictitiousVatNumber(random.digits(6)) : null,
    },
    at,
  );
  if (nth % 3 !== 2) {
    addContact(books, account, { FirstName: 'Noor', LastName: `Achternaam ${nth + 1}`, Email: `noor${nth + 1}@klant.example` }, at);
  }
  if (nth % 2 === 0) addBankAccount(books, account, `NL20INGB${String(nth).padStart(10, '0')}`, at);
  return account;
}

interface Making {
  readonly date: PlainDate;
  readonly stays: boolean;
  readonly random: Random;
}

/** An invoice, and mostly what became of it. */
function one(books: DivisionBooks, account: FieldRow, { date, stays, random }: Making): void {
  const at = new Date(`${date}T09:00:00.000Z`);
  const entry = newInvoice(books, account, { date, random }, at);
  const paidOn = addDays(date, random.int(2, 40));
  const later = new Date(`${paidOn}T14:00:00.000Z`);
  if (!stays) {
    payInvoice(books, entry, { amount: openOn(books, entry), date: paidOn }, later);
    return;
  }
  random.weighted<() => void>([
    [() => undefined, 60],
    [() => void payInvoice(books, entry, { amount: Math.ceil(entry.amount / 3), date: paidOn }, later), 14],
    [() => void payInvoice(books, entry, { amount: entry.amount + 1_000, date: paidOn }, later), 2],
    [() => payWithDiscount(books, entry, paidOn, later), 4],
    [() => void creditInvoice(books, entry, { settle: random.chance(0.6) }, later), 6],
    [() => selectForCollection(books, [entry], later), 4],
    [
      () =>
        void receive(books, { accountId: account.id, amount: random.int(500, 90_000), date: paidOn, description: 'Overboeking' }, later),
      5,
    ],
    [() => void bookCreditNote(books, { accountId: account.id, date: paidOn, amount: -random.int(1_000, 40_000) }, later), 5],
  ])();
}

export function newInvoice(
  books: DivisionBooks,
  account: FieldRow,
  { date, random }: { readonly date: PlainDate; readonly random: Random },
  at: Date,
): EntryRow {
  const net = random.int(2_000, 400_000);
  const vat = Math.round(net * 0.21);
  const currency = random.weighted<keyof typeof RATES>([
    ['EUR', 94],
    ['USD', 4],
    ['GBP', 2],
  ]);
  const number = books.count('invoice reference');
  return bookInvoice(
    books,
    {
      accountId: account.id,
      date,
      amount: net + vat,
      vat,
      currency,
      rateMillionths: currency === books.profile.currency ? 1_000_000 : RATES[currency],
      paymentCondition: String(account.fields['PaymentConditionSales'] ?? '30'),
      paymentReference: random.chance(0.8) ? toBetalingskenmerk(String(number)) : null,
      yourRef: random.chance(0.3) ? `PO-${random.int(100, 999)}` : null,
      description: `Levering week ${random.int(1, 52)}`,
      contactId: textOrNull(account.fields['MainContact']),
      ...(random.chance(0.05) && {
        instalments: [
          { percent: 50, days: 14 },
          { percent: 50, days: 45 },
        ],
      }),
    },
    at,
  );
}
