import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../kernel/plain-date.js';
import type { AdministrationEntity } from '../ledger/administration.entity.js';
import { type DebtorEntity } from '../ledger/receivables.entity.js';
import { returnedPost } from '../ledger/returned-post.js';
import { withOverrides } from '../ledger/rules/debtor-overrides.js';
import { NOTHING_RETURNED, goodEmails } from '../ledger/rules/returned-post.js';
import type { EffectEntity } from '../platform/outbox/effect.entity.js';
import type { RenderedLetter } from './letter-renderer.js';
import type { Mail } from './mailer.js';

/** The unit of work in which mails are made ready or settled. */
export interface MailUnit {
  readonly manager: EntityManager;
  readonly administration: AdministrationEntity;
  readonly day: PlainDate;
  readonly now: Date;
}

/** A mail without what the effect gives it. */
export type UnsentMail = Omit<Mail, 'messageId' | 'effectId'>;

/** What is to become of a claimed mail on today's facts. */
export type Verdict =
  | { readonly to: 'send'; readonly mail: UnsentMail }
  /** The facts changed. */
  | { readonly to: 'cancel'; readonly because: string }
  /** It cannot be written. */
  | { readonly to: 'fail'; readonly because: string }
  /** Not now; nothing is wrong with it. For an hour unless it says for how long. */
  | { readonly to: 'wait'; readonly because: string; readonly minutes?: number };

/** How a mail came to its end. */
export type MailEnd =
  /** `response` is the server's; null: a person says that it went out. */
  | { readonly end: 'sent'; readonly messageId: string | null; readonly response: string | null }
  | { readonly end: 'cancelled' | 'unwritable' | 'refused' | 'given-up' | 'uncertain'; readonly because: string };

/** One kind of mail: what it says on fresh facts, and what follows from its end. MailEffects does the sending. */
export interface MailKind {
  /** Catches up with mails that became uncertain because their worker vanished. */
  followUncertain(unit: MailUnit): Promise<void>;
  /** Judges mails of this kind on fresh facts; gives a verdict for each, by its id. */
  prepare(effects: readonly EffectEntity[], unit: MailUnit): Promise<ReadonlyMap<string, Verdict>>;
  /** Stores what follows from the end of a mail, in the transaction that stores the end. */
  settle(effect: EffectEntity, end: MailEnd, unit: MailUnit): Promise<void>;
}

/** A rendered letter addressed to a debtor; null when he has no address, or none that mail does not come back from. */
export async function addressed(rendered: RenderedLetter, debtor: DebtorEntity, unit: MailUnit): Promise<UnsentMail | null> {
  const { manager, administration } = unit;
  const { sender } = administration;
  const returned = (await returnedPost(manager, administration.id, [debtor.id])).get(debtor.id) ?? NOTHING_RETURNED;
  const emails = goodEmails(withOverrides(debtor).emails, returned);
  if (emails.length === 0) return null;
  return {
    ...rendered,
    from: { name: sender.name, address: sender.email },
    replyTo: sender.replyTo === null ? null : { name: sender.name, address: sender.replyTo },
    to: emails.map((address) => ({ name: null, address })),
  };
}
