import type { PulledDebtor, PulledItem, PulledSettlement } from '../../../src/adapters/accounting-package.port.js';
import type { OfficeBooks } from '../../../src/sandbox/twinfield/books.js';
import type { CustomerRow } from '../../../src/sandbox/twinfield/records.js';
import { marksIn } from './twinfield-marks.js';
import { type TrueItem, type TrueSettlement, customersOf, itemsOf } from '../../../src/sandbox/twinfield/truth.js';
import type { Truth } from '../accounting-package.contract.js';

export const refOfItem = ({ daybook, number, line }: Pick<TrueItem, 'daybook' | 'number' | 'line'>): string =>
  `${daybook}/${number}/${line}`;

/**
 * What the office's own records say: all that is open, and what is not any more but was when the ledger was told of it (`told`). What was
 * settled before anybody looked is history of the package, and so are words on what was delivered when nobody looked for them.
 */
export function truthOf(books: OfficeBooks, told: ReadonlyMap<string, string | null>): Truth {
  const all = itemsOf(books);
  const marksOf = marksIn(books, all);
  const items = all.filter((item) => item.location !== 'draft' && (item.open !== 0 || told.has(refOfItem(item))));
  return {
    debtors: customersOf(books).map(debtorOf),
    items: items.map((item) => ({ ...pulledItem(books, item, told.get(refOfItem(item)) ?? null), ...marksOf(item) })),
  };
}

function pulledItem(books: OfficeBooks, item: TrueItem, told: string | null): Omit<PulledItem, 'raw'> {
  const times = new Map<string, number>();
  const settlements = item.settlements.flatMap((settlement) => settlementsOf(item, settlement)).map((settlement) => {
    const nth = (times.get(settlement.ref) ?? 0) + 1;
    times.set(settlement.ref, nth);
    return nth === 1 ? settlement : { ...settlement, ref: `${settlement.ref}#${nth}` };
  }); // prettier-ignore
  return {
    ref: refOfItem(item),
    number: item.invoiceNumber || `${item.daybook} ${item.number}`,
    debtorRef: item.customer,
    kind: item.amount < 0 ? 'credit-note' : 'invoice',
    issueDate: item.date,
    dueDate: item.dueDate ?? item.date,
    amount: item.amount,
    open: item.open,
    currency: item.currency,
    paymentReference: null,
    description: told === null ? null : item.description,
    paused: books.customer(item.customer).credit.sendReminder === 'false',
    collecting: item.status === 'proposed',
    writtenOff: false,
    settlements,
  };
}

/** One per line on the other side, or one for the set when a receipt was for several invoices. */
function settlementsOf(item: TrueItem, { date, amount, by }: TrueSettlement): PulledSettlement[] {
  const isSplit = by.reduce((total, each) => total + Math.abs(each.amount), 0) === Math.abs(amount);
  return (isSplit ? by : by.slice(0, 1)).map((each) => ({
    ref: refOfItem(each),
    date,
    amount: isSplit ? Math.sign(amount) * Math.abs(each.amount) : amount,
    kind: each.kind === 'difference' ? 'other' : each.daybook === item.daybook ? 'credit-note' : 'payment',
    marker: null,
  }));
}

const addresses = (list: string): string[] => list.split(',').map((each) => each.trim()).filter((each) => each !== ''); // prettier-ignore

function debtorOf(row: CustomerRow): Omit<PulledDebtor, 'raw'> {
  const [address] = row.addresses;
  return {
    ref: row.code,
    number: row.code,
    name: row.name,
    isBusiness: row.cocNumber !== '' || row.vatNumber !== '' ? true : null,
    country: address?.country || null,
    language: null,
    emails: addresses(row.credit.reminderEmail || row.ebillMail || (address?.email ?? '')),
    phone: address?.telephone || null,
    ibans: row.banks.map(({ iban }) => iban),
    vatId: row.vatNumber || null,
    registryId: row.cocNumber || null,
    creditLimit: row.credit.creditLimit,
    paymentTermDays: row.dueDays,
    archived: row.status !== 'active',
    createdOn: null,
  };
}
