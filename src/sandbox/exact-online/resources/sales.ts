import { isNone, textOrNull } from '../rules/edm.js';
import { exponentOf } from '../../../kernel/money.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import type { Answer } from '../../wire/answer.js';
import { refusal } from '../answers.js';
import type { DivisionBooks } from '../books.js';
import { isSale } from '../entries.js';
import { isOpen } from '../matching.js';
import { bookCreditNote, bookInvoice, deleteEntry } from '../receivables.js';
import type { EntryLine, EntryRow, FieldRow } from '../records.js';
import { dayOfWall, dayToWall, toWall } from '../rules/wall-clock.js';
import { say, sayRequired } from '../texts.js';
import { tracked } from './common.js';
import { amountIn, rateOf } from './receivables.js';
import {
  type AnyResource,
  type Input,
  type Resource,
  bool,
  dateTime,
  double,
  empty,
  erased,
  fieldsInOrder,
  guid,
  int16,
  int32,
  text,
} from './resource.js';

/** Sales entries with their lines (fact sheet §4.4). */
export function salesEntryResources(books: DivisionBooks): AnyResource[] {
  const lines = entryLines(books);
  return [erased(salesEntries(books, lines)), erased(lines)];
}

interface LineOf {
  readonly line: EntryLine;
  readonly entry: EntryRow;
  readonly number: number;
}

const linesOf = (entry: EntryRow): LineOf[] => entry.lines.map((line, at) => ({ line, entry, number: at + 1 }));

function salesEntries(books: DivisionBooks, lines: Resource<LineOf>): Resource<EntryRow> {
  const home = books.profile.currency;
  const condition = ({ paymentCondition }: EntryRow): FieldRow | null => books.find('paymentConditions', 'Code', paymentCondition);
  const document = ({ documentId }: EntryRow): FieldRow | undefined => books.documents.get(documentId ?? '');
  return {
    path: 'salesentry/SalesEntries',
    type: 'SalesEntry',
    scope: 'financial.accounting',
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    pageSize: 60,
    key: 'EntryID',
    select: 'unless-top-1',
    fields: fieldsInOrder<EntryRow>('EntryID', {
      ...tracked(books),
      EntryID: guid(({ id }) => id),
      AmountDC: double(({ amountDC }) => amountIn(home, amountDC)),
      AmountFC: double(({ amount, currency }) => amountIn(currency, amount)),
      Currency: text(({ currency }) => currency),
      Customer: guid(({ accountId }) => accountId),
      CustomerName: text(({ accountId }) => books.account(accountId).fields['Name'] ?? null),
      Description: text(({ description }) => description),
      Document: guid(({ documentId }) => documentId),
      DocumentNumber: int32((entry) => document(entry)?.fields['HID'] ?? null),
      DocumentSubject: text((entry) => document(entry)?.fields['Subject'] ?? null),
      DueDate: dateTime(({ dueDate }) => dayToWall(dueDate)),
      EntryDate: dateTime(({ date }) => dayToWall(date)),
      EntryNumber: int32(({ entryNumber }) => entryNumber),
      InvoiceNumber: int32(({ invoiceNumber }) => invoiceNumber),
      Journal: text(({ journal }) => journal),
      JournalDescription: text(({ journal }) => books.find('journals', 'Code', journal)?.fields['Description'] ?? null),
      PaymentCondition: text(({ paymentCondition }) => paymentCondition),
      PaymentConditionDescription: text((entry) => condition(entry)?.fields['Description'] ?? null),
      PaymentConditionPaymentMethod: text((entry) => condition(entry)?.fields['PaymentMethod'] ?? null),
      PaymentReference: text(({ paymentReference }) => paymentReference),
      Rate: double(({ rateMillionths }) => rateOf(rateMillionths)),
      ReportingPeriod: int16(({ date }) => Number(date.slice(5, 7))),
      ReportingYear: int16(({ date }) => Number(date.slice(0, 4))),
      Reversal: bool(({ isReversal }) => isReversal),
      // Also of printed invoices: 50 is not seen here in practice.
      Status: int16(() => 20),
      StatusDescription: text(() => 'Open'),
      Type: int32(({ type }) => type),
      TypeDescription: text(({ type }) => (type === 21 ? 'Sales credit note' : 'Sales entry')),
      VATAmountDC: double(({ vatDC }) => amountIn(home, vatDC)),
      VATAmountFC: double(({ vat, currency }) => amountIn(currency, vat)),
      YourRef: text(({ yourRef }) => yourRef),
      ...empty('Int32', 'BatchNumber OrderNumber ProcessNumber'),
      ...empty('String', 'CustomField ExternalLinkDescription ExternalLinkReference'),
      ...empty('Double', 'GAccountAmountFC WithholdingTaxAmountDC WithholdingTaxBaseAmount WithholdingTaxPercentage'),
    }),
    expansions: { SalesEntryLines: { of: erased(lines), rows: linesOf } },
    rows: () => books.entries.inKeyOrder().filter(isSale),
    byKey: (key) => [books.entries.get(String(key))].find((entry) => entry && isSale(entry)),
    createBy: (input, at) => createEntry(books, input, at),
    updateBy: (entry, input, at) => updateEntry(books, entry, input, at),
    removeBy: (entry, at, language) => {
      if (books.termsOf(entry).some((term) => !isOpen(term))) return refusal(500, say(language, 'processed', String(entry.entryNumber)));
      deleteEntry(books, entry, at);
      return null;
    },
  };
}

