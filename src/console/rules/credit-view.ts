import type { CreditHappened, LimitsView, Standing } from '../../credit/rules/told.js';
import { type Authority, isAtLeast } from '../../platform/auth/rules/authority.js';
import type { Texts } from '../texts.js';
import type { Badge } from './badge.js';
import type { Format } from './format.js';
import { type FieldShown, type Filled, fieldOf } from './form.js';
import { fill, wordFor } from './words.js';

/** How deliveries to debtors stand; ids. */
export interface Holds {
  readonly held: readonly string[];
  readonly proposed: readonly string[];
}

export type HoldState = 'held' | 'proposed' | 'free';

export const holdOf = ({ held, proposed }: Holds, debtorId: string): HoldState =>
  held.includes(debtorId) ? 'held' : proposed.includes(debtorId) ? 'proposed' : 'free';

const HOLD_TONES: Readonly<Record<HoldState, Badge['tone']>> = { held: 'bad', proposed: 'attention', free: 'quiet' };

/** A debtor's credit as the pages show it. */
export interface StandingShown {
  readonly path: string;
  readonly name: string;
  readonly limit: string;
  readonly source: Badge;
  readonly expired: Badge | null;
  readonly until: string;
  readonly exposure: string;
  readonly used: Badge | null;
  readonly room: string;
  readonly hold: Badge;
}

/** Where the credit of a debtor is shown, below the administration. */
export const creditPathOf = (debtorId: string): string => `/credit/debtors/${encodeURIComponent(debtorId)}`;

export function showStanding(standing: Standing, hold: HoldState, { credit: words, none }: Texts, format: Format): StandingShown {
  const { debtorId, number, name, currency, limit, source, expired, until, exposure, utilisation, headroom } = standing;
  const amount = (decimal: string | null): string => (decimal === null ? none : format.amount(decimal, currency));
  return {
    path: creditPathOf(debtorId),
    name: number === null ? name : `${name} (${number})`,
    limit: amount(limit),
    source: { tone: 'quiet', words: words.sourceWord[source] },
    expired: expired ? { tone: 'bad', words: words.expired } : null,
    until: until !== null ? format.day(until) : limit === null ? none : words.noEnd,
    exposure: amount(exposure),
    used: utilisation === null ? null : usedBadge(utilisation, format),
    room: amount(headroom),
    hold: { tone: HOLD_TONES[hold], words: words.holdWord[hold] },
  };
}

const usedBadge = (ratio: number, format: Format): Badge => ({
  tone: ratio >= 1 ? 'bad' : ratio >= 0.8 ? 'attention' : 'good',
  words: `${format.count(Math.round(ratio * 1000) / 10)}%`,
});

/** Where somebody is in a list of pages, and the pages beside it; null: there is none. */
export function showPaging(page: number, size: number, total: number, { credit: words }: Texts, format: Format) {
  const [from, to] = [(page - 1) * size + 1, Math.min(page * size, total)];
  return {
    words: fill(words.counted, { from: format.count(from), to: format.count(to), total: format.count(total) }),
    earlier: page > 1 ? page - 1 : null,
    later: to < total ? page + 1 : null,
  };
}

/** One limit of a debtor as a row; `kind` is null for one that is not set here. */
export interface LimitShown {
  readonly kind: string | null;
  readonly words: string;
  readonly detail: string | null;
  readonly amount: string;
  readonly from: string;
  readonly until: string;
  readonly endFor: string;
}

export function showLimits({ currency, creditLimit, limits, group }: LimitsView, texts: Texts, format: Format): LimitShown[] {
  const { credit: words, none } = texts;
  const amount = (decimal: string | null): string => (decimal === null ? none : format.amount(decimal, currency));
  const row = (given: Partial<LimitShown> & Pick<LimitShown, 'words' | 'amount'>): LimitShown => ({
    ...{ kind: null, detail: null, from: none, until: none },
    endFor: fill(words.one.endFor, { kind: given.words }),
    ...given,
  });
  return [
    ...(creditLimit === null ? [] : [row({ words: words.one.packages, amount: amount(creditLimit) })]),
    ...limits.map(({ kind, amount: decimal, from, until, insuredOnly }) =>
      row({
        kind,
        words: words.sourceWord[kind],
        detail: insuredOnly ? words.one.insuredOnly : null,
        amount: amount(decimal),
        from: from === null ? words.atOnce : format.day(from),
        until: until === null ? words.noEnd : format.day(until),
      }),
    ),
    ...(group === null
      ? []
      : [
          row({
            words: fill(words.one.groupOf, { name: group.name, used: amount(group.usedByOthers) }),
            amount: group.amount === null ? words.noLimitAmount : amount(group.amount),
          }),
        ]),
  ];
}

/** What a key may do about limits, in words; null: nothing needs to be said. */
export function limitRights(
  { role, releaseUpTo }: Authority,
  currency: string,
  texts: Texts,
  format: Format,
  decimal: (minor: number) => string,
) {
  const { credit: words } = texts;
  const mayWrite = isAtLeast(role, 'clerk');
  if (!mayWrite) return { mayWrite, words: fill(words.mayNot, { role }) };
  if (!isAtLeast(role, 'controller')) return { mayWrite, words: words.one.raiseClerk };
  if (releaseUpTo === null) return { mayWrite, words: null };
  return { mayWrite, words: fill(words.one.raiseUpTo, { amount: format.amount(decimal(releaseUpTo), currency) }) };
}

/** The form that sets a limit. */
export function limitFields(filled: Filled, currency: string, { credit: { field: words } }: Texts): FieldShown[] {
  return [
    fieldOf('limit', 'amount', fill(words.amount, { currency }), filled, { required: true }),
    fieldOf('limit', 'from', words.from, filled, { type: 'date' }),
    fieldOf('limit', 'until', words.until, filled, { type: 'date' }),
    fieldOf('limit', 'reason', words.reason, filled, { required: true }),
  ];
}

/** The entries of a dossier about credit, in words. */
export const showHappened = (happened: readonly CreditHappened[], texts: Texts, format: Format) =>
  happened.map(({ at, kind, body }) => {
    const { credit: words } = texts;
    const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
    const by = text(body['by']);
    const why = text(body['reason']) ?? text(body['because']);
    return {
      when: format.moment(at),
      what: saidOf(kind, body, texts, format),
      by: by === null ? null : fill(words.one.by, { by }),
      why,
    };
  });

function saidOf(kind: string, body: CreditHappened['body'], { credit: words }: Texts, format: Format): string {
  const amountIn = (decimal: unknown): string =>
    typeof decimal === 'string' ? format.amount(decimal, String(body['currency'] ?? 'EUR')) : words.noLimitAmount;
  const nameOf = (group: unknown): string => String((group as { name?: unknown } | null)?.name ?? '');
  const [from, to] = [body['from'], body['to']];
  switch (kind) {
    case 'limit-changed':
      return fill(words.happened[body['amount'] === null ? 'limit-ended' : 'limit-changed'], {
        kind: wordFor(words.sourceWord, String(body['kind'])),
        amount: amountIn(body['amount']),
      });
    case 'group-changed':
      return fill(words.happened[from === null ? 'group-joined' : to === null ? 'group-left' : 'group-changed'], {
        ...{ from: nameOf(from), to: nameOf(to) },
        amount: amountIn((to as { amount?: unknown } | null)?.amount),
      });
    default:
      return fill(wordFor(words.happened, kind), {
        outcome: wordFor(words.checks.outcomeWord, String(body['outcome'])),
        terms: wordFor(words.checks.terms, String(body['terms'])),
      });
  }
}
