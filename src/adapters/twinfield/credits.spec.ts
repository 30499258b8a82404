import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../kernel/clock.js';
import { memoryQuotas } from '../../platform/outgoing/quota.js';
import { creditRules, takeCredits } from './credits.js';

const MINUTE = 60_000;

describe('credits', () => {
  function house(second: number) {
    const clock = new ManualClock(new Date(1_700_000_000_000 - (1_700_000_000_000 % MINUTE) + second * 1_000));
    const sleep = async (milliseconds: number) => clock.advance(milliseconds);
    return { clock, quotas: memoryQuotas({ clock, sleep }) };
  }
  const [, organisation] = creditRules('uncertified', 'client', 'organisation');
  if (!organisation) throw new Error('there is one bucket');

  it('are those of the tier, a fifth in each quarter of a minute', () => {
    const perQuarter = (tier: 'certified' | 'uncertified') => creditRules(tier, 'c', 'o').map(({ requests }) => requests);
    expect([perQuarter('certified'), perQuarter('uncertified')]).toEqual([
      [200, 100],
      [10, 5],
    ]);
  });

  it.each([1, 3])('never come to more than the limit in any sixty seconds, %i at a time', async (credits) => {
    const { clock, quotas } = house(7);
    const taken: number[] = [];
    for (let call = 0; call < 60; call++) {
      expect(await takeCredits(quotas, organisation, credits, { maxWaitMs: MINUTE })).toBeNull();
      taken.push(clock.now().getTime());
    }
    const within = (from: number): number => taken.filter((at) => at >= from && at < from + MINUTE).length * credits;
    expect(Math.max(...taken.map(within))).toBeLessThanOrEqual(25);
  });

  it('of one call are taken in one quarter: those of a quarter that ended are lost', async () => {
    const { clock, quotas } = house(0);
    for (let call = 0; call < 4; call++) await takeCredits(quotas, organisation, 1, { maxWaitMs: 0 });
    // One is left in this quarter; three have to be had in the next.
    await takeCredits(quotas, organisation, 3, { maxWaitMs: MINUTE });
    expect(clock.now().getSeconds()).toBe(16);
    expect(await takeCredits(quotas, organisation, 2, { maxWaitMs: 0 })).toBeNull();
    expect(await takeCredits(quotas, organisation, 1, { maxWaitMs: 0 })).toBeInstanceOf(Date);
  });
});
