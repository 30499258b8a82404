import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EntryFacts } from './entry-facts.js';
import { type Report, mergeReports } from './merge-reports.js';
import type { Relations } from './relations.js';

const FACTS: EntryFacts = {
  servicerReference: null,
  entryReference: null,
  batchReferences: [],
  counterparty: null,
  endToEndId: null,
  text: '',
  parts: 1,
  richness: 0,
};

/** An entry of a statement: what is alike has the same text. */
const report = (
  statementId: string,
  entry: number,
  text: string,
  given: Partial<Report> = {},
  facts: Partial<EntryFacts> = {},
): Report => ({
  statementId,
  entry,
  statementHash: statementId,
  message: 'camt.053',
  superseded: false,
  likeness: JSON.stringify([text, facts]),
  facts: { ...FACTS, text, richness: text === '' ? 0 : 1, ...facts },
  ...given,
});

/** Pairs of statements that are provably apart, and that are versions. */
const relations = (apart: readonly string[] = [], versions: readonly string[] = []): Relations => ({
  apart: (a, b) => apart.includes(`${a}${b}`) || apart.includes(`${b}${a}`),
  versions: (a, b) => versions.includes(`${a}${b}`) || versions.includes(`${b}${a}`),
});

/** Each booking as the statements that report it. */
const merged = (reports: readonly Report[], known = relations()): string[] =>
  mergeReports(reports, known)
    .map(({ reports: of }) =>
      of
        .map(({ statementId, entry }) => `${statementId}${entry}`)
        .sort()
        .join(' '),
    ) // prettier-ignore
    .sort();

describe('reports of the same amount on the same day', () => {
  it('of one statement are all real, also when they are alike', () => {
    expect(merged([report('A', 0, 'x'), report('A', 1, 'x')])).toEqual(['A0', 'A1']);
  });

  it('of two statements are one booking when alike; the larger number counts', () => {
    expect(merged([report('A', 0, 'x'), report('B', 0, 'x'), report('B', 1, 'x')])).toEqual(['A0 B0', 'B1']);
  });

  it('of statements that are apart add up, also beside one that covers both', () => {
    const parts = [report('A', 0, 'x'), report('B', 0, 'x')];
    expect(merged(parts, relations(['AB']))).toEqual(['A0', 'B0']);
    expect(merged([...parts, report('M', 0, 'x'), report('M', 1, 'x')], relations(['AB']))).toEqual(['A0 M0', 'B0 M1']);
  });

  it('are two bookings when something both know differs', () => {
    const known = (name: keyof EntryFacts, a: unknown, b: unknown): string[] =>
      merged([report('A', 0, '', {}, { [name]: a }), report('B', 0, '', {}, { [name]: b })]);
    expect(known('servicerReference', 'R1', 'R2')).toEqual(['A0', 'B0']);
    expect(known('counterparty', 'NL12PROF0000000017', 'NL87PROF0000000025')).toEqual(['A0', 'B0']);
    expect(known('endToEndId', 'E1', 'E2')).toEqual(['A0', 'B0']);
    expect(known('text', 'FACTUUR1', 'FACTUUR2')).toEqual(['A0', 'B0']);
    expect(known('servicerReference', 'R1', null)).toEqual(['A0 B0']);
  });

  it('are doubtful as one when they are not alike, but not when one only divides the booking', () => {
    const doubtful = (a: Report, b: Report): boolean[] => mergeReports([a, b], relations()).map((booking) => booking.doubtful);
    expect(doubtful(report('A', 0, 'x'), report('B', 0, ''))).toEqual([true]);
    expect(doubtful(report('A', 0, 'x'), report('B', 0, 'x'))).toEqual([false]);
    expect(doubtful(report('A', 0, '', {}, { parts: 3 }), report('B', 0, ''))).toEqual([false]);
    expect(doubtful(report('A', 0, 'x', { message: 'mt940' }), report('B', 0, ''))).toEqual([false]);
  });

  it('of MT940 and CAMT are one whatever references they have; those with most in common find each other', () => {
    const swift = { message: 'mt940' as const };
    expect(
      merged([
        report('A', 0, 'FACTUUR1', {}, { servicerReference: 'R1' }),
        report('S', 0, 'FACTUUR2', swift, { servicerReference: 'X1' }),
        report('S', 1, 'FACTUUR1', swift, { servicerReference: 'X2' }),
      ]),
    ).toEqual(['A0 S1', 'S0']);
  });

  it('of a corrected statement make no booking, but tell about those that hold', () => {
    const old = { superseded: true };
    expect(merged([report('A', 0, 'x', old), report('A', 1, 'x', old), report('B', 0, 'y')], relations([], ['AB']))).toEqual(['A0 B0']);
    expect(merged([report('A', 0, 'x', old)])).toEqual([]);
    // What the later version says holds, though the former says as much.
    const [booking] = mergeReports([report('A', 0, 'x', old), report('B', 0, 'y')], relations([], ['AB']));
    expect(booking?.content.facts.text).toBe('y');
  });
});

