import type { Calendar } from '../../kernel/calendar.js';
import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';

/**
 * The words of this folder, and the shape of the dated tables of config/law that every rule here takes as its first argument.
 * Percentages are basis points (10.15 % = 1015), amounts minor units of EUR, and each figure carries where it comes from.
 */

export const REGIMES = ['nl', 'be', 'eu'] as const;
/** Whose law is applied: the Netherlands, Belgium, or a profile of Directive 2011/7/EU for the other countries. */
export type Regime = (typeof REGIMES)[number];

/** The two roles the law knows; see {@link legalCapacity} for how a debtor of the book becomes one. */
export type LegalCapacity = 'business' | 'consumer';

/** `published`: read in a public source; `derived`: follows from published facts by the statutory formula; `assumed`: to be confirmed. */
export const STATUSES = ['published', 'derived', 'assumed'] as const;
type RowStatus = (typeof STATUSES)[number];

/** Where a row comes from. `status: assumed` makes every figure that leans on the row provisional. */
interface Sourced {
  readonly source: string;
  readonly status: RowStatus;
}

/** A row in force from a day until the next row of its table begins. */
interface Dated extends Sourced {
  readonly from: PlainDate;
}

interface RateRow extends Dated {
  readonly basisPoints: number;
  /** Rate for contracts made before the table's `contractSplit`; absent: the same for all. */
  readonly olderContractsBasisPoints?: number;
}

/** Yearly interest per period, oldest row first. */
export interface RateTable {
  readonly article: string;
  /** Last day for which a rate is known; every later day is reckoned with the last row and marked provisional. */
  readonly publishedUntil: PlainDate;
  /** Contracts made before this day follow the older rate of the rows that have one. */
  readonly contractSplit: PlainDate | null;
  readonly rows: readonly RateRow[];
}

/** One slice of the principal and its rate. */
interface CostTier {
  /** Width of the slice; null: all above the former. */
  readonly width: Minor | null;
  readonly basisPoints: number;
}

export interface CostScale extends Dated {
  readonly article: string;
  readonly tiers: readonly CostTier[];
  readonly minimum: Minor;
  readonly maximum: Minor;
  readonly vatBasisPoints: number;
}

/** The rule against stacking for small instalments of one contract; used only when {@link LawSettings.nlInstalmentRule} is on. */
export interface InstalmentRule extends Dated {
  readonly article: string;
  /** Fee of the first, second, … missed instalment inside the window; the last one repeats. */
  readonly steps: readonly Minor[];
  readonly windowMonths: number;
  readonly windowCap: Minor;
  readonly instalmentMaximum: Minor;
}

/** Compensation between businesses, due without any reminder. */
export interface FixedSum extends Dated {
  readonly article: string;
  readonly amount: Minor;
}

/** `fixed + percent × (balance − over)`, at most `maximum`. */
export interface BalanceCap {
  /** Balance up to and including this; null: all above the former. */
  readonly upTo: Minor | null;
  readonly fixed: Minor;
  readonly basisPoints: number;
  readonly over: Minor;
  readonly maximum: Minor | null;
}

/** The highest compensation a clause may give against a consumer, by open balance. */
export interface ConsumerCaps extends Dated {
  readonly article: string;
  readonly caps: readonly BalanceCap[];
}

interface LimitationRow extends Sourced {
  readonly claim: ClaimKind;
  readonly years: number;
  readonly article: string;
}

export const CLAIM_KINDS = ['contract', 'consumer-sale', 'supply', 'periodic', 'transport', 'judgment'] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];

/** What stops the clock of limitation: a written demand or notice reserving the right, a payment or promise, a claim in court, a lawyer's or bailiff's formal notice. */
export const INTERRUPTIONS = ['written-demand', 'acknowledgement', 'lawsuit', 'formal-notice'] as const;
export type InterruptionKind = (typeof INTERRUPTIONS)[number];

export interface LimitationRules {
  readonly rows: readonly LimitationRow[];
  /** The claim supposed when it is not known: the shortest that is likely. */
  readonly supposed: Readonly<Record<LegalCapacity, ClaimKind>>;
  /** Days before the end at which to warn, most first. */
  readonly warnDays: readonly number[];
  /** What starts a new term of the same length, of at most so many years (null: no limit). */
  readonly renewedBy: readonly InterruptionKind[];
  readonly renewedYearsMaximum: number | null;
  /** What lengthens the term once, by so many years from its day; null: nothing does. */
  readonly extendedOnceBy: { readonly kind: InterruptionKind; readonly years: number } | null;
}

