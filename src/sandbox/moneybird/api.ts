import { type Answer, answer, noAccess, notFound, refusal, tokenInvalid } from './answers.js';
import type { Books } from './books.js';
import { jsonObject } from '../wire/http-body.js';
import { multipartFile } from './http-body.js';
import { liveThrough } from './life.js';
import { renderAdministration } from './render/render-settings.js';
import { routeOf } from './routes/all-routes.js';
import type { Token, Tokens } from './tokens.js';

export interface ApiRequest {
  readonly method: string;
  /** Below `/api/v2`, as it came over the wire. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly contentType: string;
  readonly body: Buffer;
  readonly now: Date;
  /** The request's own address without query. */
  readonly url: string;
}

export interface ApiWorld {
  readonly administrations: ReadonlyMap<string, Books>;
  readonly tokens: Tokens;
  readonly store: (contentType: string, content: Uint8Array) => string;
  readonly tryAddress: (url: string) => Promise<number | null>;
}

/** Answers one API request: who asks, which administration, which route, whether it may, then what it does. */
export async function answerApi(world: ApiWorld, request: ApiRequest): Promise<Answer> {
  const token = bearer(world.tokens, request.authorization);
  if (!token) return tokenInvalid;
  const suffix = /\.(json|xml)$/.exec(request.path)?.[1];
  if (suffix === 'xml') return refusal(406, 'The requested format is not served by this sandbox');
  const parts = pathParts(suffix ? request.path.slice(0, -suffix.length - 1) : request.path);
  if (!parts) return refusal(404, 'Not Found');
  if (parts.length === 1 && parts[0] === 'administrations') {
    return request.method === 'GET' ? administrations(world, token) : refusal(405, '405 Not Allowed');
  }
  const books = visible(world, token, parts[0] ?? '');
  if (!books) return notFound('administration_id');
  return await inAdministration(world, request, { token, books, parts: parts.slice(1) });
}

interface Inside {
  readonly token: Token;
  readonly books: Books;
  readonly parts: readonly string[];
}

async function inAdministration(world: ApiWorld, request: ApiRequest, { token, books, parts }: Inside): Promise<Answer> {
  const routed = routeOf(request.method, parts);
  if (routed.kind === 'unknown') return refusal(404, 'Not Found');
  if (routed.kind === 'wrong-verb') return refusal(405, '405 Not Allowed');
  const { route, params } = routed;
  if (route.scopes.length > 0 && !route.scopes.some((scope) => token.scopes.includes(scope))) return noAccess(route.scopes.join(', '));
  const isRead = request.method === 'GET' || parts.at(-1) === 'synchronization';
  // What a suspended administration answers is not published; a plan that is not paid is a 402.
  if (books.switches.suspended && !isRead) return refusal(402, 'administration is suspended', { administration: 'suspended' });
  const body = jsonObject(request.body, request.contentType);
  if (!body) return refusal(400, 'Problem while parsing the request body');
  liveThrough(books, request.now);
  return await route.handle({
    books,
    token,
    act: { userId: books.owner.id, at: request.now },
    today: books.day(request.now),
    params,
    query: request.query,
    body,
    upload: await multipartFile(request.body, request.contentType),
    url: request.url,
    store: world.store,
    tryAddress: world.tryAddress,
  });
}

function bearer(tokens: Tokens, authorization: string | undefined): Token | null {
  const match = /^Bearer\s+(\S+)$/i.exec(authorization ?? '');
  return match?.[1] === undefined ? null : tokens.accept(match[1]);
}

const sees = (token: Token, id: string): boolean => token.administrations === null || token.administrations.includes(id);

/** An administration of somebody else is as unknown as one that does not exist. */
const visible = (world: ApiWorld, token: Token, id: string): Books | null =>
  sees(token, id) ? (world.administrations.get(id) ?? null) : null;

const administrations = (world: ApiWorld, token: Token): Answer =>
  answer(
    200,
    [...world.administrations.values()].filter(({ id }) => sees(token, id)).map((books) => renderAdministration(books, token.access)),
  );

function pathParts(path: string): string[] | null {
  try {
    return path.slice(1).split('/').map(decodeURIComponent);
  } catch {
    return null;
  }
}
