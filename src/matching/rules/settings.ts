import type { Minor } from '../../kernel/money.js';

/** Thresholds and tolerances of one administration. Amounts are minor units of the line's currency. */
export interface MatchSettings {
  /** A line is booked without a person from this confidence on (and never without two independent signals). */
  readonly bookFrom: number;
  /** Below this a suggestion helps nobody: the line is left unmatched. */
  readonly proposeFrom: number;
  /** Payment discounts this administration grants: taken in time they are booked without a person. */
  readonly discounts: readonly { readonly percent: number; readonly days: number }[];
  /** Most that may be missing for bank charges on a cross-border payment before it is only a part payment. */
  readonly bankChargesMax: Minor;
  /** Difference that counts as rounding. */
  readonly roundingMax: Minor;
  /** How often a person must have confirmed an account before it identifies a debtor by itself. */
  readonly confirmationsForIban: number;
  /** Bounds of the search for sums nobody named. */
  readonly sums: { readonly itemsMax: number; readonly stepsMax: number };
  /** Alternatives shown per line. */
  readonly alternativesMax: number;
}

export const DEFAULT_SETTINGS: MatchSettings = {
  bookFrom: 0.97,
  proposeFrom: 0.1,
  discounts: [],
  bankChargesMax: 50_00,
  roundingMax: 5,
  confirmationsForIban: 2,
  sums: { itemsMax: 100, stepsMax: 40_000 },
  alternativesMax: 3,
};
