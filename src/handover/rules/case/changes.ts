import { type Minor } from '../../../kernel/money.js';
import type { Dispute } from '../../../ledger/rules/book.js';

/** What the agency was told of an item last, beside what is open. Amounts in minor units. */
export interface Told {
  /** Open in the books, disputed parts included. */
  readonly booked: Minor;
  /** Credit notes and whatever else is no payment. */
  readonly credited: Minor;
  /** From the debtor's bank lines. */
  readonly banked: Minor;
  /** From lines by which the agency itself passed money on. */
  readonly remitted: Minor;
  /** The objection it knows, see {@link disputeKey}; null: none. */
  readonly dispute: string | null;
  /** The objection whose part was left out when the claim was handed over; null: none. */
  readonly carved: string | null;
}

/** An item that was handed over, as the books have it now. */
export interface ItemNow {
  /** What was handed over of it. */
  readonly principal: Minor;
  /** Open in the books, disputed parts included. */
  readonly open: Minor;
  readonly credited: Minor;
  readonly banked: Minor;
  readonly remitted: Minor;
  readonly dispute: Dispute | null;
}

export type Change =
  | {
      readonly event: 'collection.case.direct_payment' | 'collection.case.payment_received' | 'collection.case.credit_note_issued';
      /** Off the claim; below zero: it came back. */
      readonly amount: Minor;
    }
  | { readonly event: 'collection.case.dispute_received'; readonly dispute: Dispute };

/** An objection as it was told: another amount is another objection, and so is its end. */
export const disputeKey = ({ code, since, amount, resolved }: Dispute): string =>
  `${code} ${since} ${amount ?? 'all'} ${resolved ?? 'open'}`;

/** What an item stands at when it is handed over: nothing of it has to be told again. */
export const toldAtHandover = ({ open, dispute, credited, banked, remitted }: ItemNow): Told => {
  const key = dispute === null ? null : disputeKey(dispute);
  return { booked: open, credited, banked, remitted, dispute: key, carved: dispute?.resolved === null ? key : null };
};

/**
 * What of an item is open with the agency: never more than it was given, and not the part that was disputed when it was handed over, as
 * long as that objection stands.
 */
export function claimOpen({ principal, open, dispute }: ItemNow, { carved }: Pick<Told, 'carved'>): Minor {
  const part = dispute !== null && dispute.resolved === null && disputeKey(dispute) === carved ? (dispute.amount ?? open) : 0;
  return Math.min(principal, Math.max(0, open - part));
}

/** What the agency is to be told of an item, and what it knows then. Told once: the same books again give nothing. */
export function changesOf(
  told: Told & { readonly open: Minor },
  now: ItemNow,
): { readonly changes: readonly Change[]; readonly told: Told & { readonly open: Minor } } {
  // What an objection no longer covers is not added by itself: a person sends a correction. Only money that came back raises the claim.
  const open = now.open > told.booked ? claimOpen(now, told) : Math.min(told.open, claimOpen(now, told));
  const key = now.dispute === null ? null : disputeKey(now.dispute);
  const next = {
    ...told,
    open,
    booked: now.open,
    credited: now.credited,
    banked: now.banked,
    remitted: now.remitted,
    dispute: key ?? told.dispute,
  };

  // Money told as the debtor's that turned out to be what the agency passed on: taken back, or it is counted twice over there.
  const moved = Math.max(0, Math.min(told.banked - now.banked, now.remitted - told.remitted));
  let left = told.open - open;
  const take = (amount: Minor): Minor => {
    const taken = left >= 0 ? Math.max(0, Math.min(amount, left)) : Math.min(0, Math.max(amount, left));
    left -= taken;
    return taken;
  };
  const credited = take(now.credited - told.credited);
  take(now.remitted - told.remitted - moved);
  const direct = take(now.banked + moved - told.banked) - moved;
  const amounts = [
    { event: 'collection.case.credit_note_issued', amount: credited },
    { event: 'collection.case.direct_payment', amount: direct },
    // No bank line of ours stands for it: somebody booked it in the package.
    { event: 'collection.case.payment_received', amount: left },
  ] as const;
  return {
    told: next,
    changes: [
      ...amounts.filter(({ amount }) => amount !== 0),
      ...(now.dispute !== null && key !== told.dispute
        ? [{ event: 'collection.case.dispute_received' as const, dispute: now.dispute }]
        : []),
    ],
  };
}
