import { type Minor, scale } from '../../kernel/money.js';
import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import type { MatchSettings } from './settings.js';
import { subsetsWithSum } from './subset-sum.js';
import type { Remainder } from './vocabulary.js';

/** An invoice or credit note with what is left of it, in the currency of the line. */
export interface OpenItem {
  readonly invoice: number;
  readonly open: Minor;
  readonly due: PlainDate;
  readonly issued: PlainDate;
}

export interface Part {
  readonly invoice: number;
  readonly amount: Minor;
  /** For an invoice in another currency than the line: what it settles there. */
  readonly settles?: { readonly amount: Minor; readonly currency: string };
}

/**
 * How an amount comes about. `one` and `sum` are exact; `credit` is exact after open credit notes; `all`, `all-due`, `month`, `oldest` and `subset` are exact sums nobody
 * named; `agreed` is an instalment or a promise, `split` one of two payments that make up an invoice; the rest leaves a difference.
 */
export type Way =
  | 'one'
  | 'sum'
  | 'credit'
  | 'all'
  | 'all-due'
  | 'month'
  | 'oldest'
  | 'subset'
  | 'agreed'
  | 'split'
  | 'currency'
  | 'rounding'
  | 'discount'
  | 'charges'
  | 'deduction'
  | 'part'
  | 'over'
  | 'paid'
  | 'advance';

export interface Explanation {
  readonly way: Way;
  readonly parts: readonly Part[];
  readonly remainder: Remainder;
  /** How many explanations of the same kind there are; 1 when it stands alone, Infinity when the search was cut off. */
  readonly equals: number;
  /** Chance (0…1) that a sum like this comes about by accident. */
  readonly accident: number;
  readonly because: string;
  /** True when the difference is known rather than supposed: charges the bank states, a discount the administration grants. */
  readonly certain: boolean;
}

/** What an explanation may know of the line. */
export interface Payment {
  readonly amount: Minor;
  readonly date: PlainDate | null;
  readonly chargesTaken: Minor;
  readonly crossBorder: boolean;
  /** Ordered in another currency: the bank's rate decides what arrives. */
  readonly converted: boolean;
  /** Paid out by a payment provider, which keeps its fee. */
  readonly provider: boolean;
}

const NOTHING_LEFT: Remainder = { amount: 0, kind: null };
const whole = (items: readonly OpenItem[]): Part[] => items.map(({ invoice, open }) => ({ invoice, amount: open }));
export const totalOf = (items: readonly OpenItem[]): Minor => items.reduce((total, { open }) => total + open, 0);

function exact(way: Way, items: readonly OpenItem[], because: string, equals = 1, accident = 0): Explanation {
  return { way, parts: whole(items), remainder: NOTHING_LEFT, equals, accident, because, certain: true };
}

/** Named items explain the amount to the cent: one, all of them, or some of them; null otherwise. */
export function exactlyNamed(amount: Minor, named: readonly OpenItem[], settings: MatchSettings): Explanation | null {
  if (named.length === 0) return null;
  if (totalOf(named) === amount) return exact(named.length === 1 ? 'one' : 'sum', named, sumInWords(named));
  const single = named.filter(({ open }) => open === amount);
  if (single.length > 0) return exact('one', single.slice(0, 1), sumInWords(single.slice(0, 1)), single.length);
  if (named.length < 3) return null;
  const found = subsetsWithSum(
    named.map(({ open }) => open),
    amount,
    settings.sums.stepsMax,
  );
  const [first] = found.solutions;
  if (first === undefined) return null;
  const items = first.map((at) => named[at] as OpenItem);
  return exact('sum', items, `${sumInWords(items)} (of ${named.length} named)`, found.complete ? found.solutions.length : Infinity);
}

const sumInWords = (items: readonly OpenItem[]): string =>
  items.length === 1 ? 'the amount is what is open' : `the amount is the sum of ${items.length} items`;

/** Named invoices minus open credit notes nobody named. */
export function namedMinusCredit(
  amount: Minor,
  named: readonly OpenItem[],
  others: readonly OpenItem[],
  settings: MatchSettings,
): Explanation | null {
  const credits = others.filter(({ open }) => open < 0);
  const missing = totalOf(named) - amount;
  if (named.length === 0 || missing <= 0 || credits.length === 0) return null;
  const found = subsetsWithSum(
    credits.map(({ open }) => -open),
    missing,
    settings.sums.stepsMax,
  );
  const [first] = found.solutions;
  if (first === undefined) return null;
  const netted = first.map((at) => credits[at] as OpenItem);
  const equals = found.complete ? found.solutions.length : Infinity;
  return exact('credit', [...named, ...netted], `the amount is what is open minus ${netted.length} open credit note(s)`, equals);
}

