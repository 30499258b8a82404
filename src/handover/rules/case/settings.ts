import type { Minor } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import { type AllocationMode, type Instructions, type RequestedService } from '../document/case-file.js';

/** What an administration says once about its handovers. */
export interface HandoverSettings {
  readonly service: RequestedService;
  readonly allocation: AllocationMode;
  /** Its general terms, by name and version; null: none, then only what the law gives is claimed. */
  readonly generalTerms: string | null;
  /** The day of the contract with its customers, where it is one for all; null: each has his own. */
  readonly contractDate: PlainDate | null;
  /** No claim below this is worth an agency's work. */
  readonly minimum: Minor;
  /** Its claims on businesses are insured: the insurer is asked before. */
  readonly insured: boolean;
  readonly minimumInstalment: Minor | null;
  readonly planMonthsMax: number | null;
  readonly discountPercentMax: number | null;
  readonly legalActionOnlyAfterApproval: boolean;
  /** An e-mail address; null: that of the letters. */
  readonly questionsTo: string | null;
}

/** The gentlest for the debtor and the safest for the creditor. */
export const DEFAULT_SETTINGS: HandoverSettings = {
  service: 'AMICABLE',
  allocation: 'LEDGER',
  generalTerms: null,
  contractDate: null,
  minimum: 50_00,
  insured: false,
  minimumInstalment: null,
  planMonthsMax: null,
  discountPercentMax: null,
  legalActionOnlyAfterApproval: true,
  questionsTo: null,
};

/** What the agency may do without asking. */
export const instructionsOf = (settings: HandoverSettings, sender: { email: string; replyTo: string | null }): Instructions => ({
  minimumInstalment: settings.minimumInstalment,
  planMonthsMax: settings.planMonthsMax,
  discountPercentMax: settings.discountPercentMax,
  legalActionOnlyAfterApproval: settings.legalActionOnlyAfterApproval,
  questionsTo: settings.questionsTo ?? sender.replyTo ?? sender.email,
});
