import { roundedDivision } from '../../kernel/money.js';

/**
 * `numerator / denominator` to so many decimals, rounded half away from zero; null when the denominator is 0 or less: a figure over
 * nothing is not 0 but unknown. Exact up to the last step, where the whole number of smallest parts becomes a decimal.
 */
export function quotient(numerator: bigint, denominator: bigint, places: number): number | null {
  if (denominator <= 0n) return null;
  const parts = roundedDivision(numerator * 10n ** BigInt(places), denominator);
  return Number(parts) / 10 ** places || 0;
}

/** Decimals of days and percentages. */
export const DAYS_PLACES = 3;
/** Decimals of a part of one: utilisation, overdue ratio. */
export const RATIO_PLACES = 4;
