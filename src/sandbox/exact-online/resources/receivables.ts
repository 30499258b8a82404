import { type Minor, formatAmount } from '../../../kernel/money.js';
import type { DivisionBooks } from '../books.js';
import type { FieldRow, TermRow } from '../records.js';
import { discountOf } from '../receivables.js';
import { padAccountCode, padShortCode } from '../rules/codes.js';
import type { Value } from '../rules/edm.js';
import { dayToWall, toWall } from '../rules/wall-clock.js';
import { tracked } from './common.js';
import {
  type Field,
  type Resource,
  bool,
  byte,
  dateTime,
  double,
  empty,
  fieldsInOrder,
  guid,
  int16,
  int32,
  keyedBy,
  syncOf,
  text,
} from './resource.js';

export const amountIn = (currency: string, minor: Minor): number => Number(formatAmount(minor, currency));
const day = (date: Parameters<typeof dayToWall>[0] | null): Value => (date === null ? null : dayToWall(date));
export const rateOf = (millionths: number): number => millionths / 1_000_000;

/** What `Receivables`, its bulk sibling and `PaymentTerms` have in common (fact sheet §4.2). */
export function termFields(books: DivisionBooks): Record<string, Field<TermRow>> {
  const account = ({ entry }: TermRow): FieldRow => books.account(entry.accountId);
  const bank = (term: TermRow): FieldRow | null => mainBankAccount(books, term.entry.accountId);
  const condition = ({ entry }: TermRow): FieldRow | null =>
    entry.paymentCondition === null ? null : books.find('paymentConditions', 'Code', entry.paymentCondition);
  const receivables = (): FieldRow | null => books.find('glAccounts', 'Type', 20);
  const own = (): FieldRow | null => books.find('journals', 'Type', 12);
  const home = books.profile.currency;
  const sign = (): number => books.switches.receivablesSign;
  const document = ({ entry }: TermRow): FieldRow | null =>
    entry.documentId === null ? null : (books.documents.get(entry.documentId) ?? null);
  const mandate = (term: TermRow): FieldRow | null =>
    term.paymentMethod === 'I' ? books.find('mandates', 'Account', term.entry.accountId) : null;
  return {
    ...tracked(books),
    ID: guid(({ id }) => id),
    Account: guid(({ entry }) => entry.accountId),
    AccountBankAccountID: guid((term) => bank(term)?.id ?? null),
    AccountBankAccountNumber: text((term) => bank(term)?.fields['BankAccount'] ?? null),
    AccountCode: text((term) => padAccountCode(String(account(term).fields['Code']))),
    AccountContact: guid(({ entry }) => entry.contactId),
    AccountContactName: text(({ entry }) => (entry.contactId && books.contacts.get(entry.contactId)?.fields['FullName']) || null),
    AccountCountry: text((term) => padShortCode(String(account(term).fields['Country'] ?? books.profile.country))),
    AccountName: text((term) => account(term).fields['Name'] ?? null),
    AmountDC: double((term) => amountIn(home, sign() * term.amountDC)),
    AmountDiscountDC: double((term) => amountIn(home, Math.round((discountOf(term) * term.entry.rateMillionths) / 1_000_000))),
    AmountDiscountFC: double((term) => amountIn(term.entry.currency, discountOf(term))),
    AmountFC: double((term) => amountIn(term.entry.currency, sign() * term.amount)),
    BankAccountID: guid(() => own()?.id ?? null),
    BankAccountNumber: text(() => books.profile.iban),
    CashflowTransactionBatchCode: text(({ batch }) => (batch ? String(batch.number) : null)),
    Currency: text(({ entry }) => entry.currency),
    Description: text(({ description }) => description),
    DirectDebitMandate: guid((term) => mandate(term)?.id ?? null),
    DirectDebitMandateDescription: text((term) => mandate(term)?.fields['Description'] ?? null),
    DirectDebitMandatePaymentType: int16((term) => mandate(term)?.fields['PaymentType'] ?? null),
    DirectDebitMandateReference: text((term) => mandate(term)?.fields['Reference'] ?? null),
    DirectDebitMandateType: int16((term) => mandate(term)?.fields['Type'] ?? null),
    DiscountDueDate: dateTime(({ discount }) => day(discount?.until ?? null)),
    Document: guid(({ entry }) => entry.documentId),
    DocumentNumber: int32((term) => document(term)?.fields['HID'] ?? null),
    DocumentSubject: text((term) => document(term)?.fields['Subject'] ?? null),
    DueDate: dateTime(({ dueDate }) => dayToWall(dueDate)),
    EndDate: dateTime(({ endDate }) => day(endDate)),
    EndPeriod: int16(({ endDate }) => (endDate ? Number(endDate.slice(5, 7)) : null)),
    EndToEndID: text(({ batch }) => batch?.endToEndId ?? null),
    EndYear: int16(({ endDate }) => (endDate ? Number(endDate.slice(0, 4)) : null)),
    EntryDate: dateTime(({ entry }) => dayToWall(entry.date)),
    EntryID: guid(({ setId }) => setId),
    EntryNumber: int32(({ entry }) => entry.entryNumber),
    GLAccount: guid(() => receivables()?.id ?? null),
    GLAccountCode: text(() => receivables()?.fields['Code'] ?? null),
    GLAccountDescription: text(() => receivables()?.fields['Description'] ?? null),
    InvoiceDate: dateTime(({ entry }) => dayToWall(entry.date)),
    InvoiceNumber: int32(({ entry }) => entry.invoiceNumber),
    IsBatchBooking: byte(() => 0),
    IsFullyPaid: bool(({ status }) => status === 50),
    Journal: text(({ entry }) => entry.journal),
    JournalDescription: text(({ entry }) => books.find('journals', 'Code', entry.journal)?.fields['Description'] ?? null),
    LastPaymentDate: dateTime(({ lastPaymentDate }) => day(lastPaymentDate)),
    PaymentCondition: text(({ entry }) => entry.paymentCondition),
    PaymentConditionDescription: text((term) => condition(term)?.fields['Description'] ?? null),
    PaymentDays: int32((term) => condition(term)?.fields['PaymentDays'] ?? null),
    PaymentDaysDiscount: int32(({ discount }) => discount?.days ?? null),
    PaymentDiscountPercentage: double(({ discount }) => discount?.percentage ?? null),
    PaymentInformationID: text(() => null),
    PaymentMethod: text(({ paymentMethod }) => paymentMethod),
    PaymentReference: text(({ paymentReference }) => paymentReference),
    RateFC: double(({ entry }) => rateOf(entry.rateMillionths)),
    ReceivableBatchNumber: int32(({ batch }) => batch?.number ?? null),
    ReceivableSelected: dateTime(({ batch }) => (batch ? toWall(batch.selectedAt) : null)),
    ReceivableSelector: guid(({ batch }) => (batch ? books.userId : null)),
    Source: int32(() => 1),
    Status: int16(({ status }) => status),
    TransactionAmountDC: double(({ entry }) => amountIn(home, entry.amountDC)),
    TransactionAmountFC: double(({ entry }) => amountIn(entry.currency, entry.amount)),
    TransactionDueDate: dateTime(({ entry }) => (entry.type === 40 ? null : dayToWall(entry.dueDate))),
    TransactionEntryID: guid(({ entry }) => entry.transactionEntryId),
    TransactionID: guid(({ entry }) => entry.lineId),
    TransactionIsReversal: bool(({ entry }) => entry.isReversal),
    TransactionReportingPeriod: int16(({ entry }) => Number(entry.date.slice(5, 7))),
    TransactionReportingYear: int16(({ entry }) => Number(entry.date.slice(0, 4))),
    TransactionStatus: int16(() => 20),
    TransactionType: int32(({ entry }) => entry.type),
    YourRef: text(({ entry }) => entry.yourRef),
    ...empty('String', 'ReceivableSelectorFullName'),
    ...empty('Int32', 'OrderNumber'),
  };
}

