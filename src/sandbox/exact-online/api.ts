import type { Clock } from '../../kernel/clock.js';
import type { Answer } from '../wire/answer.js';
import { jsonObject } from '../wire/http-body.js';
import { badPayload, forbidden, noScope, notFound, notOffered, outsideDivisionScope, unauthorized } from './answers.js';
import { type ApiPath, parseApiPath } from './api-path.js';
import type { DivisionBooks } from './books.js';
import { functionAnswer } from './functions.js';
import type { Chain, OAuthChains } from './oauth-chains.js';
import { read } from './read.js';
import { type Outside, resourcesOf } from './resources/all-resources.js';
import { type AnyResource, type Method, erased } from './resources/resource.js';
import { divisionsResource, meResource } from './resources/system.js';
import { create, remove, update } from './write.js';

export interface ApiRequest {
  readonly method: string;
  /** Below `/api/v1/`. */
  readonly path: string;
  readonly options: URLSearchParams;
  readonly authorization: string | undefined;
  readonly accept: string;
  readonly prefer: string;
  readonly contentType: string;
  readonly body: Buffer;
  /** `http://127.0.0.1:4011/api/v1/`. */
  readonly base: string;
}

/** Who asks, in which division, for what. */
export interface Caller {
  readonly chain: Chain;
  readonly path: ApiPath;
}

/** Answers requests under `/api/v1/`: who asks, which division, which right, then what it does. */
export class ExactApi {
  private readonly resources = new Map<string, ReadonlyMap<string, AnyResource>>();

  constructor(
    private readonly divisions: ReadonlyMap<number, DivisionBooks>,
    private readonly chains: OAuthChains,
    private readonly clock: Clock,
    private readonly outside: Outside,
  ) {}

  /** Whose request it is; the 401 or 404 when that cannot be told. */
  identify(request: Pick<ApiRequest, 'authorization' | 'path'>): Caller | Answer {
    const chain = this.chains.accept(bearer(request.authorization));
    if (!chain) return unauthorized;
    const path = parseApiPath(request.path);
    return path ? { chain, path } : notFound;
  }

  async answer({ chain, path }: Caller, request: ApiRequest): Promise<Answer> {
    const { user } = chain;
    if (path.division === null) return this.onResource(erased(meResource(user, this.clock.now())), { chain, path, books: null }, request);
    const books = this.divisions.get(path.division);
    const covered = chain.divisions === null || chain.divisions.includes(path.division);
    if (!books || !user.divisions.has(path.division) || !covered) return outsideDivisionScope;
    const reading = { base: `${request.base}${books.code}/`, options: request.options, wantsJson: wantsJson(request) };
    const special = functionAnswer(path.endpoint, { books, chain, ...reading });
    if (special) return request.method === 'GET' ? special : notOffered;
    const resource = this.resourceOf(books, path.endpoint, chain);
    return resource ? this.onResource(resource, { chain, path, books }, request) : notFound;
  }

  private resourceOf(books: DivisionBooks, endpoint: string, chain: Chain): AnyResource | undefined {
    if (/^(system\/(All)?Divisions|hrm\/Divisions)$/i.test(endpoint)) {
      const seen = [...this.divisions.values()].filter(
        ({ code }) => chain.user.divisions.has(code) && (chain.divisions === null || chain.divisions.includes(code)),
      );
      return erased(divisionsResource(endpoint, seen, chain.user));
    }
    const key = `${books.code} ${chain.app.id}`;
    const known = this.resources.get(key) ?? resourcesOf(books, () => this.clock.now(), { ...this.outside, app: chain.app });
    this.resources.set(key, known);
    return known.get(endpoint.toLowerCase());
  }

  private onResource(
    resource: AnyResource,
    { chain, path, books }: { readonly chain: Chain; readonly path: ApiPath; readonly books: DivisionBooks | null },
    request: ApiRequest,
  ): Answer | Promise<Answer> {
    const method = request.method as Method;
    if (!resource.methods.includes(method)) return notOffered;
    const refused = this.refusedRight(resource, method, chain, books);
    if (refused) return refused;
    const base = books === null ? request.base : `${request.base}${books.code}/`;
    if (method === 'GET') {
      const readable = chain.user.denied.get(resource.path)?.has('GET') ? { ...resource, rows: () => [] } : resource;
      return read(readable, path, { base, options: request.options, wantsJson: wantsJson(request) });
    }
    if (!books) return notOffered;
    const body = jsonObject(request.body, request.contentType);
    if (!body || (method !== 'DELETE' && !/json/i.test(request.contentType))) return badPayload('The content is not JSON.');
    const wantsWhole = /return=representation/i.test(request.prefer);
    const call = { books, base, body, at: this.clock.now(), language: chain.user.language, wantsWhole };
    if (method === 'POST') return path.key === null ? create(resource, call) : notOffered;
    const row = path.key === null ? undefined : resource.byKey?.(path.key);
    if (row === undefined) return notFound;
    return method === 'PUT' ? update(resource, row, call) : remove(resource, row, call);
  }

  private refusedRight({ path, scope }: AnyResource, method: Method, { app, user }: Chain, books: DivisionBooks | null): Answer | null {
    const action = method === 'GET' ? 'read' : 'manage';
    const granted = app.scopes === undefined || scope === null ? 'manage' : app.scopes[scope];
    if (scope !== null && (granted === undefined || (action === 'manage' && granted === 'read'))) return noScope(scope, action);
    if (books?.switches.missingModules.has(path.split('/')[0] ?? '')) return forbidden;
    const denied = user.denied.get(path)?.has(method) ?? false;
    return denied && !(method === 'GET' && user.emptyInsteadOfForbidden) ? forbidden : null;
  }
}

export const bearer = (authorization: string | undefined): string => /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';

/** Without being asked for JSON the vendor answers with an Atom feed. */
const wantsJson = ({ accept }: ApiRequest): boolean => /json/i.test(accept);
