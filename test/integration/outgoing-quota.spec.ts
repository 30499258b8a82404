import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { ManualClock } from '../../src/kernel/clock.js';
import { type QuotaRule, sharedQuotas } from '../../src/platform/outgoing/quota.js';
import { type TestDatabase, testDatabase } from '../support/database.js';

const RULE: QuotaRule = { name: 'vendor', requests: 12, windowSeconds: 300, spare: 2 };
const impatient = { maxWaitMs: 0 };

describe('quotas shared through the database', () => {
  let database: TestDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await testDatabase();
    pool = (database.dataSource.driver as unknown as { master: Pool }).master;
  });
  afterAll(() => database.close());

  /** A worker as another process would be: nothing in common with the others but the database. */
  const worker = (clock: ManualClock, egress?: string) => sharedQuotas(pool, { clock, sleep: async () => {}, egress });

  it('gives all workers together what the vendor allows less the spare', async () => {
    const clock = new ManualClock(new Date('2026-11-20T08:00:00Z'));
    const workers = [worker(clock), worker(clock), worker(clock)];
    const given = await Promise.all(Array.from({ length: 30 }, (_, at) => workers[at % 3]?.reserve(RULE, impatient)));
    expect(given.filter((place) => place?.ok)).toHaveLength(10);
  });

  it('begins anew with a window of the clock it was given, which need not be the real one', async () => {
    const clock = new ManualClock(new Date('2031-01-01T00:00:00Z'));
    const quotas = worker(clock);
    for (let taken = 0; taken < 10; taken++) expect((await quotas.reserve(RULE, impatient)).ok).toBe(true);
    expect(await quotas.reserve(RULE, impatient)).toEqual({ ok: false, error: { retryAt: new Date('2031-01-01T00:05:01Z') } });
    clock.advance(301_000);
    expect((await quotas.reserve(RULE, impatient)).ok).toBe(true);
  });

  it('tells the other workers of a refusal', async () => {
    const clock = new ManualClock(new Date('2032-01-01T00:00:00Z'));
    const [one, other] = [worker(clock), worker(clock)];
    const place = await one.reserve(RULE, impatient);
    if (!place.ok) throw new Error('no reservation');
    await one.observe(RULE, place.value, { remaining: 0, resetAt: new Date('2032-01-01T00:05:00Z') });
    expect((await other.reserve(RULE, impatient)).ok).toBe(false);
  });

  it('keeps outgoing addresses apart', async () => {
    const clock = new ManualClock(new Date('2033-01-01T00:00:00Z'));
    const [one, other] = [worker(clock, 'north'), worker(clock, 'south')];
    for (let taken = 0; taken < 10; taken++) await one.reserve(RULE, impatient);
    expect((await one.reserve(RULE, impatient)).ok).toBe(false);
    expect((await other.reserve(RULE, impatient)).ok).toBe(true);
  });
});
