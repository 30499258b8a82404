import type { Texts } from '../texts.js';
import { kindWords } from './acts-view.js';
import type { Format } from './format.js';
import { fill, wordFor } from './words.js';

/** A message of which nobody knows whether it went out. */
export interface UncertainFacts {
  readonly id: string;
  readonly kind: 'mail' | 'notice' | 'webhook';
  readonly actId: string | null;
  readonly debtor: string | null;
  readonly about: string;
  readonly messageId: string | null;
  readonly to: readonly string[];
  readonly subject: string | null;
  readonly triedAt: string;
}

export interface UncertainShown {
  readonly id: string;
  readonly what: string;
  readonly subject: string | null;
  /** Its text can be looked at on a page of its own. */
  readonly isKept: boolean;
  readonly tried: string;
  readonly to: string;
  readonly messageId: string;
}

export function showUncertain(mail: UncertainFacts, texts: Texts, format: Format): UncertainShown {
  const { uncertain, none } = texts;
  const act = mail.actId === null ? wordFor(uncertain.aboutWord, mail.about) : kindWords(mail.about, texts);
  const what = mail.kind === 'mail' ? act : uncertain.kindWord[mail.kind];
  return {
    id: mail.id,
    what: mail.debtor === null ? what : fill(uncertain.toDebtor, { what, debtor: mail.debtor }),
    subject: mail.subject,
    isKept: mail.kind === 'mail',
    tried: format.moment(mail.triedAt),
    to: mail.to.length === 0 ? none : mail.to.join(', '),
    messageId: mail.messageId ?? none,
  };
}
