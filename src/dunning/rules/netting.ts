import type { Minor } from '../../kernel/money.js';
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

/**
 * Counts open credit notes and then unallocated receipts against the claims, oldest claim first, until they are used up (the order
 * art. 6:43 BW prescribes when the debtor names no debt). Credits never raise a claim and are never used twice.
 */
export function net(claims: readonly Claim[], creditNotes: readonly Invoice[], unallocated: Minor): NettedClaim[] {
  const credits = [...creditNotes.map(({ id, open }) => ({ id, left: -open })), { id: null, left: unallocated }];
  let at = 0;
  return claims.map((claim) => {
    let asked = claim.claimable;
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
