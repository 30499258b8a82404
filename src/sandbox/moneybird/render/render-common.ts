import type { Books } from '../books.js';
import type { AttachmentRecord, DetailRecord, EventRecord, NoteRecord, PaymentRecord, Stamped } from '../records.js';
import { moneyText, quantityText } from '../rules/money-text.js';
import type { TaxTotal } from '../rules/totals.js';

/** Vendor shapes of what hangs on several kinds of record. Ids are text, timestamps UTC with milliseconds. */
export type Json = Record<string, unknown>;

export const timestamp = (at: Date): string => at.toISOString();

/** `version` is nothing but `updated_at` in whole seconds. */
export const versionOf = (record: { readonly updatedAt: Date }): number => Math.floor(record.updatedAt.getTime() / 1000);

export const timestamps = ({ createdAt, updatedAt }: Pick<Stamped, 'createdAt' | 'updatedAt'>): Json => ({
  created_at: timestamp(createdAt),
  updated_at: timestamp(updatedAt),
});

export const renderNote = (books: Books, note: NoteRecord): Json => ({
  id: note.id,
  administration_id: books.id,
  entity_id: note.parentId,
  entity_type: note.parentType,
  user_id: note.userId,
  assignee_id: note.assigneeId,
  todo: note.todo,
  note: note.note,
  completed_at: null,
  completed_by_id: null,
  todo_type: note.todoType,
  data: {},
  ...timestamps(note),
});

export const renderEvent = (books: Books, event: EventRecord): Json => ({
  administration_id: books.id,
  user_id: event.userId,
  action: event.action,
  link_entity_id: event.link?.id ?? null,
  link_entity_type: event.link?.type ?? null,
  data: event.data,
  created_at: timestamp(event.at),
  updated_at: timestamp(event.at),
});

export const renderAttachment = (
  books: Books,
  parent: { readonly id: string; readonly type: 'SalesInvoice' | 'ExternalSalesInvoice' | 'Document' },
  attachment: AttachmentRecord,
): Json => ({
  id: attachment.id,
  administration_id: books.id,
  attachable_id: parent.id,
  attachable_type: parent.type,
  filename: attachment.filename,
  content_type: attachment.contentType,
  size: attachment.content.byteLength,
  rotation: null,
  ...timestamps(attachment),
});

export const renderPayment = (books: Books, payment: PaymentRecord): Json => ({
  id: payment.id,
  administration_id: books.id,
  invoice_type: payment.invoiceType,
  invoice_id: payment.invoiceId,
  financial_account_id: payment.financialAccountId,
  user_id: payment.userId,
  payment_transaction_id: null,
  transaction_identifier: payment.transactionIdentifier,
  price: moneyText(payment.price),
  price_base: moneyText(payment.price),
  payment_date: payment.paymentDate,
  credit_invoice_id: payment.creditInvoiceId,
  financial_mutation_id: payment.financialMutationId,
  ledger_account_id: payment.ledgerAccountId,
  linked_payment_id: payment.linkedPaymentId,
  manual_payment_action: payment.manualPaymentAction,
  ...timestamps(payment),
});

export const renderDetail = (books: Books, detail: DetailRecord, at: { readonly row: number; readonly excl: number }): Json => ({
  id: detail.id,
  administration_id: books.id,
  tax_rate_id: detail.taxRateId,
  ledger_account_id: detail.ledgerAccountId,
  project_id: null,
  product_id: null,
  amount: detail.amount,
  amount_decimal: quantityText(detail.quantityMilli),
  description: detail.description,
  price: moneyText(detail.price),
  period: null,
  row_order: at.row,
  total_price_excl_tax_with_discount: moneyText(at.excl),
  total_price_excl_tax_with_discount_base: moneyText(at.excl),
  tax_report_reference: ['NL/1a'],
  mandatory_tax_text: null,
  ...timestamps(detail),
});

export const renderTaxTotal = ({ taxRateId, taxable, tax }: TaxTotal): Json => ({
  tax_rate_id: taxRateId,
  taxable_amount: moneyText(taxable),
  taxable_amount_base: moneyText(taxable),
  tax_amount: moneyText(tax),
  tax_amount_base: moneyText(tax),
});

/** The values of an administration's custom fields that are set on a record. */
export const renderCustomFields = (books: Books, values: ReadonlyMap<string, string>): Json[] =>
  books.customFields.filter(({ id }) => values.has(id)).map(({ id, name }) => ({ id, name, value: values.get(id) }));
