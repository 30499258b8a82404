import { describe, expect, it } from '@jest/globals';
import { banking } from '../../../test/dunning/support/banking.js';
import { calendarOf } from '../../kernel/calendar.js';
import { plainDate } from '../../kernel/plain-date.js';
import { WorkingDays, firstOpenDay, isQuiet } from './working-days.js';

const country = calendarOf({
  name: 'country',
  source: 'spec',
  weekend: [6, 7],
  fixed: [{ date: '04-27', name: 'King’s Day', sundayMovesTo: '04-26' }],
  easter: [],
});
const days = new WorkingDays(banking, country);

describe('working days', () => {
  it('are those on which banks and country both work', () => {
    const counts = (day: string) => days.counts(plainDate(day));
    expect([counts('2026-04-24'), counts('2026-04-25'), counts('2026-04-27'), counts('2026-04-28'), counts('2026-05-01')]).toEqual([
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(new WorkingDays(banking, null).counts(plainDate('2026-04-27'))).toBe(true);
  });

  it.each([
    ['2026-04-23', 1, 'working', '2026-04-24'],
    ['2026-04-23', 2, 'working', '2026-04-28'],
    ['2026-04-25', 0, 'working', '2026-04-28'],
    ['2026-04-28', -1, 'working', '2026-04-24'],
    ['2026-04-23', 4, 'calendar', '2026-04-27'],
    ['2026-04-23', -5, 'calendar', '2026-04-18'],
  ] as const)('%s and %i %s days is %s', (from, count, unit, to) => {
    expect(days.after(plainDate(from), { days: count, unit })).toBe(to);
  });

  it('give the same answer again from memory', () => {
    const delay = { days: 2, unit: 'working' } as const;
    expect([days.after(plainDate('2026-04-23'), delay), days.after(plainDate('2026-04-23'), delay)]).toEqual(['2026-04-28', '2026-04-28']);
  });
});

describe('quiet days', () => {
  const newYear = [{ from: '12-24', to: '01-02' }];

  it('may run over New Year', () => {
    expect(['2026-12-23', '2026-12-24', '2027-01-02', '2027-01-03'].map((day) => isQuiet(newYear, plainDate(day)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('are passed over, and a policy that is quiet all year never opens', () => {
    expect(firstOpenDay(days, newYear, plainDate('2026-12-24'))).toBe('2027-01-04');
    expect(firstOpenDay(days, [{ from: '01-01', to: '12-31' }], plainDate('2026-12-24'))).toBeNull();
  });
});
