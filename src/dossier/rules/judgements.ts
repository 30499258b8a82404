import type { JudgedArrangement } from '../../dunning/rules/arrangement.js';
import { type DecisionContext, deskFor, trackFor } from '../../dunning/rules/decide-debtor.js';
import { type DebtorFacts, factsByDebtor } from '../../dunning/rules/facts.js';
import type { Policy, Track } from '../../dunning/rules/policy.js';
import type { JudgedPromise } from '../../dunning/rules/promise.js';
import { type Standing, standingOf } from '../../dunning/rules/standing.js';
import type { StateTable } from '../../dunning/rules/state-table.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Book } from '../../ledger/rules/book.js';

/** For debtors the policy is not meant for: two banking days of grace, no pause after two broken promises (collection-rules.md §6.4). */
const USUAL: Pick<Track, 'promises' | 'arrangements' | 'resume'> = {
  promises: { graceBankingDays: 2, brokenMax: 2 },
  arrangements: { graceBankingDays: 2 },
  resume: { afterDisputeDays: 5, afterResentInvoiceDays: 14 },
};

export type AgreementRules = typeof USUAL;

/** The rules of the policy by which a debtor's agreements are judged. */
export const agreementRules = (facts: DebtorFacts, policy: Policy, on: PlainDate): AgreementRules => trackFor(facts, policy, on) ?? USUAL;

/** How a debtor stands, also when the policy is not meant for him. */
export const standingBy = (facts: DebtorFacts, policy: Policy, on: PlainDate, context: DecisionContext): Standing =>
  standingOf(facts, agreementRules(facts, policy, on), context.calendars.target, on);

/** What has become of the agreements of a book, by their ids. */
export interface Judgements {
  readonly promises: ReadonlyMap<string, JudgedPromise>;
  readonly arrangements: ReadonlyMap<string, JudgedArrangement>;
}

/**
 * Judges every promise and arrangement of a book from its bank lines. Null on stale figures: a payment that is not known yet must not
 * break a promise. One over the invoices of several debtors is judged by those of the debtor who made it.
 */
export function judgementsOf(book: Book, policy: Policy, on: PlainDate, context: DecisionContext): Judgements | null {
  if (deskFor(book.freshness, policy, on, context).held) return null;
  const madeBy = new Map([...book.promises, ...book.arrangements].map(({ id, debtorId }) => [id, debtorId]));
  const promises = new Map<string, JudgedPromise>();
  const arrangements = new Map<string, JudgedArrangement>();
  for (const facts of factsByDebtor(book)) {
    if (facts.promises.length === 0 && facts.arrangements.length === 0) continue;
    const standing = standingBy(facts, policy, on, context);
    for (const judged of standing.promises) {
      if (madeBy.get(judged.promise.id) === facts.debtor.id) promises.set(judged.promise.id, judged);
    }
    for (const judged of standing.arrangements) {
      if (madeBy.get(judged.arrangement.id) === facts.debtor.id) arrangements.set(judged.arrangement.id, judged);
    }
  }
  return { promises, arrangements };
}

/**
 * Whether a state can follow another one, directly or through others nobody was there to see: a judgement is made once a day, and a
 * payment can come and be returned in between.
 */
export function canFollow<State extends string>(table: StateTable<State>, from: State, to: State): boolean {
  const reached = new Set<State>([from]);
  for (const state of reached) for (const step of table) if (step.from === state) reached.add(step.to);
  return from !== to && reached.has(to);
}
