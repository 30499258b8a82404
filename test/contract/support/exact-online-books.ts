import { addDays, plainDate } from '../../../src/kernel/plain-date.js';
import { addAccount, addBankAccount, addContact, deleteAccount } from '../../../src/sandbox/exact-online/accounts.js';
import type { DivisionBooks } from '../../../src/sandbox/exact-online/books.js';
import { selectForCollection } from '../../../src/sandbox/exact-online/collections.js';
import {
  bookCreditNote,
  bookInvoice,
  bookPurchase,
  deleteEntry,
  invoiceAndPrint,
  payInvoice,
  receive,
} from '../../../src/sandbox/exact-online/receivables.js';
import type { EntryRow, FieldRow } from '../../../src/sandbox/exact-online/records.js';

const FIRST_DAY = plainDate('2026-07-01');
/** All pass the check of IBANs and belong to nobody. */
const IBANS = ['NL91ABNA0417164300', 'NL20INGB0001234567', 'BE68539007547034', 'DE89370400440532013000'];

/** Something of everything: open, paid in part, paid, in instalments, foreign money, credits, loose receipts, direct debit, suppliers. */
export function fillBooks(books: DivisionBooks, at: Date): void {
  const debtors = Array.from({ length: 24 }, (_, nth) => debtor(books, nth, at));
  const supplier = addAccount(books, { Name: 'Leverancier 1', Status: null }, at);
  addContact(books, supplier, { FullName: 'Verkoper', Email: 'verkoop@leverancier.example' }, at);
  bookPurchase(books, { accountId: supplier.id, date: FIRST_DAY, amount: 9_900 }, at);

  debtors.forEach(({ id: accountId }, nth) => {
    const date = addDays(FIRST_DAY, nth * 3);
    const invoice = (amount: number, more: object = {}): EntryRow =>
      bookInvoice(books, { accountId, date, amount, paymentCondition: '30', description: `Levering ${nth}`, ...more }, at);
    invoice(121_000 + nth * 7, { paymentReference: `80000000${26_700_000 + nth}`, yourRef: `PO-${nth}` });
    const partly = invoice(60_500);
    payInvoice(books, partly, { amount: 20_000, date: addDays(date, 20) }, at);
    if (nth % 2 === 0) payInvoice(books, partly, { amount: 10_050, date: addDays(date, 25) }, at);
    const paid = invoiceAndPrint(books, { accountId, date, amount: 3_333, paymentCondition: '14' }, at);
    payInvoice(books, paid, { amount: 3_333, date: addDays(date, 10) }, at);
    if (nth % 5 === 0) invoice(90_000, { instalments: [{ percent: 40, days: 14 }, { percent: 60, days: 44 }] }); // prettier-ignore
    if (nth % 6 === 1) invoice(50_000, { currency: 'USD', rateMillionths: 920_000 });
    if (nth % 4 === 2) bookCreditNote(books, { accountId, date, amount: -12_100, description: 'Retour' }, at);
    if (nth % 4 === 3) receive(books, { accountId, amount: 9_550, date, description: 'Overboeking zonder kenmerk' }, at);
    if (nth % 7 === 0) invoice(8_470, { paymentCondition: 'IN' });
    if (nth % 7 === 3) selectForCollection(books, [invoice(8_470, { paymentCondition: 'IN' })], at);
  });
  // What was deleted before we came is in the log too.
  const mistake = bookInvoice(books, { accountId: debtors[0]?.id ?? '', date: FIRST_DAY, amount: 1 }, at);
  deleteEntry(books, mistake, at);
  deleteAccount(books, addAccount(books, { Name: 'Vergissing' }, at), at);
}

function debtor(books: DivisionBooks, nth: number, at: Date): FieldRow {
  const account = addAccount(
    books,
    {
      Name: `Klant ${nth} B.V.`,
      Email: `administratie@klant-${nth}.example`,
      Phone: `055-${String(nth).padStart(7, '0')}`,
      Language: ['NL', 'FR-BE', 'EN'][nth % 3] ?? 'NL',
      ChamberOfCommerce: nth % 2 === 0 ? `9000000${nth % 10}` : null,
      VATNumber: nth % 3 === 0 ? 'NL001234567B01' : null,
      CreditLineSales: nth % 4 === 0 ? 15_000.5 : nth % 4 === 1 ? 0 : null,
      PaymentConditionSales: nth % 2 === 0 ? '30' : '14',
    },
    at,
  );
  if (nth % 3 === 0) addContact(books, account, { FullName: `Contact ${nth}`, Email: `contact@klant-${nth}.example` }, at);
  if (nth % 2 === 1) addBankAccount(books, account, IBANS[nth % IBANS.length] ?? '', at);
  return account;
}
