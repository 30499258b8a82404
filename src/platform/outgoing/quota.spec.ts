import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ManualClock } from '../../kernel/clock.js';
import { type OutgoingQuotas, type QuotaRule, memoryQuotas } from './quota.js';

const RULE: QuotaRule = { name: 'vendor', requests: 10, windowSeconds: 300, spare: 2 };
/** 1 800 000 000 is a multiple of 300: a window begins here when nothing else was learned. */
const START = 1_800_000_000;
const at = (second: number): Date => new Date((START + second) * 1_000);

function setUp(second = 0) {
  const clock = new ManualClock(at(second));
  const waits: number[] = [];
  const sleep = async (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    clock.advance(milliseconds);
  };
  return { clock, waits, quotas: memoryQuotas({ clock, sleep }) };
}

const impatient = { maxWaitMs: 0 };

async function takeAll(quotas: OutgoingQuotas): Promise<number> {
  for (let taken = 0; ; taken++) if (!(await quotas.reserve(RULE, impatient)).ok) return taken;
}

describe('OutgoingQuotas', () => {
  it('gives what the vendor allows less the spare, then tells when to come again', async () => {
    const { quotas } = setUp(100);
    expect(await takeAll(quotas)).toBe(8);
    // The window ends at 300; one second is waited for a vendor whose clock is behind.
    expect(await quotas.reserve(RULE, impatient)).toEqual({ ok: false, error: { retryAt: at(301) } });
  });

  it('waits for the next window when that is within the patience', async () => {
    const { quotas, waits } = setUp(100);
    await takeAll(quotas);
    expect(await quotas.reserve(RULE, { maxWaitMs: 200_000 })).toEqual({ ok: false, error: { retryAt: at(301) } });
    expect(waits).toEqual([]);
    expect((await quotas.reserve(RULE, { maxWaitMs: 201_000 })).ok).toBe(true);
    expect(waits).toEqual([201_000]);
  });

  it('goes by the clock it was given: a day that passes in an instant brings a new window', async () => {
    const { quotas, clock } = setUp();
    expect(await takeAll(quotas)).toBe(8);
    clock.advance(86_400_000);
    expect(await takeAll(quotas)).toBe(8);
  });

  it('counts each rule for itself', async () => {
    const { quotas } = setUp();
    await takeAll(quotas);
    expect((await quotas.reserve({ ...RULE, name: 'vendor-reports' }, impatient)).ok).toBe(true);
  });

  it('counts what was not asked for beforehand, and tells when there is room again', async () => {
    const { quotas, clock } = setUp(100);
    for (let counted = 0; counted < 7; counted++) await quotas.count(RULE);
    expect(await quotas.fullUntil(RULE)).toBeNull();
    await quotas.count(RULE);
    expect(await quotas.fullUntil(RULE)).toEqual(at(301));
    clock.advance(201_000);
    expect(await quotas.fullUntil(RULE)).toBeNull();
  });

  it('gives concurrent workers no more than one worker', async () => {
    const { quotas } = setUp();
    const given = await Promise.all(Array.from({ length: 50 }, () => quotas.reserve(RULE, impatient)));
    expect(given.filter(({ ok }) => ok)).toHaveLength(8);
  });

  it('rejects when the signal is aborted, before and while waiting', async () => {
    const clock = new ManualClock(at(0));
    const abort = new AbortController();
    const sleep = async (_milliseconds: number, signal?: AbortSignal): Promise<void> => {
      abort.abort(new Error('shutting down'));
      signal?.throwIfAborted();
    };
    const quotas = memoryQuotas({ clock, sleep });
    await takeAll(quotas);
    const patience = { maxWaitMs: 400_000, signal: abort.signal };
    await expect(quotas.reserve(RULE, patience)).rejects.toThrow('shutting down');
    await expect(quotas.reserve(RULE, patience)).rejects.toThrow('shutting down');
  });

  it('takes over a higher count of the vendor, never a lower one', async () => {
    const { quotas } = setUp();
    const first = await quotas.reserve(RULE, impatient);
    if (!first.ok) throw new Error('no reservation');
    // Somebody else behind the address has spent four more: 5 used, 5 left, 2 of them spare.
    await quotas.observe(RULE, first.value, { remaining: 5, resetAt: at(300) });
    await quotas.observe(RULE, first.value, { remaining: 9, resetAt: at(300) });
    expect(await takeAll(quotas)).toBe(3);
  });

  it('learns where the windows of the vendor begin', async () => {
    const { quotas, clock } = setUp(100);
    const first = await quotas.reserve(RULE, impatient);
    if (!first.ok) throw new Error('no reservation');
    await quotas.observe(RULE, first.value, { remaining: 9, resetAt: at(370) });
    expect(await takeAll(quotas)).toBe(7);
    expect(await quotas.reserve(RULE, impatient)).toEqual({ ok: false, error: { retryAt: at(371) } });
    clock.set(at(371));
    expect(await takeAll(quotas)).toBe(8);
  });

  it('counts what was under way when it learned that in the window of the vendor', async () => {
    const { quotas } = setUp(100);
    const underWay = await Promise.all(Array.from({ length: 5 }, () => quotas.reserve(RULE, impatient)));
    // The vendor's window began with the first of them; the answers of the other four are still to come.
    if (!underWay[0]?.ok) throw new Error('no reservation');
    await quotas.observe(RULE, underWay[0].value, { remaining: 9, resetAt: at(400) });
    expect(await takeAll(quotas)).toBe(3);
  });

  it('never comes back before a window of the vendor is over, however little it ends later than ours', async () => {
    for (const late of [0, 1, 2, 3]) {
      const { quotas } = setUp(100);
      const first = await quotas.reserve(RULE, impatient);
      if (!first.ok) throw new Error('no reservation');
      await quotas.observe(RULE, first.value, { remaining: 9, resetAt: at(300 + late) });
      await takeAll(quotas);
      const again = await quotas.reserve(RULE, impatient);
      expect(again.ok ? 0 : again.error.retryAt.getTime()).toBeGreaterThanOrEqual(at(300 + late).getTime());
    }
  });

  it('counts whoever comes within the margin after an end in the window that may still run', async () => {
    const { quotas, clock } = setUp(100);
    expect(await takeAll(quotas)).toBe(8);
    // Ours ends at 300, the vendor's may end at 301: somebody who did not wait comes between.
    clock.set(at(300));
    expect(await quotas.fullUntil(RULE)).toEqual(at(301));
    expect(await quotas.reserve(RULE, impatient)).toEqual({ ok: false, error: { retryAt: at(301) } });
    clock.set(at(301));
    expect(await takeAll(quotas)).toBe(8);
  });

  it('counts him in the new window too', async () => {
    const { quotas, clock } = setUp(300);
    expect((await quotas.reserve(RULE, impatient)).ok).toBe(true);
    await quotas.count(RULE);
    clock.set(at(301));
    expect(await takeAll(quotas)).toBe(6);
  });

  it('lets no refusal end a window sooner than an answer said, and sends nothing more into it', async () => {
    const { quotas, clock } = setUp(10);
    const first = await quotas.reserve(RULE, impatient);
    const second = await quotas.reserve(RULE, impatient);
    if (!first.ok || !second.ok) throw new Error('no reservation');
    await quotas.observe(RULE, first.value, { remaining: 9, resetAt: at(310) });
    await quotas.observe(RULE, second.value, { remaining: 0, resetAt: at(70) });
    clock.set(at(71));
    expect(await quotas.reserve(RULE, impatient)).toEqual({ ok: false, error: { retryAt: at(311) } });
    clock.set(at(311));
    expect(await takeAll(quotas)).toBe(8);
  });

  it('is not led astray by an answer of a former window that comes when the next one is known', async () => {
    const { quotas, clock } = setUp(100);
    const first = await quotas.reserve(RULE, impatient);
    if (!first.ok) throw new Error('no reservation');
    clock.set(at(350));
    const next = await quotas.reserve(RULE, impatient);
    if (!next.ok) throw new Error('no reservation');
    await quotas.observe(RULE, next.value, { remaining: 9, resetAt: at(650) });
    await quotas.observe(RULE, first.value, { remaining: 9, resetAt: at(300) });
    clock.set(at(352));
    expect(await takeAll(quotas)).toBe(7);
    expect(await quotas.reserve(RULE, impatient)).toEqual({ ok: false, error: { retryAt: at(651) } });
  });

  it('sends nobody after a refusal until its window is over', async () => {
    const { quotas } = setUp(10);
    const first = await quotas.reserve(RULE, impatient);
    if (!first.ok) throw new Error('no reservation');
    await quotas.observe(RULE, first.value, { remaining: 0, resetAt: at(75) });
    expect(await quotas.reserve(RULE, impatient)).toEqual({ ok: false, error: { retryAt: at(76) } });
  });

  it('keeps a late refusal of the former window out of the next one', async () => {
    const { quotas, clock } = setUp(299);
    const last = await quotas.reserve(RULE, impatient);
    if (!last.ok) throw new Error('no reservation');
    clock.set(at(301));
    await quotas.observe(RULE, last.value, { remaining: 0, resetAt: at(300) });
    expect(await takeAll(quotas)).toBe(8);
  });

  it('never sends more into a window of the vendor than it allows, wherever its windows begin', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 299 }),
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 30, maxLength: 120 }),
        async (phase, pauses) => {
          const { quotas, clock } = setUp(50);
          const used = new Map<number, number>();
          for (const pause of pauses) {
            clock.advance(pause * 1_000);
            const place = await quotas.reserve(RULE, { maxWaitMs: 400_000 });
            if (!place.ok) throw new Error('not within a window and its margin');
            const second = clock.now().getTime() / 1_000;
            const window = Math.floor((second - phase) / 300);
            const count = (used.get(window) ?? 0) + 1;
            used.set(window, count);
            expect(count).toBeLessThanOrEqual(RULE.requests);
            const resetAt = new Date(((window + 1) * 300 + phase) * 1_000);
            await quotas.observe(RULE, place.value, { remaining: RULE.requests - count, resetAt });
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never sends more than is allowed to a vendor whose windows begin with the first request, at fractions of a second', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 30, maxLength: 150 }), async (pauses) => {
        const { quotas, clock } = setUp(50);
        let [began, count] = [0, 0];
        for (const pause of pauses) {
          // Those who go about their own business come when they come, and often in the last second of a window.
          clock.advance(count >= 8 ? Math.max(0, (began + 300) * 1_000 - 400 - clock.now().getTime()) + (pause % 800) : pause);
          for (let burst = 0; burst < 4; burst++) {
            const place = await quotas.reserve(RULE, impatient);
            if (!place.ok && pause % 2 === 0) clock.set(place.error.retryAt);
            if (!place.ok) continue;
            const second = Math.floor(clock.now().getTime() / 1_000);
            if (second >= began + 300) [began, count] = [second, 0];
            count++;
            expect(count).toBeLessThanOrEqual(RULE.requests);
            await quotas.observe(RULE, place.value, { remaining: RULE.requests - count, resetAt: new Date((began + 300) * 1_000) });
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
