import type { Texts } from '../texts.js';
import { pathOf } from './administration-view.js';
import type { Badge } from './badge.js';
import { fill, wordFor } from './words.js';

/** Where consent can be given. */
export interface ConsentOffer {
  readonly package: string;
  readonly site: string;
  readonly name: string;
}

export interface ConsentFacts {
  readonly id: string;
  readonly package: string;
  readonly trouble: string | null;
  readonly administrationIds: readonly string[];
}

export interface VisibleFacts {
  readonly ref: string;
  readonly name: string;
  readonly country: string;
  readonly active: boolean;
  readonly connected: boolean;
  readonly administrationId: string | null;
}

/** A place to give consent at, as a button: the name of the package, and of the site where it has several. */
export function showOffers(offers: readonly ConsentOffer[], texts: Texts): readonly (ConsentOffer & { readonly words: string })[] {
  return offers.map((offer) => {
    const name = wordFor(texts.package, offer.package);
    const several = offers.filter((other) => other.package === offer.package).length > 1;
    return { ...offer, words: several ? `${name} · ${offer.name}` : name };
  });
}

/** The consents of a key that can be chosen from. */
export const showConsents = (consents: readonly ConsentFacts[], texts: Texts): readonly { path: string; words: string; count: number }[] =>
  consents
    .filter(({ trouble }) => trouble === null)
    .map(({ id, package: name, administrationIds }) => ({
      path: `/console/consents/${id}`,
      words: wordFor(texts.package, name),
      count: administrationIds.length,
    }));

export interface VisibleShown {
  readonly name: string;
  readonly ref: string;
  readonly country: string;
  readonly badge: Badge;
  /** Where to go with it; null: nowhere. */
  readonly link: { readonly path: string; readonly words: string } | null;
}

/** What a consent sees, as things to choose from. `path`: the page of the consent. */
export const showVisible = (visible: readonly VisibleFacts[], path: string, texts: Texts): readonly VisibleShown[] =>
  visible.map((facts) => ({
    ref: facts.ref,
    name: facts.name,
    country: facts.country,
    badge: badgeOf(facts, texts),
    link: linkOf(facts, path, texts),
  }));

function badgeOf({ connected, active }: VisibleFacts, { consent }: Texts): Badge {
  if (connected) return { tone: 'good', words: consent.connected };
  return active ? { tone: 'quiet', words: consent.notConnected } : { tone: 'attention', words: consent.suspended };
}

function linkOf({ ref, connected, administrationId }: VisibleFacts, path: string, { consent }: Texts): VisibleShown['link'] {
  if (!connected) return { path: `${path}/connect?${new URLSearchParams({ administration: ref })}`, words: consent.connect };
  return administrationId === null ? null : { path: pathOf(administrationId), words: consent.open };
}

/** Who is to remind, as things to choose from before anybody knows whether the package does. A blank code: later. */
export const showChoices = ({ reminders, consent }: Texts): readonly { code: string; words: string; means: string }[] => [
  { code: '', words: reminders.later, means: reminders.laterMeans },
  ...(['tegoed', 'package'] as const).map((code) => ({
    code,
    words: fill(reminders.by[code], { package: consent.thePackage }),
    means: reminders.means[code],
  })),
];
