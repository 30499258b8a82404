import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { loadCalendars } from '../../src/platform/config/calendars.js';

/** The shipped calendars against collection-rules §6.9, each year written out. */
const { nl, be, target } = loadCalendars();

/** Year, Good Friday, Easter Monday, King's Day, Ascension, Whit Monday. */
const MOVING = [
  [2025, '04-18', '04-21', '04-26', '05-29', '06-09'],
  [2026, '04-03', '04-06', '04-27', '05-14', '05-25'],
  [2027, '03-26', '03-29', '04-27', '05-06', '05-17'],
  [2028, '04-14', '04-17', '04-27', '05-25', '06-05'],
  [2029, '03-30', '04-02', '04-27', '05-10', '05-21'],
  [2030, '04-19', '04-22', '04-27', '05-30', '06-10'],
] as const;

/** All holidays of a calendar in a year, in order. */
function holidays(calendar: typeof nl, year: number): string[] {
  const found: string[] = [];
  for (let month = 1; month <= 12; month++) {
    for (let day = 1; day <= new Date(Date.UTC(year, month, 0)).getUTCDate(); day++) {
      const text = `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
      if (calendar.holiday(plainDate(`${year}-${text}`)) !== null) found.push(text);
    }
  }
  return found;
}

describe.each(MOVING)('%d', (year, goodFriday, easterMonday, kingsDay, ascension, whitMonday) => {
  it('in the Netherlands', () => {
    const expected = ['01-01', goodFriday, easterMonday, kingsDay, '05-05', ascension, whitMonday, '12-25', '12-26'];
    expect(holidays(nl, year)).toEqual(expected.sort());
  });

  it('in Belgium', () => {
    const expected = ['01-01', easterMonday, '05-01', ascension, whitMonday, '07-21', '08-15', '11-01', '11-11', '12-25'];
    expect(holidays(be, year)).toEqual(expected.sort());
  });

  it('at the banks', () => {
    expect(holidays(target, year)).toEqual(['01-01', goodFriday, easterMonday, '05-01', '12-25', '12-26'].sort());
  });
});
