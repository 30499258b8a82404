import { type Minor, formatAmount, scale } from '../../kernel/money.js';
import type { Explanation, Part } from './explain-amount.js';
import type { FirmHit } from './firm-hits.js';
import type { Context } from './hypothesis.js';
import type { BankLine } from './vocabulary.js';

interface ForeignExplanation {
  readonly explanation: Explanation;
  readonly named: boolean;
}

/**
 * Invoices in another currency than the line. The bank says what was ordered in that currency: when that is exactly what the named invoices
 * (or one single item of the debtor) have open, the whole line is given to them. Without that only a named invoice is suggested.
 */
export function foreignExplanations(
  line: BankLine,
  hits: readonly FirmHit[],
  debtor: number,
  { index, open, forbidden }: Context,
): ForeignExplanation[] {
  const isForeign = (at: number): boolean => index.invoice(at).currency !== line.currency && (open[at] as number) > 0 && !forbidden.has(at);
  const named = hits.map(({ invoice }) => invoice).filter(isForeign);
  const ordered = line.original;
  if (named.length > 0) {
    const currencies = new Set(named.map((at) => index.invoice(at).currency));
    const [currency = ''] = currencies;
    if (currencies.size > 1) return [];
    const total = named.reduce((sum, at) => sum + (open[at] as number), 0);
    const exact = ordered?.currency === currency && ordered.amount === total;
    if (!exact && named.length > 1) return [];
    const words = exact
      ? `${formatAmount(total, currency)} ${currency} was ordered, which is what is open`
      : `the invoice is in ${currency}; what was ordered in it the bank does not say`;
    return [{ explanation: explanationOf(shares(line.amount, named, open, currency), words, 1, exact), named: true }];
  }
  if (ordered === null) return [];
  const same = [...index.itemsOf(debtor)].filter(
    (at) => isForeign(at) && index.invoice(at).currency === ordered.currency && open[at] === ordered.amount,
  );
  return same.slice(0, 1).map((at) => ({
    explanation: explanationOf(
      shares(line.amount, [at], open, ordered.currency),
      `${formatAmount(ordered.amount, ordered.currency)} ${ordered.currency} was ordered, which is what is open`,
      same.length,
      true,
    ),
    named: false,
  }));
}

/** The line divided in proportion to what is open; the last one takes what rounding leaves. */
function shares(amount: Minor, invoices: readonly number[], open: Float64Array, currency: string): Part[] {
  const total = invoices.reduce((sum, at) => sum + (open[at] as number), 0);
  let left = amount;
  return invoices.map((invoice, at) => {
    const own = open[invoice] as number;
    const share = at === invoices.length - 1 ? left : scale(amount, own, total);
    left -= share;
    return { invoice, amount: share, settles: { amount: own, currency } };
  });
}

const explanationOf = (parts: readonly Part[], because: string, equals: number, certain: boolean): Explanation => ({
  way: 'currency',
  parts,
  remainder: { amount: 0, kind: null },
  equals,
  accident: 0,
  because,
  certain,
});
