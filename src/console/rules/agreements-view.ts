import type { OpenAgreements } from '../../dossier/rules/open-agreements.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Texts } from '../texts.js';
import type { Badge } from './badge.js';
import type { Format } from './format.js';
import { fill, wordFor } from './words.js';

/** Something that stops dunning, and the form that ends it. */
export interface AgreementShown {
  readonly debtor: string;
  readonly what: string;
  readonly details: readonly string[];
  readonly amount: string;
  readonly since: string;
  readonly until: string;
  readonly state: Badge;
  /** Where the form goes, below the administration; null: it is ended in the package only. */
  readonly path: string | null;
  /** The invoice, for what has no id of its own; null otherwise. */
  readonly invoiceId: string | null;
  /** What the button says to who cannot see the row. */
  readonly action: string;
  /** Unique on the page, for labels. */
  readonly key: string;
}

export interface AgreementsOfKind {
  readonly kind: keyof OpenAgreements;
  readonly title: string;
  readonly action: string;
  /** What is asked beside the reason, where something is; the note may stay empty then. */
  readonly asks: string | null;
  readonly isReasonAsked: boolean;
  /** The ways it can end, where there is more than one. */
  readonly outcomes: readonly { readonly code: string; readonly words: string }[];
  readonly rows: readonly AgreementShown[];
}

/** What stops dunning, kind by kind, also the kinds there are none of. */
export function showAgreements(open: OpenAgreements, on: PlainDate, texts: Texts, format: Format): AgreementsOfKind[] {
  const { agreements: words } = texts;
  const day = (date: PlainDate | null): string => (date === null ? texts.none : format.day(date));
  const outcomes = entriesOf(words.outcome);
  const asked: Partial<Record<keyof OpenAgreements, Pick<AgreementsOfKind, 'asks' | 'isReasonAsked' | 'outcomes'>>> = {
    disputes: { asks: words.outcomeLabel, isReasonAsked: false, outcomes },
    pauses: { asks: words.pauseScopeLabel, isReasonAsked: true, outcomes: entriesOf(words.pauseScope) },
  };
  const ofKind = (kind: keyof OpenAgreements, rows: readonly Omit<AgreementShown, 'action' | 'key'>[]): AgreementsOfKind => ({
    kind,
    title: words.title[kind],
    action: words.action[kind],
    ...(asked[kind] ?? { asks: null, isReasonAsked: true, outcomes: [] }),
    rows: rows.map((row, at) => ({ ...row, action: `${words.action[kind]}: ${row.what}, ${row.debtor}`, key: `${kind}-${at}` })),
  });
  return [
    ofKind(
      'disputes',
      open.disputes.map((each) => ({
        debtor: each.debtor,
        what: fill(words.invoice, { number: each.invoice }),
        details: [wordFor(words.code, each.code), ...(each.id === null ? [words.notNotedHere] : [])],
        amount: each.amount === null ? words.whole : format.amount(each.amount, each.currency),
        since: day(each.since),
        until: day(each.answerBy),
        state: each.answerBy !== null && each.answerBy < on ? { tone: 'bad', words: words.late } : { tone: 'attention', words: words.open },
        path: each.id === null ? 'disputes/resolve' : `disputes/${each.id}/resolve`,
        invoiceId: each.id === null ? each.invoiceId : null,
      })),
    ),
    ofKind(
      'packageDisputes',
      open.packageDisputes.map(({ debtor, invoice, words: said, on: noted }) => ({
        debtor,
        what: fill(words.invoice, { number: invoice }),
        details: [said],
        amount: words.whole,
        since: day(noted),
        until: texts.none,
        state: { tone: 'attention', words: words.endsInPackage },
        path: null,
        invoiceId: null,
      })),
    ),
    ofKind(
      'pauses',
      open.pauses.map(({ debtor, invoice, invoiceId, open: left, currency, dueDate, since }) => ({
        debtor,
        what: fill(words.invoice, { number: invoice }),
        details: [],
        amount: format.amount(left, currency),
        since: day(since),
        until: day(dueDate),
        state: { tone: 'attention', words: words.notReminded },
        path: 'pauses/remind',
        invoiceId,
      })),
    ),
    ofKind(
      'promises',
      open.promises.map(({ id, debtor, amount, currency, madeOn, dueDate, state }) => ({
        debtor,
        what: words.promise,
        details: [],
        amount: format.amount(amount, currency),
        since: day(madeOn),
        until: day(dueDate),
        state: badgeOf(state, words.state),
        path: `promises/${encodeURIComponent(id)}/withdraw`,
        invoiceId: null,
      })),
    ),
    ofKind(
      'arrangements',
      open.arrangements.map(({ id, debtor, currency, state, instalments }) => ({
        debtor,
        what: words.arrangement,
        details: instalments.map(
          (each) => `${day(each.dueDate)}: ${format.amount(each.amount, currency)} (${wordFor(words.state, each.state)})`,
        ),
        amount: texts.none,
        since: day(instalments[0]?.dueDate ?? null),
        until: day(instalments.at(-1)?.dueDate ?? null),
        state: badgeOf(state, words.state),
        path: `arrangements/${encodeURIComponent(id)}/withdraw`,
        invoiceId: null,
      })),
    ),
    ofKind(
      'holds',
      open.holds.map(({ id, debtor, kind, reason, from, until, invoice, formerDebtor }) => ({
        debtor,
        what: invoice === undefined ? words.hold[kind] : fill(words.invoice, { number: invoice }),
        details: [
          ...(reason === 'REQUEST' ? [] : [wordFor(words.holdReason, reason)]),
          ...(formerDebtor === undefined ? [] : [fill(words.formerDebtor, { debtor: formerDebtor })]),
        ],
        amount: texts.none,
        since: day(from),
        until: day(until),
        state: from > on ? { tone: 'quiet', words: words.planned } : { tone: 'attention', words: words.active },
        path: `holds/${id}/end`,
        invoiceId: null,
      })),
    ),
  ];
}

const entriesOf = (words: Readonly<Record<string, string>>): { readonly code: string; readonly words: string }[] =>
  Object.entries(words).map(([code, each]) => ({ code, words: each }));

const badgeOf = (state: string, words: Readonly<Record<string, string>>): Badge => ({
  tone: state === 'broken' || state === 'short' ? 'bad' : 'good',
  words: wordFor(words, state),
});
