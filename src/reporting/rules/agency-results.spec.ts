import { describe, expect, it } from '@jest/globals';
import { plainDate as day } from '../../kernel/plain-date.js';
import { type HandedOver, agencyResults } from './agency-results.js';

const handed = (given: Partial<HandedOver>): HandedOver => ({
  agencyId: 'a',
  agency: 'Incasso A',
  principal: 1_000_00,
  handedOverOn: day('2026-06-01'),
  endedOn: null,
  settled: [],
  ...given,
});

describe('results of agencies', () => {
  it('are what came of the principal, with its costs and days', () => {
    // 2,000 handed over, 500 + 250 back: 37.5%; the one that ended took 1 June – 31 July, 60 days
    const cases = [
      handed({ endedOn: day('2026-07-31'), settled: [{ receivedOn: day('2026-07-01'), principal: 500_00, costs: 60_50 }] }),
      handed({ settled: [{ receivedOn: day('2026-08-01'), principal: 250_00, costs: 30_25 }] }),
    ];
    expect(agencyResults(cases, day('2026-11-20'))).toEqual([
      { agency: 'Incasso A', cases: 2, ended: 1, principal: 2_000_00, recovered: 750_00, rate: 0.375, costs: 90_75, averageDays: 60 },
    ]);
  });

  it('are those of the day: nothing later counts', () => {
    const one = handed({ endedOn: day('2026-07-31'), settled: [{ receivedOn: day('2026-07-01'), principal: 500_00, costs: 60_50 }] });
    expect(agencyResults([one], day('2026-06-30'))).toMatchObject([{ recovered: 0, ended: 0, averageDays: null, rate: 0 }]);
    expect(agencyResults([one], day('2026-05-31'))).toEqual([]);
  });

  it('are of cases of twelve months, the agency with most principal first', () => {
    const cases = [
      handed({ handedOverOn: day('2025-11-20') }),
      handed({ handedOverOn: day('2025-11-21') }),
      handed({ agencyId: 'b', agency: 'Incasso B', principal: 1_000_01 }),
    ];
    expect(agencyResults(cases, day('2026-11-20')).map(({ agency, cases: count }) => [agency, count])).toEqual([
      ['Incasso B', 1],
      ['Incasso A', 1],
    ]);
  });
});
