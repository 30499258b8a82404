import { type Minor, formatAmount } from '../../../kernel/money.js';
import { type PlainDate, addDays } from '../../../kernel/plain-date.js';
import type { StoredStatement } from './stored-statement.js';

/** What the statements of an account without gaps say was booked in all; null where they cannot say it. */
export interface AccountMovement {
  readonly from: PlainDate;
  /** One, unless several statements end on the last day (exports of noon and evening): then what each of them comes to. Never empty. */
  readonly amounts: readonly Minor[];
}

/**
 * From the first opening to the last closing: every statement must carry both balances and add up. The bookings of the account must come to
 * the same, or one is there twice or not at all; copies in different formats can make that happen.
 */
export function movementOf(statements: readonly StoredStatement[]): AccountMovement | null {
  if (statements.length === 0 || statements.some(({ reconciles }) => reconciles !== true)) return null;
  const from = statements.map((each) => each.from).reduce((least, each) => (each < least ? each : least));
  const through = statements.map((each) => each.through).reduce((most, each) => (each > most ? each : most));
  const openings = ends(statements.filter((each) => each.from === from), 'opening', 'closing'); // prettier-ignore
  const closings = ends(statements.filter((each) => each.through === through), 'closing', 'opening'); // prettier-ignore
  const [opening, ...otherOpenings] = openings;
  if (opening === undefined || otherOpenings.length > 0 || closings.length === 0) return null;
  return { from, amounts: closings.map((closing) => closing - opening).toSorted((a, b) => a - b) };
}

/** The balances of one side on which no other statement goes on. */
function ends(statements: readonly StoredStatement[], side: 'opening' | 'closing', other: 'opening' | 'closing'): Minor[] {
  const continued = new Set(statements.filter((each) => each.opening !== each.closing).map((each) => each[other]));
  return [...new Set(statements.flatMap((each) => each[side] ?? []))].filter((balance) => !continued.has(balance));
}

/** What is told when the bookings come to something else. Nobody can say which day is wrong: none of them is known whole. */
export const doesNotAddUp = (
  { from, amounts }: AccountMovement,
  booked: Minor,
  currency: string,
): { readonly kind: 'does-not-add-up'; readonly message: string; readonly knownThrough: PlainDate } => ({
  kind: 'does-not-add-up',
  message:
    `by their balances the statements since ${from} come to ${amounts.map((amount) => formatAmount(amount, currency)).join(' or ')} ${currency}, the bookings to ` +
    `${formatAmount(booked, currency)}: one is there twice or is missing`,
  knownThrough: addDays(from, -1),
});
