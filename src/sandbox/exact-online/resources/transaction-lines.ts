import type { DivisionBooks } from '../books.js';
import type { EntryRow, EntryType, FieldRow } from '../records.js';
import { padAccountCode } from '../rules/codes.js';
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
  syncOf,
  text,
} from './resource.js';
import type { Row } from '../table.js';

/** A line in the ledger, made from its entry when it is asked for: debit positive, credit negative. */
interface LedgerLine extends Row {
  readonly entry: EntryRow;
  readonly number: number;
  readonly ledgerType: 12 | 20 | 24 | 90 | 110;
  /** In the currency of the entry. */
  readonly amount: number;
  readonly description: string | null;
}

/** What stands against the receivable of an entry without lines of its own. */
const COUNTER: Readonly<Record<EntryType, LedgerLine['ledgerType']>> = { 20: 24, 21: 24, 30: 90, 40: 12, 83: 90, 90: 90 };

export function ledgerLinesOf(entry: EntryRow): LedgerLine[] {
  const { id: _, ...stamp } = entry;
  const line = (number: number, id: string, rest: Pick<LedgerLine, 'ledgerType' | 'amount' | 'description'>): LedgerLine => ({
    createdAt: stamp.createdAt,
    modifiedAt: stamp.modifiedAt,
    timestamp: entry.timestamp + number,
    id,
    entry,
    number,
    ...rest,
  });
  const receivable = { ledgerType: 20, amount: entry.amount, description: entry.description } as const;
  if (entry.type !== 20 && entry.type !== 21) {
    const counter = { ledgerType: COUNTER[entry.type], amount: -entry.amount, description: entry.description };
    return [line(0, entry.counterLineId, counter), line(1, entry.lineId, receivable)];
  }
  const revenue = entry.lines
    .slice(0, 8)
    .map(({ id, amount, description }, at) => line(at + 1, id, { ledgerType: 110, amount: -amount, description }));
  const vat = line(revenue.length + 1, entry.counterLineId, { ledgerType: 24, amount: -entry.vat, description: null });
  return [line(0, entry.lineId, receivable), ...revenue, ...(entry.vat === 0 ? [] : [vat])];
}

/** Lines of a list of entries, kept as long as that very list is. */
const made = new WeakMap<readonly EntryRow[], readonly LedgerLine[]>();
function linesOf(entries: readonly EntryRow[]): readonly LedgerLine[] {
  const lines = made.get(entries) ?? entries.flatMap(ledgerLinesOf);
  made.set(entries, lines);
  return lines;
}

export function transactionLineResources(books: DivisionBooks): AnyResource[] {
  const fields = lineFields(books);
  const filters = ['ID', 'Account', 'Date', 'Document', 'EntryID', 'EntryNumber', 'FinancialYear', 'GLAccount', 'InvoiceNumber', 'JournalCode', 'Modified', 'Type']; // prettier-ignore
  const single: Resource<LedgerLine> = {
    path: 'financialtransaction/TransactionLines',
    pageSize: 60,
    select: 'unless-top-1',
    type: 'Financial.TransactionLine',
    scope: 'financial.accounting',
    methods: ['GET'],
    key: 'ID',
    filterable: filters,
    mandatoryFilter: filters,
    fields: fieldsInOrder<LedgerLine>('ID', fields),
    rows: () => [...linesOf(books.entries.inKeyOrder())].sort((a, b) => (a.id < b.id ? -1 : 1)),
    byKey: (key) => linesOf(books.entries.inKeyOrder()).find(({ id }) => id === key),
  };
  return [
    erased(single),
    erased(
      syncOf(
        { path: 'sync/Financial/TransactionLines', type: 'Sync.Financial.TransactionLine', scope: 'financial.accounting', fields },
        () => linesOf(books.entries.inTimestampOrder()),
      ),
    ),
  ];
}

function lineFields(books: DivisionBooks): Record<string, Field<LedgerLine>> {
  const ledger = ({ ledgerType }: LedgerLine): FieldRow | null => books.find('glAccounts', 'Type', ledgerType);
  const account = ({ entry }: LedgerLine): FieldRow => books.account(entry.accountId);
  return {
    ...tracked(books),
    ID: guid(({ id }) => id),
    Account: guid(({ entry }) => entry.accountId),
    AccountCode: text((line) => padAccountCode(String(account(line).fields['Code']))),
    AccountName: text((line) => account(line).fields['Name'] ?? null),
    AmountDC: double(({ amount, entry }) => amountIn(books.profile.currency, Math.round((amount * entry.rateMillionths) / 1_000_000))),
    AmountFC: double(({ amount, entry }) => amountIn(entry.currency, amount)),
    Currency: text(({ entry }) => entry.currency),
    Date: dateTime(({ entry }) => dayToWall(entry.date)),
    Description: text(({ description }) => description),
    Document: guid(({ entry }) => entry.documentId),
    DueDate: dateTime(({ entry }) => dayToWall(entry.dueDate)),
    EntryID: guid(({ entry }) => entry.transactionEntryId),
    EntryNumber: int32(({ entry }) => entry.entryNumber),
    ExchangeRate: double(({ entry }) => entry.rateMillionths / 1_000_000),
    FinancialPeriod: int16(({ entry }) => Number(entry.date.slice(5, 7))),
    FinancialYear: int16(({ entry }) => Number(entry.date.slice(0, 4))),
    GLAccount: guid((line) => ledger(line)?.id ?? null),
    GLAccountCode: text((line) => ledger(line)?.fields['Code'] ?? null),
    GLAccountDescription: text((line) => ledger(line)?.fields['Description'] ?? null),
    InvoiceNumber: int32(({ entry }) => entry.invoiceNumber),
    JournalCode: text(({ entry }) => entry.journal),
    LineNumber: int32(({ number }) => number),
    LineType: int16(() => 0),
    OffsetID: guid((line) => offsetOf(books, line)),
    PaymentReference: text(({ entry }) => entry.paymentReference),
    Status: int16(() => 20),
    Type: int32(({ entry }) => entry.type),
    YourRef: text(({ entry }) => entry.yourRef),
    ...empty('Double', 'AmountVATBaseFC AmountVATFC PaymentDiscountAmount Quantity VATPercentage'),
    ...empty('String', 'CostCenter CostUnit ExternalLinkDescription ExternalLinkReference JournalDescription Notes VATCode VATType'),
    ...empty('Int32', 'DocumentNumber OrderNumber'),
    ...empty('String', 'DocumentSubject'),
    ...empty('Guid', 'Item Project Subscription'),
  };
}

/** Filled on the receivable of a sales entry once all of it is matched; on other entries always. */
function offsetOf(books: DivisionBooks, { entry, ledgerType }: LedgerLine): string | null {
  if (entry.type !== 20 && entry.type !== 21) return entry.counterLineId;
  const terms = books.termsOf(entry);
  if (ledgerType !== 20 || terms.some(({ status }) => status !== 50)) return null;
  const [other] = terms.flatMap(({ matchedWith }) => matchedWith);
  return other === undefined ? null : (books.terms.get(other)?.entry.lineId ?? null);
}
