import { formatAmount } from '../../../kernel/money.js';
import { type PlainDate, addDays } from '../../../kernel/plain-date.js';
import type { StoredStatement } from './stored-statement.js';
import { type WholeStatement, inTime, joinPages, nameOf } from './whole-statement.js';

/** A statement that contradicts itself; the days from its first on are not known whole. */
export interface Contradiction {
  readonly kind: 'statement-does-not-add-up';
  readonly knownThrough: PlainDate;
  readonly message: string;
}

/**
 * The statements (of one account and currency, without those that were corrected) whose entries do not lead from their opening to their
 * closing balance, or have a booking without direction: what is missing or unclear may be somebody's payment.
 */
export const contradictions = (statements: readonly StoredStatement[]): Contradiction[] =>
  joinPages(statements)
    .filter(({ addsUp }) => !addsUp)
    .toSorted(inTime)
    .map((statement) => ({
      kind: 'statement-does-not-add-up',
      knownThrough: addDays(statement.from, -1),
      message: `statement ${nameOf(statement)} of ${statement.through} ${objection(statement)}`,
    }));

function objection({ opening, closing, credited, debited, currency }: WholeStatement): string {
  if (opening === null || closing === null || opening + credited - debited === closing) {
    return 'has a booking that does not say whether money came in or went out: it was left out';
  }
  const [from, to, booked] = [opening, closing, credited - debited].map((amount) => formatAmount(amount, currency));
  return `does not add up: it opens with ${from} and closes with ${to}, but its bookings come to ${booked}; one may be missing`;
}
