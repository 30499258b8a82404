import type { Answer } from '../wire/answer.js';
import { refusal } from './answers.js';
import type { DivisionBooks } from './books.js';
import type { Chain } from './oauth-chains.js';
import { type ReadCall, read } from './read.js';
import { receivablesList } from './resources/overviews.js';
import { erased } from './resources/resource.js';
import { isGuid } from './rules/codes.js';
import { parseWall, toWall } from './rules/wall-clock.js';
import { SYNTAX_FAULT } from './rules/query.js';

interface FunctionCall extends ReadCall {
  readonly books: DivisionBooks;
  readonly chain: Chain;
}

/** Endpoints that are functions: they take parameters instead of `$filter`. Null when the endpoint is none. */
export function functionAnswer(endpoint: string, call: FunctionCall): Answer | null {
  switch (endpoint.toLowerCase()) {
    case 'users/userhasrights':
      return hasRights(call);
    case 'read/sync/sync/synctimestamp':
      return syncTimestamp(call);
    case 'read/financial/receivableslistbyaccount':
      return listByAccount(call);
    default:
      return null;
  }
}

function hasRights({ books, chain, options }: FunctionCall): Answer {
  const [endpoint, action] = [texts(options.get('endpoint')), texts(options.get('action'))];
  if (endpoint === null || action === null) return refusal(400, SYNTAX_FAULT);
  const denied = chain.user.denied.get(endpoint)?.has(action.toUpperCase()) ?? false;
  const has = !denied && !books.switches.missingModules.has(endpoint.split('/')[0] ?? '');
  return one({ UserHasRights: has, Endpoint: endpoint, Action: action }, 'Users.UserHasRights');
}

/** Endpoints that have a start point by date (fact sheet §4.8). */
const WITH_TIMESTAMP = ['TransactionLines', 'SalesInvoices'];

/** The receivables list of one relation; an account in brackets as `accountId=guid'…'`. */
function listByAccount(call: FunctionCall): Answer {
  const account = /^guid'([^']*)'$/.exec(call.options.get('accountId') ?? '')?.[1];
  if (account === undefined || !isGuid(account)) return refusal(400, SYNTAX_FAULT);
  return read(erased(receivablesList(call.books, account.toLowerCase())), { key: null, count: false }, call);
}

function syncTimestamp({ books, options }: FunctionCall): Answer {
  const modified = parseWall(/^datetime'(.*)'$/.exec(options.get('modified') ?? '')?.[1] ?? '');
  const endPoint = texts(options.get('endPoint'));
  if (modified === null || endPoint === null || !WITH_TIMESTAMP.includes(endPoint)) return refusal(400, SYNTAX_FAULT);
  const rows = endPoint === 'SalesInvoices' ? books.salesInvoices.inTimestampOrder() : books.entries.inTimestampOrder();
  const before = rows.filter(({ modifiedAt }) => toWall(modifiedAt) < modified).map(({ timestamp }) => timestamp);
  return one({ TimeStampAsBigInt: String(Math.max(1, ...before)) }, 'Sync.SyncTimestamp');
}

const texts = (literal: string | null): string | null => /^'(.*)'$/.exec(literal ?? '')?.[1] ?? null;

const one = (fields: Readonly<Record<string, unknown>>, type: string): Answer => ({
  status: 200,
  body: { d: { results: [{ __metadata: { type: `Exact.Web.Api.Models.${type}` }, ...fields }] } },
});