function entryLines(books: DivisionBooks): Resource<LineOf> {
  const revenue = (): FieldRow | null => books.find('glAccounts', 'Type', 110);
  return {
    path: 'salesentry/SalesEntryLines',
    type: 'SalesEntryLine',
    scope: 'financial.accounting',
    methods: ['GET'],
    pageSize: 60,
    key: 'ID',
    fields: fieldsInOrder<LineOf>('ID', {
      ID: guid(({ line }) => line.id),
      AmountDC: double(({ line, entry }) => amountIn(books.profile.currency, Math.round((line.amount * entry.rateMillionths) / 1_000_000))),
      AmountFC: double(({ line, entry }) => amountIn(entry.currency, line.amount)),
      Description: text(({ line }) => line.description),
      Division: int32(() => books.code),
      EntryID: guid(({ entry }) => entry.id),
      GLAccount: guid(() => revenue()?.id ?? null),
      GLAccountCode: text(() => revenue()?.fields['Code'] ?? null),
      GLAccountDescription: text(() => revenue()?.fields['Description'] ?? null),
      LineNumber: int32(({ number }) => number),
      VATCode: text(() => '2  '),
      VATPercentage: double(() => 0.21),
      ...empty('String', 'CostCenter CostUnit Notes VATCodeDescription'),
      ...empty('Double', 'Quantity VATAmountDC VATAmountFC'),
    }),
    rows: () => books.entries.inKeyOrder().filter(isSale).flatMap(linesOf),
    byKey: () => undefined,
  };
}

const minorOf = (amount: unknown, currency: string): number => Math.round(Number(amount) * 10 ** exponentOf(currency));

/** `POST`: a customer, a journal and lines that each have an amount and a ledger account. */
function createEntry(books: DivisionBooks, { fields, lists, language }: Input, at: Date): Result<EntryRow, Answer> {
  const lines = (lists['SalesEntryLines'] ?? []) as readonly Readonly<Record<string, unknown>>[];
  const missing = ['Customer', 'Journal'].filter((name) => isNone(fields[name]));
  if (lines.length === 0) missing.push('SalesEntryLines');
  missing.push(...lines.flatMap((line) => ['AmountFC', 'GLAccount'].filter((name) => isNone(line[name]))));
  const account = books.accounts.get(String(fields['Customer']));
  if (!account && !missing.includes('Customer')) missing.push('Customer');
  if (!account || missing.length > 0) return err(refusal(500, sayRequired(language, missing)));
  const until = account.fields['EndDate'];
  if (typeof until === 'number' && until < toWall(at)) return err(refusal(500, say(language, 'inactive')));
  const currency = String(fields['Currency'] ?? books.profile.currency);
  const date = typeof fields['EntryDate'] === 'number' ? dayOfWall(fields['EntryDate']) : books.day(at);
  const vat = lines.reduce((total, line) => total + minorOf(line['VATAmountFC'] ?? 0, currency), 0);
  const kept = lines.map((line) => ({ description: String(line['Description'] ?? ''), amount: minorOf(line['AmountFC'], currency) }));
  const amount = vat + kept.reduce((total, line) => total + line.amount, 0);
  const document = {
    accountId: account.id,
    date,
    amount,
    vat,
    currency,
    lines: kept,
    paymentCondition: textOrNull(fields['PaymentCondition']),
    yourRef: textOrNull(fields['YourRef']),
    description: textOrNull(fields['Description']),
    ...(typeof fields['DueDate'] === 'number' && { dueDate: dayOfWall(fields['DueDate']) }),
  };
  return ok(amount < 0 ? bookCreditNote(books, document, at) : bookInvoice(books, document, at));
}

/** `PUT`: what has no effect on the books; a document that does not exist is left out in silence. */
function updateEntry(books: DivisionBooks, entry: EntryRow, { fields }: Input, at: Date): Answer | null {
  const given = (name: string): string | null => textOrNull(fields[name]);
  if ('Description' in fields) entry.description = given('Description');
  if ('YourRef' in fields) entry.yourRef = given('YourRef');
  if ('Document' in fields) entry.documentId = books.documents.get(given('Document') ?? '')?.id ?? null;
  if (typeof fields['DueDate'] === 'number') entry.dueDate = dayOfWall(fields['DueDate']);
  books.touch(books.entries, entry, at);
  for (const term of books.termsOf(entry)) books.touch(books.terms, term, at);
  books.changed('SalesEntries', 'Update', 'salesentry/SalesEntries', entry.id);
  return null;
}
