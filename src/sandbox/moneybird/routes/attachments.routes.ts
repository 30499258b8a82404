import { type Answer, answer, modelNotFound, noContent, notFound } from '../answers.js';
import { type Attachable, addAttachment, removeAttachment } from '../notes.js';
import type { Scope } from '../tokens.js';
import { type Call, type Route, param } from './route.js';

export interface AttachmentRoutes {
  /** `/sales_invoices/:parent` */
  readonly path: string;
  /** The last part of the upload path; external invoices have it in the singular. */
  readonly upload: 'attachments' | 'attachment';
  readonly scopes: readonly Scope[];
  readonly find: (call: Call, id: string) => Attachable | null;
}

/** Uploading answers with the bare number 200 and no id; downloading redirects to the storage host. */
export function attachmentRoutes({ path, upload, scopes, find }: AttachmentRoutes): Route[] {
  const withParent =
    (handle: (call: Call, parent: Attachable) => Answer) =>
    (call: Call): Answer => {
      const parent = find(call, param(call, 'parent'));
      return parent ? handle(call, parent) : notFound();
    };
  return [
    {
      method: 'POST',
      path: `${path}/${upload}`,
      scopes,
      handle: withParent((call, parent) => {
        if (!call.upload) return { status: 400, body: { error: 'File is required', symbolic: { file: 'required' } } };
        addAttachment(call.books, parent, call.upload, call.act);
        return answer(200, 200);
      }),
    },
    {
      method: 'GET',
      path: `${path}/attachments/:id/download`,
      scopes,
      handle: withParent((call, parent) => {
        const found = parent.attachments.find(({ id }) => id === param(call, 'id'));
        return found ? redirect(call.store(found.contentType, found.content)) : modelNotFound('Attachment');
      }),
    },
    {
      method: 'DELETE',
      path: `${path}/attachments/:id`,
      scopes,
      handle: withParent((call, parent) =>
        removeAttachment(call.books, parent, param(call, 'id'), call.act) ? noContent : modelNotFound('Attachment'),
      ),
    },
  ];
}

/** A 302 as the vendor sends it: plain text, and an address on another host that must not see the token. */
export const redirect = (to: string): Answer => ({
  status: 302,
  contentType: 'text/plain',
  body: `This resource has been moved temporarily to ${to}.`,
  headers: { Location: to },
});
