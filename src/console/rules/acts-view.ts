import { formatAmount, parseAmount, sum } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { unwrap } from '../../kernel/result.js';
import type { Texts } from '../texts.js';
import type { Badge, Tone } from './badge.js';
import type { Format } from './format.js';
import { fill, wordFor } from './words.js';

type ActState = keyof Texts['acts']['stateWord'];

/** An act as it was decided, and what became of it. */
export interface ActFacts {
  readonly id: string;
  readonly day: PlainDate;
  readonly mode: 'shadow' | 'live';
  readonly state: ActState;
  readonly debtor: string;
  readonly kind: string;
  readonly step: string;
  readonly channel: string | null;
  readonly total: string;
  readonly currency: string;
  readonly invoiceIds: readonly string[];
  readonly payBy: PlainDate | null;
  readonly because: readonly string[];
  readonly endedBecause: string | null;
}

export interface ActShown {
  readonly id: string;
  readonly debtor: string;
  readonly what: string;
  readonly step: string;
  readonly channel: string;
  readonly items: string;
  readonly total: string;
  readonly payBy: string;
  readonly state: Badge;
  readonly ended: string | null;
  readonly because: readonly string[];
  /** What the approve button says to who cannot see the row; null: there is nothing to approve. */
  readonly approve: string | null;
  /** The same of the link to a handover, which is approved with its agency. */
  readonly handOver: string | null;
  /** The same of the button that says no. */
  readonly reject: string | null;
  /** Whom the mail of which nobody knows went to, for the buttons that say whether it did; null: it is known. */
  readonly settle: string | null;
  /** What the button says to note that it came back; null: it did not go out, or came back already. */
  readonly cameBack: string | null;
}

/** Several acts of one kind that wait for approval on a day: approved all at once, or one by one. */
export interface WaitingKind {
  readonly kind: string;
  readonly count: number;
  /** How many of what, for how much in all. */
  readonly words: string;
  readonly approve: string;
  /** What the button says to who cannot see the words beside it. */
  readonly approveFor: string;
}

export interface ActsOfDay {
  readonly date: PlainDate;
  readonly day: string;
  readonly count: string;
  readonly waiting: readonly WaitingKind[];
  readonly acts: readonly ActShown[];
}

const TONES: Readonly<Record<ActState, Tone>> = {
  shown: 'quiet',
  'awaiting-approval': 'attention',
  'to-do': 'attention',
  planned: 'quiet',
  done: 'good',
  cancelled: 'quiet',
  uncertain: 'bad',
  failed: 'bad',
};

const isHandover = ({ kind }: ActFacts): boolean => kind === 'propose-handover';
/** States in which a proposal can be looked at, in shadow mode too. */
const HANDED: readonly ActState[] = ['awaiting-approval', 'to-do', 'shown'];

const isPosted = ({ state, channel, endedBecause }: ActFacts): boolean =>
  state === 'done' && endedBecause === null && (channel === 'email' || channel === 'letter');

export const kindWords = (kind: string, { acts }: Texts): string => wordFor(acts.kind, kind);

/** Acts by day, newest day first, in the order they came within a day. */
export function showActs(acts: readonly ActFacts[], texts: Texts, format: Format): ActsOfDay[] {
  return [...Map.groupBy(acts, ({ day }) => day)]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([date, ofDay]) => ({
      date,
      day: format.day(date),
      count: format.counted(ofDay.length, texts.acts.count),
      waiting: waitingKinds(ofDay, texts, format),
      acts: ofDay.map((act) => showAct(act, texts, format)),
    }));
}

function waitingKinds(ofDay: readonly ActFacts[], texts: Texts, format: Format): WaitingKind[] {
  const waiting = ofDay.filter((act) => act.state === 'awaiting-approval' && !isHandover(act));
  const several = [...Map.groupBy(waiting, ({ kind }) => kind)].filter(([, acts]) => acts.length > 1);
  return several.map(([kind, acts]) => {
    const totals = [...Map.groupBy(acts, ({ currency }) => currency)].map(([currency, of]) =>
      format.amount(
        decimalSum(
          of.map(({ total }) => total),
          currency,
        ),
        currency,
      ),
    );
    const args = { what: kindWords(kind, texts), n: format.count(acts.length), total: totals.join(' + ') };
    const { waiting: words, approveKind, approveKindFor } = texts.acts;
    const approve = { approve: fill(approveKind, args), approveFor: fill(approveKindFor, args) };
    return { kind, count: acts.length, words: fill(words, args), ...approve };
  });
}

const decimalSum = (amounts: readonly string[], currency: string): string =>
  formatAmount(sum(amounts.map((amount) => unwrap(parseAmount(amount, currency)))), currency);

function showAct(act: ActFacts, texts: Texts, format: Format): ActShown {
  const what = kindWords(act.kind, texts);
  return {
    id: act.id,
    debtor: act.debtor,
    what,
    step: fill(texts.acts.step, { step: act.step }),
    channel: act.channel === null ? texts.acts.inHouse : wordFor(texts.acts.channelWord, act.channel),
    items: format.count(act.invoiceIds.length),
    total: format.amount(act.total, act.currency),
    payBy: act.payBy === null ? texts.none : format.day(act.payBy),
    state: { tone: TONES[act.state], words: texts.acts.stateWord[act.state] },
    ended: act.endedBecause === null ? null : fill(texts.acts.endedBecause, { because: act.endedBecause }),
    because: act.because,
    approve: act.state === 'awaiting-approval' && !isHandover(act) ? fill(texts.acts.approveFor, { what, debtor: act.debtor }) : null,
    handOver: isHandover(act) && HANDED.includes(act.state) ? fill(texts.acts.handOverFor, { debtor: act.debtor }) : null,
    reject: act.state === 'awaiting-approval' || act.state === 'to-do' ? fill(texts.acts.rejectFor, { what, debtor: act.debtor }) : null,
    cameBack: isPosted(act) ? fill(texts.returned.cameBackFor, { what, debtor: act.debtor }) : null,
    settle: act.state === 'uncertain' ? fill(texts.uncertain.settleFor, { what, debtor: act.debtor }) : null,
  };
}

/** How many acts of each kind there are, and how they stand, most first: "Reminder 12: 10 done, 2 failed". */
export interface KindCount {
  readonly what: string;
  readonly count: string;
  readonly states: readonly (Badge & { readonly count: string })[];
}

export function countActs(acts: readonly ActFacts[], texts: Texts, format: Format): KindCount[] {
  return [...Map.groupBy(acts, ({ kind }) => kind)]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([kind, ofKind]) => ({
      what: kindWords(kind, texts),
      count: format.count(ofKind.length),
      states: [...Map.groupBy(ofKind, ({ state }) => state)]
        .sort(([, a], [, b]) => b.length - a.length)
        .map(([state, inState]) => ({ tone: TONES[state], words: texts.acts.stateWord[state], count: format.count(inState.length) })),
    }));
}
