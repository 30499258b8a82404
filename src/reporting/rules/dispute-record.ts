import { disputedPart } from '../../dunning/rules/dispute.js';
import type { Minor } from '../../kernel/money.js';
import { type PlainDate, daysBetween } from '../../kernel/plain-date.js';
import type { Dispute, Invoice } from '../../ledger/rules/book.js';
import type { Period } from './period.js';

/** What one reason cost in a period. */
export interface DisputeReason {
  readonly code: string;
  readonly invoices: number;
  /** Disputed in all: the disputed part, or, of a dispute about the whole, what was open or, once settled, the invoice. */
  readonly amount: Minor;
  /** What is still disputed on the last day. */
  readonly open: Minor;
  /** Calendar days from the objection to its settlement, or to the last day, over all invoices. */
  readonly daysLost: number;
}

/** A dispute as far as it was known on a day; null: not raised yet. */
export function disputeOn({ dispute }: Invoice, on: PlainDate): Dispute | null {
  if (dispute === null || dispute.since > on) return null;
  return dispute.resolved !== null && dispute.resolved > on ? { ...dispute, resolved: null } : dispute;
}

/** The disputes that ran on any day of a period, by reason. */
export class DisputeRecord {
  private readonly reasons = new Map<string, { invoices: number; amount: Minor; open: Minor; daysLost: number }>();

  constructor(private readonly period: Period) {}

  /** `invoice` with the dispute and the open amount of the period's last day. Settled without an end of the dispute: nobody knows how long it ran. */
  add(invoice: Invoice, dispute: Dispute): void {
    const { from, to } = this.period;
    if (dispute.resolved === null ? invoice.open === 0 : dispute.resolved < from) return;
    const running = disputedPart(invoice, to);
    const reason = this.of(dispute.code);
    reason.invoices++;
    reason.amount += dispute.resolved === null ? running : (dispute.amount ?? invoice.amount);
    reason.open += running;
    reason.daysLost += Math.max(0, daysBetween(dispute.since, dispute.resolved ?? to));
  }

  join(other: DisputeRecord): void {
    for (const [code, { invoices, amount, open, daysLost }] of other.reasons) {
      const reason = this.of(code);
      reason.invoices += invoices;
      reason.amount += amount;
      reason.open += open;
      reason.daysLost += daysLost;
    }
  }

  private of(code: string): { invoices: number; amount: Minor; open: Minor; daysLost: number } {
    const reason = this.reasons.get(code) ?? { invoices: 0, amount: 0, open: 0, daysLost: 0 };
    this.reasons.set(code, reason);
    return reason;
  }

  /** Largest amount first. */
  rows(): readonly DisputeReason[] {
    return [...this.reasons]
      .map(([code, reason]) => ({ code, ...reason }))
      .sort((a, b) => b.amount - a.amount || (a.code < b.code ? -1 : 1));
  }
}
