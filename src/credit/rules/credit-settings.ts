import type { Minor } from '../../kernel/money.js';

export const ALERT_KINDS = ['limit', 'behaviour', 'key-account', 'insurance', 'insolvency', 'customer'] as const;
/**
 * What somebody in the house is told of: a limit nearly or wholly used, behaviour that fell, a key account that is late, an insured overdue
 * that has to be reported, an insolvency, and a customer to be careful with.
 */
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Who is told, by kind; absent: whoever is told of everything about the administration. */
export type Recipients = Readonly<Partial<Record<AlertKind, string>>>;

export interface CreditSettings {
  /** Most questions to registers in half a day, over all of them. */
  readonly lookupsPerNight: number;
  /** For questions that cost something, in a calendar month, cents of euro; 0: none is asked. */
  readonly monthlyBudget: Minor;
  readonly recipients: Recipients;
}

/** Free registers, a few customers a night, and nothing is spent until somebody says how much. */
export const DEFAULT_SETTINGS: CreditSettings = { lookupsPerNight: 25, monthlyBudget: 0, recipients: {} };
