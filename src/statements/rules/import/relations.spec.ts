import { describe, expect, it } from '@jest/globals';
import { storedStatement as statement } from '../../../../test/support/stored-statement.js';
import { plainDate } from '../../../kernel/plain-date.js';
import { relationsOf, supersededBy } from './relations.js';
import type { StoredStatement } from './stored-statement.js';

const apart = (a: StoredStatement, b: StoredStatement, ...others: StoredStatement[]): boolean => {
  const relations = relationsOf([a, b, ...others]);
  expect(relations.apart(b.id, a.id)).toBe(relations.apart(a.id, b.id));
  return relations.apart(a.id, b.id);
};

describe('two statements of a day', () => {
  const morning = statement('2026-03-02', 0, 1_000, { bankId: 'A' });
  const afternoon = statement('2026-03-02', 1_000, 2_000, { bankId: 'B' });

  it('are apart when the one begins where the other ended', () => {
    expect(apart(morning, afternoon)).toBe(true);
  });

  it('are apart over others between them', () => {
    const noon = statement('2026-03-02', 1_000, 1_500);
    const evening = statement('2026-03-02', 1_500, 1_800);
    expect(apart(morning, evening, noon)).toBe(true);
    expect(apart(morning, evening)).toBe(false);
  });

  it('may overlap when they begin alike, or have no balances', () => {
    expect(apart(morning, statement('2026-03-02', 0, 2_000))).toBe(false);
    expect(apart({ ...morning, opening: null, closing: null }, { ...afternoon, opening: null, closing: null })).toBe(false);
  });

  it('may overlap when the one can be a part of the other, though the balances meet', () => {
    // The whole day went 500 up and 500 down again; the part is what went up.
    const whole = statement('2026-03-02', 0, 0, { bankId: 'A', credited: 500, debited: 500 });
    expect(apart(whole, statement('2026-03-02', 0, 500))).toBe(false);
  });

  it('are apart by their numbers also then', () => {
    const whole = statement('2026-03-02', 0, 0, { bankId: 'A', credited: 500, debited: 500, sequence: 7 });
    expect(apart(whole, statement('2026-03-02', 0, 500, { sequence: 8 }))).toBe(true);
    expect(apart(whole, statement('2026-03-02', 0, 500, { sequence: 6 }))).toBe(false);
  });

  it('may overlap when one is a month, for it holds the whole day', () => {
    const month = statement('2026-03-31', 0, 1_000, { from: plainDate('2026-03-01') });
    expect(apart(month, statement('2026-03-31', 1_000, 2_000))).toBe(false);
  });

  it('of other currencies have nothing to do with each other', () => {
    expect(apart(morning, { ...afternoon, currency: 'USD' })).toBe(false);
  });
});

describe('pages', () => {
  const page = (number: number, given: Partial<StoredStatement> = {}): StoredStatement =>
    statement('2026-03-02', number * 100, number * 100 + 100, { page: { number, last: number === 3 }, bankId: 'P', ...given });

  it('of one statement are apart, the same page twice is not', () => {
    expect(apart(page(1), page(3))).toBe(true);
    expect(apart(page(1), { ...page(1), id: 'again', contentHash: 'again', closing: 150 })).toBe(false);
  });

  it('of two statements are not told apart by their numbers', () => {
    expect(apart(page(1), { ...page(2), bankId: 'Q', opening: 5, closing: 6 })).toBe(false);
  });

  it('of MT940 are known by the number of the statement, for each has a reference of its own', () => {
    const swift = { message: 'mt940', sequence: 35, opening: null, closing: null } as const;
    expect(apart(page(1, { ...swift, bankId: 'X' }), page(2, { ...swift, bankId: 'Y' }))).toBe(true);
    expect(apart(page(1, { ...swift, sequence: 36 }), page(2, swift))).toBe(false);
  });
});

describe('versions of a statement', () => {
  const version = (createdAt: string | null, given: Partial<StoredStatement> = {}): StoredStatement =>
    statement('2026-03-02', 0, 1_000, { id: `made ${createdAt}`, contentHash: `made ${createdAt}`, createdAt, ...given });

  it('are superseded by the one the bank made last', () => {
    const versions = [version('2026-03-03T05:00:00Z'), version('2026-03-03T09:00:00Z'), version('2026-03-03T07:00:00Z')];
    expect([...supersededBy(versions)]).toEqual([
      ['made 2026-03-03T05:00:00Z', 'made 2026-03-03T09:00:00Z'],
      ['made 2026-03-03T07:00:00Z', 'made 2026-03-03T09:00:00Z'],
    ]);
  });

  it('stay beside each other when nobody knows which is the later', () => {
    const [a, b] = [version(null), version('2026-03-03T05:00:00Z', { closing: 999 })];
    expect(supersededBy([a, b]).size).toBe(0);
    expect(relationsOf([a, b]).versions(a.id, b.id)).toBe(true);
  });

  it.each([
    ['id', { bankId: 'OTHER' }],
    ['number', { sequence: 9 }],
    ['page', { page: { number: 2, last: true } }],
    ['day', { through: plainDate('2026-03-03') }],
    ['balance it begins with', { opening: 5 }],
    ['format', { message: 'mt940' as const }],
  ])('have the same %s', (_, given) => {
    expect(supersededBy([version('2026-03-03T05:00:00Z'), version('2026-03-03T09:00:00Z', given)]).size).toBe(0);
  });
});

describe('statements whose periods follow each other', () => {
  it('are apart though an entry of the later one was booked on a day of the earlier', () => {
    expect(apart(statement('2026-03-02', 0, 1_000), statement('2026-03-03', 1_000, 2_000))).toBe(true);
  });

  it('may overlap when the balances do not meet, or the later begins before the earlier ends', () => {
    expect(apart(statement('2026-03-02', 0, 1_000), statement('2026-03-03', 1_500, 2_000))).toBe(false);
    // Both hold the 7th, on which money came and went.
    const first = statement('2026-03-07', 0, 70, { from: plainDate('2026-03-01') });
    expect(apart(first, statement('2026-03-12', 70, 120, { from: plainDate('2026-03-07') }))).toBe(false);
  });
});
