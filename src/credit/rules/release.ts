import type { Minor } from '../../kernel/money.js';
import type { Judgement, Verdict } from './credit-decision.js';
import { type CreditReason, creditReason, moneyIn } from './reasons.js';

export const CREDIT_STATES = ['free', 'warned', 'held'] as const;
/** What was last said and done about a debtor's credit. */
export type CreditState = (typeof CREDIT_STATES)[number];

export type CreditAction = 'none' | 'warn' | 'hold' | 'release';

/** What a judgement asks for, given how the debtor stood: nothing is said twice, and a hold that is no longer needed ends by itself. */
export const CREDIT_STEPS = [
  { from: 'free', verdict: 'warn', to: 'warned', action: 'warn' },
  { from: 'free', verdict: 'hold', to: 'held', action: 'hold' },
  { from: 'warned', verdict: 'hold', to: 'held', action: 'hold' },
  { from: 'warned', verdict: 'ok', to: 'free', action: 'none' },
  { from: 'warned', verdict: 'no-limit', to: 'free', action: 'none' },
  { from: 'held', verdict: 'ok', to: 'free', action: 'release' },
  { from: 'held', verdict: 'warn', to: 'warned', action: 'release' },
] as const satisfies readonly { from: CreditState; verdict: Verdict; to: CreditState; action: CreditAction }[];

export interface CreditStep {
  readonly to: CreditState;
  readonly action: CreditAction;
  readonly because: readonly CreditReason[];
}

/** The step of the table; none: the state stays. A hold whose limit was removed stays until a person decides. */
export function nextStep(from: CreditState, { verdict, because }: Judgement): CreditStep {
  const step = CREDIT_STEPS.find((one) => one.from === from && one.verdict === verdict);
  if (!step) return { to: from, action: 'none', because };
  const { to, action } = step;
  return { to, action, because: action === 'release' ? [creditReason('room-again'), ...because] : because };
}

/** A role with the most it may release above the limit; null: without a maximum. */
export interface Authority {
  readonly role: string;
  readonly upTo: Minor | null;
}

/**
 * Who may release credit that is beyond the limit by `over`: the first role of the list, lowest first, whose amount is enough; null:
 * nobody (collection-rules.md §7.1, "release needs authority by amount").
 */
export function releasedBy(
  over: Minor,
  authorities: readonly Authority[],
  currency: string,
): { readonly role: string | null; readonly because: CreditReason } {
  const amount = moneyIn(over, currency);
  const role = authorities.find(({ upTo }) => upTo === null || over <= upTo)?.role ?? null;
  return { role, because: role === null ? creditReason('no-authority', { amount }) : creditReason('authority', { amount, role }) };
}
