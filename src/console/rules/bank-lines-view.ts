import type { PlainDate } from '../../kernel/plain-date.js';
import type { Texts } from '../texts.js';
import type { Badge, Tone } from './badge.js';
import type { Format } from './format.js';
import { fill } from './words.js';

type Outcome = keyof Texts['lines']['outcomeWord'];

export const OUTCOMES = ['matched', 'proposed', 'unmatched', 'unworked', 'not-a-receipt'] as const satisfies readonly Outcome[];

/** The outcome a page was asked for; null: of all, also when there is no such outcome. */
export const outcomeOf = (asked: unknown): Outcome | null => OUTCOMES.find((outcome) => outcome === asked) ?? null;

/** A bank line and what it was matched to. */
export interface BankLineFacts {
  readonly id: string;
  readonly bookedOn: PlainDate;
  readonly amount: string;
  readonly currency: string;
  readonly counterparty: { readonly name: string | null; readonly iban: string | null };
  readonly description: string;
  readonly outcome: Outcome;
  /** 0 to 1. */
  readonly confidence: number | null;
  readonly debtor: string | null;
  readonly allocations: readonly PartFacts[];
  /** For a line that waits: what would be booked, and the other ways to read it. */
  readonly proposed: { readonly allocations: readonly PartFacts[] } | null;
  readonly alternatives: readonly { readonly allocations: readonly PartFacts[] }[];
  readonly because: readonly string[];
}

interface PartFacts {
  readonly invoice: string;
  readonly amount: string;
}

/** A way to book a line that waits; `choice` is what the form sends. */
export interface ChoiceShown {
  readonly choice: string;
  readonly words: string;
  readonly first: boolean;
}

export interface BankLineShown {
  readonly id: string;
  readonly date: string;
  readonly amount: string;
  readonly isPayment: boolean;
  readonly who: string | null;
  readonly iban: string | null;
  readonly text: string;
  readonly outcome: Badge;
  readonly sure: string | null;
  readonly debtor: string | null;
  readonly allocations: readonly PartFacts[];
  /** Empty: nothing waits to be booked. */
  readonly choices: readonly ChoiceShown[];
  readonly mayBeUndone: boolean;
  readonly because: readonly string[];
}

const TONES: Readonly<Record<Outcome, Tone>> = {
  unworked: 'quiet',
  matched: 'good',
  proposed: 'attention',
  unmatched: 'bad',
  'not-a-receipt': 'quiet',
};

export const showBankLines = (lines: readonly BankLineFacts[], texts: Texts, format: Format): BankLineShown[] =>
  lines.map((line) => ({
    id: line.id,
    date: format.day(line.bookedOn),
    amount: format.amount(line.amount, line.currency),
    isPayment: line.amount.startsWith('-'),
    who: line.counterparty.name,
    iban: line.counterparty.iban === null ? null : inFours(line.counterparty.iban),
    text: line.description,
    outcome: { tone: TONES[line.outcome], words: texts.lines.outcomeWord[line.outcome] },
    sure: isJudged(line) ? fill(texts.lines.sure, { percent: Math.floor((line.confidence ?? 0) * 100) }) : null,
    debtor: line.debtor,
    allocations: line.allocations.map(({ invoice, amount }) => ({ invoice, amount: format.amount(amount, line.currency) })),
    choices: choicesOf(line, texts, format),
    mayBeUndone: line.outcome === 'matched',
    because: line.because,
  }));

/** The proposal first; an alternative goes by its place in the list. */
function choicesOf({ proposed, alternatives, currency }: BankLineFacts, texts: Texts, format: Format): ChoiceShown[] {
  if (proposed === null) return [];
  const words = (allocations: readonly PartFacts[]): string =>
    allocations.map(({ invoice, amount }) => fill(texts.lines.part, { invoice, amount: format.amount(amount, currency) })).join(', ') ||
    texts.lines.onAccount;
  return [proposed, ...alternatives].map(({ allocations }, at) => ({
    choice: at === 0 ? PROPOSAL : String(at - 1),
    words: words(allocations),
    first: at === 0,
  }));
}

const PROPOSAL = 'proposal';

/** The alternative that was chosen, by its place; null: the proposal itself; undefined: neither. */
export const chosenAlternative = (choice: string): number | null | undefined =>
  choice === PROPOSAL ? null : /^\d{1,2}$/.test(choice) ? Number(choice) : undefined;

/** How sure one is says something only where a match was found. */
const isJudged = ({ outcome, confidence }: BankLineFacts): boolean =>
  confidence !== null && (outcome === 'matched' || outcome === 'proposed');

/** An IBAN as people read it (ISO 13616: groups of four on paper). */
const inFours = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ');

/** The links that choose an outcome; the chosen one is marked. */
export const outcomeChoices = (
  chosen: Outcome | null,
  texts: Texts,
): { readonly query: string; readonly words: string; readonly chosen: boolean }[] => [
  { query: '', words: texts.lines.all, chosen: chosen === null },
  ...OUTCOMES.map((outcome) => ({
    query: `?outcome=${outcome}`,
    words: texts.lines.outcomeWord[outcome],
    chosen: chosen === outcome,
  })),
];
