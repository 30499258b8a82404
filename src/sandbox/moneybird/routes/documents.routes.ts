import { type Result, ok } from '../../../kernel/result.js';
import { type Answer, answer, notFound, wrapperMissing } from '../answers.js';
import { createGeneralDocument } from '../documents.js';
import type { GeneralDocumentRecord } from '../records.js';
import { renderGeneralDocument } from '../render/render-settings.js';
import { attachmentRoutes } from './attachments.routes.js';
import { readFilter } from '../rules/filter.js';
import { DEFAULT_PERIOD, newestFirst, paged, periodTest, synchronizationList, synchronizationRecords } from './listing.js';
import { noteRoutes } from './notes.routes.js';
import { type Call, type Route, param, wrapped } from './route.js';

const scopes = ['documents'] as const;
const base = '/documents/general_documents';
const find = (call: Call, id: string): GeneralDocumentRecord | null => call.books.generalDocuments.get(id) ?? null;

/** A filter replaces the default period; without one the list is of this year. */
function filtered(call: Call): Result<GeneralDocumentRecord[], Answer> {
  const filter = readFilter(call.query.get('filter'));
  const inPeriod = periodTest(filter.get('period') ?? (filter.size === 0 ? DEFAULT_PERIOD : undefined), call.today);
  if (!inPeriod.ok) return inPeriod;
  return ok(
    newestFirst(call.books.generalDocuments.values()).filter(
      ({ date, reference, contactId }) =>
        inPeriod.value(date) &&
        (!filter.has('reference') || filter.get('reference') === reference) &&
        (!filter.has('contact_id') || filter.get('contact_id') === contactId),
    ),
  );
}

export const documentRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: base,
    scopes,
    handle: (call) => {
      const found = filtered(call);
      if (!found.ok) return found.error;
      return paged(call, found.value, (page) => page.map((document) => renderGeneralDocument(call.books, document)));
    },
  },
  {
    method: 'POST',
    path: base,
    scopes,
    handle: (call) => {
      const input = wrapped(call, 'general_document');
      if (!input) return wrapperMissing('general_document');
      const made = createGeneralDocument(call.books, input, call.act);
      return made.ok ? answer(201, renderGeneralDocument(call.books, made.value)) : made.error;
    },
  },
  {
    method: 'GET',
    path: `${base}/synchronization`,
    scopes,
    handle: (call) => synchronizationList(newestFirst(call.books.generalDocuments.values())),
  },
  {
    method: 'POST',
    path: `${base}/synchronization`,
    scopes,
    handle: (call) => synchronizationRecords(call, call.books.generalDocuments, (document) => renderGeneralDocument(call.books, document)),
  },
  {
    method: 'GET',
    path: `${base}/:id`,
    scopes,
    handle: (call) => {
      const document = find(call, param(call, 'id'));
      return document ? answer(200, renderGeneralDocument(call.books, document)) : notFound();
    },
  },
  {
    method: 'DELETE',
    path: `${base}/:id`,
    scopes,
    handle: (call) => (call.books.generalDocuments.delete(param(call, 'id')) ? answer(200, 200) : notFound()),
  },
  ...noteRoutes({ path: `${base}/:parent`, type: 'Document', model: 'Document', scopes, find }),
  ...attachmentRoutes({ path: `${base}/:parent`, upload: 'attachments', scopes, find }),
];
