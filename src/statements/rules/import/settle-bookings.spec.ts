import { describe, expect, it } from '@jest/globals';
import type { Booking } from './merge-reports.js';
import { type KnownReport, type LedgerBooking, settleBookings } from './settle-bookings.js';

const report = (statementId: string, bookingId: string, given: Partial<KnownReport> = {}, parts = 1): KnownReport => ({
  statementId,
  entry: 0,
  statementHash: statementId,
  message: 'camt.053',
  superseded: false,
  likeness: `L-${statementId}`,
  facts: {
    servicerReference: null,
    entryReference: null,
    batchReferences: [],
    counterparty: null,
    endToEndId: null,
    text: '',
    parts,
    richness: 0,
  },
  bookingId,
  ...given,
});
const booking = (...reports: [KnownReport, ...KnownReport[]]): Booking<KnownReport> => ({
  reports,
  content: reports.at(-1) as KnownReport,
  doubtful: false,
});
const held = (...of: [string, Partial<LedgerBooking>][]): Map<string, LedgerBooking> =>
  new Map(of.map(([id, given]) => [id, { likeness: 'L-A', parts: 1, worked: false, ...given }]));

const settle = (bookings: Booking<KnownReport>[], ledger: Map<string, LedgerBooking>, corrected: KnownReport[] = []) => {
  const { reassigned, removed, written, enriched, concerns } = settleBookings(
    bookings,
    [...bookings.flatMap(({ reports }) => reports), ...corrected],
    ledger,
    () => 'new',
  );
  return {
    reassigned: reassigned.map(({ statementId, bookingId }) => `${statementId}→${bookingId}`),
    removed,
    written: written.map(({ bookingId, content, home }) => `${bookingId} from ${content.statementId} at ${home}`),
    enriched: enriched.map(({ bookingId }) => bookingId),
    concerns: concerns.map(({ kind }) => kind),
  };
};
const NOTHING = { reassigned: [], removed: [], written: [], enriched: [], concerns: [] };

describe('bringing the ledger to the bookings', () => {
  const [a, b] = [report('A', 'a'), report('B', 'b')];

  it('writes what it does not hold, and joins copies to what it holds', () => {
    expect(settle([booking(a)], held())).toEqual({ ...NOTHING, written: ['a from A at A'] });
    expect(settle([booking(b, a)], held(['a', {}]))).toEqual({ ...NOTHING, reassigned: ['B→a'] });
    expect(settle([booking(a)], held(['a', {}]))).toEqual(NOTHING);
  });

  it('writes lines anew from a report that tells more, at the statement that booked it', () => {
    const details = report('N', 'n', { message: 'camt.054' }, 3);
    expect(settle([booking(a, details)], held(['a', {}]))).toEqual({
      ...NOTHING,
      reassigned: ['N→a'],
      removed: ['a'],
      written: ['a from N at A'],
    });
  });

  it('leaves a line that was worked and says that it was not split', () => {
    const details = report('N', 'a', { message: 'camt.054' }, 3);
    expect(settle([booking(a, details)], held(['a', { worked: true }]))).toEqual({
      ...NOTHING,
      enriched: ['a'],
      concerns: ['split-refused'],
    });
    // Told more without another division: nothing to be said.
    expect(settle([booking(a, report('B', 'a'))], held(['a', { worked: true }]))).toEqual({ ...NOTHING, enriched: ['a'] });
  });

  it('makes one of two bookings that turn out to be one, and keeps the one that was worked', () => {
    const two = held(['a', {}], ['b', { worked: true, likeness: 'L-B' }]);
    expect(settle([booking(a, b)], two)).toEqual({ ...NOTHING, reassigned: ['A→b'], removed: ['a'] });
    const both = held(['a', { worked: true }], ['b', { worked: true, likeness: 'L-B' }]);
    expect(settle([booking(a, b)], both).concerns).toContain('worked-twice');
    expect(settle([booking(a, b)], both).removed).toEqual([]);
  });

  it('takes back what a correction no longer has, unless it was worked', () => {
    const old = report('O', 'o', { superseded: true });
    expect(settle([], held(['o', {}]), [old])).toEqual({ ...NOTHING, removed: ['o'] });
    expect(settle([], held(['o', { worked: true }]), [old])).toEqual({ ...NOTHING, concerns: ['withdrawn-but-worked'] });
  });

  it('never gives two bookings one id', () => {
    // Both were taken for one booking until a statement between them came.
    const parted = [booking(a), booking(report('B', 'a'))];
    expect(settle(parted, held(['a', {}]))).toEqual({ ...NOTHING, reassigned: ['B→new'], written: ['new from B at B'] });
  });
});
