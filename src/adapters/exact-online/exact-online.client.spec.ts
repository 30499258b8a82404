import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../kernel/clock.js';
import { memoryLanes } from '../../platform/outgoing/lanes.js';
import type { OutgoingRequest, Outcome } from '../../platform/outgoing/outcome.js';
import { memoryQuotas } from '../../platform/outgoing/quota.js';
import { DivisionApi } from './exact-online.api.js';
import { ExactOnlineClient } from './exact-online.client.js';

const ORIGIN = 'https://start.exactonline.nl';
const CRASH = 'A problem has occurred. The cause of this issue will be investigated as soon as possible.';
const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Outcome => ({
  kind: 'answer',
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const said = (value: string) => ({ error: { code: '', message: { lang: '', value } } });
const found = answer(200, { d: [{ ID: '1' }] });
const HTML = '<!DOCTYPE html><html><body>Onderhoud</body></html>';

/** The other side as a script: its outcomes in order. */
function against(script: readonly Outcome[]) {
  const clock = new ManualClock(new Date('2026-11-20T08:00:30Z'));
  const waits: number[] = [];
  const sent: OutgoingRequest[] = [];
  const refused: string[] = [];
  const sleep = async (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    clock.advance(milliseconds);
  };
  const client = new ExactOnlineClient({
    origin: ORIGIN,
    clientId: 'app',
    division: '1234567',
    token: { accessToken: async () => `token-${refused.length}`, refused: async (token) => void refused.push(token) },
    quotas: memoryQuotas({ clock, sleep }),
    lanes: memoryLanes(),
    send: async (request) => script[sent.push(request) - 1] ?? found,
    sleep,
    random: () => 0,
    attempts: 3,
    maxWaitMs: 65_000,
    requestsPerDay: 5_000,
  });
  const api = new DivisionApi(client, ORIGIN);
  return { api, sent, waits, refused, clock, read: () => api.page('crm/Accounts', api.address('crm/Accounts')) };
}

describe('ExactOnlineClient', () => {
  it('asks for JSON, with the token, in the division', async () => {
    const { read, sent } = against([]);
    await read();
    expect(sent).toMatchObject([
      {
        method: 'GET',
        url: `${ORIGIN}/api/v1/1234567/crm/Accounts`,
        headers: { accept: 'application/json', authorization: 'Bearer token-0' },
      },
    ]);
  });

  it('follows the next page as it is', async () => {
    const next = `${ORIGIN}/api/v1/1234567/crm/Accounts?$select=ID&$skiptoken=guid'3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d001'`;
    const { api, sent } = against([
      answer(200, { d: { results: [{ ID: '1' }], __next: next } }),
      answer(200, { d: { results: [{ ID: '2' }] } }),
    ]);
    expect(await api.list('crm/Accounts', { $select: 'ID' })).toHaveLength(2);
    expect(sent[1]?.url).toBe(next);
  });

  it('takes its token to no other place, whatever the next page says', async () => {
    const { api, sent } = against([answer(200, { d: { results: [], __next: 'https://start.exactonline.nl.evil.example/api' } })]);
    await expect(api.list('crm/Accounts', {})).rejects.toMatchObject({ kind: 'refused' });
    expect(sent).toHaveLength(1);
  });

  it('repeats once with another token when this one is refused, and gives up when that is refused too', async () => {
    const once = against([answer(401, '')]);
    await once.read();
    expect([once.refused, once.sent.map(({ headers }) => headers['authorization'])]).toEqual([
      ['token-0'],
      ['Bearer token-0', 'Bearer token-1'],
    ]);
    const twice = against([answer(401, ''), answer(401, '')]);
    await expect(twice.read()).rejects.toMatchObject({ kind: 'consent-lost' });
    expect(twice.sent).toHaveLength(2);
  });

  it.each([
    ['a crash', answer(500, said(CRASH))],
    ['maintenance', answer(503, HTML)],
    ['maintenance that says all is well', answer(200, HTML)],
    ['an answer that got lost', { kind: 'no-answer', reached: 'maybe', reason: 'x' } as Outcome],
  ])('reads again after %s', async (_what, outage) => {
    const { read, sent } = against([outage, outage]);
    await read();
    expect(sent).toHaveLength(3);
    await expect(against([outage, outage, outage]).read()).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it.each([
    ['a rule that was broken', answer(500, said('Klant: non-actief')), 'refused'],
    ['a refusal', answer(403, ''), 'no-right'],
    ['a mistake', answer(400, said('Bad Request - Error in query syntax.')), 'refused'],
    ['a refusal for the frequency that names no limit', answer(429, ''), 'rate-limited'],
  ])('does not ask again after %s', async (_what, outcome, kind) => {
    const { read, sent } = against([outcome]);
    await expect(read()).rejects.toMatchObject({ kind });
    expect(sent).toHaveLength(1);
  });

  it('waits for the next minute after a refusal, by the clock of the answer', async () => {
    // The vendor's clock is four minutes ahead: 08:04:45 there, so the minute ends in fifteen seconds.
    const headers = {
      date: 'Fri, 20 Nov 2026 08:04:45 GMT',
      'x-ratelimit-minutely-remaining': '0',
      'x-ratelimit-minutely-reset': String(Date.parse('2026-11-20T08:05:00Z')),
    };
    const { read, sent, clock } = against([answer(429, '', headers)]);
    await read();
    expect(sent).toHaveLength(2);
    const waited = clock.now().getTime() - Date.parse('2026-11-20T08:00:30Z');
    expect(waited).toBeGreaterThanOrEqual(15_000);
    expect(waited).toBeLessThanOrEqual(17_000);
  });

  it('tells the day on which to come again when the day is used up', async () => {
    const headers = {
      date: 'Fri, 20 Nov 2026 08:00:30 GMT',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Date.parse('2026-11-21T00:00:00Z')),
    };
    const { read } = against([answer(429, '', headers)]);
    await expect(read()).rejects.toMatchObject({ kind: 'rate-limited', retryAt: new Date('2026-11-21T00:00:01Z') });
  });

  it('does not write again what may have been done: its author can go and look', async () => {
    for (const outcome of [answer(500, said(CRASH)), answer(503, HTML), answer(200, HTML)]) {
      const { api, sent } = against([outcome]);
      expect(await api.create('activities/Tasks', {})).toMatchObject({ applied: 'unknown' });
      expect(sent).toHaveLength(1);
    }
  });

  it('writes again what was proven not to have arrived', async () => {
    const { api, sent } = against([{ kind: 'no-answer', reached: 'no', reason: 'x' }, answer(201, { d: { ID: '1' } })]);
    expect(await api.create('activities/Tasks', {})).toMatchObject({ applied: 'yes' });
    expect(sent).toHaveLength(2);
  });

  it('takes an empty answer to a change for done', async () => {
    const { api } = against([answer(204, '')]);
    expect(await api.change('crm/Accounts', '3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d001', {})).toEqual({ applied: 'yes', body: undefined });
  });

  it('leaves an endpoint alone after five errors in an hour, and no other', async () => {
    const { read, api, sent, clock } = against(Array.from({ length: 5 }, () => answer(404, '')));
    for (let asked = 0; asked < 5; asked++) await expect(read()).rejects.toMatchObject({ kind: 'refused' });
    await expect(read()).rejects.toMatchObject({ kind: 'rate-limited', retryAt: new Date('2026-11-20T09:00:01Z') });
    expect(sent).toHaveLength(5);
    await api.page('crm/Contacts', api.address('crm/Contacts'));
    clock.advance(3_600_000);
    await read();
    expect(sent).toHaveLength(7);
  });
});
