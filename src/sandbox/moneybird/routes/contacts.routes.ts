import { type Answer, answer, notFound, wrapperMissing } from '../answers.js';
import { archiveContact, createContact, deleteContact, updateContact } from '../contacts.js';
import type { ContactRecord } from '../records.js';
import { renderContact } from '../render/render-contact.js';
import { readFilter } from '../rules/filter.js';
import { newestFirst, paged, synchronizationList, synchronizationRecords } from './listing.js';
import { noteRoutes } from './notes.routes.js';
import { CONTACT_SCOPES, type Call, type Route, param, wrapped } from './route.js';

/** Archived contacts are hidden unless the query asks for them; a filter that does is ignored. */
const visible = (call: Call): ContactRecord[] =>
  newestFirst(call.books.contacts.values()).filter((contact) => call.query.get('include_archived') === 'true' || !contact.archived);

function filtered(call: Call): ContactRecord[] {
  const filter = readFilter(call.query.get('filter'));
  const after = (key: string): number => Date.parse(filter.get(key) ?? '');
  return searched(call, visible(call)).filter(
    (contact) =>
      (!filter.has('created_after') || contact.createdAt.getTime() > after('created_after')) &&
      (!filter.has('updated_after') || contact.updatedAt.getTime() > after('updated_after')) &&
      (!filter.has('first_name') || contact.fields.firstname === filter.get('first_name')) &&
      (!filter.has('last_name') || contact.fields.lastname === filter.get('last_name')) &&
      (!filter.has('delivery_method') || contact.fields.delivery_method === filter.get('delivery_method')) &&
      (!filter.has('invoice_workflow_id') || contact.fields.invoice_workflow_id === filter.get('invoice_workflow_id')) &&
      ofType(contact, filter.get('contact_type')),
  );
}

function ofType(contact: ContactRecord, type: string | undefined): boolean {
  if (type === 'company') return Boolean(contact.fields.company_name);
  return type !== 'private_individual' || !contact.fields.company_name;
}

function searched(call: Call, contacts: ContactRecord[]): ContactRecord[] {
  const query = call.query.get('query')?.toLowerCase();
  if (!query) return contacts;
  return contacts.filter(({ fields }) =>
    [fields.company_name, fields.firstname, fields.lastname, fields.customer_id, fields.send_invoices_to_email]
      .filter((text) => text !== null)
      .some((text) => text.toLowerCase().includes(query)),
  );
}

const withContact =
  (handle: (call: Call, contact: ContactRecord) => Answer) =>
  (call: Call): Answer => {
    const contact = call.books.contacts.get(param(call, 'id'));
    return contact ? handle(call, contact) : notFound();
  };

const renderAll =
  (call: Call) =>
  (contacts: readonly ContactRecord[]): unknown[] =>
    contacts.map((contact) => renderContact(call.books, contact));

const scopes = CONTACT_SCOPES;

export const contactRoutes: readonly Route[] = [
  { method: 'GET', path: '/contacts', scopes, handle: (call) => paged(call, searched(call, visible(call)), renderAll(call)) },
  { method: 'GET', path: '/contacts/filter', scopes, handle: (call) => paged(call, filtered(call), renderAll(call)) },
  { method: 'GET', path: '/contacts/synchronization', scopes, handle: (call) => synchronizationList(filtered(call)) },
  {
    method: 'POST',
    path: '/contacts/synchronization',
    scopes,
    handle: (call) => synchronizationRecords(call, call.books.contacts, (contact) => renderContact(call.books, contact)),
  },
  {
    method: 'GET',
    path: '/contacts/customer_id/:customer_id',
    scopes,
    handle: (call) => {
      const found = [...call.books.contacts.values()].find(
        (contact) => contact.fields.customer_id === param(call, 'customer_id') && !contact.archived,
      );
      return found ? answer(200, renderContact(call.books, found)) : notFound('customer_id');
    },
  },
  {
    method: 'POST',
    path: '/contacts',
    scopes,
    handle: (call) => {
      const input = wrapped(call, 'contact');
      if (!input) return wrapperMissing('contact');
      const made = createContact(call.books, input, call.act);
      return made.ok ? answer(201, renderContact(call.books, made.value)) : made.error;
    },
  },
  {
    method: 'GET',
    path: '/contacts/:id',
    scopes,
    handle: withContact((call, contact) => answer(200, renderContact(call.books, contact))),
  },
  {
    method: 'PATCH',
    path: '/contacts/:id',
    scopes,
    handle: withContact((call, contact) => {
      const input = wrapped(call, 'contact');
      if (!input) return wrapperMissing('contact');
      const changed = updateContact(call.books, contact, input, call.act);
      return changed.ok ? answer(200, renderContact(call.books, changed.value)) : changed.error;
    }),
  },
  { method: 'DELETE', path: '/contacts/:id', scopes, handle: withContact((call, contact) => deleteContact(call.books, contact)) },
  { method: 'PATCH', path: '/contacts/:id/archive', scopes, handle: withContact((call, contact) => archiveContact(contact, call.act)) },
  ...noteRoutes({
    path: '/contacts/:parent',
    type: 'Contact',
    model: 'Contact',
    scopes: CONTACT_SCOPES,
    find: (call, id) => call.books.contacts.get(id) ?? null,
  }),
];
