import type { CreditAction, CreditState } from '../../credit/rules/release.js';
import { type Minor, formatAmount } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Channel, ContactKind, Invoice } from '../../ledger/rules/book.js';
import type { Tone } from './policy.js';
import { type Reason, tell } from './reasons.js';
import type { Language } from './sentence.js';

export const CREDIT_KINDS = ['credit-warning', 'credit-hold'] as const;
/** About a debtor's credit: for a person in the house, over no item. Their amount is the exposure, whatever part of it is beyond the limit. */
export type CreditKind = (typeof CREDIT_KINDS)[number];
export const isCreditKind = (kind: string): kind is CreditKind => (CREDIT_KINDS as readonly string[]).includes(kind);

/** What a plan can propose. */
export type ActKind = ContactKind | CreditKind | 'propose-handover' | 'review';

/** One contact moment, or one proposal to a person, for one debtor. All amounts in minor units of `currency`. */
export interface Act {
  readonly debtorId: string;
  readonly kind: ActKind;
  /** The step of the policy. A weekly statement carries the Monday of its week: `statement/2026-11-16`. */
  readonly step: string;
  /** Null for what stays in the house (handover, review, credit). */
  readonly channel: Channel | null;
  readonly language: Language;
  /** The items asked for, and the open credit notes that were counted against them; none in an act about credit. */
  readonly invoiceIds: readonly string[];
  readonly currency: string;
  /** Open, less disputed parts, credit notes and unallocated receipts; in an act about credit the exposure. */
  readonly amount: Minor;
  readonly costs: Minor;
  readonly interest: Minor;
  readonly total: Minor;
  readonly payBy: PlainDate | null;
  readonly needsApproval: boolean;
  readonly because: readonly Reason[];
  /** What the message announces without asking for it (the fee in a fourteen-day letter); 0: nothing. */
  readonly announcedCosts: Minor;
  /** The VAT uplift in the announced costs. */
  readonly announcedVat: Minor;
  readonly announcedInterest: Minor;
  /** Yearly interest rate, in basis points, that the notice must name; null: none. */
  readonly announcedRate: number | null;
  /** First day on which announced costs are due, null: not said. */
  readonly costsFrom: PlainDate | null;
  /** Interest stands on a rate that is not published yet. */
  readonly provisional: boolean;
  readonly template: string;
  readonly tone: Tone;
  /** The track of the policy that was followed. */
  readonly track: string;
  readonly lines: readonly ActLine[];
}

/** How one item got into the amount: open − disputed − credited = asked. */
export interface ActLine {
  readonly invoiceId: string;
  readonly dueDate: PlainDate;
  readonly daysOverdue: number;
  readonly open: Minor;
  readonly disputed: Minor;
  readonly credited: Minor;
  readonly asked: Minor;
}

export const SKIP_REASONS = [
  'stale',
  'no-policy',
  'excluded',
  'not-due',
  'disputed',
  'promise',
  'arrangement',
  'hold',
  'insolvency',
  'collecting',
  'paused-in-package',
  'handed-over',
  'covered-by-credit',
  'money-in-other-currency',
  'below-minimum',
  'waiting',
  'not-a-banking-day',
  'quiet-day',
  'daily-cap',
  'unreachable',
  'legal-step-missing',
  'end-of-policy',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export interface Skip {
  readonly debtorId: string;
  readonly invoiceId: string;
  readonly reason: SkipReason;
  /** The day it is looked at again by itself, as far as today's facts tell; null: something must happen first. */
  readonly until: PlainDate | null;
  readonly because: Reason;
}

/** Why an item was left alone. */
export type Why = Pick<Skip, 'reason' | 'until' | 'because'>;

export const skip = ({ debtorId, id }: Invoice, why: Why): Skip => ({ debtorId, invoiceId: id, ...why });

/** Everything decided about one debtor: at most one act, every open item in it or skipped. */
export interface DebtorPlan {
  readonly act: Act | null;
  readonly skipped: readonly Skip[];
}

export const HELD_REASONS = ['control-difference', 'stale-pull', 'stale-statements'] as const;
export interface Held {
  readonly reason: (typeof HELD_REASONS)[number];
  /** The last day the figures are of; null: there never were any, or they agree with nothing. */
  readonly since: PlainDate | null;
}

export interface Plan {
  readonly date: PlainDate;
  readonly policy: { readonly name: string; readonly version: number };
  readonly held: Held | null;
  /** By debtor id; those about credit after the one about items. */
  readonly acts: readonly Act[];
  readonly skipped: readonly Skip[];
  /** How the standing of debtors' credit changes today, by debtor id. */
  readonly credit: readonly CreditChange[];
}

/** A debtor whose credit stands otherwise than it did. A `hold` takes effect once a person approved its act; the rest at once. */
export interface CreditChange {
  readonly debtorId: string;
  readonly from: CreditState;
  readonly to: CreditState;
  readonly action: CreditAction;
  readonly currency: string;
  readonly exposure: Minor;
  /** Null: none is set. */
  readonly limit: Minor | null;
  readonly because: readonly Reason[];
}

/** The document of `tegoed plan` (contracts.md); reasons in the given language. */
export function planToJson(plan: Plan, language: Language = 'en'): Record<string, unknown> {
  return {
    date: plan.date,
    policy: plan.policy,
    held: plan.held,
    acts: plan.acts.map((act) => actToJson(act, language)),
    skipped: plan.skipped.map(({ because, ...skip }) => ({
      invoiceId: skip.invoiceId,
      reason: skip.reason,
      until: skip.until,
      debtorId: skip.debtorId,
      because: tell(because, language),
    })),
    credit: plan.credit.map(({ because, ...change }) => ({
      ...change,
      exposure: formatAmount(change.exposure, change.currency),
      limit: change.limit === null ? null : formatAmount(change.limit, change.currency),
      because: because.map((reason) => tell(reason, language)),
    })),
  };
}

/** One act as in `tegoed plan`. */
export function actToJson(act: Act, language: Language = 'en'): Record<string, unknown> {
  const amount = (minor: Minor): string => formatAmount(minor, act.currency);
  return {
    debtorId: act.debtorId,
    kind: act.kind,
    step: act.step,
    channel: act.channel,
    language: act.language,
    invoiceIds: act.invoiceIds,
    amount: amount(act.amount),
    costs: amount(act.costs),
    interest: amount(act.interest),
    total: amount(act.total),
    payBy: act.payBy,
    needsApproval: act.needsApproval,
    because: act.because.map((reason) => tell(reason, language)),
    currency: act.currency,
    announcedCosts: amount(act.announcedCosts),
    announcedVat: amount(act.announcedVat),
    announcedInterest: amount(act.announcedInterest),
    announcedRate: act.announcedRate === null ? null : formatAmount(act.announcedRate),
    costsFrom: act.costsFrom,
    provisional: act.provisional,
    template: act.template,
    tone: act.tone,
    track: act.track,
    lines: act.lines.map((line) => ({
      ...line,
      open: amount(line.open),
      disputed: amount(line.disputed),
      credited: amount(line.credited),
      asked: amount(line.asked),
    })),
  };
}
