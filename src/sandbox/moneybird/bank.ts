import { type Minor, sum } from '../../kernel/money.js';
import { type Result, err, ok } from '../../kernel/result.js';
import { type Answer, BLANK, answer, invalid, notFound, refusal } from './answers.js';
import { type Act, type Books, happened, touch } from './books.js';
import { inLockedPeriod, lockedPeriod, readDate } from './invoicing.js';
import { addPayment, notSent, removePayment } from './payments.js';
import type { MutationRecord, StatementRecord } from './records.js';
import { readMoney } from './rules/money-text.js';

type Attributes = Readonly<Record<string, unknown>>;

/** A statement with its mutations, as `POST /financial_statements` takes it. Refusals: reference (422), account (404), a line without date or amount (422). */
export function createStatement(books: Books, input: Attributes, act: Act): Result<StatementRecord, Answer> {
  const reference = typeof input['reference'] === 'string' && input['reference'] !== '' ? input['reference'] : null;
  if (reference === null) return err(invalid({ reference: [BLANK] }));
  const account = books.financialAccounts.find(({ id }) => id === String(input['financial_account_id']));
  if (!account) return err(notFound('financial_account_id'));
  const given = input['financial_mutations_attributes'];
  const lines = typeof given === 'object' && given !== null ? (Object.values(given) as Attributes[]) : [];
  const stamp = books.stamp(act.at);
  const mutations: MutationRecord[] = [];
  for (const line of lines) {
    const mutation = readMutation(books, line, { statementId: stamp.id, accountId: account.id, act });
    if (!mutation) return err(invalid({ 'financial_mutations.amount': [BLANK] }));
    mutations.push(mutation);
  }
  const statement: StatementRecord = {
    ...stamp,
    reference,
    financialAccountId: account.id,
    officialDate: readDate(input['official_date']),
    officialBalance: readMoney(input['official_balance']),
    mutationIds: mutations.map(({ id }) => id),
  };
  books.statements.set(statement.id, statement);
  for (const mutation of mutations) books.mutations.set(mutation.id, mutation);
  return ok(statement);
}

interface MutationContext {
  readonly statementId: string;
  readonly accountId: string;
  readonly act: Act;
}

function readMutation(books: Books, line: Attributes, { statementId, accountId, act }: MutationContext): MutationRecord | null {
  const amount = readMoney(line['amount']);
  const date = readDate(line['date']);
  if (amount === null || date === null) return null;
  const text = (key: string): string | null => (typeof line[key] === 'string' && line[key] !== '' ? line[key] : null);
  return {
    ...books.stamp(act.at),
    amount,
    date,
    message: text('message'),
    contraName: text('contra_account_name'),
    contraNumber: text('contra_account_number'),
    sepaFields: null,
    batchReference: text('batch_reference'),
    code: text('code'),
    servicerTransactionId: text('account_servicer_transaction_id'),
    financialAccountId: accountId,
    financialStatementId: statementId,
    payments: [],
    bookings: [],
    processedAt: null,
  };
}

/** What of a mutation is not booked yet, with the mutation's sign. */
export const openOn = (mutation: MutationRecord): Minor =>
  mutation.amount - sum(mutation.payments.map(({ price }) => price)) - sum(mutation.bookings.map(({ price }) => price));

const BOOKING_TYPES = [
  'SalesInvoice',
  'Document',
  'LedgerAccount',
  'PaymentTransactionBatch',
  'PurchaseTransaction',
  'NewPurchaseInvoice',
  'NewReceipt',
  'PaymentTransaction',
  'PurchaseTransactionBatch',
  'ExternalSalesInvoice',
  'Payment',
  'VatDocument',
];

/**
 * Links a mutation to an invoice, an existing payment or a ledger account; the sign comes from the mutation. Refusals: unknown type, no
 * amount or a draft (400), nothing of that id (404), a date in the locked period (422).
 */
export function linkBooking(books: Books, mutation: MutationRecord, body: Attributes, act: Act): Answer {
  const type = String(body['booking_type']);
  if (!BOOKING_TYPES.includes(type)) return refusal(400, "Booking Type isn't an option", { booking_type: 'in' });
  // For a payment that exists the amount is its own, whatever is sent (vendor document).
  const registered = type === 'Payment' ? books.payments.get(String(body['booking_id'])) : undefined;
  const amount = registered?.price ?? readMoney(body['price_base'] ?? body['price']);
  if (amount === null) return refusal(400, "Price can't be nil", { price: 'nils' });
  const id = String(body['booking_id']);
  const price = mutation.amount < 0 ? -Math.abs(amount) : Math.abs(amount);
  const invoice =
    type === 'SalesInvoice' ? books.invoice(id) : type === 'ExternalSalesInvoice' ? (books.externalInvoices.get(id) ?? null) : null;
  if (inLockedPeriod(books, mutation.date)) return lockedPeriod('payment_date');
  if (invoice) {
    if (invoice.state === 'draft' || invoice.state === 'scheduled') return notSent;
    const facts = { price, paymentDate: mutation.date, financialAccountId: mutation.financialAccountId, financialMutationId: mutation.id };
    mutation.payments.push(addPayment(books, invoice, facts, act));
  } else if (registered) {
    if (registered.financialMutationId !== null) return refusal(400, 'Payment is already linked', { booking_id: 'already_linked' });
    registered.financialMutationId = mutation.id;
    mutation.payments.push(registered);
    const paid = books.anyInvoice(registered.invoiceId);
    if (paid) happened(paid, 'payment_linked_to_financial_mutation', act, {}, { id: registered.id, type: 'Payment' });
  } else if (type === 'LedgerAccount' && books.ledgerAccounts.some((account) => account.id === id)) {
    const description = typeof body['description'] === 'string' ? body['description'] : null;
    mutation.bookings.push({ ...books.stamp(act.at), ledgerAccountId: id, price, description });
  } else {
    return notFound('booking_id');
  }
  processed(mutation, act);
  return answer(200, 200);
}

/** Undoes one booking; `booking_id` is the id of the payment or ledger booking, not of the invoice. */
export function unlinkBooking(books: Books, mutation: MutationRecord, body: Attributes, act: Act): Answer | null {
  const id = String(body['booking_id']);
  if (body['booking_type'] === 'Payment') {
    const payment = mutation.payments.find((candidate) => candidate.id === id);
    const invoice = payment ? books.anyInvoice(payment.invoiceId) : null;
    if (!payment || !invoice) return notFound('booking_id');
    const refused = removePayment(books, invoice, id, act);
    if (refused) return refused;
    mutation.payments.splice(mutation.payments.indexOf(payment), 1);
  } else if (body['booking_type'] === 'LedgerAccountBooking') {
    const at = mutation.bookings.findIndex((booking) => booking.id === id);
    if (at < 0) return notFound('booking_id');
    mutation.bookings.splice(at, 1);
  } else {
    return refusal(400, "Booking Type isn't an option", { booking_type: 'in' });
  }
  processed(mutation, act);
  return null;
}

function processed(mutation: MutationRecord, act: Act): void {
  mutation.processedAt = openOn(mutation) === 0 ? act.at : null;
  touch(mutation, act.at);
}
