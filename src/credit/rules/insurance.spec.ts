import { describe, expect, it } from '@jest/globals';
import { addDays, plainDate } from '../../kernel/plain-date.js';
import { DUTIES, USUAL_INSURANCE_TERMS, insuranceAlerts, insuranceDuties } from './insurance.js';

/** Due 1 September: 60 days on is 31 October (29 left of September, 31 of October); 30 more is 30 November. */
const dates = insuranceDuties(plainDate('2026-09-01'), { ...USUAL_INSURANCE_TERMS, notifyDays: 45 });

describe('duties towards a credit insurer (§7.3)', () => {
  it('count from the original due date', () => {
    expect(dates).toEqual({ notify: '2026-10-16', 'stop-delivery': '2026-10-31', collect: '2026-11-30' });
  });

  it.each([
    ['2026-10-01', []],
    ['2026-10-02', [{ duty: 'notify', daysLeft: 14 }]],
    ['2026-10-17', [{ duty: 'stop-delivery', daysLeft: 14 }]],
    ['2026-10-24', [{ duty: 'stop-delivery', daysLeft: 7 }]],
    ['2026-10-30', [{ duty: 'stop-delivery', daysLeft: 1 }]],
    ['2026-10-31', []],
    ['2026-11-29', [{ duty: 'collect', daysLeft: 1 }]],
  ])('on %s reminds of %j', (on, alerts) => {
    expect(insuranceAlerts(dates, plainDate(on))).toEqual(alerts);
  });

  it('reminds of each duty three times over the whole time', () => {
    const all = Array.from({ length: 100 }, (_, at) => insuranceAlerts(dates, addDays(plainDate('2026-09-01'), at))).flat();
    for (const duty of DUTIES) expect(all.filter((alert) => alert.duty === duty)).toHaveLength(3);
  });
});
