import { addDays, plainDate } from '../../../src/kernel/plain-date.js';
import {
  addAction,
  bookInvoice,
  creditInvoice,
  payInvoice,
  payShort,
  receive,
  selectForRun,
} from '../../../src/sandbox/twinfield/bookings.js';
import type { OfficeBooks } from '../../../src/sandbox/twinfield/books.js';
import { addCustomer } from '../../../src/sandbox/twinfield/customers.js';
import { deleteTransaction } from '../../../src/sandbox/twinfield/entries.js';
import type { Address, CustomerRow, LineRow } from '../../../src/sandbox/twinfield/records.js';

const FIRST_DAY = plainDate('2026-07-01');
/** All pass the check of IBANs and belong to nobody. */
const IBANS = ['NL91ABNA0417164300', 'NL20INGB0001234567', 'BE68539007547034', 'DE89370400440532013000'];

/** Something of everything: open, paid in part, short and in full, foreign money, credits, loose receipts, direct debit; codes begin with zeros. */
export function fillBooks(books: OfficeBooks, at: Date): void {
  const customers = Array.from({ length: 24 }, (_, nth) => customer(books, nth, at));
  customers.forEach(({ code }, nth) => {
    const date = addDays(FIRST_DAY, nth * 3);
    const invoice = (amount: number, more: object = {}): LineRow =>
      bookInvoice(
        books,
        { customer: code, date, amount, invoiceNumber: `2026-${1_000 + nth}`, description: `Levering ${nth}`, ...more },
        at,
      );
    invoice(121_000 + nth * 7);
    const partly = invoice(60_500, { invoiceNumber: nth % 3 === 0 ? '' : `D${nth}` });
    payInvoice(books, partly, { amount: 20_000, date: addDays(date, 20) }, at);
    // A second part: match numbers become a list.
    if (nth % 2 === 0) payInvoice(books, partly, { amount: 10_050, date: addDays(date, 25) }, at);
    payInvoice(books, invoice(3_333), { amount: 3_333, date: addDays(date, 10) }, at);
    if (nth % 5 === 0) payShort(books, invoice(9_000), { amount: 8_995, date: addDays(date, 12) }, at);
    // A number that was used the year before.
    if (nth % 5 === 1) invoice(4_400, { invoiceNumber: '17', date: addDays(date, -200) });
    if (nth % 5 === 2) invoice(5_500, { invoiceNumber: '17' });
    if (nth % 6 === 1) invoice(50_000, { currency: 'USD', rateMicro: 920_000 });
    if (nth % 12 === 7)
      payInvoice(books, invoice(70_000, { currency: 'USD', rateMicro: 910_000 }), { amount: 30_000, date, rateMicro: 930_000 }, at);
    if (nth % 4 === 2) creditInvoice(books, invoice(12_100), { settle: nth % 8 === 2 }, at);
    if (nth % 4 === 3) receive(books, { customer: code, amount: 9_550, date, description: 'Overboeking zonder kenmerk' }, at);
    if (nth % 8 === 5) put(books, invoice(7_700), 'BETW', 'Betwist', at);
    if (nth % 8 === 6) put(books, invoice(6_600), 'H1', 'Herinnering 1', at);
    if (nth % 7 === 3) selectForRun([invoice(8_470)], 12, at);
  });
  deleteTransaction(books, bookInvoice(books, { customer: customers[0]?.code ?? '', date: FIRST_DAY, amount: 1 }, at).transaction, { at });
}

/** An action on an invoice, by hand or by a reminder run. */
const put = (books: OfficeBooks, line: LineRow, code: string, name: string, at: Date): void =>
  addAction(line, { code, name, date: books.day(at), value: line.open, description: 'Doos 3 was leeg', userCode: books.userCode }, at);

function customer(books: OfficeBooks, nth: number, at: Date): CustomerRow {
  return addCustomer(
    books,
    {
      code: String(590 + nth).padStart(5, '0'),
      name: `Klant ${nth} B.V. & Zn`,
      status: nth === 23 ? 'inactive' : 'active',
      cocNumber: nth % 2 === 0 ? `9000000${nth % 10}` : '',
      vatNumber: nth % 3 === 0 ? 'NL001234567B01' : '',
      dueDays: nth % 2 === 0 ? 30 : 14,
      ebillMail: nth % 4 === 1 ? `facturen@klant-${nth}.example, kopie@klant-${nth}.example` : '',
      credit: {
        sendReminder: (['true', 'email', 'false'] as const)[nth % 3] ?? 'true',
        reminderEmail: nth % 3 === 1 ? `debiteuren@klant-${nth}.example` : '',
        creditLimit: nth % 4 === 0 ? 1_500_050 : null,
        comment: nth % 2 === 0 ? `Belt graag voor 10 uur; klant ${nth}` : '',
      },
      addresses: [address(nth)],
      banks:
        nth % 2 === 1 ? [{ id: 1, isDefault: true, ascription: `Klant ${nth}`, iban: IBANS[nth % 4] ?? '', bic: '', country: 'NL' }] : [],
    },
    at,
  );
}

const address = (nth: number): Address => ({
  id: 1,
  type: 'invoice',
  isDefault: true,
  name: `Klant ${nth}`,
  country: nth % 8 === 7 ? 'BE' : 'NL',
  city: 'Apeldoorn',
  postcode: '7311 AA',
  telephone: `055-${String(nth).padStart(7, '0')}`,
  email: `administratie@klant-${nth}.example`,
  contact: '',
  fields: ['', 'Kerkstraat 1', '', '', '', ''],
});
