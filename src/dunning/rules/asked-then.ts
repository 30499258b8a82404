import { type Minor, sum } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { isDemand } from '../../law/rules/notices.js';
import type { Contact, Dispute, Invoice, Payment } from '../../ledger/rules/book.js';
import { disputedPart } from './dispute.js';
import type { DebtorFacts } from './facts.js';

/**
 * The contacts of a debtor, with what each notice and demand can have asked of its items. Our own say so. Of one that a book only names it
 * is what was open on its day by the book's payments, less what was disputed then; credits of that day a book does not tell.
 */
export function contactsWithAsked({ contacts, invoices, payments }: DebtorFacts): readonly Contact[] {
  if (contacts.every(isKnown)) return contacts;
  const byId = new Map(invoices.map((invoice) => [invoice.id, invoice]));
  const paidOn = Map.groupBy(payments, ({ invoiceId }) => invoiceId);
  const partOf = (id: string, day: PlainDate): Minor => {
    const invoice = byId.get(id);
    return invoice ? askableThen(invoice, paidOn.get(id) ?? [], day) : 0;
  };
  return contacts.map((contact) =>
    isKnown(contact)
      ? contact
      : { ...contact, asked: contact.invoiceIds.map((invoiceId) => ({ invoiceId, amount: partOf(invoiceId, contact.sentOn) })) },
  );
}

const isKnown = ({ kind, asked }: Contact): boolean => asked !== undefined || !isDemand(kind);

/** What was open of an invoice on a day, with what was paid or went back since, less what was disputed. */
function askableThen(invoice: Invoice, payments: readonly Payment[], day: PlainDate): Minor {
  const since = sum(payments.filter(({ date }) => date >= day).map(({ amount }) => amount));
  const open = Math.max(0, Math.min(invoice.amount, invoice.open + since));
  const dispute = invoice.dispute && disputeOn(invoice.dispute, day);
  return open - disputedPart({ ...invoice, open, dispute }, day);
}

/** The dispute as it stood on a day, null: there was none yet. */
function disputeOn(dispute: Dispute, day: PlainDate): Dispute | null {
  if (dispute.since > day) return null;
  return dispute.resolved !== null && dispute.resolved > day ? { ...dispute, resolved: null } : dispute;
}
