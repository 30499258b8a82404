/**
 * What is known when a mail could not be sent:
 * `refused`: the server said no to this mail for good, nothing went out; a person must look at the address or the text.
 * `try-later`: nothing went out, the same mail may be offered again.
 * `uncertain`: the text was being handed over when the connection went; it may have been delivered. Never to be repeated unseen.
 */
export type MailFailureKind = 'refused' | 'try-later' | 'uncertain';

/**
 * How far the conversation was. `connect` up to the greeting and TLS, `login`, `envelope` (sender and recipients, up to the server's
 * go-ahead for the text), `message` from the first byte of the text on.
 */
export type MailStage = 'connect' | 'login' | 'envelope' | 'message';

/** What a failed conversation left behind. */
export interface MailTrouble {
  readonly stage: MailStage;
  /** The server's reply code; null: none came, the connection broke or timed out. */
  readonly responseCode: number | null;
  /** True when our own side would not even offer the mail: no valid recipient, or larger than the server takes. */
  readonly notOffered: boolean;
}

/**
 * Judges a failed conversation.
 *
 * Before the envelope the server judged us, not this mail (wrong password, greylisting of our address, maintenance): later is right.
 * From the envelope on 4xx is later and 5xx is final (RFC 5321 §4.2.1), except 503, which is about the order of commands.
 * In the message stage a reply still settles it; silence does not: the server takes responsibility with a 250 that we may not have
 * seen (RFC 5321 §6.1, RFC 1047).
 */
export function mailFailureKind({ stage, responseCode, notOffered }: MailTrouble): MailFailureKind {
  if (notOffered) return 'refused';
  if (stage === 'connect' || stage === 'login') return 'try-later';
  const negative = responseCode !== null && responseCode >= 400 && responseCode < 600;
  if (!negative) return stage === 'message' ? 'uncertain' : 'try-later';
  return responseCode >= 500 && responseCode !== 503 ? 'refused' : 'try-later';
}
