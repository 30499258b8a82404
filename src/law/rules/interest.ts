import { type Minor, roundedDivision } from '../../kernel/money.js';
import {
  type PlainDate,
  addDays,
  addYears,
  daysBetween,
  isLeapYear,
  maxDate,
  minDate,
  plainDate,
  yearOf,
} from '../../kernel/plain-date.js';
import { type Result, err, ok } from '../../kernel/result.js';
import type { Capacity } from '../../ledger/rules/book.js';
import { type ClaimParts, allocateWithin } from './allocation.js';
import { profileOf } from './capacity.js';
import type { DayCount, Law, RateTable, Regime } from './law.js';
import { type RateOn, isOlderContract, rateOn, rateTable } from './rates.js';

export interface InterestQuestion {
  readonly regime: Regime;
  readonly capacity: Capacity;
  /** ISO country, for the profile of regime `eu`; absent: the directive's default. */
  readonly country?: string;
  readonly principal: Minor;
  /** Last day on which payment was in time: interest runs from the next day. For a consumer the day before default. */
  readonly due: PlainDate;
  /** Last interest day, inclusive: the day the creditor's account is credited (art. 6:114(2) BW). */
  readonly until: PlainDate;
  /** Receipts, in any order, each of more than zero; those after `until` are left out. They take effect on the next day. */
  readonly payments: readonly { readonly on: PlainDate; readonly amount: Minor }[];
  /** Collection costs already due, paid first (art. 6:44 BW). */
  readonly costs?: Minor;
  readonly dayCount: DayCount;
  /** Day of the contract, for the rates before and after 16 March 2013; null or absent: unknown. */
  readonly contractedOn?: PlainDate | null;
}

/** A run of days with one base and one rate. */
interface InterestSegment {
  readonly from: PlainDate;
  /** Last day, inclusive. */
  readonly to: PlainDate;
  readonly days: number;
  readonly base: Minor;
  readonly basisPoints: number;
  /** Exact interest in ten-thousandths of the currency unit, half-up: for showing; sums are made of the unrounded figures. */
  readonly amountTenThousandths: bigint;
  readonly provisional: boolean;
}

export interface Interest {
  /** All interest that ran over the period, paid or not. */
  readonly interest: Minor;
  /** The whole claim after the last payment: principal (with capitalised interest), interest and costs left. */
  readonly balance: Minor;
  /** What the balance is made of. */
  readonly left: ClaimParts;
  /** What the payments went to. */
  readonly paid: ClaimParts;
  /** What was paid above the claim. */
  readonly unallocated: Minor;
  /** True when a day lies beyond the last published rate, or leans on an assumed one. */
  readonly provisional: boolean;
  readonly segments: readonly InterestSegment[];
  readonly because: readonly string[];
}

/** Interest is kept as a whole number of 1/UNIT cents: percent in basis points, and days of 1/365 or 1/366 year. */
const UNIT = 10_000n * 365n * 366n;

/**
 * Interest for late payment (art. 6:119, 6:119a BW; art. 5 law of 2 August 2002; Directive 2011/7/EU). Exact until it is rounded
 * half-up to cents: on each yearly anniversary (where interest compounds), when a payment is allocated, and at the end. Splits on
 * changes of rate and balance and on anniversaries. On an anniversary the year's unpaid interest is added to the principal first,
 * then a payment of that day is allocated: costs, interest, principal.
 * Refuses a negative principal or a payment that is not above zero (`not-positive`), days before the first rate (`no-rate`), and a
 * result beyond the range of amounts (`amount-too-large`).
 */
export function interest(law: Law, question: InterestQuestion): Result<Interest> {
  const { principal, costs = 0, due, until } = question;
  if (principal < 0 || costs < 0) return err({ code: 'not-positive', message: 'the principal and the costs cannot be negative' });
  const bad = question.payments.find(({ amount }) => amount <= 0);
  if (bad) return err({ code: 'not-positive', message: `the payment of ${bad.on} must be above zero` });

  const payments = question.payments.filter(({ on }) => on <= until).sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const claim = new RunningClaim(principal, costs);
  const table = rateTable(law, question.regime, question.capacity, question.country);
  if (table === null || until <= due) {
    for (const { amount } of payments) claim.pay(amount);
    const why =
      table === null
        ? 'Directive 2011/7/EU does not apply to consumers: no interest without a national rule.'
        : 'Nothing is late on that day.';
    return ok(claim.outcome([], [why]));
  }

  const start = addDays(due, 1);
  const older = isOlderContract(table, question.contractedOn ?? null, due);
  const rates = ratesOver(table, start, until, older);
  if (rates === null) {
    const first = table.rows[0]?.from ?? 'no day';
    return err({ code: 'no-rate', message: `there is no rate for ${start}; the table of ${table.article} begins on ${first}` });
  }
  const yearly = compounds(law, question);
  for (const { on, amount } of payments) if (on <= due) claim.pay(amount);
  const segments = claim.runThrough({
    start,
    until,
    rates,
    anniversaries: yearly ? anniversariesOver(start, until) : [],
    payments: payments.filter(({ on }) => on > due),
    dayCount: question.dayCount,
  });

  const because = [`Interest by ${table.article}, from the day after ${due} up to and including ${until}.`];
  if (older) because.push(`The contract is of before ${table.contractSplit}: its older rates apply.`);
  if (yearly) because.push('Interest of each full year is added to the principal.');
  if (segments.some(({ provisional }) => provisional)) {
    because.push(`Provisional: a rate is not confirmed, or not published yet (after ${table.publishedUntil} the last one stands in).`);
  }
  const outcome = claim.outcome(segments, because);
  return outcome.balance > Number.MAX_SAFE_INTEGER || outcome.interest > Number.MAX_SAFE_INTEGER
    ? err({ code: 'amount-too-large', message: 'the interest is outside the range of amounts' })
    : ok(outcome);
}