export interface PaymentTerms extends Sourced {
  readonly article: string;
  readonly defaultDays: number;
  /** Longest agreed term between businesses, and whether an express agreement may go beyond it. */
  readonly maximumDays: number;
  readonly longerIfExpresslyAgreed: boolean;
  readonly publicBodyDays: number;
  /** Longest term for a large debtor with a small or medium creditor; null: no such rule. */
  readonly largeDebtorDays: number | null;
}

export interface NoticeRule extends Sourced {
  readonly article: string;
  readonly termDays: number;
}

interface FourteenDayRule extends NoticeRule {
  /** Letters count as received on this delivery day after sending. */
  readonly deliveryDays: number;
  /** ISO weekdays on which post is delivered, for this purpose. */
  readonly deliveryWeekdays: readonly number[];
  /** Days kept free between the end of the term and a handover. */
  readonly bufferDays: number;
}

interface BeFirstReminderRule extends NoticeRule {
  /** A term after a letter begins on this working day after sending. */
  readonly letterStartsOnWorkingDay: number;
  readonly freeRemindersPerYear: number;
  /** Cost of a later reminder, without postage. */
  readonly laterReminderMaximum: Minor;
}

export interface NlLaw {
  readonly costScales: readonly CostScale[];
  readonly instalment: InstalmentRule;
  readonly fixedSums: readonly FixedSum[];
  readonly fourteenDayLetter: FourteenDayRule;
  readonly noticeOfDefault: NoticeRule;
  readonly commercialRates: RateTable;
  readonly consumerRates: RateTable;
  readonly terms: PaymentTerms;
  readonly limitation: LimitationRules;
}

export interface BeLaw {
  readonly consumerCaps: readonly ConsumerCaps[];
  readonly fixedSums: readonly FixedSum[];
  readonly firstReminder: BeFirstReminderRule;
  readonly commercialRates: RateTable;
  readonly terms: PaymentTerms;
  readonly limitation: LimitationRules;
}

/** A country by the default of Directive 2011/7/EU; national deviations are data (config/law/eu.yml). */
export interface EuProfile {
  /** ISO 3166-1 alpha-2, or `EU` for the directive's own default. */
  readonly country: string;
  /** Yearly rates, margin already added. */
  readonly commercialRates: RateTable;
  readonly compounding: 'none' | 'yearly';
  readonly fixedSums: readonly FixedSum[];
  readonly terms: PaymentTerms;
}

export interface EuLaw {
  readonly profile: EuProfile;
  /** Profiles of single countries, by ISO code. */
  readonly countries: Readonly<Record<string, EuProfile>>;
}

export const DAY_COUNTS = ['act/365', 'act/act'] as const;
/** `act/365`: every year has 365 days. `act/act`: each day is 1/365 or 1/366 of its own calendar year. */
export type DayCount = (typeof DAY_COUNTS)[number];

/** Choices the law leaves open; defaults in config/law/settings.yml, each may be overridden per administration. */
export interface LawSettings {
  /** Between businesses the fixed sum (€40) is due once per invoice or once per demand. */
  readonly b2bFixedSumPer: 'invoice' | 'demand';
  /** Whether the Dutch maximum of €6,775 bounds the costs without or with the VAT uplift (sources disagree). */
  readonly nlMaximumIncludesVat: boolean;
  /** The rule against stacking for small instalments; off until its text was read by a person. */
  readonly nlInstalmentRule: boolean;
  /** Whether Saturday is a working day for the Belgian waiting time: the law's reading (true) or the conservative one (false). */
  readonly beSaturdayCounts: boolean;
  readonly dayCount: DayCount;
}

/** Everything the rules of this folder need besides the facts of a case: config/law and config/calendar, loaded and validated. */
export interface Law {
  readonly nl: NlLaw;
  readonly be: BeLaw;
  readonly eu: EuLaw;
  readonly settings: LawSettings;
  readonly calendars: { readonly nl: Calendar; readonly be: Calendar };
}

/** A sentence that may be agreed in general terms about compensation for late payment. */
export type CostClause =
  /** Refers to whatever the law allows at most. */
  | { readonly kind: 'statutory-maximum' }
  /** A percentage of the principal with a minimum and, perhaps, a maximum; 0 basis points make it a fixed amount. */
  | { readonly kind: 'tariff'; readonly basisPoints: number; readonly minimum: Minor; readonly maximum: Minor | null };

/** Why something is not allowed: a stable code, the article it breaks, a sentence for people. */
export interface LegalBreach {
  readonly code: string;
  readonly article: string;
  readonly message: string;
}
