import { answer, notFound, wrapperMissing } from '../answers.js';
import { createGeneralDocument } from '../documents.js';
import type { GeneralDocumentRecord } from '../records.js';
import { renderGeneralDocument } from '../render/render-settings.js';
import { attachmentRoutes } from './attachments.routes.js';
import { newestFirst, paged, synchronizationList, synchronizationRecords } from './listing.js';
import { noteRoutes } from './notes.routes.js';
import { type Call, type Route, param, wrapped } from './route.js';

const scopes = ['documents'] as const;
const base = '/documents/general_documents';
const find = (call: Call, id: string): GeneralDocumentRecord | null => call.books.generalDocuments.get(id) ?? null;

export const documentRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: base,
    scopes,
    handle: (call) =>
      paged(call, newestFirst(call.books.generalDocuments.values()), (page) =>
        page.map((document) => renderGeneralDocument(call.books, document)),
      ),
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
