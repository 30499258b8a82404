import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { storedStatement as statement } from '../../../../test/support/stored-statement.js';
import { plainDate } from '../../../kernel/plain-date.js';
import { findGaps } from './find-gaps.js';
import type { StoredStatement } from './stored-statement.js';

/** Kind and last known day of each gap. */
const gaps = (...statements: StoredStatement[]): string[] =>
  findGaps(statements).map(({ kind, knownThrough }) => `${kind} ${knownThrough}`);

describe('what is missing between statements', () => {
  const monday = statement('2026-03-02', 0, 100);
  const tuesday = statement('2026-03-03', 100, 250);
  const friday = statement('2026-03-06', 250, 200);

  it('is nothing while each opens with what the one before closed with, whatever days lie between', () => {
    expect(gaps(monday, tuesday, friday)).toEqual([]);
    expect(gaps()).toEqual([]);
  });

  it('is told once, with the last day before it, and gone when it comes', () => {
    const saturday = statement('2026-03-07', 200, 210);
    expect(gaps(monday, friday, saturday)).toEqual(['missing-statement 2026-03-02']);
    expect(findGaps([monday, friday])[0]?.message).toBe(
      'at least one statement is missing before S-2026-03-06 of 2026-03-06, which opens with 2.50: S-2026-03-02 of 2026-03-02 is the last one before it and closes with 1.00',
    );
  });

  it('is a day that is not known whole when it is missing within the day', () => {
    const late = statement('2026-03-03', 300, 400);
    expect(gaps(monday, tuesday, late)).toEqual(['missing-statement 2026-03-02']);
  });

  it('is seen in the numbers also when the balances meet', () => {
    const numbered = (each: StoredStatement, sequence: number): StoredStatement => ({ ...each, sequence });
    expect(gaps(numbered(monday, 7), numbered(tuesday, 8))).toEqual([]);
    expect(gaps(numbered(monday, 7), numbered(tuesday, 9))).toEqual(['missing-statement 2026-03-02']);
    // A new year, a new count.
    expect(gaps(numbered(monday, 251), numbered(tuesday, 1))).toEqual([]);
    // The number is the day of the year: Wednesday and Thursday, days 63 and 64, had no statement.
    expect(gaps(numbered(tuesday, 62), numbered(friday, 65))).toEqual([]);
    expect(gaps(numbered(tuesday, 26_062), numbered(friday, 26_065))).toEqual([]);
  });

  it('is not hidden by a balance that was the same long ago, nor by two statements that lean on each other', () => {
    const june = statement('2026-06-10', 100, 900);
    expect(gaps(monday, tuesday, june)).toEqual(['missing-statement 2026-03-03']);
    const [there, back] = [statement('2026-03-10', 500, 600), statement('2026-03-10', 600, 500)];
    expect(gaps(monday, tuesday, there, back)).toEqual(['missing-statement 2026-03-03']);
  });

  it('is nothing between days and the month that covers them, or an export that begins inside another', () => {
    const month = statement('2026-03-31', 0, 1_000, { from: plainDate('2026-03-01') });
    expect(gaps(friday, month, tuesday)).toEqual([]);
    const [first, second] = [
      statement('2026-03-07', 0, 70, { from: plainDate('2026-03-01') }),
      statement('2026-03-12', 40, 120, { from: plainDate('2026-03-05') }),
    ];
    expect(gaps(first, second)).toEqual([]);
  });

  it('cannot be said without balances and numbers, and is said by numbers alone', () => {
    const bare = (through: string, sequence: number | null): StoredStatement => statement(through, null, null, { sequence });
    expect(gaps(bare('2026-03-02', null), bare('2026-03-09', null))).toEqual([]);
    expect(gaps(bare('2026-03-02', 1), bare('2026-03-03', 2))).toEqual([]);
    expect(gaps(bare('2026-03-02', 1), bare('2026-03-04', 3))).toEqual(['missing-statement 2026-03-02']);
  });

  it('may be a page', () => {
    const page = (number: number, last: boolean, opening: number, closing: number): StoredStatement =>
      statement('2026-03-02', opening, closing, { page: { number, last }, openingInterim: number > 1, closingInterim: !last });
    expect(gaps(page(1, false, 0, 10), page(2, false, 10, 20), page(3, true, 20, 100), tuesday)).toEqual([]);
    expect(gaps(page(1, false, 0, 10), page(3, true, 20, 100), tuesday)).toEqual(['missing-page 2026-03-01']);
    expect(gaps(page(1, false, 0, 10))).toEqual(['missing-page 2026-03-01']);
    expect(gaps(page(2, true, 10, 100))).toEqual(['missing-page 2026-03-01']);
  });

  it('is not a page of the message, when the statement is whole by its balances', () => {
    expect(gaps({ ...monday, page: { number: 2, last: false } })).toEqual([]);
  });

  it('is the same whatever order they are given in', () => {
    const some = [monday, tuesday, friday, statement('2026-03-10', 1, 2), statement('2026-03-10', 7, 1), statement('2026-03-31', 0, 9)];
    fc.assert(
      fc.property(fc.shuffledSubarray(some), (shuffled) => {
        expect(findGaps(shuffled)).toEqual(findGaps(some.filter((each) => shuffled.includes(each))));
      }),
    );
  });

  it('takes long histories in stride', () => {
    const years = Array.from({ length: 5_000 }, (_, at) => statement('2020-01-01', at, at + 1, { id: String(at), sequence: at }));
    expect(findGaps(years)).toEqual([]);
  });
});
