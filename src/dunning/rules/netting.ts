import { type Minor, sum } from '../../kernel/money.js';
import type { Invoice } from '../../ledger/rules/book.js';
import type { Claim } from './standing.js';

/** A claim after the debtor's credits were counted. */
export interface NettedClaim extends Claim {
  readonly credited: Minor;
  /** What may be asked: claimable less credited; 0 when it is covered. */
  readonly asked: Minor;
  /** The credit notes that went into it. */
  readonly creditNoteIds: readonly string[];
}

/** Money of the debtor that stands on no invoice yet. */
export interface OpenReceipts {
  readonly unallocated: Minor;
  /** Part of it waits for a person, and this is how much of which invoice it may pay; two readings of one payment both count. */
  readonly proposed: ReadonlyMap<string, Minor>;
}

/**
 * Counts against the claims what may have paid them. First what waits for a person, for the invoices it was proposed for: nobody is asked for what a
 * waiting line names. Then open credit notes and what is left of the unallocated receipts, oldest claim first, until they are used up (the order
 * art. 6:43 BW prescribes when the debtor names no debt). Credits never raise a claim; only where a payment may be read in two ways do more than its
 * cents count.
 */
export function net(claims: readonly Claim[], creditNotes: readonly Invoice[], { unallocated, proposed }: OpenReceipts): NettedClaim[] {
  const named = claims.map(({ invoice, claimable }) => Math.min(claimable, proposed.get(invoice.id) ?? 0));
  const rest = Math.max(0, unallocated - sum(named));
  const credits = [...creditNotes.map(({ id, open }) => ({ id, left: -open })), { id: null, left: rest }];
  let at = 0;
  return claims.map((claim, index) => {
    let asked = claim.claimable - (named[index] as Minor);
    const creditNoteIds: string[] = [];
    for (let credit = credits[at]; credit && asked > 0; credit = credits[at]) {
      const used = Math.min(asked, credit.left);
      asked -= used;
      credit.left -= used;
      if (used > 0 && credit.id !== null) creditNoteIds.push(credit.id);
      if (credit.left === 0) at++;
    }
    return { ...claim, credited: claim.claimable - asked, asked, creditNoteIds };
  });
}
