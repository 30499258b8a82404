import { type CaseState, ENDED, canReach } from './case-states.js';

/** When an agency says something happened: its own count of the case, else the moment. */
export interface Order {
  readonly sequence: number | null;
  /** UTC timestamp `…Z`. */
  readonly occurredAt: string;
}

/** A case as far as its agency has told. */
export interface KnownCase {
  readonly state: CaseState;
  /** Of the news that gave it; null: it is our own doing. */
  readonly as: Order | null;
}

/** News about a case. `to` null: the agency used a word that is not in its vocabulary. */
export interface StatusNews extends Order {
  readonly to: CaseState | null;
  /** An ended case is opened again, in so many words. */
  readonly reopens: boolean;
}

export type Applied =
  | { readonly kind: 'applied'; readonly known: KnownCase }
  /** Older than what is known: kept in the dossier, changes nothing. */
  | { readonly kind: 'late' }
  /** A word nobody has mapped yet: kept as it is, a person maps it, nothing is guessed. */
  | { readonly kind: 'unmapped' }
  | { readonly kind: 'impossible'; readonly because: string };

/**
 * What news make of a case. In whatever order news arrive, the case ends up where the newest of them puts it: older ones change nothing,
 * and steps in between need not have been told.
 */
export function applyStatus(known: KnownCase, news: StatusNews): Applied {
  if (news.to === null) return { kind: 'unmapped' };
  if (known.as !== null && !isAfter(news, known.as)) return { kind: 'late' };
  const { to, reopens, sequence, occurredAt } = news;
  const ended = ENDED.includes(known.state);
  if (reopens ? ENDED.includes(to) : ended || !canReach(known.state, to)) {
    return { kind: 'impossible', because: `a case that is ${known.state} cannot become ${to}${reopens ? ' by being opened again' : ''}` };
  }
  return { kind: 'applied', known: { state: to, as: { sequence, occurredAt } } };
}

/** By the agency's count where both have one, else by the moment; the same again is not after. */
export function isAfter(news: Order, known: Order): boolean {
  if (news.sequence !== null && known.sequence !== null) return news.sequence > known.sequence;
  return news.occurredAt > known.occurredAt;
}
