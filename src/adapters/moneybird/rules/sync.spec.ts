import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCursor, writeCursor } from './refs.js';
import { type Listed, afterBatch, batches, hasChanged, planSync, readList } from './sync.js';

const NOTHING = { brought: {}, leftOut: {} };
const at = (second: number): Date => new Date(second * 1_000);

describe('planSync', () => {
  it('fetches what is new or has another version, oldest first, and holds back what is missing', () => {
    const known = { brought: { '100': 50, '200': 50, '300': 50 }, leftOut: { '400': 50, '500': 50 } };
    const listed = [
      { id: '1000', version: 90 },
      { id: '400', version: 51 },
      { id: '300', version: 49 },
      { id: '200', version: 50 },
    ];
    expect(planSync(known, listed)).toEqual({ fetch: ['300', '400', '1000'], missing: ['100', '500'] });
  });
});

describe('afterBatch', () => {
  it('remembers versions, and forgets one that may hide a change in its own second', () => {
    const fetched = [
      { record: { id: '1', version: 997 }, brought: true },
      { record: { id: '2', version: 998 }, brought: true },
      { record: { id: '3', version: 1_000 }, brought: false },
    ];
    // Fetched at 1000: an edit in second 998 or later may still be answered with the same version.
    expect(afterBatch(NOTHING, fetched, [], at(1_000))).toEqual({ brought: { '1': 997, '2': 0 }, leftOut: { '3': 0 } });
  });

  it('moves a record between what was brought and left out, and drops what is gone', () => {
    const known = { brought: { '1': 5, '2': 5 }, leftOut: { '3': 5 } };
    const after = afterBatch(known, [{ record: { id: '3', version: 6 }, brought: true }], ['1'], at(1_000));
    expect(after).toEqual({ brought: { '2': 5, '3': 6 }, leftOut: {} });
  });
});

describe('the bookkeeping of a synchronization', () => {
  it('ends with everything known, after any list', () => {
    const lists = fc.uniqueArray(
      fc.record({ id: fc.bigInt({ min: 1n, max: 10n ** 18n }).map(String), version: fc.integer({ min: 1, max: 900 }) }),
      {
        selector: ({ id }) => id,
      },
    );
    fc.assert(
      fc.property(lists, lists, (before, now) => {
        const bring = (known: typeof NOTHING, list: readonly Listed[]) => {
          const plan = planSync(known, list);
          const wanted = new Set(plan.fetch);
          const fetched = list.filter(({ id }) => wanted.has(id)).map((record) => ({ record: { ...record }, brought: true }));
          return afterBatch(known, fetched, plan.missing, at(1_000));
        };
        const known = bring(bring(NOTHING, before), now);
        expect(planSync(known, now)).toEqual({ fetch: [], missing: [] });
        expect(Object.keys(known.brought).sort()).toEqual(now.map(({ id }) => id).sort());
      }),
    );
  });

  it('survives being stored as JSON', () => {
    const known = { contacts: NOTHING, sales_invoices: { brought: { '7': 1 }, leftOut: {} }, external_sales_invoices: NOTHING };
    expect(readCursor(JSON.parse(JSON.stringify(writeCursor(known))))).toEqual(known);
    expect(() => readCursor({ format: 'exact-online/1' })).toThrow('not a cursor of the Moneybird adapter');
  });
});

describe('readList', () => {
  it('takes ids as text and versions as numbers or text, and passes by what is no line', () => {
    const list = [{ id: '497001240817632145', version: 1790759561 }, { id: '2', version: '3' }, { id: null, version: 1 }, { id: '4' }, 'x'];
    expect(readList(list)).toEqual([
      { id: '497001240817632145', version: 1790759561 },
      { id: '2', version: 3 },
    ]);
    expect(readList({ error: 'x' })).toEqual([]);
  });
});

describe('hasChanged', () => {
  it('compares with what is known, brought or left out', () => {
    const known = { brought: { '1': 5 }, leftOut: { '2': 5 } };
    expect(hasChanged(known, { id: '1', version: 5 })).toBe(false);
    expect(hasChanged(known, { id: '2', version: 6 })).toBe(true);
    expect(hasChanged(known, { id: '3', version: 5 })).toBe(true);
  });
});

describe('batches', () => {
  it('cuts at the hundred a call answers', () => {
    const ids = Array.from({ length: 250 }, (_, at) => String(at));
    expect([...batches(ids)].map((part) => part.length)).toEqual([100, 100, 50]);
    expect([...batches([])]).toEqual([]);
  });
});
