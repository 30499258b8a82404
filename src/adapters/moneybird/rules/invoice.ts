import { normalizeReference } from '../../../kernel/identifiers/payment-reference.js';
import { addDays } from '../../../kernel/plain-date.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import type { PulledItem, PulledSettlement } from '../../accounting-package.port.js';
import { MONEYBIRD } from '../vendor.js';
import { markerOfPayment } from './marker.js';
import { daysReminded } from './reminder-record.js';
import { RecordReader, type VendorRecord, idOf, textOf } from './record.js';
import { type ItemCollection, itemRef } from './refs.js';

/** No open items yet: a draft has no number, a scheduled invoice is not sent, a new external one is not yet taken into the books. */
const NOT_YET = ['draft', 'scheduled', 'new'];

/**
 * A sales invoice, credit invoice or external sales invoice as open item; null when it is none yet. States and fields that did not
 * exist when this was written are passed by. Fails with `unreadable-record`, naming the record and every field that cannot be read.
 */
export function toItem(collection: ItemCollection, record: VendorRecord): Result<PulledItem | null> {
  if (NOT_YET.includes(textOf(record['state']) ?? '')) return ok(null);
  return collection === 'sales_invoices' ? salesInvoice(record) : externalSalesInvoice(record);
}

/** §3.2 and §3.3. */
function salesInvoice(record: VendorRecord): Result<PulledItem> {
  const read = new RecordReader(`sales invoice ${idOf(record['id']) ?? '(without id)'}`, record);
  const reference = read.text('payment_reference');
  return finish(read, {
    ...common('sales_invoices', read, record),
    number: read.requiredText('invoice_id'),
    issueDate: read.requiredDate('invoice_date'),
    dueDate: read.requiredDate('due_date'),
    paymentReference: reference === null ? null : normalizeReference(reference),
    description: read.text('reference') ?? firstLine(read),
    paused: read.flag('paused'),
    remindedOn: daysReminded(record),
  });
}

/** §3.4: the number is the reference, the due date may be absent, and nothing of the package ever reminds. */
function externalSalesInvoice(record: VendorRecord): Result<PulledItem> {
  const read = new RecordReader(`external sales invoice ${idOf(record['id']) ?? '(without id)'}`, record);
  const issueDate = read.requiredDate('date');
  const item = common('external_sales_invoices', read, record);
  return finish(read, {
    ...item,
    number: read.text('reference') ?? numberText(record['entry_number']) ?? item.ref,
    issueDate,
    dueDate: read.date('due_date') ?? addDays(issueDate, MONEYBIRD.dueDaysWhenUnsaid),
    paymentReference: null,
    description: firstLine(read),
    paused: true,
    isNeverReminded: true,
  });
}

function common(collection: ItemCollection, read: RecordReader, record: VendorRecord) {
  const currency = read.requiredText('currency');
  const amount = read.money('total_price_incl_tax', currency);
  const isCreditNote = amount < 0 || read.id('original_sales_invoice_id') !== null;
  return {
    ref: itemRef(collection, read.requiredId('id')),
    debtorRef: read.id('contact_id'),
    kind: isCreditNote ? ('credit-note' as const) : ('invoice' as const),
    amount,
    open: read.money('total_unpaid', currency),
    currency,
    collecting: read.text('state') === 'pending_payment',
    writtenOff: read.text('state') === 'uncollectible' || read.text('marked_uncollectible_on') !== null,
    settlements: read.list('payments').map((payment) => settlement(payment, currency, isCreditNote)),
    raw: record,
  };
}

type Draft = Omit<PulledItem, 'settlements'> & { readonly settlements: readonly Result<PulledSettlement>[] };

function finish(read: RecordReader, draft: Draft): Result<PulledItem> {
  const settlements: PulledSettlement[] = [];
  for (const result of draft.settlements) {
    if (!result.ok) return err({ ...result.error, message: `${draft.ref}: ${result.error.message}` });
    settlements.push(result.value);
  }
  return read.finish({ ...draft, settlements });
}

function settlement(payment: VendorRecord, currency: string, ofCreditNote: boolean): Result<PulledSettlement> {
  const read = new RecordReader(`payment ${idOf(payment['id']) ?? '(without id)'}`, payment);
  return read.finish({
    ref: read.requiredId('id'),
    date: read.requiredDate('payment_date'),
    amount: read.money('price', currency),
    kind: settlementKind(read, ofCreditNote),
    marker: markerOfPayment(payment),
  });
}

/** Bookings that take something off an item without money. */
const NO_MONEY = ['rounding_error', 'balance_settlement'];

/**
 * A settlement with another document is a "payment" too and must not be told as cash (§3.2). The invoice's row names the credit
 * invoice; the credit invoice's own row names nothing at all, so there every row without a trace of money is taken for a settlement.
 */
function settlementKind(read: RecordReader, ofCreditNote: boolean): PulledSettlement['kind'] {
  const action = read.text('manual_payment_action') ?? '';
  if (read.id('credit_invoice_id') !== null || action === 'invoices_settlement') return 'credit-note';
  if (NO_MONEY.includes(action)) return 'other';
  const traces = [
    'financial_account_id',
    'financial_mutation_id',
    'payment_transaction_id',
    'transaction_identifier',
    'manual_payment_action',
  ];
  return ofCreditNote && traces.every((key) => read.id(key) === null) ? 'credit-note' : 'payment';
}

const firstLine = (read: RecordReader): string | null => textOf(read.list('details')[0]?.['description']);

const numberText = (value: unknown): string | null => (typeof value === 'number' ? String(value) : textOf(value));
