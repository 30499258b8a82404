import type { Minor } from '../../../kernel/money.js';
import { type PlainDate, addDays } from '../../../kernel/plain-date.js';
import type { StatementMessage } from '../statement.js';
import { AGREEMENT_MAX, type EntryFacts, agreement, contradict } from './entry-facts.js';

/** Days a booking may differ from the day it was announced for, and an announcement is waited for. */
const EARLIER_DAYS = 3;
const LATER_DAYS = 14;

/** What was announced or booked, of one account. */
export interface Announced {
  readonly day: PlainDate;
  readonly amount: Minor;
  readonly currency: string;
  readonly message: StatementMessage;
  /** Says the same for copies. */
  readonly likeness: string;
  readonly facts: EntryFacts;
}

/**
 * Of what the bank announced (camt.052, pending entries) that which no booking has replaced yet, one for one; those of one day and with most
 * in common first. What was announced long before `through`, the last day with a statement, did not come and is left out.
 */
export function stillPending<S extends Announced>(seen: readonly S[], booked: readonly Announced[], through: PlainDate | null): S[] {
  const waited = seen.filter(({ day }) => through === null || addDays(day, LATER_DAYS) >= through);
  const bookings = Map.groupBy(booked.toSorted(inOrder), keyOf);
  return [...Map.groupBy(waited.toSorted(inOrder), keyOf)]
    .flatMap(([key, alike]) => unreplaced(alike, [...(bookings.get(key) ?? [])]))
    .sort(inOrder);
}

function unreplaced<S extends Announced>(seen: readonly S[], free: Announced[]): S[] {
  let rest = [...seen];
  for (const near of [sameDay, withinReach]) {
    for (let common = AGREEMENT_MAX; common >= 0; common--) {
      rest = rest.filter((each) => {
        const at = free.findIndex(
          (booking) => near(each, booking) && !contradict(each, booking) && agreement(each.facts, booking.facts) >= common,
        );
        if (at >= 0) free.splice(at, 1);
        return at < 0;
      });
    }
  }
  return rest;
}

const sameDay = (seen: Announced, booking: Announced): boolean => seen.day === booking.day;
const withinReach = (seen: Announced, booking: Announced): boolean =>
  booking.day >= addDays(seen.day, -EARLIER_DAYS) && booking.day <= addDays(seen.day, LATER_DAYS);

const keyOf = ({ amount, currency }: Announced): string => `${amount} ${currency}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const inOrder = (a: Announced, b: Announced): number => compare(a.day, b.day) || compare(a.likeness, b.likeness);
