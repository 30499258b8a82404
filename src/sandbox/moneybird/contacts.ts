import { type Result, err, ok } from '../../kernel/result.js';
import { type Answer, type FieldFault, invalid, noContent, notFound, refusal } from './answers.js';
import { type Act, type Books, happened } from './books.js';
import type { ContactFields, ContactRecord } from './records.js';

const EMPTY: ContactFields = {
  company_name: null,
  firstname: null,
  lastname: null,
  address1: null,
  address2: null,
  zipcode: null,
  city: null,
  country: 'NL',
  phone: null,
  delivery_method: 'Email',
  customer_id: '',
  tax_number: null,
  chamber_of_commerce: null,
  bank_account: null,
  send_invoices_to_attention: null,
  send_invoices_to_email: null,
  send_estimates_to_attention: null,
  send_estimates_to_email: null,
  sepa_active: false,
  sepa_iban: null,
  sepa_iban_account_name: null,
  sepa_bic: null,
  sepa_mandate_id: null,
  sepa_mandate_date: null,
  sepa_sequence_type: 'RCUR',
  si_identifier_type: null,
  si_identifier: null,
  invoice_workflow_id: null,
  estimate_workflow_id: null,
  email_ubl: false,
  direct_debit: false,
};

const REQUIRED: FieldFault = { message: 'is required', error: 'is required' };

/** A contact as a request or the company generator gives it: writable keys, and custom fields by id. */
export type ContactInput = Readonly<Record<string, unknown>>;

/** Creates a contact. Refusals: no name (422), a customer number or mandate already in use, also by an archived contact (422), an unknown custom field (404). */
export function createContact(books: Books, input: ContactInput, act: Act): Result<ContactRecord, Answer> {
  const fields = { ...EMPTY, country: books.profile.country, ...writable(input) };
  if (fields.customer_id === '') fields.customer_id = String(books.count('customer'));
  const refused = check(books, fields, null) ?? unknownCustomField(books, input);
  if (refused) return err(refused);
  const contact: ContactRecord = { ...books.stamp(act.at), fields, archived: false, customFields: new Map(), notes: [], events: [] };
  writeCustomFields(contact, input);
  books.contacts.set(contact.id, contact);
  happened(contact, 'contact_created', act);
  return ok(contact);
}

export function updateContact(books: Books, contact: ContactRecord, input: ContactInput, act: Act): Result<ContactRecord, Answer> {
  if ('is_trusted' in input) {
    return err(refusal(400, 'An contact can only be trusted during the approval of a payment.', { is_trusted: 'permission' }));
  }
  const before = contact.fields;
  const fields = { ...before, ...writable(input) };
  const refused = check(books, fields, contact.id) ?? unknownCustomField(books, input);
  if (refused) return err(refused);
  contact.fields = fields;
  writeCustomFields(contact, input);
  const keys = Object.keys(fields) as (keyof ContactFields)[];
  const changes = Object.fromEntries(keys.filter((key) => before[key] !== fields[key]).map((key) => [key, [before[key], fields[key]]]));
  happened(contact, 'contact_changed', act, { changes });
  return ok(contact);
}

export function archiveContact(contact: ContactRecord, act: Act): Answer {
  if (contact.archived) return refusal(400, 'Contact can not be archived', { id: 'can_not_be_archived' });
  contact.archived = true;
  happened(contact, 'contact_archived', act);
  return noContent;
}

/** Deletes a contact without documents; others can only be archived. */
export function deleteContact(books: Books, contact: ContactRecord): Answer {
  const used = [...books.invoices.values(), ...books.externalInvoices.values()].some((invoice) => invoice.contactId === contact.id);
  if (used) return refusal(400, 'Contact can not be deleted', { id: 'can_not_be_deleted' });
  books.contacts.delete(contact.id);
  return noContent;
}

function writable(input: ContactInput): Partial<ContactFields> {
  const known = Object.entries(input).filter(([key, value]) => key in EMPTY && value !== undefined);
  return Object.fromEntries(known.map(([key, value]) => [key, typeof value === 'number' ? String(value) : value]));
}

function check(books: Books, fields: ContactFields, ownId: string | null): Answer | null {
  if (!fields.company_name && !fields.firstname && !fields.lastname) {
    return invalid({ firstname: [REQUIRED], lastname: [REQUIRED], company_name: [REQUIRED] });
  }
  for (const key of ['customer_id', 'sepa_mandate_id'] as const) {
    const taken = [...books.contacts.values()].some(
      (other) => other.id !== ownId && fields[key] !== null && other.fields[key] === fields[key],
    );
    if (taken) return invalid({ [key]: [{ message: 'is already in use', error: 'taken' }] });
  }
  if (fields.invoice_workflow_id !== null && !books.workflow(fields.invoice_workflow_id)) return notFound('invoice_workflow_id');
  return null;
}

interface CustomFieldValue {
  readonly id?: string | number;
  readonly value?: string;
}

/** `custom_fields_attributes` as a list or keyed by index. */
function customFieldValues(input: ContactInput): CustomFieldValue[] {
  const given = input['custom_fields_attributes'];
  return typeof given === 'object' && given !== null ? (Object.values(given) as CustomFieldValue[]) : [];
}

function unknownCustomField(books: Books, input: ContactInput): Answer | null {
  const unknown = customFieldValues(input).find(({ id }) => !books.customFields.some((field) => field.id === String(id)));
  return unknown
    ? refusal(404, `Custom field with id ${unknown.id} not found for administration`, { custom_fields_attributes: 'not_found' })
    : null;
}

function writeCustomFields(contact: ContactRecord, input: ContactInput): void {
  for (const { id, value } of customFieldValues(input)) contact.customFields.set(String(id), value ?? '');
}
