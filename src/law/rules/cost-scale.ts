import { type Minor, roundedDivision, scale } from '../../kernel/money.js';
import type { BalanceCap, ConsumerCaps, CostClause, CostScale } from './law.js';

/** Basis points in the whole. */
const WHOLE = 10_000;

/**
 * The Dutch scale without VAT: slices of the principal at falling rates, never below the minimum or above the maximum.
 * Rounded half-up to the cent once, on the total (the decree prescribes no rounding). Nothing over a principal of zero or less.
 */
export function scaleFee({ tiers, minimum, maximum }: CostScale, principal: Minor): Minor {
  if (principal <= 0) return 0;
  let left = principal;
  let total = 0n;
  for (const { width, basisPoints } of tiers) {
    const slice = width === null ? left : Math.min(left, width);
    total += BigInt(slice) * BigInt(basisPoints);
    left -= slice;
  }
  const fee = Number(roundedDivision(total, BigInt(WHOLE)));
  return Math.min(Math.max(fee, minimum), maximum);
}

/** The highest compensation against a Belgian consumer over an open balance (art. XIX.4 WER). Nothing over zero or less. */
export function capOf({ caps }: ConsumerCaps, balance: Minor): Minor {
  if (balance <= 0) return 0;
  const row = caps.find(({ upTo }) => upTo === null || balance <= upTo);
  return row ? amountOf(row, balance) : 0;
}

function amountOf({ fixed, basisPoints, over, maximum }: BalanceCap, balance: Minor): Minor {
  const amount = fixed + share(balance - over, basisPoints);
  return maximum === null ? amount : Math.min(amount, maximum);
}

/** What a tariff agreed in general terms gives over a principal. Nothing over zero or less. */
export function tariffFee(tariff: Extract<CostClause, { kind: 'tariff' }>, principal: Minor): Minor {
  if (principal <= 0) return 0;
  const fee = Math.max(share(principal, tariff.basisPoints), tariff.minimum);
  return tariff.maximum === null ? fee : Math.min(fee, tariff.maximum);
}

/** Basis points of an amount, half-up to the cent. */
export const share = (amount: Minor, basisPoints: number): Minor => scale(amount, basisPoints, WHOLE);
