import { type Minor, scale, sum } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { DIFFERENCES, DIFFERENCE_ACCOUNT, type OfficeBooks, RECEIVABLE_ACCOUNT } from './books.js';
import { addTransaction, deleteTransaction } from './entries.js';
import type { LineRow, MatchEvent, MatchSet, MatchStatus, MatchedLine } from './records.js';

/** A line in a set to come. Values have the sign of the line. */
export interface LineToMatch {
  readonly line: LineRow;
  /** Default: all that is open. */
  readonly value?: Minor;
  /** The part of the value nobody pays: booked as a matching difference. */
  readonly writeOff?: Minor;
}

export interface SetToMatch {
  readonly date: PlainDate;
  readonly lines: readonly LineToMatch[];
  readonly userCode?: string;
}

export const statusOf = ({ open, notMatchable, payRun }: LineRow): MatchStatus => {
  if (notMatchable) return 'notmatchable';
  if (open === 0) return 'matched';
  return payRun === null ? 'available' : 'proposed';
};

export const valueToMatch = ({ line, value }: LineToMatch): Minor => value ?? line.open;

/** What is left of a set: it can be made when this is 0. */
export const remainderOf = (lines: readonly LineToMatch[]): Minor =>
  sum(lines.map((each) => valueToMatch(each) - (each.writeOff ?? 0))) || 0;

/**
 * Settles lines of a customer against each other. The caller saw to it that they are available, of one currency, and come to nothing.
 * Write-offs, and what exchange rates leave over, are booked in the daybook of matching differences and settled along.
 */
export function matchLines(books: OfficeBooks, { date, lines, userCode = books.userCode }: SetToMatch, at: Date): MatchSet {
  const [first] = lines;
  const customer = first?.line.dim2;
  if (!first || !customer) throw new Error('a set needs lines of a customer');
  if (remainderOf(lines) !== 0) throw new Error(`the set leaves ${remainderOf(lines)}`);
  const given = lines.map((each) => partOf(each));
  const written = lines.flatMap((each) =>
    each.writeOff ? [differenceOf(books, each.line, -each.writeOff, writtenBase(each), date, at)] : [],
  );
  const base = sum([...given, ...written].map((part) => part.base));
  const exchange = base === 0 ? [] : [differenceOf(books, first.line, 0, -base, date, at)];
  const set: MatchSet = {
    id: books.guid(),
    customer,
    number: books.count(`match ${customer}`),
    date,
    lines: [...given, ...written, ...exchange],
  };
  for (const { line, value, base: lineBase } of set.lines) {
    line.open -= value;
    line.openBase -= lineBase;
    line.sets.push(set);
    if (books.switches.matchMovesModified) line.modifiedAt = at;
  }
  books.setsOf(customer).push(set);
  tell(books, 'Match', set, userCode, at);
  return set;
}

/** Undoes a set; the differences it was settled with go, and what they settled is open again. */
export function undoMatch(books: OfficeBooks, set: MatchSet, at: Date, userCode = books.userCode): void {
  const sets = books.setsOf(set.customer);
  if (!sets.includes(set)) throw new Error(`set ${set.number} of ${set.customer} does not stand`);
  sets.splice(sets.indexOf(set), 1);
  for (const { line, value, base } of set.lines) {
    line.open += value;
    line.openBase += base;
    line.sets = line.sets.filter((other) => other !== set);
    if (books.switches.matchMovesModified) line.modifiedAt = at;
    if (line.transaction.code === DIFFERENCES)
      deleteTransaction(books, line.transaction, { at, reason: 'Afletteren ongedaan gemaakt', userCode });
  }
  tell(books, 'UndoMatch', set, userCode, at);
}

/** The newest settlement date among the sets a line is in. */
export const matchDateOf = ({ sets }: LineRow): PlainDate | null =>
  sets
    .map(({ date }) => date)
    .sort()
    .at(-1) ?? null;

const partOf = (each: LineToMatch): MatchedLine => {
  const value = valueToMatch(each);
  return { line: each.line, value, base: baseOf(each.line, value) };
};

/** The part of what is open in the office's currency. */
const baseOf = ({ open, openBase }: LineRow, value: Minor): Minor => scale(openBase, Math.abs(value), Math.abs(open));
const writtenBase = ({ line, writeOff = 0 }: LineToMatch): Minor => -baseOf(line, writeOff);

/** A booking of the difference on the customer, ready to be settled. */
function differenceOf(
  books: OfficeBooks,
  { dim2, transaction }: LineRow,
  value: Minor,
  baseValue: Minor,
  date: PlainDate,
  at: Date,
): MatchedLine {
  const { currency, rateMicro } = transaction;
  const booked = addTransaction(
    books,
    {
      code: DIFFERENCES,
      date,
      currency,
      rateMicro,
      origin: 'match',
      lines: [
        { type: 'detail', dim1: RECEIVABLE_ACCOUNT, dim2, value, baseValue },
        { type: 'detail', dim1: DIFFERENCE_ACCOUNT, value: -value || 0, baseValue: -baseValue || 0 },
      ],
    },
    at,
  );
  const [line] = booked.lines;
  if (!line) throw new Error('a transaction without lines');
  return { line, value, base: baseValue };
}

function tell(books: OfficeBooks, type: MatchEvent['type'], set: MatchSet, userCode: string, at: Date): void {
  books.events.push({ sequence: books.nextSequence(), at, id: books.guid(), type, userCode, set });
}
