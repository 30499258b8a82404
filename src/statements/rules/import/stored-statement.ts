import type { Minor } from '../../../kernel/money.js';
import { type PlainDate, maxDate, minDate } from '../../../kernel/plain-date.js';
import type { Page, StatementMessage, StatementTotals } from '../statement.js';

/** A statement as the ledger keeps it, or one page of it: what tells which statements copy, correct and follow each other. */
export interface StoredStatement {
  readonly id: string;
  readonly message: StatementMessage;
  readonly currency: string;
  readonly bankId: string | null;
  /** `ElctrncSeqNb`, else `LglSeqNb`, when it is a number. */
  readonly sequence: number | null;
  readonly page: Page | null;
  /** The period, as {@link periodOf} finds it. */
  readonly from: PlainDate;
  readonly through: PlainDate;
  readonly opening: Minor | null;
  readonly closing: Minor | null;
  /** Sums of the booked entries, without sign. */
  readonly credited: Minor;
  readonly debited: Minor;
  /** The balance belongs to a page, not to the statement (`INTM`). */
  readonly openingInterim: boolean;
  readonly closingInterim: boolean;
  readonly reconciles: boolean | null;
  /** ISO 8601 in UTC: two compare as text. */
  readonly createdAt: string | null;
  readonly contentHash: string;
}

/**
 * The days a statement speaks of: as the bank says it, else from its balances and its booked entries. An entry may be booked on a day before
 * the period (the weekend, in Monday's statement), and some banks date the opening on the day before: the later of the two is the first day.
 * Null when nothing says a day; `made` is the day the message was made.
 */
export function periodOf(
  { period, opening, closing, createdAt }: Pick<StatementTotals, 'period' | 'opening' | 'closing' | 'createdAt'>,
  entries: { readonly first: PlainDate | null; readonly last: PlainDate | null },
  made: string | null,
): { readonly from: PlainDate; readonly through: PlainDate } | null {
  const written = createdAt ?? made;
  const through = closing?.date ?? period.to ?? entries.last ?? (written === null ? null : (written.slice(0, 10) as PlainDate));
  if (through === null) return null;
  const first = entries.first === null ? through : maxDate(entries.first, opening?.date ?? entries.first);
  return { from: minDate(period.from ?? first, through), through };
}

/** Reports of one family write a booking alike. */
export const sameFamily = (a: Pick<StoredStatement, 'message'>, b: Pick<StoredStatement, 'message'>): boolean =>
  (a.message === 'mt940') === (b.message === 'mt940');

/** The number of a statement; null for what is none ("2026/61", "A12") or too long to count with. */
export function sequenceOf({
  electronicSequence,
  legalSequence,
}: Pick<StatementTotals, 'electronicSequence' | 'legalSequence'>): number | null {
  const text = electronicSequence ?? legalSequence ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/**
 * Whether the numbers of two statements belong to one count. Months and days of an account are counted apart, as are formats; a
 * number that does not change counts nothing.
 */
export const sameCount = (a: StoredStatement, b: StoredStatement): boolean =>
  a.sequence !== null &&
  b.sequence !== null &&
  a.sequence !== b.sequence &&
  sameFamily(a, b) &&
  (a.from === a.through) === (b.from === b.through);
