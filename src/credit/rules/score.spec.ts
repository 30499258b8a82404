import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Behaviour } from './behaviour.js';
import { tellCredit } from './reasons.js';
import { scoreOf } from './score.js';

const behaviour = (given: Partial<Behaviour> = {}): Behaviour => ({
  paidInvoices: 3,
  averageDaysLate: 0,
  trendDays: null,
  partPaidInvoices: 0,
  overdueRatio: 0,
  brokenPromises: 0,
  returnedDebits: 0,
  ...given,
});

describe('payment behaviour score (§7.2)', () => {
  it.each<[string, Partial<Behaviour>, number | null, string]>([
    ['pays in time', {}, 100, 'A'],
    ['pays early: earns nothing', { averageDaysLate: -12 }, 100, 'A'],
    ['10 days late: 100 − 20', { averageDaysLate: 10 }, 80, 'A'],
    ['10.001 days late: 100 − 20.002', { averageDaysLate: 10.001 }, 79.998, 'B'],
    // The example of §7.4: 16.875 days late, 26.67% overdue. 100 − 33.75 − 13.335 = 52.915
    ['the example of §7.4', { averageDaysLate: 16.875, overdueRatio: 0.2667 }, 52.915, 'C'],
    ['20 days late: 100 − 40', { averageDaysLate: 20 }, 60, 'B'],
    ['25 days late: 100 − 50', { averageDaysLate: 25 }, 50, 'C'],
    ['a year late: no more than 50 off', { averageDaysLate: 365 }, 50, 'C'],
    ['half of it overdue: 100 − 25', { overdueRatio: 0.5 }, 75, 'B'],
    ['all of it overdue: no more than 25 off', { overdueRatio: 1 }, 75, 'B'],
    ['one promise broken', { brokenPromises: 1 }, 95, 'A'],
    ['four promises broken: no more than 15 off', { brokenPromises: 4 }, 85, 'A'],
    ['one debit returned', { returnedDebits: 1 }, 95, 'A'],
    ['three debits returned: no more than 10 off', { returnedDebits: 3 }, 90, 'A'],
    ['25 days late, one promise, one return: 100 − 50 − 5 − 5', { averageDaysLate: 25, brokenPromises: 1, returnedDebits: 1 }, 40, 'C'],
    ['everything: 100 − 50 − 25 − 15 − 10', { averageDaysLate: 99, overdueRatio: 1, brokenPromises: 9, returnedDebits: 9 }, 0, 'D'],
    ['two paid invoices', { paidInvoices: 2 }, null, 'N'],
    ['nothing paid in twelve months', { averageDaysLate: null }, null, 'N'],
  ])('%s', (_, given, points, riskClass) => {
    expect(scoreOf(behaviour(given))).toMatchObject({ points, riskClass });
  });

  it('explains itself with the figures it can be worked out from', () => {
    const { because } = scoreOf(behaviour({ averageDaysLate: 16.875, overdueRatio: 0.2667, brokenPromises: 1, returnedDebits: 1 }));
    expect(because.map((reason) => tellCredit(reason))).toEqual([
      'Pays 16.875 days after the due date on average (weighted by amount, twelve months): −33.75.',
      '26.67% of what is open after credits is overdue: −13.335.',
      '1 promise(s) not kept in twelve months: −5.',
      '1 payment(s) returned in twelve months: −5.',
    ]);
    expect(scoreOf(behaviour({ paidInvoices: 2 })).because.map((reason) => tellCredit(reason, 'nl'))).toEqual([
      'Nog maar 2 betaalde facturen; pas vanaf 3 zegt het iets.',
    ]);
  });

  it('says that somebody pays in time, or early, rather than by how many days', () => {
    for (const averageDaysLate of [0, -12.5]) {
      expect(scoreOf(behaviour({ averageDaysLate })).because.map(({ code }) => code)).toEqual(['in-time', 'overdue-part']);
    }
  });

  it('never gets better by worse behaviour, and its reasons add up to it', () => {
    const figures = fc.record({
      averageDaysLate: fc.integer({ min: -30_000, max: 90_000 }).map((thousandths) => thousandths / 1000),
      overdueRatio: fc.integer({ min: 0, max: 10_000 }).map((parts) => parts / 10_000),
      brokenPromises: fc.nat(6),
      returnedDebits: fc.nat(6),
    });
    fc.assert(
      fc.property(figures, fc.constantFrom('averageDaysLate', 'overdueRatio', 'brokenPromises', 'returnedDebits'), (given, which) => {
        const before = scoreOf(behaviour(given));
        const worse = { ...given, [which]: which === 'overdueRatio' ? 1 : given[which] + 1 };
        expect(scoreOf(behaviour(worse)).points).toBeLessThanOrEqual(before.points ?? Number.NaN);
        const off = before.because.reduce((total, { args }) => total + Math.round(Number(args['points'] ?? 0) * 1000), 0);
        expect(Math.round((before.points ?? Number.NaN) * 1000)).toBe(100_000 - off);
      }),
    );
  });
});
