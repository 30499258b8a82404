import { answer, noContent, notFound, refusal, wrapperMissing } from '../answers.js';
import { type Notable, addNote, removeNote } from '../notes.js';
import type { NoteParent } from '../records.js';
import { renderNote } from '../render/render-common.js';
import type { Scope } from '../tokens.js';
import { type Call, type Route, param, wrapped } from './route.js';

export interface NoteRoutes {
  /** `/sales_invoices/:parent` */
  readonly path: string;
  /** As the vendor names it in a note. */
  readonly type: NoteParent;
  /** As the vendor names it in a refusal. */
  readonly model: string;
  readonly scopes: readonly Scope[];
  readonly find: (call: Call, id: string) => Notable | null;
}

/**
 * Notes can be posted and deleted; they are read on their parent. A missing right is a 400 here, not a 401, and so is a parent that is not
 * there, except on external invoices when deleting (recorded examples).
 */
export function noteRoutes({ path, type, model, scopes, find }: NoteRoutes): Route[] {
  const denied = refusal(400, `User has no permissions to notes for ${model}`, { user: 'insufficient_permissions' });
  const mayNot = (call: Call): boolean => !scopes.some((scope) => call.token.scopes.includes(scope));
  return [
    {
      method: 'POST',
      path: `${path}/notes`,
      scopes: [],
      handle: (call) => {
        if (mayNot(call)) return denied;
        const input = wrapped(call, 'note');
        if (!input) return wrapperMissing('note');
        const parent = find(call, param(call, 'parent'));
        if (!parent) {
          const words = `Entity is invalid; User has no permissions to notes for ${model}`;
          return refusal(400, words, { entity: 'not_found', user: 'insufficient_permissions' });
        }
        const note = addNote(call.books, parent, type, input, call.act);
        return note.ok ? answer(201, renderNote(call.books, note.value)) : note.error;
      },
    },
    {
      method: 'DELETE',
      path: `${path}/notes/:id`,
      scopes: [],
      handle: (call) => {
        if (mayNot(call)) return denied;
        const parent = find(call, param(call, 'parent'));
        return parent && removeNote(call.books, parent, param(call, 'id'), call.act) ? noContent : notFound();
      },
    },
  ];
}
