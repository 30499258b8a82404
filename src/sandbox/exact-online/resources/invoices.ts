import type { DivisionBooks } from '../books.js';
import type { SalesInvoiceRow } from '../records.js';
import { dayToWall } from '../rules/wall-clock.js';
import { tracked } from './common.js';
import { amountIn } from './receivables.js';
import {
  type AnyResource,
  type Field,
  type Resource,
  dateTime,
  double,
  empty,
  erased,
  fieldsInOrder,
  guid,
  int16,
  int32,
  int64,
  keyedBy,
  text,
} from './resource.js';

const STATUS_TEXT = { 10: 'Draft', 20: 'Open', 50: 'Processed' } as const;
const FILTERS = ['InvoiceID', 'InvoiceNumber', 'InvoiceTo', 'OrderedBy', 'Status', 'Type', 'InvoiceDate', 'Created', 'Modified', 'YourRef'];

/** Sales invoices: numbered when printed, and then with a sales entry of another id (fact sheet §4.5). */
export function salesInvoiceResources(books: DivisionBooks): AnyResource[] {
  const single: Resource<SalesInvoiceRow> = {
    path: 'salesinvoice/SalesInvoices',
    type: 'SalesInvoice',
    scope: 'sales.invoices',
    methods: ['GET'],
    pageSize: 60,
    key: 'InvoiceID',
    filterable: FILTERS,
    mandatoryFilter: FILTERS,
    select: 'unless-top-1',
    fields: fieldsInOrder('InvoiceID', headerFields(books)),
    ...keyedBy(books.salesInvoices),
  };
  return [erased(single), erased(syncSalesInvoices(books))];
}

function headerFields(books: DivisionBooks): Record<string, Field<SalesInvoiceRow>> {
  const home = books.profile.currency;
  const customer = ({ accountId }: SalesInvoiceRow) => books.account(accountId).fields['Name'] ?? null;
  const dc = (minor: number, { entry }: SalesInvoiceRow): number =>
    amountIn(home, Math.round((minor * (entry?.rateMillionths ?? 1_000_000)) / 1_000_000));
  return {
    ...tracked(books),
    InvoiceID: guid(({ id }) => id),
    AmountDC: double((row) => dc(row.amount, row)),
    AmountFC: double(({ amount, currency }) => amountIn(currency, amount)),
    AmountFCExclVat: double(({ amount, vat, currency }) => amountIn(currency, amount - vat)),
    Currency: text(({ currency }) => currency),
    DeliverTo: guid(({ accountId }) => accountId),
    DeliverToName: text(customer),
    Description: text(({ description }) => description),
    DueDate: dateTime(({ entry }) => (entry ? dayToWall(entry.dueDate) : null)),
    InvoiceDate: dateTime(({ entry }) => (entry ? dayToWall(entry.date) : null)),
    InvoiceNumber: int32(({ entry }) => entry?.invoiceNumber ?? null),
    InvoiceTo: guid(({ accountId }) => accountId),
    InvoiceToContactPerson: guid(({ entry }) => entry?.contactId ?? null),
    InvoiceToName: text(customer),
    Journal: text(({ entry }) => entry?.journal ?? '70'),
    OrderedBy: guid(({ accountId }) => accountId),
    OrderedByName: text(customer),
    PaymentCondition: text(({ entry }) => entry?.paymentCondition ?? null),
    PaymentReference: text(({ entry }) => entry?.paymentReference ?? null),
    Status: int16(({ status }) => status),
    StatusDescription: text(({ status }) => STATUS_TEXT[status]),
    Type: int32(({ type }) => type),
    TypeDescription: text(({ type }) => (type === 8021 ? 'Credit note' : 'Normal')),
    VATAmountDC: double((row) => dc(row.vat, row)),
    VATAmountFC: double(({ vat, currency }) => amountIn(currency, vat)),
    YourRef: text(({ yourRef }) => yourRef),
    ...empty('Double', 'AmountDiscount AmountDiscountExclVat Discount ExtraDutyAmountFC GAccountAmountFC'),
    ...empty('Guid', 'Document OrderedByContactPerson Salesperson Warehouse'),
    ...empty('String', 'DeliverToContactPersonFullName DocumentSubject InvoiceToContactPersonFullName JournalDescription'),
    ...empty('String', 'PaymentConditionDescription Remarks SalespersonFullName StarterSalesInvoiceStatusDescription'),
    ...empty('Int32', 'DocumentNumber OrderNumber'),
    ...empty('Int16', 'StarterSalesInvoiceStatus DiscountType'),
    ...empty('DateTime', 'OrderDate'),
  };
}

/** A row of the sync resource: line 0 is the header, the lines follow mixed among those of others. */
interface SyncedRow {
  readonly invoice: SalesInvoiceRow;
  readonly line: number;
}

function syncSalesInvoices(books: DivisionBooks): Resource<SyncedRow> {
  const header = headerFields(books);
  const fields: Record<string, Field<SyncedRow>> = Object.fromEntries(
    Object.entries(header).map(([name, { edm, read }]) => [name, { edm, read: ({ invoice }: SyncedRow) => read(invoice) }]),
  );
  return {
    path: 'sync/SalesInvoice/SalesInvoices',
    type: 'Sync.SalesInvoice.SalesInvoice',
    scope: 'sales.invoices',
    methods: ['GET'],
    pageSize: 1_000,
    key: 'Timestamp',
    filterable: ['Timestamp'],
    select: 'never-all',
    shuffled: true,
    fields: fieldsInOrder('Timestamp', {
      ...fields,
      Timestamp: int64(({ invoice, line }) => invoice.timestamp + line),
      ID: guid(({ invoice, line }) => (line === 0 ? invoice.id : (invoice.entry?.lines[line - 1]?.id ?? null))),
      LineNumber: int32(({ line }) => line),
    }),
    rows: () =>
      books.salesInvoices
        .inTimestampOrder()
        .flatMap((invoice) => Array.from({ length: 1 + (invoice.entry?.lines.length ?? 0) }, (_, line) => ({ invoice, line }))),
  };
}
