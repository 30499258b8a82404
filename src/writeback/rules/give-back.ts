import { disputeInPackage, disputedPart } from '../../dunning/rules/dispute.js';
import type { Book, Hold, Invoice } from '../../ledger/rules/book.js';

/** An invoice or a debtor whose native reminders we stopped. */
export interface TakenOver {
  /** The package's own id. */
  readonly ref: string;
  readonly per: 'item' | 'debtor';
}

/**
 * Which of what we took over the package may remind again on the book's day: where something is left to be paid and nobody disputes it,
 * promised it, pays it in instalments, was handed over to an agency, or is on hold. A debtor is given back when that is so of all his open
 * invoices, for his reminders stop and start together. What is not given back today may be another day.
 */
export function givenBack<T extends TakenOver>(taken: readonly T[], book: Book): T[] {
  const quiet = quietInvoices(book);
  const open = book.invoices.filter(({ kind, open: left }) => kind === 'invoice' && left > 0);
  const ofDebtor = Map.groupBy(open, ({ debtorId }) => debtorId);
  const byId = new Map(open.map((invoice) => [invoice.id, invoice]));
  const invoicesOf = ({ ref, per }: TakenOver): readonly Invoice[] => {
    const one = byId.get(ref);
    return per === 'debtor' ? (ofDebtor.get(ref) ?? []) : one === undefined ? [] : [one];
  };
  return taken.filter((each) => {
    const invoices = invoicesOf(each);
    return invoices.length > 0 && invoices.every(({ id }) => !quiet.has(id));
  });
}

/** The ids of the invoices nobody is to be reminded of now, whoever reminds. */
function quietInvoices({ asOf, invoices, promises, arrangements, debtors }: Book): ReadonlySet<string> {
  const promised = promises.filter(({ dueDate }) => dueDate >= asOf).flatMap(({ invoiceIds }) => invoiceIds);
  const inInstalments = arrangements
    .filter(({ instalments }) => instalments.some(({ dueDate }) => dueDate >= asOf))
    .flatMap(({ invoiceIds }) => invoiceIds);
  // A hold of deliveries stops no reminders.
  const isHeld = ({ holds = [] }: { readonly holds?: readonly Hold[] }): boolean =>
    holds.some(({ kind, from, until }) => kind !== 'credit' && from <= asOf && (until === null || until >= asOf));
  const held = new Set(debtors.filter(isHeld).map(({ id }) => id));
  const isDisputed = (invoice: Invoice): boolean => disputedPart(invoice, asOf) > 0 || disputeInPackage(invoice) !== null;
  const own = invoices.filter(
    (invoice) => isDisputed(invoice) || invoice.handedOverOn !== null || isHeld(invoice) || held.has(invoice.debtorId),
  );
  return new Set([...promised, ...inInstalments, ...own.map(({ id }) => id)]);
}
