import { type CreditPosition, judgeCredit } from '../../credit/rules/credit-decision.js';
import { creditPosition } from '../../credit/rules/credit-position.js';
import { type DebtorItems, debtorItems } from '../../credit/rules/debtor-items.js';
import { type Overdue, overdueOf } from '../../credit/rules/overdue.js';
import { type CreditReason, creditReason } from '../../credit/rules/reasons.js';
import { type Authority, type CreditState, nextStep, releasedBy } from '../../credit/rules/release.js';
import type { Calendar } from '../../kernel/calendar.js';
import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { languageOf } from './compose-act.js';
import { behaviourFell, insuranceDue, keyAccountLate } from './credit-alerts.js';
import { trackFor } from './decide-debtor.js';
import type { DebtorFacts } from './facts.js';
import { activeHold } from './hold.js';
import type { Act, CreditChange, CreditKind } from './plan.js';
import type { CreditWatch, Policy, Track } from './policy.js';
import { fromCredit } from './reasons.js';

/** The steps of the acts about credit; no step of a policy may be named so. */
export const CREDIT_STEP_NAMES = ['credit-warning', 'credit-hold', 'credit-behaviour', 'credit-key-account', 'credit-insurance'] as const;
export type CreditStepName = (typeof CREDIT_STEP_NAMES)[number];

/** What was said and done about a debtor's credit before. */
export interface CreditMemory {
  readonly state: CreditState;
  /** The last day each alert beside the limit was told. */
  readonly told: ReadonlyMap<CreditStepName, PlainDate>;
}

/** By debtor id; who is not in it is new to us. */
export type CreditMemories = ReadonlyMap<string, CreditMemory>;

export const NEVER_TOLD: CreditMemory = { state: 'free', told: new Map() };

/** What is decided about one debtor's credit on a day. */
export interface CreditPlan {
  /** Null: it stands as it stood. */
  readonly change: CreditChange | null;
  readonly acts: readonly Act[];
}

const NOTHING: CreditPlan = { change: null, acts: [] };

/**
 * The credit of one debtor on a day, by the policy's `credit` settings: warned of, proposed to be held, released again, and what else
 * calls for a person. Nothing is said twice: `memory` is what was said before. A hold decided here is about deliveries; it stops no
 * reminder. Who is insolvent, under guardianship or already on credit hold in the book is in a person's hands and not judged.
 */
export function decideCredit(facts: DebtorFacts, policy: Policy, on: PlainDate, banking: Calendar, memory = NEVER_TOLD): CreditPlan {
  const track = trackFor(facts, policy, on);
  if (!track?.credit || !isWatched(facts, track.credit, memory)) return NOTHING;
  const { debtor, administration } = facts;
  if (IN_HANDS.includes(activeHold(debtor.holds, on)?.kind ?? '')) return NOTHING;

  const items = debtorItems(facts, on, on);
  const late = overdueOf(items.items, items.unallocated, on);
  const position = creditPosition(items, late, { ...debtor, blocked: false }, administration.currency, on);
  const { change, act } = limitStep(position, facts, track, track.credit, memory.state);
  return {
    change,
    acts: [...(act ? [act] : []), ...alerts({ items, late, position }, facts, track, track.credit, banking, on, memory)],
  };
}

/**
 * How far a debtor's credit is beyond the limit on a day, and who may release how much by the policy; null: nobody watches it. What a release
 * is measured by, whatever was said before.
 */
export function beyondLimit(
  facts: DebtorFacts,
  policy: Policy,
  on: PlainDate,
): { readonly over: Minor; readonly releases: readonly Authority[]; readonly exposure: Minor; readonly limit: Minor | null } | null {
  const track = trackFor(facts, policy, on);
  if (!track?.credit) return null;
  const { debtor, administration } = facts;
  const items = debtorItems(facts, on, on);
  const late = overdueOf(items.items, items.unallocated, on);
  const position = creditPosition(items, late, { ...debtor, blocked: false }, administration.currency, on);
  const { over } = judgeCredit(position, track.credit.rules);
  return { over, releases: track.credit.releases, exposure: position.exposure.amount, limit: position.limit.amount };
}