/** Dutch statutory interest compounds (art. 6:119(2), 6:119a(3) BW), Belgian does not, elsewhere as the profile says. */
function compounds(law: Law, { regime, country }: InterestQuestion): boolean {
  if (regime !== 'eu') return regime === 'nl';
  return profileOf(law, country).compounding === 'yearly';
}

/** The first day and each later day on which the rate, or its certainty, changes. Null when the first day has no rate. */
function ratesOver(table: RateTable, start: PlainDate, until: PlainDate, older: boolean): Map<PlainDate, RateOn> | null {
  const first = rateOn(table, start, older);
  if (!first) return null;
  const changes = new Map([[start, first]]);
  let last = first;
  const days = [...table.rows.map(({ from }) => from), addDays(table.publishedUntil, 1)]
    .filter((day) => day > start && day <= until)
    .sort();
  for (const day of days) {
    const rate = rateOn(table, day, older);
    if (!rate || (rate.basisPoints === last.basisPoints && rate.provisional === last.provisional)) continue;
    changes.set(day, rate);
    last = rate;
  }
  return changes;
}

/** Each day on which another full interest year has passed; a start on 29 February has its anniversary on 1 March in common years. */
function anniversariesOver(start: PlainDate, until: PlainDate): PlainDate[] {
  const found: PlainDate[] = [];
  for (let year = 1; ; year++) {
    const day = addYears(start, year);
    if (day > until) return found;
    found.push(day);
  }
}

/** How many of the days from … to fall in a leap year. */
function leapDays(from: PlainDate, to: PlainDate): number {
  let days = 0;
  for (let year = yearOf(from); year <= yearOf(to); year++) {
    if (isLeapYear(year)) days += daysBetween(maxDate(from, plainDate(`${year}-01-01`)), minDate(to, plainDate(`${year}-12-31`))) + 1;
  }
  return days;
}

/** What happens to a claim from its first interest day on. */
interface Course {
  readonly start: PlainDate;
  readonly until: PlainDate;
  readonly rates: ReadonlyMap<PlainDate, RateOn>;
  readonly anniversaries: readonly PlainDate[];
  readonly payments: InterestQuestion['payments'];
  readonly dayCount: DayCount;
}

/** The claim while time passes: what is owed, what has run since interest was last rounded, what was paid. */
class RunningClaim {
  principal: Minor;
  costs: Minor;
  interest: Minor = 0;
  /** Interest since the last rounding, in 1/UNIT cents. */
  private accrued = 0n;
  private total: Minor = 0;
  private readonly paid = { costs: 0, interest: 0, principal: 0 };
  private unallocated: Minor = 0;

  constructor(principal: Minor, costs: Minor) {
    this.principal = principal;
    this.costs = costs;
  }

  /** Lets interest run over the whole course, in segments that begin where a rate, the base or the interest year changes. */
  runThrough({ start, until, rates, anniversaries, payments, dayCount }: Course): InterestSegment[] {
    const segments: InterestSegment[] = [];
    const changes = [start, ...rates.keys(), ...anniversaries, ...payments.map(({ on }) => addDays(on, 1))];
    const starts = [...new Set(changes)].filter((day) => day <= until).sort();
    let rate: RateOn | undefined;
    for (const [at, from] of starts.entries()) {
      if (anniversaries.includes(from)) this.capitalise();
      rate = rates.get(from) ?? rate;
      const next = starts[at + 1];
      const to = next === undefined ? until : addDays(next, -1);
      if (rate && this.principal > 0) segments.push(this.run(from, to, rate, dayCount));
      for (const { on, amount } of payments) if (on === to) this.pay(amount);
    }
    return segments;
  }

  /** Lets interest run over days of one base and one rate. */
  private run(from: PlainDate, to: PlainDate, rate: RateOn, dayCount: DayCount): InterestSegment {
    const days = daysBetween(from, to) + 1;
    const leap = dayCount === 'act/act' ? leapDays(from, to) : 0;
    const amount = BigInt(this.principal) * BigInt(rate.basisPoints) * BigInt((days - leap) * 366 + leap * 365);
    this.accrued += amount;
    const { basisPoints, provisional } = rate;
    const amountTenThousandths = roundedDivision(amount * 100n, UNIT);
    return { from, to, days, base: this.principal, basisPoints, amountTenThousandths, provisional };
  }

  private capitalise(): void {
    this.round();
    this.principal += this.interest;
    this.interest = 0;
  }

  pay(amount: Minor): void {
    this.round();
    const { costs, interest, principal, rest } = allocateWithin(this, amount);
    this.costs -= costs;
    this.interest -= interest;
    this.principal -= principal;
    this.unallocated += rest;
    this.paid.costs += costs;
    this.paid.interest += interest;
    this.paid.principal += principal;
  }

  outcome(segments: readonly InterestSegment[], because: readonly string[]): Interest {
    this.round();
    const { costs, interest, principal, paid, unallocated } = this;
    return {
      interest: this.total,
      balance: costs + interest + principal,
      left: { costs, interest, principal },
      paid: { ...paid },
      unallocated,
      provisional: segments.some((segment) => segment.provisional),
      segments,
      because,
    };
  }

  private round(): void {
    const rounded = Number(roundedDivision(this.accrued, UNIT));
    this.interest += rounded;
    this.total += rounded;
    this.accrued = 0n;
  }
}
