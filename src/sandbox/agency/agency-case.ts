import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';

/** What becomes of a claim at the agency. */
export const FATES = ['pays', 'pays-in-parts', 'disputes', 'cannot-pay', 'asks-first', 'rejected'] as const;
export type Fate = (typeof FATES)[number];

/** What the agency reads in a dossier; it knows the published format and nothing of who made it. */
export interface ReadDossier {
  readonly caseId: string;
  readonly version: number;
  readonly debtor: { readonly name: string };
  readonly claims: readonly { readonly invoice: string; readonly open: string }[];
  readonly interest: { readonly amount: string; readonly perDay: string; readonly calculatedTo: PlainDate };
  readonly costs: { readonly fee: string; readonly vatUplift: string };
  readonly attachments: readonly { readonly id: string; readonly fileName: string; readonly sha256: string; readonly bytes: number }[];
}

/** A claim in the agency's own books. */
export interface AgencyCase {
  readonly caseId: string;
  /** The agency's file number. */
  readonly reference: string;
  readonly fate: Fate;
  readonly takenOn: PlainDate;
  dossier: ReadDossier;
  /** What it still collects of each invoice. */
  readonly principal: Map<string, Minor>;
  interest: Minor;
  costs: Minor;
  /** Its own count of what it told about the case. */
  sequence: number;
  /** Steps of its fate that are behind it. */
  steps: number;
  /** It waits for the creditor's word. */
  waits: boolean;
  ended: boolean;
  /** The debtor has paid something to the agency. */
  brought: boolean;
  /** Every time the debtor was asked, and for how much. */
  readonly asked: { readonly on: PlainDate; readonly amount: Minor }[];
  /** What the debtor paid to the agency and is not passed on yet. */
  readonly collected: Collected[];
}

export interface Collected {
  readonly on: PlainDate;
  readonly invoice: string;
  readonly principal: Minor;
  readonly interest: Minor;
  readonly costs: Minor;
}
