import { type Result, err, ok } from '../../kernel/result.js';
import type { Minor } from '../../kernel/money.js';
import { type Answer, BLANK, type FieldFault, invalid, notFound, refusal } from './answers.js';
import { type Act, type Books, happened } from './books.js';
import { inLockedPeriod, lockedPeriod, readDate } from './invoicing.js';
import type { AnyInvoice, InvoiceRecord, PaymentRecord } from './records.js';
import { readMoney } from './rules/money-text.js';
import { isOutstanding } from './rules/invoice-state.js';
import { settle } from './states.js';
import { unpaidOn } from './totals.js';

/** A draft takes no payment; the vendor's words for that are not published. */
export const notSent = refusal(400, 'Payments can not be registered on a draft invoice', { invoice: 'draft' });

export type PaymentInput = Readonly<Record<string, unknown>>;

/**
 * Registers a payment; the invoice's totals and state follow. Nothing stops a payment being registered twice: the vendor has no
 * idempotency on writes. Refusals: a draft (400), date or amount missing (422), foreign currency without `price_base` (422), a date in the
 * locked period (422), an account or mutation that is not there (404).
 */
export function registerPayment(books: Books, invoice: AnyInvoice, input: PaymentInput, act: Act): Result<PaymentRecord, Answer> {
  if (invoice.state === 'draft' || invoice.state === 'scheduled') {
    return err(notSent);
  }
  const price = readMoney(input['price']);
  const paymentDate = readDate(input['payment_date']);
  if (price === null || paymentDate === null) {
    return err(
      invalid({ ...(paymentDate === null && { payment_date: dateFaults(input) }), ...(price === null && { price: priceFaults(input) }) }),
    );
  }
  if (invoice.currency !== books.profile.currency && readMoney(input['price_base']) === null) return err(invalid({ price_base: [BLANK] }));
  if (inLockedPeriod(books, paymentDate)) return err(lockedPeriod('payment_date'));
  const links = readLinks(books, input);
  if (!links.ok) return links;
  return ok(addPayment(books, invoice, { price, paymentDate, ...links.value }, act));
}

/** Takes a payment back; the invoice becomes open or late again. */
export function removePayment(books: Books, invoice: AnyInvoice, id: string, act: Act): Answer | null {
  const at = invoice.payments.findIndex((payment) => payment.id === id);
  const payment = invoice.payments[at];
  if (!payment) return notFound();
  if (inLockedPeriod(books, payment.paymentDate)) return lockedPeriod('payment_date');
  invoice.payments.splice(at, 1);
  books.payments.delete(id);
  happened(invoice, 'payment_destroyed', act, {}, { id, type: 'Payment' });
  settle(books, invoice, act);
  return null;
}

/**
 * Settles a credit invoice with the invoice it credits, dated today, for as much as both have left. It books payments without a bank
 * mutation on the settlements account: not cash.
 */
export function settleCreditInvoice(books: Books, credit: InvoiceRecord, act: Act): Answer | null {
  const original = credit.originalInvoiceId === null ? null : books.invoice(credit.originalInvoiceId);
  if (!original || !isOutstanding(credit.state)) return refusal(400, 'Invoice is not an open credit invoice', { invoice: 'not_open' });
  const amount = Math.min(Math.max(unpaidOn(books, original), 0), -unpaidOn(books, credit));
  const ledgerAccountId = books.ledgerAccount('Verrekeningen').id;
  const paymentDate = books.day(act.at);
  if (amount > 0) addPayment(books, original, { price: amount, paymentDate, ledgerAccountId, creditInvoiceId: credit.id }, act);
  addPayment(books, credit, { price: unpaidOn(books, credit), paymentDate, ledgerAccountId }, act);
  return null;
}

export interface PaymentFacts {
  readonly price: Minor;
  readonly paymentDate: PaymentRecord['paymentDate'];
  readonly financialAccountId?: string | null;
  readonly financialMutationId?: string | null;
  readonly transactionIdentifier?: string | null;
  readonly manualPaymentAction?: string | null;
  readonly ledgerAccountId?: string | null;
  readonly creditInvoiceId?: string | null;
}

/** Books a payment without asking: for what was checked before, and for the past of a sandbox company. */
export function addPayment(books: Books, invoice: AnyInvoice, facts: PaymentFacts, act: Act): PaymentRecord {
  const payment: PaymentRecord = {
    ...books.stamp(act.at),
    invoiceType: invoice.type,
    invoiceId: invoice.id,
    userId: act.userId,
    price: facts.price,
    paymentDate: facts.paymentDate,
    financialAccountId: facts.financialAccountId ?? null,
    financialMutationId: facts.financialMutationId ?? null,
    transactionIdentifier: facts.transactionIdentifier ?? null,
    manualPaymentAction: facts.manualPaymentAction ?? null,
    ledgerAccountId: facts.ledgerAccountId ?? null,
    creditInvoiceId: facts.creditInvoiceId ?? null,
    linkedPaymentId: null,
  };
  invoice.payments.push(payment);
  books.payments.set(payment.id, payment);
  happened(invoice, 'payment_registered', act, {}, { id: payment.id, type: 'Payment' });
  settle(books, invoice, act);
  return payment;
}

const MANUAL_ACTIONS = [
  'private_payment',
  'payment_without_proof',
  'cash_payment',
  'rounding_error',
  'bank_transfer',
  'balance_settlement',
  'invoices_settlement',
];

function readLinks(books: Books, input: PaymentInput): Result<Omit<PaymentFacts, 'price' | 'paymentDate'>, Answer> {
  const text = (key: string): string | null => (input[key] === undefined || input[key] === null ? null : String(input[key]));
  const financialAccountId = text('financial_account_id');
  if (financialAccountId !== null && !books.financialAccounts.some(({ id }) => id === financialAccountId)) {
    return err(notFound('financial_account_id'));
  }
  const financialMutationId = text('financial_mutation_id');
  if (financialMutationId !== null && !books.mutations.has(financialMutationId)) return err(notFound('financial_mutation_id'));
  const manualPaymentAction = text('manual_payment_action');
  if (manualPaymentAction !== null && !MANUAL_ACTIONS.includes(manualPaymentAction)) {
    return err(refusal(400, "Manual Payment Action isn't an option", { manual_payment_action: 'in' }));
  }
  return ok({
    financialAccountId,
    financialMutationId,
    manualPaymentAction,
    transactionIdentifier: text('transaction_identifier'),
    ledgerAccountId: text('ledger_account_id'),
  });
}

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

const dateFaults = (input: PaymentInput): FieldFault[] => [
  ...(isBlank(input['payment_date']) ? [BLANK] : []),
  { message: 'is not a valid date', error: 'is not a valid date' },
];

const priceFaults = (input: PaymentInput): FieldFault[] => [
  ...(isBlank(input['price']) ? [BLANK] : []),
  { message: 'is not a number', error: 'not_a_number', value: input['price'] ?? null },
];
