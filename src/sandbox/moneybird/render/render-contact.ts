import type { Books } from '../books.js';
import type { ContactRecord } from '../records.js';
import { type Json, renderCustomFields, renderEvent, renderNote, timestamps, versionOf } from './render-common.js';

/** A contact as it stands inside another record: everything but its events. */
export function renderNestedContact(books: Books, contact: ContactRecord): Json {
  const { fields } = contact;
  return {
    id: contact.id,
    administration_id: books.id,
    ...fields,
    is_trusted: false,
    max_transfer_amount: null,
    attention: fields.send_invoices_to_attention,
    email: fields.send_invoices_to_email,
    credit_card_number: null,
    credit_card_reference: null,
    credit_card_type: null,
    tax_number_validated_at: null,
    tax_number_valid: null,
    moneybird_payments_mandate: false,
    ...timestamps(contact),
    version: versionOf(contact),
    sales_invoices_url: `https://moneybird.example/${books.id}/sales_invoices/${contact.id.padStart(64, '0')}/all`,
    notes: contact.notes.map((note) => renderNote(books, note)),
    custom_fields: renderCustomFields(books, contact.customFields),
    contact_people: [],
    archived: contact.archived,
  };
}

export const renderContact = (books: Books, contact: ContactRecord): Json => ({
  ...renderNestedContact(books, contact),
  events: contact.events.map((event) => renderEvent(books, event)),
});
