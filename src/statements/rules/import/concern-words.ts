import { type Minor, formatAmount } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import type { Concern } from './settle-bookings.js';

/** The booking a concern is about. */
export interface ConcernedBooking {
  readonly day: PlainDate;
  readonly amount: Minor;
  readonly currency: string;
}

/** What a person is told of it. */
export function concernWords(kind: Concern['kind'], { day, amount, currency }: ConcernedBooking): string {
  const booking = `${formatAmount(amount, currency)} ${currency} of ${day}`;
  switch (kind) {
    case 'split-refused':
      return `the bank has told since how ${booking} divides over several payments, but it was allocated as one already: that stays, the payments are shown with it`;
    case 'taken-as-one':
      return `two statements report ${booking} in different words; it was taken for one booking, please check`;
    case 'worked-twice':
      return `${booking} turned out to be one booking that was allocated twice: please undo one of the two`;
    case 'withdrawn-but-worked':
      return `a corrected statement no longer has ${booking}, which was allocated already: please undo that`;
  }
}
