import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../kernel/clock.js';
import { type ExchangeRequest, exchange } from './exchange.js';
import type { Outcome } from './outcome.js';
import { memoryQuotas } from './quota.js';

const QUOTA = { name: 'vendor', requests: 5, windowSeconds: 300, spare: 0 };
const request = (effect: 'read' | 'write'): ExchangeRequest => ({
  method: 'POST',
  url: 'http://127.0.0.1/x',
  headers: {},
  effect,
  quota: QUOTA,
});
const answer = (status: number): Outcome => ({ kind: 'answer', status, headers: {}, body: '' });

/** The other side as a script: its outcomes in order. */
function against(script: readonly Outcome[]) {
  const clock = new ManualClock(new Date('2026-11-20T08:00:00Z'));
  const waits: number[] = [];
  const sleep = async (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    clock.advance(milliseconds);
  };
  let at = 0;
  const sent: Outcome[] = [];
  const send = async (): Promise<Outcome> => script[at++] ?? answer(200);
  const quotas = memoryQuotas({ clock, sleep });
  const run = (effect: 'read' | 'write', maxWaitMs = 0) =>
    exchange(request(effect), {
      send,
      quotas,
      readQuota: (head, now) => (head.status === 429 ? { remaining: 0, resetAt: new Date(now.getTime() + 40_000) } : null),
      sleep,
      random: () => 0,
      attempts: 3,
      maxWaitMs,
      onSent: (_request, outcome) => sent.push(outcome),
    });
  return { run, waits, sent };
}

describe('exchange', () => {
  it('repeats a read through an outage, with growing pauses', async () => {
    const { run, waits, sent } = against([answer(500), answer(502), answer(200)]);
    expect(await run('read')).toEqual(answer(200));
    expect(waits).toEqual([250, 500]);
    expect(sent).toHaveLength(3);
  });

  it('gives the last outcome when it does not get better', async () => {
    const { run, sent } = against([answer(500), answer(500), answer(503)]);
    expect(await run('read')).toEqual(answer(503));
    expect(sent).toHaveLength(3);
  });

  it('sends a write of unknown result once', async () => {
    const { run, sent } = against([{ kind: 'no-answer', reached: 'maybe', reason: 'ECONNRESET' }]);
    expect((await run('write')).kind).toBe('no-answer');
    expect(sent).toHaveLength(1);
  });

  it('sends again after a refusal for its frequency once the window is over, when the patience reaches so far', async () => {
    const { run, waits } = against([answer(429), answer(201)]);
    expect(await run('write', 60_000)).toEqual(answer(201));
    // 250 ms before the second attempt, then the rest of the 40 seconds and the margin of one.
    expect(waits).toEqual([250, 40_750]);
  });

  it('tells when to come again when the patience does not reach so far', async () => {
    const { run, sent } = against([answer(429)]);
    // 08:00:40 and the margin of one second.
    expect(await run('write')).toEqual({ kind: 'no-quota', retryAt: new Date('2026-11-20T08:00:41Z') });
    expect(sent).toHaveLength(1);
  });

  it('sends nothing without a place in the quota', async () => {
    const { run, sent } = against([]);
    for (let taken = 0; taken < QUOTA.requests; taken++) await run('read');
    expect((await run('read')).kind).toBe('no-quota');
    expect(sent).toHaveLength(QUOTA.requests);
  });
});
