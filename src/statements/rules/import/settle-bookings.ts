import type { Booking, Report } from './merge-reports.js';

/** A report with the booking it belonged to until now; a new one brings an id of its own. */
export interface KnownReport extends Report {
  readonly bookingId: string;
}

/** What the ledger holds of a booking. */
export interface LedgerBooking {
  /** Of the report its lines were made from. */
  readonly likeness: string;
  readonly parts: number;
  /** Something was allocated on it: its lines must stay as they are. */
  readonly worked: boolean;
}

/** What must change so that the ledger holds the bookings and nothing else. */
export interface Settlement {
  /** Reports whose booking is another than until now. */
  readonly reassigned: readonly {
    readonly statementId: string;
    readonly entry: number;
    readonly from: string;
    readonly bookingId: string;
  }[];
  /** Bookings whose lines go, before anything is written. */
  readonly removed: readonly string[];
  /** Lines to be written, from the report that tells most; `home` is the statement that booked it. */
  readonly written: readonly { readonly bookingId: string; readonly content: KnownReport; readonly home: string }[];
  /** Bookings that were worked before the bank told more: the details are added, the lines stay. */
  readonly enriched: readonly { readonly bookingId: string; readonly content: KnownReport }[];
  readonly concerns: readonly Concern[];
}

/** Something a person should look at. */
export interface Concern {
  readonly kind: 'split-refused' | 'taken-as-one' | 'worked-twice' | 'withdrawn-but-worked';
  readonly bookingId: string;
  readonly statementId: string;
}

/**
 * Compares the bookings of one account, day and amount with what the ledger holds of them. Lines on which nothing was allocated follow the
 * reports; lines that were worked stay, and what no longer agrees with them is told.
 */
export function settleBookings(
  bookings: readonly Booking<KnownReport>[],
  reports: readonly KnownReport[],
  held: ReadonlyMap<string, LedgerBooking>,
  newId: () => string,
): Settlement {
  const reassigned: Settlement['reassigned'][number][] = [];
  const removed: string[] = [];
  const written: Settlement['written'][number][] = [];
  const enriched: Settlement['enriched'][number][] = [];
  const concerns: Concern[] = [];
  const taken = new Set<string>();

  const keep = (id: string, booking: Booking<KnownReport>, lines: LedgerBooking, home: string): void => {
    const { content } = booking;
    if (lines.likeness === content.likeness) return;
    if (!lines.worked) {
      removed.push(id);
      written.push({ bookingId: id, content, home });
      return;
    }
    enriched.push({ bookingId: id, content });
    if (content.facts.parts !== lines.parts) concerns.push({ kind: 'split-refused', bookingId: id, statementId: content.statementId });
  };

  for (const booking of bookings) {
    const known = [...new Set(booking.reports.map(({ bookingId }) => bookingId))].filter((id) => held.has(id) && !taken.has(id));
    const [id = unused(booking, taken, held) ?? newId()] = known.toSorted(
      (a, b) => Number(held.get(b)?.worked) - Number(held.get(a)?.worked) || (a < b ? -1 : 1),
    );
    taken.add(id);
    const home = (booking.reports.find(({ message, superseded }) => message !== 'camt.054' && !superseded) ?? booking.content).statementId;
    const lines = held.get(id);
    if (lines) keep(id, booking, lines, home);
    else written.push({ bookingId: id, content: booking.content, home });
    for (const { statementId, entry, bookingId } of booking.reports) {
      if (bookingId !== id) reassigned.push({ statementId, entry, from: bookingId, bookingId: id });
    }
    if (booking.doubtful) concerns.push({ kind: 'taken-as-one', bookingId: id, statementId: home });
  }

  for (const [id, { worked }] of held) {
    if (taken.has(id)) continue;
    if (!worked) {
      removed.push(id);
      continue;
    }
    const of = reports.find(({ bookingId }) => bookingId === id);
    const booked = bookings.some(({ reports: all }) => all.some(({ bookingId }) => bookingId === id));
    concerns.push({ kind: booked ? 'worked-twice' : 'withdrawn-but-worked', bookingId: id, statementId: of?.statementId ?? '' });
  }
  return { reassigned, removed, written, enriched, concerns };
}

/** An id of one of its own reports that names no other booking. */
const unused = (
  { reports }: Booking<KnownReport>,
  taken: ReadonlySet<string>,
  held: ReadonlyMap<string, LedgerBooking>,
): string | undefined =>
  reports.find(({ bookingId, message }) => message !== 'camt.054' && !taken.has(bookingId) && !held.has(bookingId))?.bookingId;
