import type { PlainDate } from '../../kernel/plain-date.js';
import type { Texts } from '../texts.js';
import type { Badge, Tone } from './badge.js';
import { type DayFacts, type DayShown, showDay } from './day-view.js';
import { type ConsentOffer, showOffers } from './consent-view.js';
import type { Format } from './format.js';
import { fill, wordFor } from './words.js';

type Mode = keyof Texts['mode'];

/** An administration, its figures' freshness and whether today anything may be done on them. */
export interface AdministrationFacts {
  readonly id: string;
  readonly name: string;
  readonly mode: Mode;
  readonly policy: string;
  readonly package: string;
  /** Who reminds; null: nobody has chosen yet. */
  readonly remindedBy: 'tegoed' | 'package' | null;
  /** Schedules by which the package reminded by itself when it was connected. */
  readonly nativeReminders: readonly string[];
  /** Open invoices the package does not remind of because we stopped it, while we do not remind of them either. */
  readonly stoppedInPackage: number;
  /** How many of the open invoices a person stopped in the package, and whether those are left alone here. */
  readonly pauses: { readonly paused: number; readonly open: number; readonly respected: boolean };
  readonly pulledAt: string | null;
  readonly statementsThrough: PlainDate | null;
  readonly lastDay: DayFacts | null;
  /** What stands in the way of deciding today; null: nothing. */
  readonly stale: { readonly reason: 'control-difference' | 'stale-pull' | 'stale-statements' } | null;
  /** What the package says is outstanding and what is outstanding here, as decimals, where they differ. */
  readonly difference: { readonly currency: string; readonly theirs: string; readonly ours: string } | null;
  /** Why the policy cannot be used; null: it can. */
  readonly policyTrouble: string | null;
  /** The package no longer lets us in; null while it does. */
  readonly lost: { readonly because: string; readonly since: string; readonly again: readonly ConsentOffer[] } | null;
}

export interface AdministrationShown {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly package: string;
  readonly policy: string;
  readonly mode: Badge & { readonly code: Mode; readonly means: string };
  readonly modes: readonly { readonly code: Mode; readonly words: string; readonly means: string; readonly chosen: boolean }[];
  readonly reminders: {
    readonly choices: readonly { readonly code: string; readonly words: string; readonly means: string; readonly chosen: boolean }[];
    /** What was found to remind by itself; null: nothing. */
    readonly found: string | null;
    /** That somebody has to choose; null: somebody has. */
    readonly undecided: string | null;
    /** What nobody reminds of, and what to do about it; null: nothing. */
    readonly stopped: string | null;
  };
  /** What a person stopped in the package, and the switch; null: nothing is, and it is respected. */
  readonly pauses: {
    readonly words: string;
    /** So many that it looks like a habit of the office. */
    readonly warning: string | null;
    /** What the switch sends, and what it says. */
    readonly change: 'yes' | 'no';
    readonly action: string;
    readonly means: string;
    readonly isListed: boolean;
  } | null;
  readonly freshness: {
    readonly badge: Badge;
    readonly pulled: string;
    readonly statements: string;
    /** What to do about it; null when the figures are fresh. */
    readonly because: string | null;
  };
  readonly trouble: { readonly badge: Badge; readonly words: string; readonly again: readonly { readonly words: string }[] } | null;
  readonly lastDay: DayShown | null;
}

const MODES = ['off', 'shadow', 'live'] as const;
const MODE_TONES: Readonly<Record<Mode, Tone>> = { off: 'quiet', shadow: 'attention', live: 'good' };

/** Where the pages of an administration are. */
export const pathOf = (id: string): string => `/console/administrations/${id}`;

