import type { Allocation, LineOutcome } from '../../../src/matching/rules/vocabulary.js';
import { type TruthByPlace, placeKey } from './camt.js';
import type { Truth } from './payments.js';

/** Figures of one run, as the issue asks for them. Shares are percentages. */
export interface Score {
  readonly lines: number;
  /** Of the lines booked without a person, those that are right. */
  readonly precision: number;
  /** Of the lines a careful person would book without asking, those that were booked. */
  readonly booked: number;
  /** Of the receipts for open items, those that are right when the first proposal counts too. */
  readonly first: number;
  /** Of the proposals for receipts, those whose first is right. */
  readonly firstOfProposed: number;
  readonly classes: readonly ClassScore[];
  readonly calibration: readonly CalibrationRow[];
  readonly rated: readonly Rated[];
}

export interface ClassScore {
  readonly class: string;
  readonly lines: number;
  readonly matched: number;
  readonly proposed: number;
  readonly rightFirst: number;
  readonly wrong: number;
}

/** Lines given a confidence in the range, and how many of them were right. */
export interface CalibrationRow {
  readonly from: number;
  readonly lines: number;
  readonly claimed: number;
  readonly right: number;
}

const percent = (part: number, whole: number): number => (whole === 0 ? 100 : (100 * part) / whole);

const BANDS = [0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.97, 0.99, 1.01];

/** A line with its outcome and truth. */
interface Rated {
  readonly outcome: LineOutcome;
  readonly truth: Truth;
  readonly right: boolean;
}

export function scoreOf(outcomes: readonly LineOutcome[], truths: TruthByPlace): Score {
  return scoreOfRated(
    outcomes.map((outcome) => {
      const { statementIndex, entry, transaction } = outcome.line.place;
      const truth = truths.get(placeKey(statementIndex, entry, transaction)) as Truth;
      return { outcome, truth, right: sameAllocations(outcome.allocations, truth.allocations) };
    }),
  );
}

/** Several runs as one. */
export const summed = (scores: readonly Score[]): Score => scoreOfRated(scores.flatMap(({ rated }) => rated));

function scoreOfRated(rated: readonly Rated[]): Score {
  const isMatched = ({ outcome }: Rated): boolean => outcome.outcome === 'matched';
  const matched = rated.filter(isMatched);
  const bookable = rated.filter(({ truth }) => truth.bookable);
  const receipts = rated.filter(({ truth }) => truth.receipt);
  const proposed = receipts.filter(({ outcome }) => outcome.outcome === 'proposed');
  const right = (lines: readonly Rated[]): number => lines.filter((line) => line.right).length;
  return {
    lines: rated.length,
    precision: percent(right(matched), matched.length),
    booked: percent(bookable.filter(isMatched).length, bookable.length),
    first: percent(right(receipts), receipts.length),
    firstOfProposed: percent(right(proposed), proposed.length),
    classes: classesOf(rated, isMatched),
    calibration: calibrationOf(rated.filter(({ outcome }) => outcome.outcome === 'matched' || outcome.outcome === 'proposed')),
    rated,
  };
}

const classesOf = (rated: readonly Rated[], isMatched: (line: Rated) => boolean): ClassScore[] =>
  [...Map.groupBy(rated, ({ truth }) => truth.class)]
    .map(([name, lines]) => ({
      class: name,
      lines: lines.length,
      matched: lines.filter(isMatched).length,
      proposed: lines.filter(({ outcome }) => outcome.outcome === 'proposed').length,
      rightFirst: lines.filter(({ right }) => right).length,
      wrong: lines.filter((line) => isMatched(line) && !line.right).length,
    }))
    .sort((a, b) => b.lines - a.lines);

function calibrationOf(claims: readonly Rated[]): CalibrationRow[] {
  return BANDS.slice(0, -1).flatMap((from, at) => {
    const inBand = claims.filter(({ outcome }) => outcome.confidence >= from && outcome.confidence < (BANDS[at + 1] as number));
    if (inBand.length === 0) return [];
    const claimed = inBand.reduce((sum, { outcome }) => sum + outcome.confidence, 0) / inBand.length;
    return [{ from, lines: inBand.length, claimed, right: percent(inBand.filter(({ right }) => right).length, inBand.length) }];
  });
}

function sameAllocations(given: readonly Allocation[], truth: Truth['allocations']): boolean {
  const cents = new Map(given.map(({ invoiceId, amount }) => [invoiceId, amount]));
  return cents.size === truth.length && truth.every(([id, amount]) => cents.get(id) === amount);
}
