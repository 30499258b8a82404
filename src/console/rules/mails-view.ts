import type { Texts } from '../texts.js';
import type { Badge, Tone } from './badge.js';
import type { Format } from './format.js';

type MailState = keyof Texts['mails']['stateWord'];

/** A mail and what became of it. */
export interface MailFacts {
  readonly id: string;
  readonly state: MailState;
  readonly at: string;
  readonly to: readonly string[];
  readonly subject: string | null;
  readonly error: string | null;
}

export interface MailShown {
  readonly id: string;
  readonly when: string;
  readonly to: string;
  /** Null: not written yet, so there is nothing to open. */
  readonly subject: string | null;
  readonly state: Badge;
  readonly error: string | null;
}

const TONES: Readonly<Record<MailState, Tone>> = {
  planned: 'quiet',
  claimed: 'quiet',
  sending: 'attention',
  done: 'good',
  failed: 'bad',
  uncertain: 'bad',
  cancelled: 'quiet',
};

export const showMail = (mail: MailFacts, texts: Texts, format: Format): MailShown => ({
  id: mail.id,
  when: format.moment(mail.at),
  to: mail.to.length === 0 ? texts.none : mail.to.join(', '),
  subject: mail.subject,
  state: { tone: TONES[mail.state], words: texts.mails.stateWord[mail.state] },
  error: mail.error,
});
