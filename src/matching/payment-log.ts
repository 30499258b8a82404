import { type Minor, sum } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { Bookable } from './rules/booking.js';

export type PaymentEvent = 'payment-allocated' | 'payment-undone' | 'payment-returned' | 'payment-dismissed';

/** Something that happened with a bank line, for the dossiers of the debtors it concerns. */
export interface LineEvent {
  readonly kind: PaymentEvent;
  readonly line: { readonly id: string; readonly bookedOn: PlainDate; readonly amount: Minor; readonly currency: string };
  readonly parts: readonly Bookable[];
  /** Whose the rest is, null: nobody's, or nothing is left. */
  readonly restOf: string | null;
  /** Key of the person, null: the engine. */
  readonly by: string | null;
  readonly because: readonly string[];
}

/**
 * The dossier entries of an event, one for each debtor, with only what is his: a dossier goes to others (handover), and what another
 * debtor paid, or the reasons of a line that concerns both, is none of their business.
 */
export function dossierEntries(
  administrationId: string,
  at: Date,
  { kind, line, parts, restOf, by, because }: LineEvent,
  debtorOf: ReadonlyMap<string, string>,
): { administrationId: string; debtorId: string; at: Date; kind: string; body: object }[] {
  const byDebtor = Map.groupBy(parts, ({ invoiceId }) => debtorOf.get(invoiceId) ?? '');
  byDebtor.delete('');
  if (restOf !== null && !byDebtor.has(restOf)) byDebtor.set(restOf, []);
  const rest = line.amount - sum(parts.map(({ amount }) => amount));
  const alone = byDebtor.size === 1;
  return [...byDebtor].map(([debtorId, own]) => ({
    administrationId,
    debtorId,
    at,
    kind,
    body: {
      bankLine: line.id,
      bookedOn: line.bookedOn,
      currency: line.currency,
      allocations: own.map(({ invoiceId, amount }) => ({ invoiceId, amount })),
      unallocated: debtorId === restOf ? rest : 0,
      by,
      because: alone ? because : ['one payment for several debtors'],
    },
  }));
}