/** The account marked as main one, else any. */
export function mainBankAccount(books: DivisionBooks, accountId: string): FieldRow | null {
  const [first = null, ...others] = books.where('bankAccounts', 'Account', accountId);
  return others.find(({ fields }) => fields['Main'] === true) ?? first;
}

const BULK_FILTERS = [
  'Account',
  'Document',
  'EndDate',
  'EndToEndID',
  'EntryDate',
  'EntryID',
  'GLAccount',
  'ID',
  'InvoiceDate',
  'InvoiceNumber',
  'Source',
  'Status',
  'TransactionID',
  'TransactionType',
];
const SINGLE_FILTERS = [...BULK_FILTERS, 'IsFullyPaid', 'DueDate', 'AccountCode', 'AmountDC', 'TransactionEntryID'];

/** All that a PUT changes; it feeds collection files. */
const WRITABLE = ['Description', 'PaymentMethod', 'PaymentReference'] as const;

/** Receivables alone, and payment terms: receivables and payments in one stream. */
export function receivableResources(books: DivisionBooks): Resource<TermRow>[] {
  const fields = termFields(books);
  const receivable = (term: TermRow): boolean => term.lineType === 20;
  const one = keyedBy(books.terms);
  const shared = {
    type: 'Cashflow.Receivable',
    scope: 'financial.receivables',
    key: 'ID',
    fields: fieldsInOrder('ID', fields),
    rows: () => one.rows().filter(receivable),
    byKey: (key: Value) => [one.byKey?.(key)].find((term) => term && receivable(term)),
  } as const;
  return [
    {
      ...shared,
      path: 'cashflow/Receivables',
      methods: ['GET', 'PUT'],
      pageSize: 60,
      filterable: SINGLE_FILTERS,
      mandatoryFilter: SINGLE_FILTERS,
      select: 'unless-top-1',
      updateBy: (term, { fields: given }, at) => {
        for (const name of WRITABLE) {
          if (name in given) Object.assign(term, { [`${name[0]?.toLowerCase()}${name.slice(1)}`]: given[name] ?? null });
        }
        books.touch(books.terms, term, at);
        return null;
      },
    },
    {
      ...shared,
      path: 'bulk/Cashflow/Receivables',
      methods: ['GET'],
      pageSize: 1_000,
      filterable: BULK_FILTERS,
      mandatoryFilter: BULK_FILTERS,
      select: 'always',
    },
    syncOf(
      {
        path: 'sync/Cashflow/PaymentTerms',
        type: 'Sync.Cashflow.PaymentTerm',
        scope: 'financial.cashflow',
        fields: {
          ...fields,
          ApprovalStatus: int16(() => null),
          LineType: int16(({ lineType }) => lineType),
          ...empty('Int32', 'PaymentBatchNumber'),
          ...empty('DateTime', 'PaymentSelected'),
          ...empty('Guid', 'PaymentSelector'),
          ...empty('String', 'PaymentSelectorFullName'),
        },
      },
      () => books.terms.inTimestampOrder(),
    ),
  ];
}