const IN_HANDS: readonly string[] = ['insolvency', 'guardianship', 'credit'];

/** Most debtors have no limit, and nothing else is watched: those cost nothing. */
const isWatched = ({ debtor }: DebtorFacts, { rules, fallingWithinDays, keyAccounts }: CreditWatch, { state }: CreditMemory): boolean =>
  debtor.creditLimit !== null ||
  debtor.limits !== undefined ||
  state !== 'free' ||
  rules.oldestOverdueDaysMax !== null ||
  rules.overdueRatioMax !== null ||
  fallingWithinDays !== null ||
  keyAccounts !== null;

function limitStep(
  position: CreditPosition,
  facts: DebtorFacts,
  track: Track,
  { rules, releases }: CreditWatch,
  from: CreditState,
): { change: CreditChange | null; act: Act | null } {
  const judgement = judgeCredit(position, rules);
  const { to, action, because } = nextStep(from, judgement);
  if (to === from) return { change: null, act: null };
  const { currency, exposure, limit } = position;
  const change: CreditChange = {
    debtorId: facts.debtor.id,
    from,
    to,
    action,
    currency,
    exposure: exposure.amount,
    limit: limit.amount,
    because: because.map(fromCredit),
  };
  if (action === 'warn')
    return { change, act: creditAct('credit-warning', position, facts, track, [...because, creditReason('do-warned')]) };
  if (action !== 'hold') return { change, act: null };
  const authority = releases.length > 0 && judgement.over > 0 ? [releasedBy(judgement.over, releases, currency).because] : [];
  const why = [...because, ...authority, creditReason('hold-approval'), creditReason('do-held')];
  return { change, act: creditAct('credit-hold', position, facts, track, why) };
}

interface Standing {
  readonly items: DebtorItems;
  readonly late: Overdue;
  readonly position: CreditPosition;
}

function alerts(
  { items, late, position }: Standing,
  facts: DebtorFacts,
  track: Track,
  { fallingWithinDays, keyAccounts, insurance }: CreditWatch,
  banking: Calendar,
  on: PlainDate,
  { told }: CreditMemory,
): Act[] {
  const fell =
    fallingWithinDays === null ? null : behaviourFell(facts, items, track, fallingWithinDays, banking, on, told.get('credit-behaviour'));
  const isLate = keyAccounts === null ? null : keyAccountLate(facts.debtor, late, keyAccounts, on, told.get('credit-key-account'));
  const due = insuranceDue(facts.debtor, late, insurance, on, told.get('credit-insurance'));
  const alert = (step: CreditStepName, why: readonly CreditReason[], todo: CreditReason): Act[] =>
    why.length > 0 ? [creditAct(step, position, facts, track, [...why, todo])] : [];
  return [
    ...alert('credit-behaviour', fell ? [fell] : [], creditReason('do-behaviour')),
    ...alert('credit-key-account', isLate ? [isLate] : [], creditReason('do-key-account')),
    ...alert('credit-insurance', due, creditReason('do-insurance')),
  ];
}

/** An act for a person in the house. Its amount is the exposure, also where only a part of it is beyond the limit; no cost is asked. */
function creditAct(
  step: CreditStepName,
  { currency, exposure }: CreditPosition,
  { debtor }: DebtorFacts,
  track: Track,
  because: readonly CreditReason[],
): Act {
  const kind: CreditKind = step === 'credit-hold' ? 'credit-hold' : 'credit-warning';
  const amount = Math.max(0, exposure.amount);
  return {
    debtorId: debtor.id,
    kind,
    step,
    channel: null,
    language: languageOf(debtor, track),
    invoiceIds: [],
    currency,
    amount,
    costs: 0,
    interest: 0,
    total: amount,
    payBy: null,
    needsApproval: kind === 'credit-hold',
    because: because.map(fromCredit),
    announcedCosts: 0,
    announcedVat: 0,
    announcedInterest: 0,
    announcedRate: null,
    costsFrom: null,
    provisional: false,
    template: kind,
    tone: 'neutral',
    track: track.name,
    lines: [],
  };
}
