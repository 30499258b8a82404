import type { PlainDate } from '../../../kernel/plain-date.js';
import type { Answer } from '../answers.js';
import type { Act, Books } from '../books.js';
import type { Upload } from '../notes.js';
import type { Scope, Token } from '../tokens.js';

/** One request inside an administration, with everything a route may need. */
export interface Call {
  readonly books: Books;
  readonly token: Token;
  readonly act: Act;
  readonly today: PlainDate;
  /** The placeholders of the route's path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON body as an object; empty when there was none. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The file of a multipart body. */
  readonly upload: Upload | null;
  /** The full address of this request without its query, for links to other pages. */
  readonly url: string;
  /** Makes an address on the storage host for something to download; it works for thirty seconds. */
  readonly store: (contentType: string, content: Uint8Array) => string;
  /** Calls an address that is to become a webhook, unsigned; its status, 0 when nobody answers, null when nothing is to be called. */
  readonly tryAddress: (url: string) => Promise<number | null>;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the administration, without suffix: `/sales_invoices/:id/notes`. */
  readonly path: string;
  /** Any one of these opens it; none: any token does. */
  readonly scopes: readonly Scope[];
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

/** Any of these opens contacts and their notes. */
export const CONTACT_SCOPES: readonly Scope[] = ['estimates', 'sales_invoices', 'documents', 'bank', 'settings'];

export const param = (call: Call, name: string): string => call.params[name] ?? '';

/** The object under the resource's name, `{"note":{...}}`; null when it is missing. */
export function wrapped(call: Call, key: string): Readonly<Record<string, unknown>> | null {
  const inner = call.body[key];
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as Record<string, unknown>) : null;
}