/** Named items plus others of the same debtor that make up the rest. */
export function namedPlusOthers(
  amount: Minor,
  named: readonly OpenItem[],
  others: readonly OpenItem[],
  settings: MatchSettings,
): Explanation | null {
  const rest = amount - totalOf(named);
  if (named.length === 0 || rest <= 0 || others.length === 0) return null;
  const found = subsetsWithSum(
    others.map(({ open }) => open),
    rest,
    settings.sums.stepsMax,
  );
  const [first] = found.solutions;
  if (first === undefined) return null;
  const items = [...named, ...first.map((at) => others[at] as OpenItem)];
  return exact(
    'sum',
    items,
    `the amount is the sum of the named and ${first.length} other open item(s)`,
    found.complete ? found.solutions.length : Infinity,
    accidentOf(others, 2 ** Math.min(others.length, 40)),
  );
}

/** Differences with a name: rounding, a discount, bank charges. */
export function withDifference(payment: Payment, items: readonly OpenItem[], settings: MatchSettings): Explanation | null {
  const total = totalOf(items);
  const missing = total - payment.amount;
  if (items.length === 0 || missing === 0 || total <= 0) return null;
  const settled = (way: Way, kind: Remainder['kind'], because: string, certain: boolean): Explanation => ({
    way,
    parts: whole(items),
    remainder: { amount: -missing, kind },
    equals: 1,
    accident: 0,
    because,
    certain,
  });
  if (missing > 0 && missing === payment.chargesTaken)
    return settled('charges', 'bank-charges', 'the bank states that it kept the difference as charges', true);
  if (Math.abs(missing) <= settings.roundingMax) {
    return settled('rounding', missing > 0 ? 'underpayment' : 'overpayment', 'the difference is a rounding of a few cents', true);
  }
  if (payment.converted && Math.abs(missing) * RATE_DIFFERENCE_MAX <= total) {
    return settled('currency', 'currency', 'it was ordered in another currency: the difference may be the rate', false);
  }
  if (missing < 0) return null;
  const discounted = discountTaken(payment, items, total, settings);
  if (discounted !== null) return settled('discount', 'discount', discounted.because, discounted.granted);
  if (payment.provider && missing <= providerFeeMax(total, items.length)) {
    return settled('charges', 'bank-charges', 'a payment provider paid it out and kept what may be its fee', false);
  }
  if (payment.crossBorder && missing <= settings.bankChargesMax && missing * 5 <= total) {
    return settled('charges', 'bank-charges', 'a cross-border payment, short by what may be bank charges', false);
  }
  if (missing * DEDUCTION_PART_MIN <= total)
    return settled('deduction', 'underpayment', 'so little is missing that somebody deducted it', false);
  return null;
}

/** One part in so many: what a bank's rate differs from the payer's at most. */
const RATE_DIFFERENCE_MAX = 33;

/** Less than one part in so many is deducted (charges, a discount over the net amount) rather than left to pay later. */
const DEDUCTION_PART_MIN = 30;

/** Providers take up to some five per cent (cards from outside the EU) and a fixed part per payment. */
const providerFeeMax = (total: Minor, payments: number): Minor => Math.floor(total / 20) + 60 * payments;

/** Discounts usual in trade: payers take them whether or not they were offered. */
const USUAL_DISCOUNTS = [1, 1.5, 2, 2.5, 3, 4, 5] as const;

/** The payment discount that explains the amount, rounded per invoice or over the sum; null when none does. */
function discountTaken(
  { amount, date }: Payment,
  items: readonly OpenItem[],
  total: Minor,
  { discounts, roundingMax }: MatchSettings,
): { because: string; granted: boolean } | null {
  const reduced = (open: Minor, percent: number): Minor => open - scale(open, Math.round(percent * 100), 10_000);
  const explains = (percent: number): boolean =>
    reduced(total, percent) === amount || items.reduce((sum, { open }) => sum + reduced(open, percent), 0) === amount;
  const offered = discounts.filter(({ percent }) => explains(percent));
  for (const { percent, days } of offered) {
    const inTime = date !== null && items.every(({ issued }) => date <= addDays(issued, days));
    if (inTime) return { because: `the difference is ${percent} % payment discount, taken in time`, granted: true };
  }
  const [late] = offered;
  if (late !== undefined) return { because: `the difference is ${late.percent} % payment discount, but the term is over`, granted: false };
  const usual = total - amount > roundingMax ? USUAL_DISCOUNTS.find(explains) : undefined;
  return usual === undefined ? null : { because: `the difference is ${usual} %: a payment discount nobody granted`, granted: false };
}

/** Less than is open: the items given get it in the order given, each at most its open amount. Credit notes count in full. */
export function inPart(amount: Minor, items: readonly OpenItem[]): Explanation | null {
  const credits = items.filter(({ open }) => open < 0);
  const invoices = items.filter(({ open }) => open > 0);
  let left = amount - totalOf(credits);
  if (invoices.length === 0 || left >= totalOf(invoices)) return null;
  const parts = whole(credits);
  for (const { invoice, open } of invoices) {
    const given = Math.min(open, left);
    if (given > 0) parts.push({ invoice, amount: given });
    left -= given;
  }
  return {
    way: 'part',
    parts,
    remainder: NOTHING_LEFT,
    equals: 1,
    accident: 0,
    because: 'the amount is part of what is open',
    certain: true,
  };
}