export function showAdministration(facts: AdministrationFacts, texts: Texts, format: Format): AdministrationShown {
  const { mode, pulledAt, statementsThrough } = facts;
  const trouble = troubleOf(facts, texts, format);
  return {
    id: facts.id,
    path: pathOf(facts.id),
    name: facts.name,
    package: wordFor(texts.package, facts.package),
    policy: facts.policy,
    mode: { code: mode, tone: MODE_TONES[mode], words: texts.mode[mode], means: texts.modeMeans[mode] },
    modes: MODES.map((code) => ({ code, words: texts.mode[code], means: texts.modeMeans[code], chosen: code === mode })),
    reminders: remindersOf(facts, texts),
    pauses: pausesOf(facts, texts),
    freshness: {
      badge: badgeOf(facts, texts),
      pulled: pulledAt === null ? texts.freshness.never : format.moment(pulledAt),
      statements: statementsThrough === null ? texts.freshness.noStatements : format.day(statementsThrough),
      because: trouble,
    },
    trouble: facts.lost && {
      badge: { tone: 'bad', words: texts.consent.needed },
      words: fill(texts.consent.lost, {
        package: wordFor(texts.package, facts.package),
        since: format.moment(facts.lost.since),
        because: facts.lost.because,
      }),
      again: showOffers(facts.lost.again, texts),
    },
    lastDay: facts.lastDay === null ? null : showDay(facts.lastDay, texts, format),
  };
}

function remindersOf(facts: AdministrationFacts, texts: Texts): AdministrationShown['reminders'] {
  const { remindedBy, nativeReminders, package: name, stoppedInPackage: count, lost } = facts;
  const { reminders } = texts;
  const words = { package: wordFor(texts.package, name), names: nativeReminders.join(', ') };
  return {
    choices: (['tegoed', 'package'] as const).map((code) => ({
      code,
      words: fill(reminders.by[code], words),
      means: fill(reminders.means[code], words),
      chosen: code === remindedBy,
    })),
    found: nativeReminders.length === 0 ? null : fill(reminders.found, words),
    undecided: remindedBy === null ? reminders.undecided : null,
    stopped: count === 0 ? null : fill(reminders.stopped[hindrance(remindedBy, lost !== null)], { ...words, count: String(count) }),
  };
}

function pausesOf(
  { pauses: { paused, open, respected }, package: name }: AdministrationFacts,
  texts: Texts,
): AdministrationShown['pauses'] {
  if (paused === 0 && respected) return null;
  const { pauses } = texts;
  const words = { package: wordFor(texts.package, name), count: String(paused), open: String(open) };
  const now = respected ? 'respected' : 'passedBy';
  return {
    words: fill(pauses[now], words),
    // More than half: not a few customers somebody thought of, but a habit from before Tegoed.
    warning: respected && paused * 2 > open ? fill(pauses.most, words) : null,
    change: respected ? 'no' : 'yes',
    action: pauses.action[now],
    means: fill(pauses.means[now], words),
    isListed: respected && paused > 0,
  };
}

const hindrance = (remindedBy: AdministrationFacts['remindedBy'], isLost: boolean): keyof Texts['reminders']['stopped'] =>
  remindedBy !== 'package' ? 'notLive' : isLost ? 'lost' : 'givingBack';

function badgeOf({ stale, policyTrouble }: AdministrationFacts, { freshness }: Texts): Badge {
  if (policyTrouble === null && stale === null) return { tone: 'good', words: freshness.fresh };
  const differs = policyTrouble === null && stale?.reason === 'control-difference';
  return { tone: 'bad', words: differs ? freshness.differs : freshness.stale };
}

function troubleOf({ stale, difference, policy, policyTrouble }: AdministrationFacts, { freshness }: Texts, format: Format): string | null {
  if (policyTrouble !== null) return fill(freshness.policyUnusable, { policy, trouble: policyTrouble });
  if (stale === null) return null;
  const words = freshness.staleBecause[stale.reason];
  if (difference === null) return words;
  const { currency, theirs, ours } = difference;
  return fill(words, { theirs: format.amount(theirs, currency), ours: format.amount(ours, currency) });
}
