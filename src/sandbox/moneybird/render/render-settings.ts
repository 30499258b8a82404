import type { Books } from '../books.js';
import type {
  CustomFieldRecord,
  GeneralDocumentRecord,
  LedgerAccountRecord,
  TaxRateRecord,
  UserRecord,
  WebhookRecord,
  WorkflowRecord,
} from '../records.js';
import { moneyText } from '../rules/money-text.js';
import { type Json, renderAttachment, renderEvent, renderNote, timestamp, timestamps, versionOf } from './render-common.js';
import { renderNestedContact } from './render-contact.js';

export const renderAdministration = (books: Books, access: 'user' | 'accountant_company'): Json => ({
  id: books.id,
  name: books.profile.name,
  language: books.profile.language,
  currency: books.profile.currency,
  country: books.profile.country,
  time_zone: books.profile.timeZone,
  access,
  suspended: books.switches.suspended,
  period_locked_until: books.switches.periodLockedUntil,
  period_start_date: books.profile.periodStartDate,
});

export const renderWorkflow = (books: Books, workflow: WorkflowRecord): Json => ({
  id: workflow.id,
  administration_id: books.id,
  type: workflow.type,
  name: workflow.name,
  default: workflow.isDefault,
  currency: workflow.currency,
  language: workflow.language,
  active: workflow.active,
  prices_are_incl_tax: false,
  payment_methods: [],
  collection_method: null,
  number_of_collections: 0,
  show_qr_code: true,
  ...timestamps(workflow),
  steps: workflow.steps.map((step, at) => ({
    id: step.id,
    administration_id: books.id,
    step_order: at,
    due_interval: step.dueInterval,
    reminder_delay: step.reminderDelay,
    reminder_text: step.reminderText,
    reminder_auto_send: step.reminderAutoSend,
    action: null,
    ...timestamps(step),
  })),
});

export const renderCustomField = (books: Books, field: CustomFieldRecord): Json => ({
  id: field.id,
  administration_id: books.id,
  name: field.name,
  source: field.source,
});

export const renderUser = (user: UserRecord, permissions: readonly string[]): Json => ({
  id: user.id,
  name: user.name,
  ...timestamps(user),
  email: user.email,
  email_validated: true,
  language: 'nl',
  time_zone: 'Europe/Amsterdam',
  user_type: user.userType,
  permissions,
});

export const renderTaxRate = (books: Books, rate: TaxRateRecord): Json => ({
  id: rate.id,
  administration_id: books.id,
  name: rate.name,
  percentage: moneyText(rate.basisPoints),
  tax_rate_type: 'sales_invoice',
  show_tax: true,
  active: true,
  country: rate.country,
  ...timestamps(rate),
});

export const renderLedgerAccount = (books: Books, account: LedgerAccountRecord): Json => ({
  id: account.id,
  administration_id: books.id,
  name: account.name,
  account_type: account.accountType,
  account_id: account.number,
  parent_id: null,
  active: true,
  ...timestamps(account),
  allowed_document_types: ['sales_invoice', 'financial_mutation', 'general_journal_document'],
  financial_account_id: null,
});

/** `secret` is shown once, when the webhook is made. */
export const renderWebhook = (books: Books, webhook: WebhookRecord, withSecret: boolean): Json => ({
  id: webhook.id,
  administration_id: books.id,
  url: webhook.url,
  enabled_events: webhook.enabledEvents,
  last_http_status: webhook.lastHttpStatus,
  last_http_body: webhook.lastHttpBody,
  token: webhook.token,
  ...(withSecret && { secret: webhook.secret }),
  deactivated_at: webhook.deactivatedAt === null ? null : timestamp(webhook.deactivatedAt),
});

export function renderIdentity(books: Books): Json {
  const { identity } = books;
  return {
    id: identity.id,
    administration_id: books.id,
    company_name: identity.companyName,
    city: identity.city,
    country: identity.country,
    zipcode: identity.zipcode,
    address1: identity.address,
    address2: null,
    email: identity.email,
    phone: null,
    bank_account_name: identity.companyName,
    bank_account_number: identity.iban,
    bank_account_bic: null,
    custom_fields: [],
    ...timestamps(identity),
    chamber_of_commerce: identity.chamberOfCommerce,
    tax_number: identity.taxNumber,
  };
}

export const renderDocumentStyle = (books: Books): Json => ({
  id: books.documentStyleId,
  administration_id: books.id,
  name: 'Standaard',
  identity_id: books.identity.id,
  default: true,
  logo_position: 'right',
  paper_size: 'A4',
  address_position: 'left',
  font_size: 9,
  font_family: 'lucida_grande',
});

export function renderGeneralDocument(books: Books, document: GeneralDocumentRecord): Json {
  const contact = document.contactId === null ? undefined : books.contacts.get(document.contactId);
  return {
    id: document.id,
    administration_id: books.id,
    contact_id: document.contactId,
    contact: contact ? renderNestedContact(books, contact) : null,
    reference: document.reference,
    date: document.date,
    due_date: document.dueDate,
    entry_number: document.entryNumber,
    state: 'saved',
    exchange_rate: '1.0',
    ...timestamps(document),
    version: versionOf(document),
    notes: document.notes.map((note) => renderNote(books, note)),
    attachments: document.attachments.map((attachment) => renderAttachment(books, { id: document.id, type: 'Document' }, attachment)),
    events: document.events.map((event) => renderEvent(books, event)),
  };
}
