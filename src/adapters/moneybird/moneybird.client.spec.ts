import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../kernel/clock.js';
import type { OutgoingRequest, Outcome } from '../../platform/outgoing/outcome.js';
import { memoryQuotas } from '../../platform/outgoing/quota.js';
import { PackageError } from '../accounting-package.port.js';
import { MoneybirdClient, type SentRequest } from './moneybird.client.js';
import type { TokenSource } from '../consent/token-source.js';

const NOW = '2026-11-20T08:00:00Z';
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Outcome => ({
  kind: 'answer',
  status,
  headers,
  body: JSON.stringify(body),
});
const DEAD_TOKEN = json(401, { error: 'token is invalid', symbolic: { request: 'invalid_grant' } });
const lost = (reached: 'no' | 'maybe'): Outcome => ({ kind: 'no-answer', reached, reason: 'ECONNRESET: socket hang up' });

/** Moneybird as a script: its answers in order, the last one again and again. */
function against(script: readonly Outcome[], token?: TokenSource) {
  const clock = new ManualClock(new Date(NOW));
  const requests: OutgoingRequest[] = [];
  const exchanged: SentRequest[] = [];
  const waits: number[] = [];
  const sleep = async (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    clock.advance(milliseconds);
  };
  const client = new MoneybirdClient({
    baseUrl: 'http://127.0.0.1:4010',
    token: token ?? { accessToken: async () => 'secret-token', refused: async () => {} },
    quota: memoryQuotas({ clock, sleep }),
    send: async (request) => {
      requests.push(request);
      return script[Math.min(requests.length, script.length) - 1] ?? json(200, null);
    },
    sleep,
    random: () => 0,
    attempts: 3,
    maxWaitMs: 0,
    onExchange: (sent) => exchanged.push(sent),
  });
  return { client, requests, exchanged, waits };
}

const call = { method: 'GET', path: ['402118850017216543', 'contacts'] } as const;

async function failure(promise: Promise<unknown>): Promise<PackageError> {
  const error = await promise.then(() => null).catch((cause: unknown) => cause);
  if (error instanceof PackageError) return error;
  throw new Error(`no PackageError: ${inspect(error)}`);
}

describe('a request', () => {
  it('carries path, query, token and body as the vendor wants them', async () => {
    const { client, requests } = against([json(200, [])]);
    await client.read({
      method: 'POST',
      path: ['1', 'contacts', 'a/b'],
      query: { filter: 'period:1..2' },
      body: { ids: ['497001240817632145'] },
    });
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: 'http://127.0.0.1:4010/api/v2/1/contacts/a%2Fb.json?filter=period%3A1..2',
      headers: { authorization: 'Bearer secret-token', 'content-type': 'application/json' },
      body: '{"ids":["497001240817632145"]}',
    });
  });

  it('is counted and shown without its token, each time it goes out', async () => {
    const { client, exchanged } = against([json(500, null), json(200, 7)]);
    expect(await client.read(call)).toBe(7);
    expect(client.calls).toBe(2);
    expect(exchanged.map(({ outcome }) => outcome.kind === 'answer' && outcome.status)).toEqual([500, 200]);
    expect(inspect(exchanged, { depth: 9 })).not.toContain('secret-token');
  });
});

describe('reading', () => {
  it.each([
    ['an outage that lasts', json(503, null), 'unavailable', 3],
    ['no connection', lost('no'), 'unavailable', 3],
    ['a page instead of JSON', { kind: 'answer', status: 200, headers: {}, body: '<html>Onderhoud</html>' }, 'unavailable', 1],
    ['a redirect', { kind: 'answer', status: 302, headers: { location: 'https://elsewhere.example' }, body: '' }, 'unavailable', 1],
    ['a missing right', json(401, { error: 'No access to contacts' }), 'no-right', 1],
    ['a missing record', json(404, { error: 'record not found', symbolic: { id: 'not_found' } }), 'refused', 1],
  ] as [string, Outcome, string, number][])('tells %s', async (_what, answer, kind, sent) => {
    const { client, requests } = against([answer]);
    const error = await failure(client.read(call));
    expect(error.kind).toBe(kind);
    expect(requests).toHaveLength(sent);
    expect(inspect(error, { depth: 9 })).not.toContain('secret-token');
  });

  it('tells when to come again after a refusal for its frequency', async () => {
    // 40 seconds after NOW, as an epoch; the quota adds its margin of one second.
    const until = Date.parse(NOW) / 1_000 + 40;
    const { client } = against([json(429, 'Retry later', { 'retry-after': String(until) })]);
    const error = await failure(client.read(call));
    expect(error).toMatchObject({ kind: 'rate-limited', retryAt: new Date('2026-11-20T08:00:41Z') });
  });
});

describe('a token that is refused', () => {
  it('is tried once more after a pause: it may be too fresh', async () => {
    const { client, waits, requests } = against([DEAD_TOKEN, json(200, 'yes')]);
    expect(await client.read(call)).toBe('yes');
    expect(waits).toEqual([3_000]);
    expect(requests).toHaveLength(2);
  });

  it('is renewed where that is possible', async () => {
    const rejected: string[] = [];
    const source: TokenSource = {
      accessToken: async () => (rejected.length === 0 ? 'old' : 'new'),
      refused: async (token) => void rejected.push(token),
    };
    const { client, requests } = against([DEAD_TOKEN, json(200, 'yes')], source);
    await client.read(call);
    expect(rejected).toEqual(['old']);
    expect(requests.map(({ headers }) => headers['authorization'])).toEqual(['Bearer old', 'Bearer new']);
  });

  it('means in the end that the user must connect again', async () => {
    const { client, requests } = against([DEAD_TOKEN]);
    expect((await failure(client.read(call))).kind).toBe('consent-lost');
    expect(requests).toHaveLength(2);
  });

  it('is not what a missing right is: no second attempt', async () => {
    const { client, requests } = against([json(401, { error: 'No access to sales_invoices' })]);
    expect((await failure(client.write({ ...call, method: 'POST', body: {} }))).kind).toBe('no-right');
    expect(requests).toHaveLength(1);
  });
});

describe('writing', () => {
  const write = { method: 'POST', path: ['1', 'contacts', '2', 'notes'], body: { note: { note: 'x' } } } as const;

  it('goes by the status: the body may be anything', async () => {
    expect(await against([json(201, { id: '5' })]).client.write(write)).toEqual({ applied: 'yes', body: { id: '5' } });
    expect(await against([json(200, 200)]).client.write(write)).toEqual({ applied: 'yes', body: 200 });
    expect(await against([{ kind: 'answer', status: 204, headers: {}, body: '' }]).client.write(write)).toEqual({ applied: 'yes' });
  });

  it.each([
    ['a lost connection', lost('maybe')],
    ['an outage in the middle', json(502, null)],
    ['a redirect', { kind: 'answer', status: 307, headers: {}, body: '' }],
  ] as [string, Outcome][])('does not know what %s did, and does not repeat it', async (_what, answer) => {
    const { client, requests } = against([answer]);
    expect((await client.write(write)).applied).toBe('unknown');
    expect(requests).toHaveLength(1);
  });

  it('is repeated when there was no connection', async () => {
    const { client, requests } = against([lost('no'), json(201, { id: '5' })]);
    expect((await client.write(write)).applied).toBe('yes');
    expect(requests).toHaveLength(2);
  });

  it('is refused in the words of the vendor', async () => {
    const error = await failure(against([json(422, { error: { note: ["can't be blank"] } })]).client.write(write));
    expect(error).toMatchObject({ kind: 'refused', message: "Moneybird answered 422: note: can't be blank" });
  });
});
