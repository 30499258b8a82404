import type { PlainDate } from '../../kernel/plain-date.js';
import { regimeOf } from '../../law/rules/capacity.js';
import { type Limitation, type LimitationQuestion, limitation } from '../../law/rules/limitation.js';
import { isDemand } from '../../law/rules/notices.js';
import type { ActContext } from './compose-act.js';
import type { DebtorFacts } from './facts.js';
import type { Step } from './policy.js';
import { type Reason, reason } from './reasons.js';
import type { Claim } from './standing.js';

/**
 * The end of a claim by limitation when it has passed or comes near (collection-rules.md §3.1), null while there is time or no rule is
 * known. What the book tells is counted: demands proven to have reached the debtor, his payments on the item, his promises about it. In
 * doubt the claim lapses early, for then a person looks.
 */
export function limitationAlert({ invoice }: Claim, { law, facts, on }: ActContext): Limitation | null {
  const { country, capacity } = facts.debtor;
  const question = { regime: regimeOf(country), capacity, claim: null, dueDate: invoice.dueDate, interruptions: [] } as const;
  // Interruptions only lengthen a term: the young claims, nearly all, need no search for them.
  if (!isPressing(limitation(law, question, on))) return null;
  const interrupted = limitation(law, { ...question, interruptions: interruptionsOf(invoice.id, facts) }, on);
  return isPressing(interrupted) ? interrupted : null;
}

const isPressing = (found: Limitation | null): found is Limitation => found !== null && (found.lapsed || found.warning !== null);

/** What is known to have interrupted the limitation of an invoice. */
export function interruptionsOf(
  id: string,
  { contacts, payments, promises }: Pick<DebtorFacts, 'contacts' | 'payments' | 'promises'>,
): LimitationQuestion['interruptions'] {
  const covers = ({ invoiceIds }: { readonly invoiceIds: readonly string[] }): boolean => invoiceIds.includes(id);
  const acknowledged = (on: PlainDate) => ({ on, kind: 'acknowledgement' as const });
  return [
    ...contacts
      .filter((contact) => isDemand(contact.kind) && contact.channel !== 'phone' && covers(contact))
      .flatMap(({ receivedOn }) => (receivedOn === null ? [] : [{ on: receivedOn, kind: 'written-demand' as const }])),
    ...payments.filter(({ invoiceId, amount }) => invoiceId === id && amount > 0).map(({ date }) => acknowledged(date)),
    ...promises.filter(covers).map(({ madeOn }) => acknowledged(madeOn)),
  ];
}

/** What takes the place of a handover of claims that may have lapsed: a person decides what is still asked. */
export const LAPSED_REVIEW: Step = {
  step: 'limitation-review',
  kind: 'review',
  trigger: null,
  afterDue: null,
  afterPrevious: null,
  when: [],
  channels: [],
  tone: 'neutral',
  template: 'review',
  term: null,
  costs: 'none',
  interest: 'none',
  minimumAmount: 0,
  approval: true,
};

/** What an act over claims near or past their limitation says about it. */
export function limitationReasons(alerts: readonly Limitation[]): Reason[] {
  const ends = (lapsed: boolean): PlainDate[] =>
    alerts
      .filter((alert) => alert.lapsed === lapsed)
      .map(({ limitationDate }) => limitationDate)
      .sort();
  const [past, near] = [ends(true), ends(false)];
  return [
    ...(past[0] ? [reason('limitation-past', { count: past.length, date: past[0] })] : []),
    ...(near[0] ? [reason('limitation-near', { count: near.length, date: near[0] })] : []),
  ];
}