/** Together with the other half it is exactly what one item has open. */
export function splitOver(amount: Minor, otherHalf: Minor, items: readonly OpenItem[]): Explanation | null {
  const fitting = items.filter(({ open }) => open === amount + otherHalf);
  const [item] = fitting;
  if (item === undefined || fitting.length > 1) return null;
  const because = 'with the payment on the other account it is what is open: part of it goes to the blocked account';
  return {
    way: 'split',
    parts: [{ invoice: item.invoice, amount }],
    remainder: NOTHING_LEFT,
    equals: 1,
    accident: 0,
    because,
    certain: true,
  };
}

/** More than is open: everything is settled and the rest stays unapplied. */
export function tooMuch(amount: Minor, items: readonly OpenItem[]): Explanation | null {
  const total = totalOf(items);
  if (items.length === 0 || total <= 0 || amount <= total) return null;
  const remainder: Remainder = { amount: amount - total, kind: 'overpayment' };
  return {
    way: 'over',
    parts: whole(items),
    remainder,
    equals: 1,
    accident: 0,
    because: 'more than is open was paid: the rest stays unapplied',
    certain: true,
  };
}

/**
 * Sums nobody named, over the open items of one debtor, oldest due first: all of them, all due, the oldest ones, then any other set. Best first.
 * `accident` estimates the chance that a set fits by accident from the number of sets tried and the range their sums lie in.
 */
export function unnamedSums(payment: Payment, items: readonly OpenItem[], settings: MatchSettings): Explanation[] {
  const { amount, date } = payment;
  if (items.length < 2) return [];
  const orderly = orderlySets(amount, items, date);
  if (items.length > settings.sums.itemsMax) return orderly.map((found) => ({ ...found, equals: found.way === 'all' ? 1 : Infinity }));
  const search = subsetsWithSum(
    items.map(({ open }) => open),
    amount,
    settings.sums.stepsMax,
  );
  const sets = search.solutions.filter(({ length }) => length > 1).map((solution) => solution.map((at) => items[at] as OpenItem));
  const rivalsOf = (parts: readonly Part[]): number =>
    sets.filter((set) => set.length <= Math.max(parts.length, 2) && !sameParts(set, parts)).length;
  const found = orderly.map((explanation) => {
    const unsure = !search.complete && explanation.way !== 'all';
    return { ...explanation, equals: unsure ? Infinity : 1 + rivalsOf(explanation.parts) };
  });
  const accident = accidentOf(items, 2 ** Math.min(items.length, 40));
  const others = sets
    .filter((set) => !orderly.some(({ parts }) => sameParts(set, parts)))
    .slice(0, 3)
    .map((set) =>
      exact(
        'subset',
        set,
        `the amount is the sum of ${set.length} of ${items.length} open items`,
        search.complete ? sets.length : Infinity,
        accident,
      ),
    );
  return [...found, ...others];
}

function orderlySets(amount: Minor, items: readonly OpenItem[], date: PlainDate | null): Explanation[] {
  const found: Explanation[] = [];
  const add = (way: Way, set: readonly OpenItem[], tried: number, because: string): void => {
    if (set.length > 1 && !found.some(({ parts }) => sameParts(set, parts)))
      found.push(exact(way, set, because, 1, accidentOf(items, tried)));
  };
  if (totalOf(items) === amount) add('all', items, 1, `the amount is the sum of all ${items.length} open items`);
  const due = date === null ? [] : items.filter(({ due: day }) => day <= date);
  if (totalOf(due) === amount) add('all-due', due, 2, `the amount is the sum of all ${due.length} items due`);
  for (const [month, set] of Map.groupBy(items, ({ issued }) => issued.slice(0, 7))) {
    if (totalOf(set) === amount) add('month', set, 24, `the amount is the sum of the ${set.length} items of ${month}`);
  }
  let sum = 0;
  items.forEach(({ open }, at) => {
    sum += open;
    if (sum === amount) add('oldest', items.slice(0, at + 1), items.length, `the amount is the sum of the ${at + 1} oldest items`);
  });
  return found;
}

const sameParts = (items: readonly OpenItem[], parts: readonly Part[]): boolean =>
  items.length === parts.length && items.every(({ invoice }) => parts.some((part) => part.invoice === invoice));

/** Steps in which people price: an amount in whole hundreds says less than one in cents. */
const PRICE_STEPS = [10_000, 5_000, 2_500, 1_000, 500, 100, 50, 25, 5] as const;

/** Number of sets tried, over the number of different sums they can make, in the steps all amounts are priced in. */
function accidentOf(items: readonly OpenItem[], sets: number): number {
  const range = items.reduce((sum, { open }) => sum + Math.abs(open), 0);
  const step = PRICE_STEPS.find((cents) => items.every(({ open }) => open % cents === 0)) ?? 1;
  return range === 0 ? 1 : Math.min(1, (sets * step) / range);
}
