import type { PlainDate } from '../../kernel/plain-date.js';
import type { Texts } from '../texts.js';
import type { Badge } from './badge.js';
import type { Format } from './format.js';
import { fill, wordFor } from './words.js';

/** A day as it was run: how far it came and what it did. */
export interface DayFacts {
  readonly day: PlainDate;
  /** The stage it is in or came to; `done` when it ended. */
  readonly stage: string;
  readonly finishedAt: string | null;
  readonly held: { readonly reason: string; readonly since: PlainDate | null } | null;
  readonly error: string | null;
  readonly figures: {
    readonly debtorsPulled: number;
    readonly itemsPulled: number;
    readonly linesMatched: number;
    readonly linesProposed: number;
    readonly linesOpen: number;
    readonly acts: Readonly<Record<string, number>>;
    readonly mailsSent: number;
    readonly pushed: Readonly<Record<string, number>>;
    readonly apiCalls: number;
  };
}

/** A day as a page shows it. */
export interface DayShown {
  readonly date: PlainDate;
  readonly day: string;
  readonly badge: Badge;
  /** Why nothing was decided, what stopped it, or where it is; null: nothing to say. */
  readonly remark: string | null;
  readonly summary: string;
  readonly figures: readonly { readonly label: string; readonly value: string }[];
  readonly cells: {
    readonly pulled: string;
    readonly matched: string;
    readonly proposed: string;
    readonly open: string;
    readonly acts: string;
    readonly mails: string;
    readonly pushed: string;
    readonly calls: string;
  };
  readonly isFinished: boolean;
  readonly hasFailed: boolean;
}

const total = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

export function showDay(facts: DayFacts, texts: Texts, format: Format): DayShown {
  const { figures } = facts;
  const acts = total(figures.acts);
  const pushed = total(figures.pushed);
  const { count } = format;
  const tiles: readonly (readonly [keyof Texts['figures'], number])[] = [
    ['itemsPulled', figures.itemsPulled],
    ['debtorsPulled', figures.debtorsPulled],
    ['linesMatched', figures.linesMatched],
    ['linesProposed', figures.linesProposed],
    ['linesOpen', figures.linesOpen],
    ['acts', acts],
    ['mailsSent', figures.mailsSent],
    ['pushed', pushed],
    ['apiCalls', figures.apiCalls],
  ];
  return {
    date: facts.day,
    day: format.day(facts.day),
    badge: badgeOf(facts, texts),
    remark: remarkOf(facts, texts, format),
    summary: summaryOf({ acts, mails: figures.mailsSent, matched: figures.linesMatched }, texts, format),
    figures: tiles.map(([label, value]) => ({ label: texts.figures[label], value: count(value) })),
    cells: {
      pulled: count(figures.itemsPulled),
      matched: count(figures.linesMatched),
      proposed: count(figures.linesProposed),
      open: count(figures.linesOpen),
      acts: count(acts),
      mails: count(figures.mailsSent),
      pushed: count(pushed),
      calls: count(figures.apiCalls),
    },
    isFinished: facts.finishedAt !== null,
    hasFailed: facts.error !== null,
  };
}

function badgeOf({ finishedAt, error, held }: DayFacts, { day }: Texts): Badge {
  if (finishedAt === null) return { tone: 'attention', words: day.unfinished };
  if (error !== null) return { tone: 'bad', words: day.failed };
  if (held !== null) return { tone: 'attention', words: day.held };
  return { tone: 'good', words: day.finished };
}

function remarkOf({ finishedAt, error, held, stage }: DayFacts, texts: Texts, format: Format): string | null {
  if (finishedAt === null) return fill(texts.day.unfinishedAt, { stage: wordFor(texts.stage, stage) });
  if (error !== null) return fill(texts.day.stoppedBecause, { error });
  return held === null ? null : heldWords(held, texts, format);
}

function heldWords({ reason, since }: NonNullable<DayFacts['held']>, { held }: Texts, format: Format): string {
  const last = since === null ? held.never : fill(held.since, { day: format.day(since) });
  if (reason === 'control-difference') return held[reason];
  if (reason === 'stale-pull' || reason === 'stale-statements') return fill(held[reason], { since: last });
  return fill(held.other, { reason });
}

function summaryOf(
  { acts, mails, matched }: { readonly acts: number; readonly mails: number; readonly matched: number },
  { day }: Texts,
  format: Format,
): string {
  const parts = [
    ...(matched > 0 ? [format.counted(matched, day.summary.matched)] : []),
    ...(acts > 0 ? [format.counted(acts, day.summary.acts)] : []),
    ...(mails > 0 ? [format.counted(mails, day.summary.mails)] : []),
  ];
  return parts.length === 0 ? day.nothing : parts.join(', ');
}
