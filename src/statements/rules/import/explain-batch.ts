import type { EntryFacts } from './entry-facts.js';

/**
 * Whether a camt.054 notification tells about this booking of the same account, day and amount: by the bank's reference, else by the
 * reference of the batch (camt053.md §8). Without a reference both have it is not joined: an amount alone would be a guess, and
 * `AcctSvcrRef` alone would be too, for it repeats.
 */
export function explains(notification: EntryFacts, booking: EntryFacts): boolean {
  if (notification.servicerReference !== null && booking.servicerReference !== null) {
    return notification.servicerReference === booking.servicerReference;
  }
  return notification.batchReferences.some((reference) => booking.batchReferences.includes(reference));
}
