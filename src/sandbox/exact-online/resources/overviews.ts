import { type PlainDate, daysBetween } from '../../../kernel/plain-date.js';
import type { DivisionBooks } from '../books.js';
import { isOpen } from '../matching.js';
import type { TermRow } from '../records.js';
import { padAccountCode } from '../rules/codes.js';
import { dayToWall } from '../rules/wall-clock.js';
import { amountIn } from './receivables.js';
import { type AnyResource, type Resource, dateTime, double, erased, fieldsInOrder, guid, int32, int64, text } from './resource.js';

/** The read services: lists and totals in the currency of the division, an invoice positive (fact sheet §4.3). */
export function overviewResources(books: DivisionBooks, now: () => Date): AnyResource[] {
  const today = (): PlainDate => books.day(now());
  const list = receivablesList(books);
  return [erased(list), erased(agingList(books, today)), erased(agingOverview(books, today)), erased(outstanding(books, today))];
}

const shared = { scope: 'financial.receivables', methods: ['GET'], pageSize: 60 } as const;

/** Every open receivable: invoices, credit notes and receipts that are not allocated. */
const openTerms = (books: DivisionBooks): TermRow[] => [...books.terms.values()].filter((term) => term.lineType === 20 && isOpen(term));

export function receivablesList(books: DivisionBooks, accountId?: string): Resource<TermRow> {
  const home = books.profile.currency;
  const shown = (term: TermRow): number => amountIn(home, -books.switches.receivablesListSign * term.amountDC);
  return {
    ...shared,
    path: 'read/financial/ReceivablesList',
    type: 'ReceivablesList',
    key: 'HID',
    filterable: ['AccountId', 'InvoiceNumber', 'DueDate', 'YourRef'],
    fields: fieldsInOrder<TermRow>('HID', {
      HID: int64(({ hid }) => hid),
      AccountCode: text(({ entry }) => padAccountCode(String(books.account(entry.accountId).fields['Code']))),
      AccountId: guid(({ entry }) => entry.accountId),
      AccountName: text(({ entry }) => books.account(entry.accountId).fields['Name'] ?? null),
      Amount: double(shown),
      AmountInTransit: double((term) => (term.status === 20 ? 0 : shown(term))),
      CurrencyCode: text(() => home),
      Description: text(({ description }) => description),
      DueDate: dateTime(({ dueDate }) => dayToWall(dueDate)),
      EntryNumber: int32(({ entry }) => entry.entryNumber),
      Id: guid(({ id }) => id),
      InvoiceDate: dateTime(({ entry }) => dayToWall(entry.date)),
      InvoiceNumber: int32(({ entry }) => entry.invoiceNumber ?? 0),
      JournalCode: text(({ entry }) => entry.journal),
      JournalDescription: text(({ entry }) => books.find('journals', 'Code', entry.journal)?.fields['Description'] ?? null),
      YourRef: text(({ entry }) => entry.yourRef),
    }),
    expansions: { Notes: { of: { ...NOTES }, rows: () => [] } },
    rows: () => openTerms(books).filter(({ entry }) => accountId === undefined || entry.accountId === accountId),
  };
}

const NOTES: AnyResource = { ...shared, path: 'Notes', type: 'ReceivablesListNote', key: 'ID', fields: new Map(), rows: () => [] };

interface AgedAccount {
  readonly accountId: string;
  /** Of the four age groups. */
  readonly amounts: readonly number[];
}

const AGES = [
  [30, '0 - 30'],
  [60, '31 - 60'],
  [90, '61 - 90'],
  [Number.MAX_SAFE_INTEGER, '> 90'],
] as const;

const ageGroupOf = (days: number): number => AGES.findIndex(([upTo]) => days <= upTo);

function aged(books: DivisionBooks, today: PlainDate): AgedAccount[] {
  const byAccount = Map.groupBy(openTerms(books), ({ entry }) => entry.accountId);
  return [...byAccount]
    .map(([accountId, terms]) => {
      const amounts = [0, 0, 0, 0];
      for (const { amountDC, dueDate } of terms) {
        const group = ageGroupOf(daysBetween(dueDate, today));
        amounts[group] = (amounts[group] ?? 0) - amountDC;
      }
      return { accountId, amounts };
    })
    .sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
}

