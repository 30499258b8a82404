import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import { type Announced, stillPending } from './still-pending.js';

const announced = (day: string, amount: number, counterparty: string | null = null): Announced => ({
  day: plainDate(day),
  amount,
  currency: 'EUR',
  message: 'camt.052',
  likeness: String(counterparty),
  facts: {
    servicerReference: null,
    entryReference: null,
    batchReferences: [],
    counterparty,
    endToEndId: null,
    text: '',
    parts: 1,
    richness: 0,
  },
});
const days = (seen: Announced[], booked: Announced[], through: string | null = '2026-03-02'): string[] =>
  stillPending(seen, booked, through === null ? null : plainDate(through)).map(({ day }) => day);

describe('what is announced', () => {
  it('is pending until it is booked, on its day or some days later', () => {
    const seen = [announced('2026-03-02', 1_000)];
    expect(days(seen, [])).toEqual(['2026-03-02']);
    expect(days(seen, [announced('2026-03-02', 1_000)])).toEqual([]);
    expect(days(seen, [announced('2026-03-16', 1_000)])).toEqual([]);
    expect(days(seen, [announced('2026-03-17', 1_000)])).toEqual(['2026-03-02']);
    expect(days(seen, [announced('2026-02-27', 1_000)])).toEqual([]);
    expect(days(seen, [announced('2026-02-26', 1_000)])).toEqual(['2026-03-02']);
  });

  it('is replaced one for one, by a booking of its own day first', () => {
    expect(days([announced('2026-03-02', 1_000), announced('2026-03-03', 1_000)], [announced('2026-03-03', 1_000)])).toEqual([
      '2026-03-02',
    ]);
  });

  it('is not replaced by another amount or another payer', () => {
    expect(days([announced('2026-03-02', 1_000)], [announced('2026-03-02', -1_000)])).toEqual(['2026-03-02']);
    expect(days([announced('2026-03-02', 1_000, 'NL12PROF0000000017')], [announced('2026-03-02', 1_000, 'NL87PROF0000000025')])).toEqual([
      '2026-03-02',
    ]);
  });

  it('is waited for two weeks of statements', () => {
    expect(days([announced('2026-03-02', 1_000)], [], '2026-03-16')).toEqual(['2026-03-02']);
    expect(days([announced('2026-03-02', 1_000)], [], '2026-03-17')).toEqual([]);
    expect(days([announced('2026-03-02', 1_000)], [], null)).toEqual(['2026-03-02']);
  });
});
