import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import { readPeriod, readReportMonth } from './period.js';

// A Wednesday.
const today = plainDate('2026-08-19');

describe('the period of a filter', () => {
  it.each([
    ['this_week', '2026-08-17', '2026-08-23'],
    ['prev_week', '2026-08-10', '2026-08-16'],
    ['next_month', '2026-09-01', '2026-09-30'],
    ['this_quarter', '2026-07-01', '2026-09-30'],
    ['prev_quarter', '2026-04-01', '2026-06-30'],
    ['this_year', '2026-01-01', '2026-12-31'],
    ['prev_year', '2025-01-01', '2025-12-31'],
    ['20260105..20260206', '2026-01-05', '2026-02-06'],
    ['202601..202602', '2026-01-01', '2026-02-28'],
    ['20000101..20991231', '2000-01-01', '2099-12-31'],
  ])('%s', (text, from, until) => {
    expect(readPeriod(text, today)).toEqual({ ok: true, value: { from, until } });
  });

  it.each([
    ['20260101..', 'Period must have both a start and end date'],
    ['..20260101', 'Period must have both a start and end date'],
    ['202601', 'Period must have both a start and end date'],
    ['last_year', 'Period is invalid'],
    ['20260230..20260301', 'Period is invalid'],
    ['20260301..20260201', 'Period is invalid'],
    ['', 'Period is invalid'],
  ])('refuses %p in the words of the vendor', (text, error) => {
    expect(readPeriod(text, today)).toEqual({ ok: false, error });
  });
});

describe('the month of a report', () => {
  it('is this month unless another is named', () => {
    expect(readReportMonth(null, today)).toEqual({ ok: true, value: { from: '2026-08-01', until: '2026-08-31' } });
    expect(readReportMonth('202602', today)).toEqual({ ok: true, value: { from: '2026-02-01', until: '2026-02-28' } });
  });

  it('is no longer than a month', () => {
    expect(readReportMonth('202601..202602', today)).toEqual({ ok: false, error: 'Period cannot exceed 1 month' });
    expect(readReportMonth('this_year', today)).toEqual({ ok: false, error: 'Period cannot exceed 1 month' });
    expect(readReportMonth('August', today)).toEqual({ ok: false, error: 'Period is invalid' });
  });
});
