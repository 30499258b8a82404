import type { Minor } from '../../kernel/money.js';
import { type PlainDate, daysBetween } from '../../kernel/plain-date.js';

/** A part of a bank line given to an invoice in our ledger. */
export interface BookedAllocation {
  readonly id: string;
  readonly invoiceId: string;
  readonly amount: Minor;
  readonly marker: string;
  /** The package's payment it is known to have become. */
  readonly settlementId: string | null;
  readonly bookedOn: PlainDate;
  /** The bank line it is a part of; absent: it does not matter here. */
  readonly lineId?: string;
}

/** What the package knows to have taken something off an invoice. */
export interface KnownSettlement {
  readonly id: string;
  readonly invoiceId: string;
  readonly amount: Minor;
  readonly settledOn: PlainDate;
  readonly marker: string | null;
}

/** A bookkeeper books a bank line on the day it is on the statement or, seldom, a few days beside it. */
export const SAME_PAYMENT_DAYS = 5;

/**
 * The allocations the package does not know of yet: they still have to be taken off what it says is open. An allocation is known there
 * when a settlement of its invoice carries its marker or id, or, because people book the same bank line by hand, when one without
 * a marker has the same amount within five days. Each settlement answers for one allocation.
 */
export const notYetInPackage = (
  allocations: readonly BookedAllocation[],
  settlements: readonly KnownSettlement[],
): readonly BookedAllocation[] => reconciled(allocations, settlements).pending;

/** The payments of the package that no allocation of ours stands for, and that are not ours: booked there by hand. */
export const bookedByHand = <T extends KnownSettlement>(
  allocations: readonly BookedAllocation[],
  settlements: readonly T[],
): readonly T[] => {
  const { free } = reconciled(allocations, settlements);
  return settlements.filter((settlement) => settlement.marker === null && free.has(settlement));
};

function reconciled(
  allocations: readonly BookedAllocation[],
  settlements: readonly KnownSettlement[],
): { readonly pending: readonly BookedAllocation[]; readonly free: ReadonlySet<KnownSettlement> } {
  const free = new Map<string, KnownSettlement[]>();
  for (const settlement of settlements) free.set(settlement.invoiceId, [...(free.get(settlement.invoiceId) ?? []), settlement]);
  const take = (allocation: BookedAllocation, fits: (settlement: KnownSettlement) => boolean): boolean => {
    const candidates = free.get(allocation.invoiceId) ?? [];
    const at = candidates.findIndex(fits);
    if (at >= 0) candidates.splice(at, 1);
    return at >= 0;
  };
  const unproven = allocations.filter(
    (allocation) => !take(allocation, ({ id, marker }) => marker === allocation.marker || id === allocation.settlementId),
  );
  const pending = unproven.filter(
    (allocation) =>
      !take(
        allocation,
        ({ marker, amount, settledOn }) =>
          marker === null && amount === allocation.amount && Math.abs(daysBetween(allocation.bookedOn, settledOn)) <= SAME_PAYMENT_DAYS,
      ),
  );
  return { pending, free: new Set([...free.values()].flat()) };
}

/**
 * What is left of an item: what the package says, less allocations it does not know of, and with what it still counts of allocations
 * that were undone here (`withdrawn`: payments of ours it was told of, until a person reverses them there). Never beyond zero (what the
 * package says was paid too much is the debtor's unallocated money: see overpaid.ts) and never more than the item itself.
 */
export function openAmount(
  item: { readonly amount: Minor; readonly packageOpen: Minor },
  pending: readonly Pick<BookedAllocation, 'amount'>[],
  withdrawn: Minor = 0,
): Minor {
  const left = standing(item, pending, withdrawn);
  if (item.amount < 0) return Math.min(0, Math.max(left, item.amount)) || 0;
  return Math.max(0, Math.min(left, item.amount));
}

/**
 * By how much allocations and package together leave an item beyond its bounds: below 0 more was given to it than it had open, above 0
 * more was taken back than it was given (for a credit note the other way round); 0: all is well.
 */
export const beyondItem = (
  item: { readonly amount: Minor; readonly packageOpen: Minor },
  pending: readonly Pick<BookedAllocation, 'amount'>[],
  withdrawn: Minor,
): Minor => standing(item, pending, withdrawn) - openAmount(item, pending, withdrawn);

const standing = (item: { readonly packageOpen: Minor }, pending: readonly Pick<BookedAllocation, 'amount'>[], withdrawn: Minor): Minor =>
  item.packageOpen + withdrawn - pending.reduce((total, { amount }) => total + amount, 0);
