import { type Minor, formatAmount } from '../../../kernel/money.js';
import { type PlainDate, addDays, daysBetween, minDate, plainDate, yearOf } from '../../../kernel/plain-date.js';
import { type StoredStatement, sameCount } from './stored-statement.js';
import { type WholeStatement, inOrder, inTime, joinPages, nameOf } from './whole-statement.js';

/** Something missing from what the bank sent; the days after `knownThrough` are not known whole. */
export interface Gap {
  readonly kind: 'missing-statement' | 'missing-page';
  readonly knownThrough: PlainDate;
  readonly message: string;
}

/**
 * What is missing among the statements of one account and currency (without those that were corrected): pages, and statements before which
 * there should be another. Every statement must hang on the first one, over others: see {@link hangsOn}. Depends on the set alone: a gap is
 * gone once what was missing is there.
 */
export function findGaps(statements: readonly StoredStatement[]): Gap[] {
  const ordered = joinPages(statements).toSorted(inTime);
  const chain = new Chain(ordered);
  const gaps: Gap[] = ordered.flatMap(missingPages);
  for (const [at, statement] of ordered.entries()) {
    if (chain.holds(statement)) continue;
    if (at > 0) gaps.push(gapBefore(statement, ordered));
    // What follows it is not missing once more.
    chain.hang(statement);
  }
  return gaps;
}

/** The statements found to hang together. */
class Chain {
  private readonly held = new Set<WholeStatement>();
  private readonly byOpening: Map<Minor | null, WholeStatement[]>;
  private readonly loose: Set<WholeStatement>;
  private readonly firstClosed: PlainDate | null;

  constructor(private readonly all: readonly WholeStatement[]) {
    this.byOpening = Map.groupBy(all, ({ opening }) => opening);
    this.loose = new Set(all);
    const closed = all.flatMap(({ closing, through }) => (closing === null ? [] : [through]));
    this.firstClosed = closed.length === 0 ? null : closed.reduce(minDate);
  }

  holds(statement: WholeStatement): boolean {
    return this.held.has(statement);
  }

  /** Adds a statement and all that hang on it. */
  hang(first: WholeStatement): void {
    const waiting = [first];
    for (let on = waiting.pop(); on !== undefined; on = waiting.pop()) {
      if (this.held.has(on)) continue;
      this.held.add(on);
      this.loose.delete(on);
      // Only balances can be looked up; a long period, and one without balances, has to be held against everything.
      const byBalance = on.closing !== null && on.from === on.through;
      const candidates = byBalance
        ? [on.closing, on.opening, null].flatMap((balance) => this.byOpening.get(balance) ?? [])
        : [...this.loose];
      for (const each of candidates) if (!this.held.has(each) && this.hangsOn(each, on)) waiting.push(each);
    }
  }

  /**
   * A statement hangs on another when it begins with the balance the other closed with, and no number is left out between the two; when it
   * begins with the same balance on the same day; when it begins inside a longer period; when nothing can be compared.
   */
  private hangsOn(statement: WholeStatement, on: WholeStatement): boolean {
    if (isInside(statement, on) || beginsAlike(statement, on)) return true;
    if (on.through > statement.through || on.from > statement.from) return false;
    if (statement.opening !== null && on.closing !== null) {
      return statement.opening === on.closing && !this.somethingBetween(on, statement) && !leavesOutNumber(on, statement);
    }
    if (statement.opening !== null && this.firstClosed !== null && this.firstClosed <= statement.from) return false;
    return on.through <= statement.from && !leavesOutNumber(on, statement);
  }

  /** Then a balance that is the same is so by chance, or through those between. */
  private somethingBetween(before: WholeStatement, after: WholeStatement): boolean {
    if (addDays(before.through, 1) >= after.from) return false;
    return this.all.some(({ from, through }) => from > before.through && through < after.from);
  }
}

function missingPages(statement: WholeStatement): Gap[] {
  const { pages, startsWhole, endsWhole, from } = statement;
  const between = pages.some((page, at) => at > 0 && page !== (pages[at - 1] as number) + 1);
  if (startsWhole && endsWhole && !between) return [];
  return [
    {
      kind: 'missing-page',
      knownThrough: addDays(from, -1),
      message: `of statement ${nameOf(statement)} only ${pages.length === 1 ? 'page' : 'pages'} ${pages.join(', ')} came; ${
        between ? 'a page between them' : startsWhole ? 'the last page' : 'the first page'
      } is missing`,
    },
  ];
}

/** The same day in another format, or in a longer period. */
const beginsAlike = (a: StoredStatement, b: StoredStatement): boolean => a.from === b.from && a.opening !== null && a.opening === b.opening;

/** Begins on a day that a longer statement already covers. */
const isInside = (statement: StoredStatement, other: StoredStatement): boolean =>
  other.from < other.through &&
  other.from <= statement.from &&
  statement.from <= other.through &&
  !(other.from === statement.from && other.through <= statement.through);

/** Numbers begin anew at some banks each year: one that is lower leaves nothing out. */
const leavesOutNumber = (before: StoredStatement, after: StoredStatement): boolean =>
  sameCount(before, after) && (after.sequence ?? 0) > (before.sequence ?? 0) + 1 && !(isNumberedByDay(before) && isNumberedByDay(after));

/** Some banks number a statement by the day of the year ("061", "26061"): days without one are no gap. */
function isNumberedByDay({ sequence, through }: StoredStatement): boolean {
  const dayOfYear = daysBetween(plainDate(`${yearOf(through)}-01-01`), through) + 1;
  return (
    sequence !== null && sequence % 1000 === dayOfYear && [0, yearOf(through), yearOf(through) % 100].includes(Math.floor(sequence / 1000))
  );
}

function gapBefore(statement: WholeStatement, ordered: readonly WholeStatement[]): Gap {
  const earlier = ordered.filter((other) => inTime(other, statement) < 0 && other.through <= statement.through);
  const last = earlier.toSorted((a, b) => inOrder(a.through, b.through) || inTime(a, b)).at(-1);
  const dayBefore = addDays(statement.from, -1);
  const amount = (minor: Minor | null): string => (minor === null ? '' : ` ${formatAmount(minor, statement.currency)}`);
  return {
    kind: 'missing-statement',
    knownThrough: last === undefined ? dayBefore : minDate(last.through, dayBefore),
    message:
      `at least one statement is missing before ${nameOf(statement)} of ${statement.from}, which opens with${amount(statement.opening) || ' nothing'}` +
      (last === undefined
        ? ''
        : `: ${nameOf(last)} of ${last.through} is the last one before it and closes with${amount(last.closing) || ' nothing'}`),
  };
}
