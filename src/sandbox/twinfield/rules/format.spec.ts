import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import {
  amountText,
  compactDate,
  compactTime,
  labelOfDate,
  labelOfTime,
  rateText,
  readAmount,
  readCompactDate,
  yearPeriod,
} from './format.js';

describe('how the vendor writes', () => {
  it('days, times and periods', () => {
    const day = plainDate('2025-03-31');
    expect([compactDate(day), labelOfDate(day), yearPeriod(day)]).toEqual(['20250331', '31/03/2025', '2025/03']);
    const at = new Date('2025-03-31T09:15:00.417Z');
    expect([compactTime(at), labelOfTime(at)]).toEqual(['20250331091500', '31/03/2025 09:15:00']);
    expect(readCompactDate('20250331')).toBe('2025-03-31');
    expect(['20250230', '2025-03-31', '', '202503311'].map(readCompactDate)).toEqual([null, null, null, null]);
  });

  it('amounts and rates', () => {
    expect([amountText(-81_500, 'EUR'), amountText(-0, 'EUR'), amountText(1_000, 'JPY')]).toEqual(['-815.00', '0.00', '1000']);
    expect([readAmount('815.00', 'EUR'), readAmount('-0.01', 'EUR'), readAmount('12,50', 'EUR'), readAmount('0.001', 'EUR')]).toEqual([81_500, -1, null, null]); // prettier-ignore
    expect([rateText(1_000_000), rateText(920_000)]).toEqual(['1', '0.92']);
  });
});
