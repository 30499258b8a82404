import type {
  Arrangement,
  Book,
  BookAdministration,
  Contact,
  Debtor,
  Freshness,
  Invoice,
  Payment,
  PromiseToPay,
} from '../../ledger/rules/book.js';

/**
 * Everything a decision about one debtor looks at: the part of a book that concerns him. Stored beside an act it is what
 * `explain` decides again from ({@link debtorBook} makes it a `tegoed.book/1` of one debtor).
 */
export interface DebtorFacts {
  readonly administration: BookAdministration;
  readonly freshness: Freshness;
  readonly debtor: Debtor;
  readonly invoices: readonly Invoice[];
  readonly payments: readonly Payment[];
  readonly promises: readonly PromiseToPay[];
  readonly arrangements: readonly Arrangement[];
  readonly contacts: readonly Contact[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };

/**
 * The facts of every debtor of a book, in the order of their ids. One pass over each list. What was paid, promised, arranged or said by
 * somebody else (a parent company) about a debtor's invoices is among his facts, as if by himself, and what concerns only the invoices
 * of others is not: so the facts of one debtor make a book that stands on its own.
 */
export function factsByDebtor(book: Book): DebtorFacts[] {
  const { administration, freshness } = book;
  const byId = new Map<string, Mutable<DebtorFacts>>();
  for (const debtor of book.debtors) {
    byId.set(debtor.id, { administration, freshness, debtor, invoices: [], payments: [], promises: [], arrangements: [], contacts: [] });
  }
  const ownerOf = new Map<string, string>();
  for (const invoice of book.invoices) {
    ownerOf.set(invoice.id, invoice.debtorId);
    byId.get(invoice.debtorId)?.invoices.push(invoice);
  }
  for (const payment of book.payments) {
    const owner = (payment.invoiceId !== null && ownerOf.get(payment.invoiceId)) || payment.debtorId;
    byId.get(owner)?.payments.push(owner === payment.debtorId ? payment : { ...payment, debtorId: owner });
  }
  const isAbout = ({ invoiceIds }: { readonly invoiceIds: readonly string[] }): boolean => invoiceIds.length > 0;
  for (const promise of book.promises) {
    for (const own of perOwner(promise, ownerOf)) if (isAbout(own) || !isAbout(promise)) byId.get(own.debtorId)?.promises.push(own);
  }
  for (const arrangement of book.arrangements) {
    for (const own of perOwner(arrangement, ownerOf))
      if (isAbout(own) || !isAbout(arrangement)) byId.get(own.debtorId)?.arrangements.push(own);
  }
  for (const contact of book.contacts)
    for (const own of perOwner(contact, ownerOf)) byId.get(own.debtorId)?.contacts.push(own === contact ? own : withOwnParts(own));
  return [...byId.values()].sort((a, b) => (a.debtor.id < b.debtor.id ? -1 : 1));
}

/** The same thing once for its own debtor and for each owner of an invoice in it, each with his own invoices only. */
function perOwner<T extends { readonly debtorId: string; readonly invoiceIds: readonly string[] }>(
  thing: T,
  ownerOf: ReadonlyMap<string, string>,
): T[] {
  if (thing.invoiceIds.every((id) => ownerOf.get(id) === thing.debtorId)) return [thing];
  const owners = new Set([thing.debtorId, ...thing.invoiceIds.flatMap((id) => ownerOf.get(id) ?? [])]);
  return [...owners].map((debtorId) => ({ ...thing, debtorId, invoiceIds: thing.invoiceIds.filter((id) => ownerOf.get(id) === debtorId) }));
}

/** A contact with what it asked of its own items only. */
const withOwnParts = ({ asked, ...contact }: Contact): Contact =>
  asked === undefined ? contact : { ...contact, asked: asked.filter(({ invoiceId }) => contact.invoiceIds.includes(invoiceId)) };

/** The facts of one debtor as a book of their own, for storing beside a decision. */
export function debtorBook(facts: DebtorFacts, asOf: Book['asOf']): Book {
  const { administration, freshness, debtor, invoices, payments, promises, arrangements, contacts } = facts;
  return { asOf, administration, freshness, debtors: [debtor], invoices, payments, promises, arrangements, contacts };
}
