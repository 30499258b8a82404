import type { Books } from '../../../src/sandbox/moneybird/books.js';

/** How many notes and payments of the books carry the marker. */
export function countMarked(books: Books, marker: string): number {
  const parents = [...books.contacts.values(), ...books.invoices.values(), ...books.externalInvoices.values()];
  const notes = parents.flatMap((parent) => parent.notes).filter(({ note }) => note.includes(marker));
  const payments = [...books.payments.values()].filter(({ transactionIdentifier }) => transactionIdentifier?.includes(marker));
  return notes.length + payments.length;
}
