import { type Minor, roundedDivision, scale, sum } from '../../../kernel/money.js';

/** One line of a document as far as amounts go. */
export interface TotalsLine {
  /** Unit price in cents, with or without VAT as the document says. */
  readonly price: Minor;
  /** Thousandths. */
  readonly quantityMilli: number;
  readonly taxRateId: string;
  /** Hundredths of a percent: 2100 is 21 %. */
  readonly taxBasisPoints: number;
}

export interface TaxTotal {
  readonly taxRateId: string;
  readonly taxable: Minor;
  readonly tax: Minor;
}

export interface Totals {
  readonly excl: Minor;
  readonly incl: Minor;
  /** Per line, without VAT. */
  readonly lineExcl: readonly Minor[];
  readonly taxTotals: readonly TaxTotal[];
}

/** VAT is worked out per rate over the sum of its lines, rounded once (half away from zero). */
export function totalsOf(lines: readonly TotalsLine[], pricesAreInclTax: boolean): Totals {
  const gross = lines.map(({ price, quantityMilli }) => scale(price, quantityMilli, 1000));
  const lineExcl = lines.map((line, at) => {
    const amount = gross[at] ?? 0;
    return pricesAreInclTax ? Number(roundedDivision(BigInt(amount) * 10_000n, BigInt(10_000 + line.taxBasisPoints))) : amount;
  });
  const taxTotals = [...new Set(lines.map((line) => line.taxRateId))].map((taxRateId): TaxTotal => {
    const mine = lines.map((line, at) => ({ line, at })).filter(({ line }) => line.taxRateId === taxRateId);
    const basisPoints = mine[0]?.line.taxBasisPoints ?? 0;
    const given = sum(mine.map(({ at }) => gross[at] ?? 0));
    if (!pricesAreInclTax) return { taxRateId, taxable: given, tax: scale(given, basisPoints, 10_000) };
    const taxable = Number(roundedDivision(BigInt(given) * 10_000n, BigInt(10_000 + basisPoints)));
    return { taxRateId, taxable, tax: given - taxable };
  });
  const excl = sum(taxTotals.map(({ taxable }) => taxable));
  return { excl, incl: excl + sum(taxTotals.map(({ tax }) => tax)), lineExcl, taxTotals };
}
