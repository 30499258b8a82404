import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { EffectEntity } from '../../src/platform/outbox/effect.entity.js';
import { OutboxRepository, type PlannedEffect, markerOf } from '../../src/platform/outbox/outbox.repository.js';
import { MAX_ATTEMPTS } from '../../src/platform/outbox/rules/effect-states.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { administrationRow } from '../support/rows.js';

const NOON = new Date('2026-11-20T12:00:00.000Z');
const after = (minutes: number, from = NOON): Date => new Date(from.getTime() + minutes * 60_000);

describe('the outbox', () => {
  let database: TestDatabase;
  let administration: string;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    administration = randomUUID();
    await database.tenancy.within(administration, (manager) =>
      manager.insert(AdministrationEntity, administrationRow({ id: administration }) as never),
    );
  });

  const within = <T>(work: (outbox: OutboxRepository) => Promise<T>): Promise<T> =>
    database.tenancy.within(administration, (manager) => work(new OutboxRepository(manager, administration)));
  const mail = (payload: object = {}): PlannedEffect => ({ id: randomUUID(), kind: 'mail', actId: null, debtorId: null, payload });
  const plan = async (count: number): Promise<PlannedEffect[]> => {
    const effects = Array.from({ length: count }, () => mail());
    await within((outbox) => outbox.plan(effects, NOON));
    return effects;
  };
  const claim = (limit = 10, now = NOON, worker = randomUUID()): Promise<EffectEntity[]> =>
    within((outbox) => outbox.claim('mail', worker, limit, now));
  const states = async (): Promise<string[]> =>
    (await database.tenancy.within(administration, (manager) => manager.find(EffectEntity))).map(({ state }) => state).sort();
  const stored = (id: string): Promise<EffectEntity> =>
    database.tenancy.within(administration, (manager) => manager.findOneByOrFail(EffectEntity, { administrationId: administration, id }));
  const one = async (now = NOON): Promise<EffectEntity> => {
    const [effect] = await claim(1, now);
    if (!effect) throw new Error('nothing to claim');
    return effect;
  };

  it('gives every effect to one worker, however many come at once, and never more than asked for', async () => {
    const planned = await plan(50);
    const taken = await Promise.all(Array.from({ length: 8 }, () => claim(7)));
    expect(taken.every((effects) => effects.length <= 7)).toBe(true);
    const rest = await claim(100);
    const ids = [...taken.flat(), ...rest].map(({ id }) => id);
    expect(ids).toHaveLength(50);
    expect(new Set(ids)).toEqual(new Set(planned.map(({ id }) => id)));
    expect(await claim(100)).toEqual([]);
  });

  it('gives the oldest first, only of the kind asked for, and only what has come to its time', async () => {
    const [late, early, push] = [mail(), mail(), { ...mail(), kind: 'push' as const }];
    await within((outbox) => outbox.plan([late], after(10)));
    await within((outbox) => outbox.plan([early, push], NOON));
    expect((await claim(10, after(9))).map(({ id }) => id)).toEqual([early.id]);
    expect((await claim(10, after(10))).map(({ id }) => id)).toEqual([late.id]);
  });

  it('shows nothing of another administration', async () => {
    await plan(1);
    const other = randomUUID();
    await database.tenancy.within(other, (manager) => manager.insert(AdministrationEntity, administrationRow({ id: other }) as never));
    const seen = await database.tenancy.within(other, (manager) => new OutboxRepository(manager, other).claim('mail', other, 10, NOON));
    expect(seen).toEqual([]);
  });

  it('plans the same effect once, and leaves one alone that is already on its way', async () => {
    const effect = mail({ first: true });
    await within((outbox) => outbox.plan([effect], NOON));
    const [claimed] = await claim();
    await within((outbox) => outbox.plan([{ ...effect, payload: { second: true } }, effect], after(1)));
    expect(await states()).toEqual(['claimed']);
    expect(await stored(effect.id)).toMatchObject({ payload: { first: true }, marker: markerOf(effect.id), claimedBy: claimed?.claimedBy });
  });

  it('puts back what a vanished worker had only prepared', async () => {
    await plan(1);
    const lost = await one();
    expect(await claim(10, after(5))).toEqual([]);
    const again = await one(after(6));
    expect(again.id).toBe(lost.id);
    expect(again.attempts).toBe(2);
    // The worker that was thought gone comes back: it no longer holds it, and must not act.
    expect(await within((outbox) => outbox.move(lost, 'sending', after(7)))).toBe(false);
    expect(await within((outbox) => outbox.move(again, 'sending', after(7)))).toBe(true);
  });

  it('never repeats what a vanished worker was sending: a person looks', async () => {
    await plan(1);
    const lost = await one();
    await within((outbox) => outbox.move(lost, 'sending', NOON));
    expect(await claim(10, after(6))).toEqual([]);
    expect(await states()).toEqual(['uncertain']);
    expect(await stored(lost.id)).toMatchObject({ lastError: 'the worker vanished', endedAt: after(6), claimedBy: null });
    expect(await within((outbox) => outbox.move(lost, 'done', after(7)))).toBe(false);
    expect(await claim(10, after(60 * 24 * 30))).toEqual([]);
  });

  it('waits longer after each failure that did nothing, and gives up after the last', async () => {
    const [effect] = await plan(1);
    let now = NOON;
    const waits: number[] = [];
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
      const held = await one(now);
      await within((outbox) => outbox.retryLater(held, now, `attempt ${attempt}`));
      const { notBefore, lastError, state } = await stored(effect?.id ?? '');
      expect([state, lastError]).toEqual(['planned', `attempt ${attempt}`]);
      waits.push((notBefore.getTime() - now.getTime()) / 60_000);
      expect(await claim(1, new Date(notBefore.getTime() - 1))).toEqual([]);
      now = notBefore;
    }
    // A minute, doubling, at most six hours.
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
    const last = await one(now);
    await within((outbox) => outbox.retryLater(last, now, 'the last'));
    expect(await stored(last.id)).toMatchObject({ state: 'failed', lastError: 'the last', attempts: MAX_ATTEMPTS });
    expect(await claim(1, after(60 * 24, now))).toEqual([]);
  });

  it('comes back when the vendor says, not when we think', async () => {
    await plan(1);
    const held = await one();
    await within((outbox) => outbox.retryLater(held, NOON, 'busy', after(300)));
    expect(await claim(1, after(299))).toEqual([]);
    expect(await claim(1, after(300))).toHaveLength(1);
  });

  it('takes only the steps of its table', async () => {
    await plan(1);
    const held = await one();
    await within((outbox) => outbox.move(held, 'done', NOON, { result: { ref: '1' } }));
    await expect(within((outbox) => outbox.move(held, 'planned', NOON))).rejects.toThrow(/done cannot become planned/);
    await expect(
      database.tenancy.within(administration, (manager) => manager.query(`UPDATE effect SET state = 'sent' WHERE id = $1`, [held.id])),
    ).rejects.toThrow(/check constraint/);
  });
});
