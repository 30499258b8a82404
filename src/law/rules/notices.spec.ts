import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LAW, lawWith } from '../../../test/law/law-fixture.js';
import { addDays, daysBetween, plainDate } from '../../kernel/plain-date.js';
import { unwrap } from '../../kernel/result.js';
import { type Notice, type NoticeDates, noticeDates } from './notices.js';

const dutch = (sent: string, more: Partial<Notice> = {}): NoticeDates =>
  unwrap(
    noticeDates(LAW, { regime: 'nl', kind: 'fourteen-day-letter', sentOn: plainDate(sent), channel: 'letter', receivedOn: null, ...more }),
  );

const belgian = (sent: string, channel: Notice['channel'], saturdayCounts: boolean): NoticeDates =>
  unwrap(
    noticeDates(lawWith({ beSaturdayCounts: saturdayCounts }), {
      regime: 'be',
      kind: 'be-first-reminder',
      sentOn: plainDate(sent),
      channel,
      receivedOn: null,
    }),
  );

describe('the fourteen-day letter (collection-rules §1.6)', () => {
  it.each([
    ['2026-11-23', '2026-11-25', '2026-11-26', '2026-12-09', '2026-12-09', '2026-12-10'],
    ['2026-11-24', '2026-11-26', '2026-11-27', '2026-12-10', '2026-12-10', '2026-12-11'],
    ['2026-11-26', '2026-11-28', '2026-11-29', '2026-12-12', '2026-12-14', '2026-12-15'],
    ['2026-11-27', '2026-12-01', '2026-12-02', '2026-12-15', '2026-12-15', '2026-12-16'],
    ['2026-11-28', '2026-12-02', '2026-12-03', '2026-12-16', '2026-12-16', '2026-12-17'],
    ['2026-12-23', '2026-12-29', '2026-12-30', '2027-01-12', '2027-01-12', '2027-01-13'],
    ['2026-12-24', '2026-12-30', '2026-12-31', '2027-01-13', '2027-01-13', '2027-01-14'],
    ['2026-04-02', '2026-04-07', '2026-04-08', '2026-04-21', '2026-04-21', '2026-04-22'],
  ])('sent on %s is received on %s', (sent, receivedOn, firstDay, lastDay, lastDayRolled, costsFrom) => {
    expect(dutch(sent)).toMatchObject({ receivedOn, firstDay, lastDay, lastDayRolled, costsFrom });
  });

  it('by e-mail counts as received on the day of sending only with evidence of delivery', () => {
    expect(dutch('2026-11-23', { channel: 'email' })).toMatchObject({ receivedOn: '2026-11-25', costsFrom: '2026-12-10' });
    const proven = dutch('2026-11-23', { channel: 'email', receivedOn: plainDate('2026-11-23') });
    expect(proven).toMatchObject({ receivedOn: '2026-11-23', firstDay: '2026-11-24', lastDay: '2026-12-07', costsFrom: '2026-12-08' });
  });

  // King's Day 2025 was Saturday 26 April: sent Thursday 24, Friday 25 is the first delivery day, Tuesday 29 the second.
  it("does not count King's Day as a delivery day", () => {
    expect(dutch('2025-04-24').receivedOn).toBe('2025-04-29');
  });

  it('refuses a receipt before sending, and a kind that the law does not have', () => {
    const letter = {
      regime: 'nl',
      kind: 'fourteen-day-letter',
      sentOn: plainDate('2026-11-23'),
      channel: 'letter',
      receivedOn: null,
    } as const;
    expect(noticeDates(LAW, { ...letter, receivedOn: plainDate('2026-11-22') })).toMatchObject({
      ok: false,
      error: { code: 'received-before-sent' },
    });
    expect(noticeDates(LAW, { ...letter, kind: 'be-first-reminder' })).toMatchObject({
      ok: false,
      error: { code: 'notice-unknown-to-regime' },
    });
    expect(noticeDates(LAW, { ...letter, regime: 'eu' })).toMatchObject({ ok: false });
  });

  it('gives at least fourteen full days after receipt and ends on a working day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000 }), (days) => {
        const { receivedOn, lastDay, lastDayRolled, costsFrom } = dutch(addDays(plainDate('2025-01-01'), days));
        expect(daysBetween(receivedOn!, lastDay)).toBe(14);
        expect(LAW.calendars.nl.isWorkingDay(lastDayRolled)).toBe(true);
        expect(daysBetween(lastDayRolled, costsFrom)).toBe(1);
      }),
    );
  });
});

describe('the notice of default', () => {
  it('runs like a letter and puts the debtor in default the day after', () => {
    expect(dutch('2026-11-23', { kind: 'notice-of-default' })).toMatchObject({ lastDay: '2026-12-09', costsFrom: '2026-12-10' });
  });
});

describe('the Belgian first reminder (§4.1)', () => {
  it.each([
    ['2026-11-23', 'letter', '2026-11-26', '2026-12-09', '2026-12-10', '2026-12-10'],
    ['2026-11-23', 'email', '2026-11-24', '2026-12-07', '2026-12-08', '2026-12-08'],
    ['2026-11-27', 'letter', '2026-12-01', '2026-12-14', '2026-12-15', '2026-12-16'],
    ['2026-11-27', 'email', '2026-11-28', '2026-12-11', '2026-12-12', '2026-12-12'],
    ['2026-12-23', 'letter', '2026-12-28', '2027-01-10', '2027-01-11', '2027-01-12'],
    ['2026-12-23', 'email', '2026-12-24', '2027-01-06', '2027-01-07', '2027-01-07'],
  ] as const)('sent on %s by %s', (sent, channel, firstDay, lastDay, costsFrom, careful) => {
    expect(belgian(sent, channel, true)).toMatchObject({ firstDay, lastDay, costsFrom });
    expect(belgian(sent, channel, false).costsFrom).toBe(careful);
  });

  it('counts from sending: no receipt is presumed for a letter', () => {
    expect(belgian('2026-11-23', 'letter', false).receivedOn).toBeNull();
    expect(belgian('2026-11-23', 'email', false).receivedOn).toBe('2026-11-23');
  });

  it('is never shorter in the careful reading', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000 }), fc.constantFrom('letter' as const, 'email' as const), (days, channel) => {
        const sent = addDays(plainDate('2025-01-01'), days);
        return belgian(sent, channel, false).costsFrom >= belgian(sent, channel, true).costsFrom;
      }),
    );
  });
});
