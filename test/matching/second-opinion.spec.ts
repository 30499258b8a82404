import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseBook } from '../../src/ledger/rules/book-json.js';
import type { Book } from '../../src/ledger/rules/book.js';
import { bankLinesOf } from '../../src/matching/rules/lines.js';
import { matchStatements } from '../../src/matching/rules/match.js';
import type { BankLine, LineOutcome } from '../../src/matching/rules/vocabulary.js';
import { collectStatements } from '../../src/statements/collect.js';
import { period } from '../benchmarks/matching/second-opinion/mix.js';
import { type Mix, office } from '../benchmarks/matching/second-opinion/office.js';
import { book as bookOf, statements } from '../benchmarks/matching/second-opinion/paper.js';
import { secondOpinion } from '../benchmarks/matching/second-opinion/run.js';
import { right, verdict } from '../benchmarks/matching/second-opinion/verdict.js';

const anySeed = fc.nat(100_000);
const anyMix = fc.constantFrom<Mix>('ordinary', 'hard');

/** An office of thirty firms with some sixty bookings, as matching gets it. */
async function given(seed: number, mix: Mix): Promise<{ book: Book; lines: BankLine[] }> {
  const made = office(seed, mix, 30);
  const { files } = statements(made, period(made, seed, 60), seed);
  const read = await Promise.all(files.map((xml, at) => collectStatements(`${at}.xml`, [Buffer.from(xml)])));
  return { book: parseBook(bookOf(made)), lines: read.flatMap((reading) => bankLinesOf(reading)) };
}

const told = (outcomes: readonly LineOutcome[]): unknown =>
  outcomes.map(({ line: { key }, returnOf, ...rest }) => ({ key, returnOf: returnOf?.key, ...rest }));
/** Always the same shuffle of a list of one length: it is the other order that matters. */
const shuffled = <T>(list: readonly T[], seed: number): T[] =>
  list
    .map((item, at) => ({ item, place: Math.imul(at + 1, 2_654_435_761 ^ seed) >>> 0 }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);

describe('on the books and statements of the second generator', () => {
  it('allocates every cent or leaves it visibly, and gives no invoice more than it has open', async () => {
    await fc.assert(
      fc.asyncProperty(anySeed, anyMix, async (seed, mix) => {
        const { book, lines } = await given(seed, mix);
        const { outcomes } = matchStatements(book, lines);
        expect(outcomes.map(({ line }) => line.key)).toEqual(lines.map(({ key }) => key));
        const taken = new Map<string, number>();
        for (const { line, allocations, remainder, outcome } of outcomes) {
          expect(allocations.reduce((sum, { amount }) => sum + amount, 0) + remainder.amount).toBe(line.amount);
          if (outcome !== 'matched') continue;
          for (const { invoiceId, amount } of allocations) taken.set(invoiceId, (taken.get(invoiceId) ?? 0) + amount);
        }
        for (const { id, open } of book.invoices) expect(Math.abs(taken.get(id) ?? 0)).toBeLessThanOrEqual(Math.abs(open));
      }),
      { numRuns: 25 },
    );
  });

  it('says the same of a shuffled book, and the same again', async () => {
    await fc.assert(
      fc.asyncProperty(anySeed, anyMix, async (seed, mix) => {
        const { book, lines } = await given(seed, mix);
        const first = told(matchStatements(book, lines).outcomes);
        expect(told(matchStatements(book, lines).outcomes)).toEqual(first);
        const other = {
          ...book,
          debtors: shuffled(book.debtors, seed),
          invoices: shuffled(book.invoices, seed),
          payments: shuffled(book.payments, seed),
        };
        expect(told(matchStatements(other, lines).outcomes)).toEqual(first);
      }),
      { numRuns: 15 },
    );
  });

  it('finds by a reference what it found, whatever other debtors owe beside it', async () => {
    await fc.assert(
      fc.asyncProperty(anySeed, anyMix, async (seed, mix) => {
        const { book, lines } = await given(seed, mix);
        const others = (await given(seed + 1, mix)).book;
        const strange = {
          debtors: others.debtors.map((debtor) => ({ ...debtor, id: `x-${debtor.id}`, ibans: [] })),
          invoices: others.invoices.map((invoice) => ({
            ...invoice,
            id: `x-${invoice.id}`,
            debtorId: `x-${invoice.debtorId}`,
            paymentReference: null,
          })),
        };
        const wider = { ...book, debtors: [...book.debtors, ...strange.debtors], invoices: [...book.invoices, ...strange.invoices] };
        const { outcomes } = matchStatements(wider, lines);
        matchStatements(book, lines).outcomes.forEach((outcome, at) => {
          if (outcome.line.references.length === 0 || outcome.outcome !== 'matched') return;
          expect(outcomes[at]).toMatchObject({ outcome: 'matched', allocations: outcome.allocations });
        });
      }),
      { numRuns: 15 },
    );
  });

  it('books hardly anything wrong and little of what is sure goes to a person, in a small sample of the benchmark', async () => {
    const cases = [
      ...(await secondOpinion(51, 'ordinary', { firms: 120, lines: 200 })),
      ...(await secondOpinion(52, 'hard', { firms: 120, lines: 200 })),
    ];
    const { matched, matchedRight, sure, sureMatched, unbalanced } = verdict(cases);
    expect(matched - matchedRight).toBe(0);
    expect(sureMatched / sure).toBeGreaterThan(0.97);
    expect(unbalanced).toBe(0);
    expect(cases.filter(({ truth }) => truth.undoes !== undefined).every(right)).toBe(true);
  });
});
