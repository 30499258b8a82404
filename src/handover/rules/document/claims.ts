import { type Minor, formatAmount, roundedDivision, sum } from '../../../kernel/money.js';
import { type PlainDate, addDays, maxDate } from '../../../kernel/plain-date.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import { regimeOf } from '../../../law/rules/capacity.js';
import { type Interest, type InterestQuestion, interest } from '../../../law/rules/interest.js';
import type { Law } from '../../../law/rules/law.js';
import type { Debtor } from '../../../ledger/rules/book.js';
import type { AllocationMode, CaseInvoice, Receipt } from './case-file.js';

/** One invoice as it is claimed: original − (paid − paidToInterest) − credited − disputed part = open. */
export interface Claim {
  readonly item: CaseInvoice;
  readonly paid: Minor;
  /** The part of `paid` that went to interest; 0 where payments go to principal. */
  readonly paidToInterest: Minor;
  readonly credited: Minor;
  readonly open: Minor;
  /** Interest owed up to and including the day of the calculation. */
  readonly interest: Minor;
  readonly segments: Interest['segments'];
  /** What the next day's interest is reckoned over: the open principal and interest that was added to it. */
  readonly base: Minor;
}

interface ClaimContext {
  readonly law: Law;
  readonly debtor: Pick<Debtor, 'country' | 'capacity'>;
  readonly allocation: AllocationMode;
  readonly calculatedTo: PlainDate;
}

/**
 * The claim on one invoice. Receipts after the day of the calculation are refused with those that do not fit the open amount of the
 * books (`does-not-add-up`): what is handed over reconciles with the ledger, or is not handed over.
 */
export function claimOf(context: ClaimContext, item: CaseInvoice, receipts: readonly Receipt[]): Result<Claim> {
  const { invoice, disputedPart } = item;
  const own = receipts.filter(({ invoiceId }) => invoiceId === invoice.id);
  const payments = own.filter(({ kind }) => kind === 'payment');
  const paid = sum(payments.filter(({ reversedOn }) => reversedOn === null).map(({ amount }) => amount));
  const credited = sum(own.filter(({ kind }) => kind === 'credit-note').map(({ amount }) => amount));
  const left = invoice.amount - paid - credited;
  const late = own.find(({ on, reversedOn }) => on > context.calculatedTo || (reversedOn ?? on) > context.calculatedTo);
  if (left !== invoice.open || late) {
    const [is, made] = [formatAmount(invoice.open), formatAmount(left)];
    const why = late
      ? `a receipt of ${late.reversedOn ?? late.on} is after the calculation`
      : `${is} is open in the books, its receipts leave ${made}`;
    return err({ code: 'does-not-add-up', message: `invoice ${invoice.number}: ${why}` });
  }
  const course = { item, payments, owed: invoice.amount - credited - disputedPart };
  const run = context.allocation === 'LEDGER' ? runByLedger(context, course) : runByArticle(context, course);
  return run.ok ? ok({ item, paid, credited, ...run.value }) : run;
}

interface Course {
  readonly item: CaseInvoice;
  readonly payments: readonly Receipt[];
  /** Less what was credited: that was never owed, so no interest ran over it; and less what stays with the creditor. */
  readonly owed: Minor;
}

type Run = Result<Pick<Claim, 'paidToInterest' | 'open' | 'interest' | 'segments' | 'base'>>;

/**
 * Payments go to principal, so interest runs over what was left of it: one stretch of days between payments after the other. A stretch
 * has its interest added to its base after a full year of its own, never earlier than the law has it. Rounded once, at the end.
 */
function runByLedger(context: ClaimContext, { item, payments, owed }: Course): Run {
  const changes = payments
    .flatMap(({ on, amount, reversedOn }) => [
      { on, change: -amount },
      ...(reversedOn === null ? [] : [{ on: reversedOn, change: amount }]),
    ])
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const open = owed + sum(changes.map(({ change }) => change));
  const { lastFreeDay } = item;
  if (lastFreeDay === null) return ok({ paidToInterest: 0, open, interest: 0, segments: [], base: open });

  const segments: Interest['segments'][number][] = [];
  let [principal, base, from] = [owed, owed, lastFreeDay];
  for (const { on, change } of [...changes, { on: context.calculatedTo, change: 0 }]) {
    const until = maxDate(on, from);
    if (until > from && principal > 0) {
      const stretch = interest(context.law, { ...question(context, principal, from, until), payments: [] });
      if (!stretch.ok) return stretch;
      segments.push(...stretch.value.segments);
      base = stretch.value.left.principal;
    }
    principal += change;
    base += change;
    from = until;
  }
  const exact = segments.reduce((total, { amountTenThousandths }) => total + amountTenThousandths, 0n);
  return ok({ paidToInterest: 0, open, interest: Number(roundedDivision(exact, 100n)), segments, base });
}

/** Payments go to interest first, then to principal (art. 6:44 BW). One the bank took back was never made. */
function runByArticle(context: ClaimContext, { item, payments, owed }: Course): Run {
  const kept = payments.filter(({ reversedOn }) => reversedOn === null).map(({ on, amount }) => ({ on, amount }));
  const { lastFreeDay } = item;
  if (lastFreeDay === null) {
    const open = owed - sum(kept.map(({ amount }) => amount));
    return ok({ paidToInterest: 0, open, interest: 0, segments: [], base: open });
  }
  const run = interest(context.law, { ...question(context, owed, lastFreeDay, context.calculatedTo), payments: kept });
  if (!run.ok) return run;
  const { left, paid, balance, segments } = run.value;
  // Interest that a full year added to the principal stays interest here: the principal is what the invoice says.
  const open = owed - paid.principal;
  return ok({ paidToInterest: paid.interest, open, interest: balance - open, segments, base: left.principal });
}

function question({ law, debtor }: ClaimContext, principal: Minor, due: PlainDate, until: PlainDate): Omit<InterestQuestion, 'payments'> {
  const { country, capacity } = debtor;
  return { regime: regimeOf(country), capacity, country, principal, due, until, dayCount: law.settings.dayCount };
}

/** Interest of the day after the calculation over all claims, in ten-thousandths: what the agency goes on with. */
export function interestPerDay(context: ClaimContext, claims: readonly Claim[]): Result<bigint> {
  const running = claims.filter(({ item }) => item.lastFreeDay !== null && item.lastFreeDay <= context.calculatedTo);
  const base = sum(running.map((claim) => claim.base));
  const next = addDays(context.calculatedTo, 1);
  const day = interest(context.law, { ...question(context, base, context.calculatedTo, next), payments: [] });
  return day.ok ? ok(day.value.segments[0]?.amountTenThousandths ?? 0n) : day;
}
