import { type StateTable, endStates, mayBecome } from '../../../dunning/rules/state-table.js';

/**
 * The life of a claim that was handed over, in our words (agency-handover.md §5.1). Payments are events, not states.
 *
 * - `APPROVED`: a person said yes; the dossier is on its way
 * - `SUBMITTED`: the agency's endpoint took it
 * - `RECEIVED`, `ACCEPTED`, …: what the agency says
 */
export const CASE_STATES = [
  'APPROVED', 'SUBMITTED', 'RECEIVED', 'INFO_REQUIRED', 'ACCEPTED', 'AMICABLE', 'ARRANGEMENT', 'DISPUTED', 'PAUSED', 'LEGAL_ADVICE',
  'LEGAL', 'JUDGMENT', 'ENFORCEMENT', 'CLOSED', 'REJECTED', 'WITHDRAWN',
] as const; // prettier-ignore
export type CaseState = (typeof CASE_STATES)[number];

const AT_WORK = ['AMICABLE', 'ARRANGEMENT', 'DISPUTED', 'PAUSED'] as const;
const BEFORE_ACCEPTANCE = ['APPROVED', 'SUBMITTED', 'RECEIVED', 'INFO_REQUIRED'] as const;
const IN_COURT = ['LEGAL_ADVICE', 'LEGAL', 'JUDGMENT', 'ENFORCEMENT'] as const;

/** Direct steps. What the agency tells may skip some: see {@link canReach}. */
export const CASE_STEPS: StateTable<CaseState> = [
  { from: 'APPROVED', to: 'SUBMITTED' },
  { from: 'SUBMITTED', to: 'RECEIVED' },
  { from: 'RECEIVED', to: 'INFO_REQUIRED' },
  { from: 'RECEIVED', to: 'ACCEPTED' },
  { from: 'INFO_REQUIRED', to: 'RECEIVED' },
  { from: 'INFO_REQUIRED', to: 'ACCEPTED' },
  { from: 'ACCEPTED', to: 'AMICABLE' },
  { from: 'ACCEPTED', to: 'LEGAL_ADVICE' },
  ...AT_WORK.flatMap((from) => AT_WORK.filter((to) => to !== from).map((to) => ({ from, to }))),
  ...AT_WORK.map((from) => ({ from, to: 'LEGAL_ADVICE' as const })),
  { from: 'LEGAL_ADVICE', to: 'AMICABLE' },
  { from: 'LEGAL_ADVICE', to: 'LEGAL' },
  { from: 'LEGAL', to: 'ARRANGEMENT' },
  { from: 'LEGAL', to: 'JUDGMENT' },
  { from: 'JUDGMENT', to: 'ENFORCEMENT' },
  ...BEFORE_ACCEPTANCE.map((from) => ({ from, to: 'REJECTED' as const })),
  ...[...BEFORE_ACCEPTANCE, 'ACCEPTED' as const, ...AT_WORK, ...IN_COURT].flatMap((from) => [
    { from, to: 'WITHDRAWN' as const },
    { from, to: 'CLOSED' as const },
  ]),
];

/** States nothing leads out of, but for a case that is opened again. In them the claim is ours again. */
export const ENDED: readonly CaseState[] = endStates(CASE_STEPS, CASE_STATES);

/** Whether a case can have come from one state to another, over states nobody told us of. A state is reached from itself. */
export function canReach(from: CaseState, to: CaseState): boolean {
  const reached = new Set([from]);
  for (const state of reached) {
    if (state === to) return true;
    for (const next of CASE_STATES) if (mayBecome(CASE_STEPS, state, next)) reached.add(next);
  }
  return false;
}

export const CLOSE_CODES = [
  'PAID_FULL', 'PAID_PARTIAL_SETTLED', 'PAID_DIRECT', 'UNCOLLECTIBLE_INSOLVENT', 'UNCOLLECTIBLE_UNTRACEABLE', 'UNCOLLECTIBLE_NO_MEANS',
  'UNECONOMICAL', 'PRESCRIBED', 'DISPUTE_NO_LEGAL', 'SETTLEMENT_REFUSED_BY_CREDITOR', 'WITHDRAWN_BY_CREDITOR', 'CREDITOR_UNRESPONSIVE',
  'INVALID_DATA', 'DUPLICATE', 'DECEASED', 'OTHER',
] as const; // prettier-ignore
export type CloseCode = (typeof CLOSE_CODES)[number];
