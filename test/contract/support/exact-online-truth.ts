import { type PlainDate, minDate } from '../../../src/kernel/plain-date.js';
import type { PulledDebtor, PulledItem } from '../../../src/adapters/accounting-package.port.js';
import type { DivisionBooks } from '../../../src/sandbox/exact-online/books.js';
import { openOn } from '../../../src/sandbox/exact-online/matching.js';
import type { EntryRow, FieldRow, TermRow } from '../../../src/sandbox/exact-online/records.js';
import type { Truth } from '../accounting-package.contract.js';

const receivable = (books: DivisionBooks, entry: EntryRow): readonly TermRow[] =>
  books.termsOf(entry).filter(({ lineType }) => lineType === 20);

const isSale = ({ type }: EntryRow): boolean => type === 20 || type === 21;

export const refOf = (entry: EntryRow): string => (isSale(entry) ? `entry:${entry.id}` : `line:${entry.lineId}`);

/** What the division's own records say, worked out from the simulator's rows: no endpoint and nothing of the adapter is involved. */
export function truthOf(books: DivisionBooks): Truth {
  const entries = [...books.entries.values()].filter((entry) => receivable(books, entry).length > 0);
  const items = entries.flatMap((entry) => itemsOf(books, entry));
  const debtors = [...books.accounts.values()].filter(({ fields }) => fields['Status'] === 'C');
  return { items, debtors: debtors.map((account) => debtorOf(books, account, entries)) };
}

/** What is open, by ref: the figures a night has to end with. */
export function openItemsOf(books: DivisionBooks): Record<string, number> {
  const open = [...books.entries.values()].filter((entry) => receivable(books, entry).length > 0 && openOn(books, entry) !== 0);
  return Object.fromEntries(open.map((entry) => [refOf(entry), openOn(books, entry)]).sort());
}

/** One item per instalment; a receipt only as long as something of it is open. */
function itemsOf(books: DivisionBooks, entry: EntryRow): Omit<PulledItem, 'raw'>[] {
  const terms = receivable(books, entry);
  const isOpen = ({ status }: TermRow): boolean => status !== 50;
  if (!isSale(entry) && !terms.some(isOpen)) return [];
  const days = [...new Set(terms.map(({ dueDate }) => dueDate))].sort();
  return days.map((day, nth) => {
    const own = terms.filter(({ dueDate }) => dueDate === day);
    const total = (some: readonly TermRow[]): number => some.reduce((sum, { amount }) => sum - amount, 0) || 0;
    const amount = total(own);
    const isCredit = amount < 0;
    const speaker = own.find(isOpen) ?? own[0];
    return {
      ref: nth === 0 ? refOf(entry) : `${refOf(entry)}#${nth + 1}`,
      number: String(entry.invoiceNumber ?? entry.yourRef ?? entry.entryNumber),
      debtorRef: entry.accountId,
      kind: isCredit ? 'credit-note' : 'invoice',
      issueDate: entry.date,
      dueDate: own.map(({ dueDate }) => dueDate).reduce(minDate),
      amount,
      open: total(own.filter(isOpen)),
      currency: entry.currency,
      paymentReference: entry.paymentReference,
      description: speaker?.description ?? entry.yourRef,
      paused: false,
      collecting: own.some((term) => isOpen(term) && (term.status !== 20 || term.paymentMethod === 'I')),
      writtenOff: false,
      settlements: own
        .filter((term) => !isOpen(term))
        .map((term) => ({
          ref: term.id,
          date: term.lastPaymentDate as PlainDate,
          amount: -term.amount,
          kind: isCredit ? ('credit-note' as const) : ('payment' as const),
          marker: null,
        }))
        .sort((a, b) => (`${a.date} ${a.ref}` < `${b.date} ${b.ref}` ? -1 : 1)),
    };
  });
}

function debtorOf(books: DivisionBooks, { id, fields, createdAt }: FieldRow, entries: readonly EntryRow[]): Omit<PulledDebtor, 'raw'> {
  const text = (key: string): string | null => (fields[key] as string | null | undefined) ?? null;
  const condition = text('PaymentConditionSales');
  const days = condition === null ? null : books.find('paymentConditions', 'Code', condition)?.fields['PaymentDays'];
  const own = entries.filter((entry) => entry.accountId === id && itemsOf(books, entry).length > 0);
  const newest = own.filter(({ contactId }) => contactId !== null).sort((a, b) => (a.date < b.date ? 1 : -1))[0];
  const addressee = newest?.contactId ?? text('MainContact');
  const address = (addressee && (books.contacts.get(addressee)?.fields['Email'] as string | null)) || text('Email');
  const bank = books.where('bankAccounts', 'Account', id)[0]?.fields['BankAccount'] as string | undefined;
  return {
    ref: id,
    number: text('Code'),
    name: text('Name') ?? '',
    isBusiness: text('ChamberOfCommerce') !== null || text('VATNumber') !== null ? true : null,
    country: text('Country'),
    language: text('Language')?.slice(0, 2).toLowerCase() ?? null,
    emails: address ? [address] : [],
    phone: text('Phone'),
    ibans: bank !== undefined && own.length > 0 ? [bank] : [],
    vatId: text('VATNumber'),
    registryId: text('ChamberOfCommerce'),
    creditLimit: (fields['CreditLineSales'] ?? null) === null ? null : Math.round(Number(fields['CreditLineSales']) * 100),
    paymentTermDays: (days as number | undefined) ?? null,
    archived: false,
    createdOn: books.day(createdAt),
  };
}