function agingList(books: DivisionBooks, today: () => PlainDate): Resource<AgedAccount> {
  const home = books.profile.currency;
  const groups = AGES.flatMap(([, description], at) => {
    const name = `AgeGroup${at + 1}`;
    return [
      [name, int32<AgedAccount>(() => at + 1)],
      [`${name}Amount`, double<AgedAccount>(({ amounts }) => amountIn(home, amounts[at] ?? 0))],
      [`${name}Description`, text<AgedAccount>(() => description)],
    ] as const;
  });
  return {
    ...shared,
    path: 'read/financial/AgingReceivablesList',
    type: 'AgingReceivablesList',
    key: 'AccountId',
    filterable: [],
    fields: fieldsInOrder<AgedAccount>('AccountId', {
      AccountId: guid(({ accountId }) => accountId),
      AccountCode: text(({ accountId }) => padAccountCode(String(books.account(accountId).fields['Code']))),
      AccountName: text(({ accountId }) => books.account(accountId).fields['Name'] ?? null),
      CurrencyCode: text(() => home),
      TotalAmount: double(({ amounts }) =>
        amountIn(
          home,
          amounts.reduce((total, amount) => total + amount, 0),
        ),
      ),
      ...Object.fromEntries(groups),
    }),
    rows: () => aged(books, today()),
  };
}

interface AgeTotal {
  readonly group: number;
  readonly amount: number;
}

function agingOverview(books: DivisionBooks, today: () => PlainDate): Resource<AgeTotal> {
  return {
    ...shared,
    path: 'read/financial/AgingOverview',
    type: 'AgingOverview',
    key: 'AgeGroup',
    fields: fieldsInOrder<AgeTotal>('AgeGroup', {
      AgeGroup: int32(({ group }) => group),
      AgeGroupDescription: text(({ group }) => AGES[group - 1]?.[1] ?? 'Total'),
      AmountPayable: double(() => 0),
      AmountReceivable: double(({ amount }) => amountIn(books.profile.currency, amount)),
      CurrencyCode: text(() => books.profile.currency),
    }),
    rows: () => {
      const all = aged(books, today());
      const totals = AGES.map((_, at) => ({ group: at + 1, amount: all.reduce((total, { amounts }) => total + (amounts[at] ?? 0), 0) }));
      return [...totals, { group: 5, amount: totals.reduce((total, { amount }) => total + amount, 0) }];
    },
  };
}

/** The package's own total of what is open: the figure to hold an own sum against. */
function outstanding(books: DivisionBooks, today: () => PlainDate): Resource<DivisionBooks> {
  const home = books.profile.currency;
  const open = (): TermRow[] => openTerms(books);
  const overdue = (): TermRow[] => open().filter(({ dueDate }) => dueDate < today());
  const total = (terms: readonly TermRow[]): number =>
    amountIn(
      home,
      terms.reduce((amount, term) => amount - term.amountDC, 0),
    );
  return {
    ...shared,
    path: 'read/financial/OutstandingInvoicesOverview',
    type: 'OutstandingInvoicesOverview',
    key: 'CurrencyCode',
    fields: fieldsInOrder<DivisionBooks>('CurrencyCode', {
      CurrencyCode: text(() => home),
      OutstandingPayableInvoiceAmount: double(() => 0),
      OutstandingPayableInvoiceCount: double(() => 0),
      OutstandingReceivableInvoiceAmount: double(() => total(open())),
      OutstandingReceivableInvoiceCount: double(() => open().length),
      OverduePayableInvoiceAmount: double(() => 0),
      OverduePayableInvoiceCount: double(() => 0),
      OverdueReceivableInvoiceAmount: double(() => total(overdue())),
      OverdueReceivableInvoiceCount: double(() => overdue().length),
    }),
    rows: () => [books],
  };
}
