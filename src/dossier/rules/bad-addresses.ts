import type { PlainDate } from '../../kernel/plain-date.js';
import { goodEmails } from '../../ledger/rules/returned-post.js';

/** An address nothing is sent to any more: somebody has to find a better one. */
export interface BadAddress {
  readonly debtorId: string;
  readonly debtor: string;
  readonly channel: 'email' | 'letter';
  /** As it was sent to; null: nobody wrote it down. */
  readonly address: string | null;
  readonly returnedOn: PlainDate;
  readonly note: string | null;
  readonly phone: string | null;
}

/** Post that came back from an address that nobody said is right; an e-mail address in lower case, empty: not written down. */
export interface Returned {
  readonly debtorId: string;
  readonly channel: 'email' | 'letter';
  readonly address: string;
  readonly returnedOn: PlainDate;
  readonly note: string | null;
}

/** What is known of a debtor, with what was set here. */
export interface Reachable {
  readonly name: string;
  readonly emails: readonly string[];
  readonly phone: string | null;
}

/**
 * What a person has to look up: the first of each debtor and channel, in the order given. Whoever is gone, or has another e-mail address by
 * now, is not among them; whether letters arrive again somebody notes (`goodAgainAt`), so those are.
 */
export function badAddressesOf(returned: readonly Returned[], debtors: ReadonlyMap<string, Reachable>): BadAddress[] {
  const found = new Map<string, BadAddress>();
  for (const { debtorId, channel, address, returnedOn, note } of returned) {
    const debtor = debtors.get(debtorId);
    const key = `${channel} ${debtorId}`;
    if (debtor === undefined || found.has(key)) continue;
    const { name, emails, phone } = debtor;
    const isStillHis = channel === 'letter' || goodEmails(emails, { badEmails: new Set([address]) }).length < emails.length;
    if (isStillHis) found.set(key, { debtorId, debtor: name, channel, address: address || null, returnedOn, note, phone });
  }
  return [...found.values()];
}
