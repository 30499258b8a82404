import { describe, expect, it } from '@jest/globals';
import { storedStatement as statement } from '../../../../test/support/stored-statement.js';
import { plainDate } from '../../../kernel/plain-date.js';
import type { Balance } from '../statement.js';
import { periodOf, sameCount, sequenceOf } from './stored-statement.js';

describe('the number of a statement', () => {
  it('is a number, or nothing that can be counted', () => {
    expect(sequenceOf({ electronicSequence: '00061', legalSequence: '7' })).toBe(61);
    expect(sequenceOf({ electronicSequence: null, legalSequence: '7' })).toBe(7);
    expect(sequenceOf({ electronicSequence: '2026/61', legalSequence: '7' })).toBeNull();
    expect(sequenceOf({ electronicSequence: '9'.repeat(16), legalSequence: null })).toBeNull();
    expect(sequenceOf({ electronicSequence: null, legalSequence: null })).toBeNull();
  });

  it('counts with those of the same format and length of period', () => {
    const day = (sequence: number | null): ReturnType<typeof statement> => statement('2026-03-02', 0, 1, { sequence });
    expect(sameCount(day(7), day(8))).toBe(true);
    expect(sameCount(day(7), day(7))).toBe(false);
    expect(sameCount(day(7), day(null))).toBe(false);
    expect(sameCount(day(7), { ...day(8), message: 'mt940' })).toBe(false);
    expect(sameCount(day(7), { ...day(8), from: plainDate('2026-03-01') })).toBe(false);
  });
});

describe('the period of a statement', () => {
  const balance = (date: string): Balance => ({ type: 'X', amount: '0', currency: 'EUR', date: plainDate(date), subType: null });
  const nothing = { period: { from: null, to: null }, opening: null, closing: null, createdAt: null };
  const none = { first: null, last: null };
  const booked = (first: string, last = first): { first: ReturnType<typeof plainDate>; last: ReturnType<typeof plainDate> } => ({
    first: plainDate(first),
    last: plainDate(last),
  });

  it('is what the bank says', () => {
    const period = { from: plainDate('2026-03-01'), to: plainDate('2026-03-31') };
    expect(periodOf({ ...nothing, period }, booked('2026-03-05'), null)).toEqual({ from: '2026-03-01', through: '2026-03-31' });
    expect(periodOf({ ...nothing, period, closing: balance('2026-03-30') }, none, null)).toEqual({
      from: '2026-03-01',
      through: '2026-03-30',
    });
  });

  it('is found in balances and entries where the bank does not say it', () => {
    const day = { ...nothing, closing: balance('2026-03-02') };
    expect(periodOf(day, none, null)).toEqual({ from: '2026-03-02', through: '2026-03-02' });
    // Opening dated the day before (Rabobank, ABN AMRO).
    expect(periodOf({ ...day, opening: balance('2026-02-27') }, booked('2026-03-02'), null)).toEqual({
      from: '2026-03-02',
      through: '2026-03-02',
    });
    // Booked in the weekend, on Monday's statement.
    expect(periodOf({ ...day, opening: balance('2026-03-02') }, booked('2026-02-28', '2026-03-02'), null)).toEqual({
      from: '2026-03-02',
      through: '2026-03-02',
    });
    expect(periodOf(nothing, booked('2026-03-02', '2026-03-05'), null)).toEqual({ from: '2026-03-02', through: '2026-03-05' });
  });

  it('is the day it was made when nothing else is known, or unknown', () => {
    expect(periodOf({ ...nothing, createdAt: '2026-03-02T23:30:00Z' }, none, '2026-03-03T00:00:00Z')?.through).toBe('2026-03-02');
    expect(periodOf(nothing, none, '2026-03-03T00:00:00Z')?.through).toBe('2026-03-03');
    expect(periodOf(nothing, none, null)).toBeNull();
  });
});
