import { sum } from '../../../kernel/money.js';
import { type PlainDate, daysBetween } from '../../../kernel/plain-date.js';
import { type Answer, answer, refusal } from '../answers.js';
import type { Books } from '../books.js';
import type { AnyInvoice } from '../records.js';
import { moneyText } from '../rules/money-text.js';
import { readReportMonth } from '../rules/period.js';
import { documentTotals } from '../totals.js';
import { paged } from './listing.js';
import { type Call, type Route, param } from './route.js';

const scopes = ['sales_invoices'] as const;

interface Owed {
  readonly contactId: string | null;
  readonly dueDate: PlainDate | null;
  readonly amount: number;
}

/** What each sent, not written-off document had left at the end of a day. */
function owedOn(books: Books, day: PlainDate): Owed[] {
  const documents: { invoice: AnyInvoice; date: PlainDate | null }[] = [
    ...[...books.invoices.values()].filter(({ number }) => number !== null).map((invoice) => ({ invoice, date: invoice.invoiceDate })),
    ...[...books.externalInvoices.values()].map((invoice) => ({ invoice, date: invoice.date })),
  ];
  return documents
    .filter(({ invoice, date }) => date !== null && date <= day && (invoice.markedUncollectibleOn ?? '9999-12-31') > day)
    .map(({ invoice }) => ({
      contactId: invoice.contactId,
      dueDate: invoice.dueDate,
      amount:
        documentTotals(books, invoice).incl -
        sum(invoice.payments.filter(({ paymentDate }) => paymentDate <= day).map(({ price }) => price)),
    }))
    .filter(({ amount }) => amount !== 0);
}

function byContact(owed: readonly Owed[]): { contactId: string | null; items: Owed[] }[] {
  const contacts = [...new Set(owed.map(({ contactId }) => contactId))];
  return contacts.map((contactId) => ({ contactId, items: owed.filter((item) => item.contactId === contactId) }));
}

/** Localised, as the vendor gives them: nothing to build on. */
const BUCKETS = [
  { name: 'Niet vervallen', from: -Infinity, to: 0 },
  { name: '1 - 30 dagen', from: 1, to: 30 },
  { name: '31 - 60 dagen', from: 31, to: 60 },
  { name: '61 - 90 dagen', from: 61, to: 90 },
  { name: 'Meer dan 90 dagen', from: 91, to: Infinity },
];

const total = (items: readonly Owed[]): string => moneyText(sum(items.map(({ amount }) => amount)));

function report(call: Call, month: string | null, row: (items: readonly Owed[], day: PlainDate) => object): Answer {
  const period = readReportMonth(month, call.today);
  if (!period.ok) return refusal(400, period.error);
  const day = period.value.until < call.today ? period.value.until : call.today;
  const rows = byContact(owedOn(call.books, day));
  return paged(call, rows, (page) => ({
    debtors: page.map(({ contactId, items }) => ({ contact_id: contactId, amount: total(items), ...row(items, day) })),
  }));
}

export const reportRoutes: readonly Route[] = [
  { method: 'GET', path: '/reports/debtors', scopes, handle: (call) => report(call, call.query.get('period'), () => ({})) },
  {
    method: 'GET',
    path: '/reports/debtors_aging',
    scopes,
    handle: (call) =>
      report(call, call.query.get('period_until'), (items, day) => ({
        aging_buckets: BUCKETS.map(({ name, from, to }) => ({
          name,
          amount: total(items.filter(({ dueDate }) => inBucket(dueDate === null ? 0 : daysBetween(dueDate, day), from, to))),
        })),
      })),
  },
];

const inBucket = (days: number, from: number, to: number): boolean => days >= from && days <= to;

/** A page on which the customer sees what is open; one hour. */
export const portalRoute: Route = {
  method: 'GET',
  path: '/customer_contact_portal/:contact_id',
  scopes: ['sales_invoices', 'estimates'],
  handle: (call) => {
    const contact = call.books.contacts.get(param(call, 'contact_id'));
    if (!contact) return refusal(404, 'record not found', { id: 'not_found' });
    return answer(200, `https://moneybird.example/${call.books.id}/portal/${contact.id}`);
  },
};
