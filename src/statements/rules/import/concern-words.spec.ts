import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import { concernWords } from './concern-words.js';

describe('what a person is told of a concern', () => {
  it.each([
    ['split-refused', 'stays'],
    ['taken-as-one', 'please check'],
    ['worked-twice', 'undo one of the two'],
    ['withdrawn-but-worked', 'please undo that'],
  ] as const)('%s names the booking and what to do', (kind, what) => {
    const words = concernWords(kind, { day: plainDate('2026-03-02'), amount: 152_600, currency: 'EUR' });
    expect(words).toContain('1526.00 EUR of 2026-03-02');
    expect(words).toContain(what);
  });
});
