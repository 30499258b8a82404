import type { PlainDate } from '../../kernel/plain-date.js';
import { type Result, err, ok } from '../../kernel/result.js';

/** A message of which somebody says that it came back. */
export interface SentPost {
  readonly channel: string;
  readonly sentOn: PlainDate;
  /** Proven receipt; null: none. */
  readonly receivedOn: PlainDate | null;
  /** Where it went: e-mail addresses in lower case, or where he was to be found by post; empty where nobody wrote it down. */
  readonly addresses: readonly string[];
  /** Those it came back from before. */
  readonly returnedFrom: readonly string[];
}

export interface Returned {
  readonly channel: 'email' | 'letter';
  /** It came back from these, and was not known to. */
  readonly addresses: readonly string[];
  /** It arrived nowhere else either. */
  readonly undelivered: boolean;
}

/**
 * What follows when post came back from one address (null: from all it went to). Refuses: `not-written` for what was no message,
 * `before-sent`, `not-yet` for a day that has not come, `was-received` where receipt is proven, `other-address` for one it did not go to.
 */
export function acceptReturned(sent: SentPost, on: PlainDate, address: string | null, today: PlainDate): Result<Returned> {
  const { channel, sentOn, receivedOn, addresses, returnedFrom } = sent;
  if (channel !== 'email' && channel !== 'letter')
    return err({ code: 'not-written', message: `what was said by ${channel} does not come back` });
  if (on < sentOn) return err({ code: 'before-sent', message: `it was sent on ${sentOn}, after ${on}` });
  if (on > today) return err({ code: 'not-yet', message: `${on} has not come yet` });
  if (receivedOn !== null) return err({ code: 'was-received', message: `it was received on ${receivedOn}: that is proven` });
  const named = address?.trim().toLowerCase();
  if (channel === 'email' && named !== undefined && addresses.length > 0 && !addresses.includes(named))
    return err({ code: 'other-address', message: `it was not sent to ${named}` });
  const from = channel === 'email' && named !== undefined ? [named] : addresses.length > 0 ? addresses : [''];
  const back = new Set([...returnedFrom, ...from]);
  return ok({
    channel,
    addresses: from.filter((each) => !returnedFrom.includes(each)),
    undelivered: addresses.every((each) => back.has(each)),
  });
}
