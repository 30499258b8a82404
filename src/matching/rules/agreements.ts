import type { Minor } from '../../kernel/money.js';
import type { BookIndex } from './book-index.js';
import { type Explanation, type OpenItem, inPart, totalOf } from './explain-amount.js';

/** Amounts agreed with the debtor: an instalment of an arrangement, a promise to pay. They go to the agreed invoices, oldest first. */
export function agreedExplanations(amount: Minor, debtor: number, items: readonly OpenItem[], index: BookIndex): Explanation[] {
  const among = (invoiceIds: readonly string[]): OpenItem[] => {
    const positions = new Set(invoiceIds.map((id) => index.position(id)));
    return items.filter(({ invoice }) => positions.has(invoice));
  };
  const found: Explanation[] = [];
  const add = (explanation: Explanation | null, because: string): void => {
    if (explanation !== null && found.length === 0) found.push({ ...explanation, way: 'agreed', because });
  };
  const { arrangements, promises } = index.agreementsOf(debtor);
  for (const { invoiceIds, instalments } of arrangements) {
    if (!instalments.some((instalment) => instalment.amount === amount)) continue;
    add(toThem(amount, among(invoiceIds)), 'the amount is an agreed instalment');
  }
  for (const { invoiceIds, amount: promised, dueDate } of promises) {
    if (promised === amount) add(toThem(amount, among(invoiceIds)), `the amount was promised for ${dueDate}`);
  }
  return found;
}

function toThem(amount: Minor, items: readonly OpenItem[]): Explanation | null {
  if (items.length === 0 || totalOf(items) !== amount) return inPart(amount, items);
  const parts = items.map(({ invoice, open }) => ({ invoice, amount: open }));
  return { way: 'agreed', parts, remainder: { amount: 0, kind: null }, equals: 1, accident: 0, because: '', certain: true };
}
