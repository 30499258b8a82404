import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TWINFIELD } from '../vendor.js';
import { isNews, learned, probeOf, searchFrom, trailPageIn } from './trail.js';

it('finds the end of any trail, gaps and all, in few looks', () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 60 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000 }), gaps, (from, steps) => {
      const sequences: number[] = [];
      for (const step of steps) sequences.push((sequences.at(-1) ?? from) + step);
      const firstFrom = (probe: number): number | null => sequences.find((sequence) => sequence >= probe) ?? null;
      let search = searchFrom(from);
      let looks = 0;
      for (let probe = probeOf(search); probe !== null; probe = probeOf(search)) {
        search = learned(search, probe, firstFrom(probe));
        expect(++looks).toBeLessThan(60);
      }
      // What is left is within one page of the end, and nothing lies behind it.
      const left = sequences.filter((sequence) => sequence >= search.low);
      expect(left.length).toBeLessThanOrEqual(TWINFIELD.trailLimit);
      expect(firstFrom(search.high ?? Infinity)).toBeNull();
    }),
  );
});

it('reads a page, and goes on behind its last event where it does not say', () => {
  const transactionLines = [
    { transactionTypeCode: 'VRK', transactionNumber: '202600318', transactionLineId: 1 },
    { transactionTypeCode: 'BNK', transactionNumber: 202600041, transactionLineId: 2 },
    { transactionTypeCode: 'BNK', transactionNumber: null, transactionLineId: 2 },
  ];
  const event = { sequence: 41, userCode: 'JAN', eventType: 'Match', eventTimestamp: '2026-11-20T08:00:00Z', transactionLines };
  expect(trailPageIn({ events: [event], nextSequenceNumber: 42 }, 0)).toEqual({
    events: [{ sequence: 41, userCode: 'JAN', type: 'Match', at: '2026-11-20T08:00:00Z', lines: ['VRK/202600318/1', 'BNK/202600041/2'] }],
    next: 42,
  });
  expect([trailPageIn({ events: [{ sequence: 41 }] }, 0)?.next, trailPageIn({ events: [] }, 7)?.next]).toEqual([42, 7]);
  expect([trailPageIn('<html/>', 0), trailPageIn({}, 0)]).toEqual([null, null]);
});

it('is news when somebody else did it, when nobody says who, and when there is too much to tell', () => {
  const page = (...users: (string | null)[]) => ({
    events: users.map((userCode, sequence) => ({ sequence, userCode, type: null, at: null, lines: [] })),
    next: users.length,
  });
  const told = [page(), page('API'), page('API', 'JAN'), page(null), page(...Array.from({ length: TWINFIELD.trailLimit }, () => 'API'))];
  expect(told.map((each) => isNews(each, 'API'))).toEqual([false, false, true, true, true]);
});