describe('notifications (camt.054)', () => {
  const details = { message: 'camt.054' as const };
  const batch = (statement: string, entry: number, facts: Partial<EntryFacts>): Report => report(statement, entry, '', {}, facts);
  const notified = (statement: string, entry: number, facts: Partial<EntryFacts>): Report =>
    report(statement, entry, 'x', details, { parts: 3, ...facts });

  it('explain the booking with the same reference of the bank, else of the batch', () => {
    expect(merged([batch('A', 0, { servicerReference: 'R1' }), notified('N', 0, { servicerReference: 'R1' })])).toEqual(['A0 N0']);
    expect(
      merged([batch('A', 0, { batchReferences: ['M'] }), notified('N', 0, { servicerReference: 'R1', batchReferences: ['M'] })]),
    ).toEqual(['A0 N0']);
    expect(merged([batch('A', 0, { servicerReference: 'R2', batchReferences: ['M'] }), notified('N', 0, { servicerReference: 'R1', batchReferences: ['M'] })])).toEqual(['A0']); // prettier-ignore
    expect(merged([batch('A', 0, {}), notified('N', 0, {})])).toEqual(['A0']);
    expect(merged([notified('N', 0, { servicerReference: 'R1' })])).toEqual([]);
  });

  it('explain one booking each, and copies of them the same one', () => {
    const same = { servicerReference: 'R1' };
    const bookings = [batch('A', 0, same), batch('A', 1, same)];
    expect(merged([...bookings, notified('N', 0, same), notified('O', 0, same)])).toEqual(['A0 N0 O0', 'A1']);
    expect(merged([...bookings, notified('N', 0, same), notified('N', 1, same)])).toEqual(['A0 N0', 'A1 N1']);
  });

  it('give the booking its payments', () => {
    const [booking] = mergeReports(
      [batch('A', 0, { servicerReference: 'R1', richness: 5 }), notified('N', 0, { servicerReference: 'R1' })],
      relations(),
    );
    expect(booking?.content.statementId).toBe('N');
  });
});

describe('the bookings behind reports', () => {
  const any = fc
    .array(
      fc.record({
        statement: fc.constantFrom('A', 'B', 'C', 'D'),
        text: fc.constantFrom('', 'FACTUUR', 'FACTUUR1', 'HUUR'),
        reference: fc.constantFrom(null, 'R1', 'R2'),
      }),
      { maxLength: 10 },
    )
    .map((entries) =>
      entries.map(({ statement, text, reference }, at) =>
        report(statement, at, text, statement === 'D' ? { message: 'camt.054' } : {}, { servicerReference: reference }),
      ),
    );
  const known = relations(['AB']);

  it('are the same whatever order the reports come in', () => {
    fc.assert(
      fc.property(any, fc.infiniteStream(fc.nat()), (reports, places) => {
        const shuffled = reports
          .map((each) => ({ each, place: places.next().value as number }))
          .sort((a, b) => a.place - b.place)
          .map(({ each }) => each);
        expect(mergeReports(shuffled, known)).toEqual(mergeReports(reports, known));
      }),
    );
  });

  it('hold every report of a statement once, and no two of one statement or of two that are apart', () => {
    fc.assert(
      fc.property(any, (reports) => {
        const bookings = mergeReports(reports, known);
        const held = bookings.flatMap((booking) => booking.reports);
        expect(new Set(held).size).toBe(held.length);
        expect(held.filter(({ message }) => message !== 'camt.054')).toHaveLength(
          reports.filter(({ message }) => message !== 'camt.054').length,
        );
        for (const { reports: of } of bookings) {
          const statements = of.map(({ statementId }) => statementId);
          expect(new Set(statements).size).toBe(statements.length);
          expect(statements.includes('A') && statements.includes('B')).toBe(false);
        }
      }),
    );
  });

  it('are never fewer than the largest of the statements reports', () => {
    fc.assert(
      fc.property(any, (reports) => {
        const counts = Map.groupBy(reports.filter(({ message }) => message !== 'camt.054'), ({ statementId }) => statementId); // prettier-ignore
        const largest = Math.max(0, ...[...counts.values()].map(({ length }) => length));
        expect(mergeReports(reports, known).length).toBeGreaterThanOrEqual(largest);
      }),
    );
  });
});
