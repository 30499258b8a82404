import type { CreditRules } from '../../credit/rules/credit-decision.js';
import type { InsuranceTerms } from '../../credit/rules/insurance.js';
import type { Authority } from '../../credit/rules/release.js';
import type { Minor } from '../../kernel/money.js';
import type { Channel } from '../../ledger/rules/book.js';
import type { CostClause } from '../../law/rules/law.js';
import type { Condition } from './conditions.js';

/**
 * A dunning policy as data: who is approached when, how and with what. Written in YAML (config/policies/*.yml), read by
 * parse-policy.ts, interpreted by decide.ts. It can only ever make dunning gentler: what protects a debtor (house rules 1 to 4)
 * is not in the policy and cannot be switched off by it.
 */
export interface Policy {
  readonly name: string;
  /** Raised by whoever changes the policy; every act carries it. */
  readonly version: number;
  readonly freshness: FreshnessLimits;
  /** Most acts of a channel a day over all debtors; null: no limit. The longest overdue go first. */
  readonly dailyCap: Readonly<Record<Channel, number | null>>;
  /** The first track whose audience a debtor belongs to is his. */
  readonly tracks: readonly Track[];
}

/** How old figures may be before everything is held (house rule 2), in banking days (TARGET). */
export interface FreshnessLimits {
  /** 0: pulled on the day itself; 1: on the day itself or the banking day before. */
  readonly pullBankingDays: number;
  /** 1: the statements reach the banking day before. Never less than 1: today's statement is not there yet. */
  readonly statementBankingDays: number;
}

/** Days after a date. A working day is one on which the banks (TARGET) and the debtor's country work. */
export interface Delay {
  readonly days: number;
  readonly unit: 'calendar' | 'working';
}

/** The steps for one kind of debtor, with everything that goes with them. */
export interface Track {
  readonly name: string;
  /** All must hold. Empty: for everyone. */
  readonly audience: readonly Condition[];
  readonly exclude: Exclusions;
  /** Below this, all askable items of a debtor together, nothing is asked. In minor units of the items' currency. */
  readonly minimumAmount: Minor;
  /** Least time between two contacts with a debtor, of whatever kind. */
  readonly minimumGap: Delay;
  /** An item this many calendar days overdue joins a message that goes out for another one. */
  readonly bundleFromDaysOverdue: number;
  readonly quietDays: readonly QuietPeriod[];
  /** From this amount on a person approves every act; null: only where a step says so. */
  readonly approvalFrom: Minor | null;
  /** Language when the debtor's own is not known, by country; others get English. */
  readonly languages: Readonly<Record<string, string>>;
  readonly promises: {
    readonly graceBankingDays: number;
    /** After so many broken ones a new promise gives no pause. */ readonly brokenMax: number;
  };
  readonly arrangements: { readonly graceBankingDays: number };
  /** Peace after something was settled, in calendar days from that day. */
  readonly resume: {
    readonly afterDisputeDays: number;
    /** When the invoice itself had not arrived: a new term. */ readonly afterResentInvoiceDays: number;
  };
  /** Earliest handover after the due date. */
  readonly handoverFromDaysOverdue: number;
  /** What the creditor's terms say about compensation; null: nothing. */
  readonly clause: CostClause | null;
  /** The due dates were agreed with the debtor, not just printed on the invoice (matters for consumers). */
  readonly termAgreed: boolean;
  readonly statement: StatementRule | null;
  /** Null: nobody's credit is watched. */
  readonly credit: CreditWatch | null;
  /** In the order in which they happen; those with a trigger stand outside the order. */
  readonly steps: readonly Step[];
}

export interface Exclusions {
  /** Debtor ids or numbers. */
  readonly debtors: readonly string[];
  readonly segments: readonly string[];
}

/** Every year from `MM-DD` up to and including `MM-DD`, over New Year when `to` comes before `from`. */
export interface QuietPeriod {
  readonly from: string;
  readonly to: string;
}

/** The periodic statement of account (collection-rules.md §6.3): information, never with costs. */
export interface StatementRule {
  readonly step: string;
  /** ISO weekday, 1 = Monday; on the next working day of that week when it is none. */
  readonly weekday: number;
  /** The oldest item is at least so many calendar days overdue, and there are at least so many. */
  readonly fromDaysOverdue: number;
  readonly minimumItems: number;
  readonly channels: readonly Channel[];
  readonly template: string;
  readonly tone: Tone;
}

/** How credit is watched (collection-rules.md §7.1): rules, and what beside the limit calls for a person. */
export interface CreditWatch {
  readonly rules: CreditRules;
  /** Who may release above the limit, lowest first; empty: the reasons name nobody. */
  readonly releases: readonly Authority[];
  /** Tell when the class of payment behaviour got worse within so many days; null: do not. */
  readonly fallingWithinDays: number | null;
  /** Tell when a customer of these segments is so many days late; null: do not. */
  readonly keyAccounts: { readonly segments: readonly string[]; readonly daysOverdue: number } | null;
  /** What the credit insurer wants to hear of overdue customers with an insured limit, and when. */
  readonly insurance: InsuranceTerms;
}

export const STEP_KINDS = [
  'reminder',
  'demand',
  'fourteen-day-letter',
  'be-first-reminder',
  'notice-of-default',
  'call',
  'propose-handover',
  'review',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** Put before a person in the house; nothing of it reaches the debtor. */
export const INTERNAL_KINDS = ['propose-handover', 'review'] as const satisfies readonly StepKind[];
export const isInternal = (kind: StepKind): kind is (typeof INTERNAL_KINDS)[number] =>
  (INTERNAL_KINDS as readonly StepKind[]).includes(kind);

export const TONES = ['friendly', 'neutral', 'firm', 'formal'] as const;
export type Tone = (typeof TONES)[number];

export const TRIGGERS = ['broken-promise', 'broken-arrangement', 'returned-debit'] as const;
/** What sets off a step outside the order. */
export type Trigger = (typeof TRIGGERS)[number];

export const CHARGES = ['none', 'announce', 'charge'] as const;
/** `announce`: named as what will follow, not asked. The law decides how much, if anything. */
export type ChargeMode = (typeof CHARGES)[number];

export interface Step {
  /** Its name; contacts carry it, so renaming one starts its history anew. */
  readonly step: string;
  readonly kind: StepKind;
  readonly trigger: Trigger | null;
  /** Counted from the due date; negative: a courtesy before it. */
  readonly afterDue: Delay | null;
  /** Counted from the item's last contact in the order (for a triggered step: from what set it off). Both must have passed. */
  readonly afterPrevious: Delay | null;
  /** The step is passed over for whom these do not hold. */
  readonly when: readonly Condition[];
  /** The first one the debtor can be reached by. Empty for handover and review. */
  readonly channels: readonly Channel[];
  readonly tone: Tone;
  readonly template: string;
  /** What the debtor gets to pay; null: no date is named. Legal notices get at least the law's term. */
  readonly term: Delay | null;
  readonly costs: ChargeMode;
  readonly interest: ChargeMode;
  /** The step waits until at least this is asked. */
  readonly minimumAmount: Minor;
  readonly approval: boolean;
}

/** A service message before the due date, outside the order of what follows after it. Only a reminder can be one. */
export const isCourtesy = ({ kind, trigger, afterDue }: Step): boolean =>
  kind === 'reminder' && trigger === null && afterDue !== null && afterDue.days < 0;
