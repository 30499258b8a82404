import { behaviourOf, behaviourSince } from '../../credit/rules/behaviour.js';
import { type CreditRules, type Verdict, judgeCredit } from '../../credit/rules/credit-decision.js';
import { creditPosition } from '../../credit/rules/credit-position.js';
import type { DebtorItems } from '../../credit/rules/debtor-items.js';
import { headroom, utilisation } from '../../credit/rules/exposure.js';
import { overdueOf } from '../../credit/rules/overdue.js';
import type { CreditReason } from '../../credit/rules/reasons.js';
import type { RiskClass } from '../../credit/rules/risk-class.js';
import { scoreOf } from '../../credit/rules/score.js';
import { suggestedLimit } from '../../credit/rules/suggested-limit.js';
import { activeHold, isHardStop } from '../../dunning/rules/hold.js';
import { type Minor, sum } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Debtor } from '../../ledger/rules/book.js';
import { type CurrencyFigures, byCurrency } from './other-currencies.js';
import type { PromiseOutcome } from './promise-record.js';

/** One debtor on a day; amounts in the currency of the book. */
export interface DebtorFigures {
  readonly debtor: Debtor;
  /** What the ledger has open, credit notes taken off. */
  readonly open: Minor;
  /** Past due, credit notes apart. */
  readonly overdue: Minor;
  readonly oldestDays: number | null;
  readonly unallocated: Minor;
  readonly averageDaysLate: number | null;
  readonly trendDays: number | null;
  readonly paidInvoices: number;
  readonly partPaidInvoices: number;
  readonly brokenPromises: number;
  readonly returnedDebits: number;
  readonly exposure: Minor;
  readonly creditLimit: Minor | null;
  readonly utilisation: number | null;
  readonly headroom: Minor | null;
  readonly verdict: Verdict;
  readonly score: number | null;
  readonly riskClass: RiskClass;
  readonly suggestedLimit: Minor | null;
  readonly otherCurrencies: readonly CurrencyFigures[];
  /** Behind class, suggested limit and verdict, in this order. */
  readonly because: readonly CreditReason[];
}

/**
 * The figures of one debtor. The book knows neither orders nor deliveries, so the exposure is without them; invoices of arrangements and
 * returned debits are open in the book and counted once.
 */
export function debtorFigures(
  debtor: Debtor,
  all: DebtorItems,
  promises: readonly PromiseOutcome[],
  rules: CreditRules,
  currency: string,
  on: PlainDate,
): DebtorFigures {
  const { items, foreign, unallocated } = all;
  const since = behaviourSince(on);
  const broken = promises.filter(({ kept, decidedOn }) => !kept && decidedOn > since).length;
  const late = overdueOf(items, unallocated, on);
  const behaviour = behaviourOf(items, late, broken, on);
  const score = scoreOf(behaviour);
  const { riskClass } = score;
  const suggestion = suggestedLimit({
    riskClass,
    invoices: items.map(({ invoice }) => invoice),
    paymentTermDays: debtor.paymentTermDays,
    currency,
    on,
  });
  const { creditLimit, holds } = debtor;
  const blocked = isHardStop(activeHold(holds, on));
  const position = creditPosition(all, late, { creditLimit, blocked }, currency, on);
  const exposure = position.exposure.amount;
  const judgement = judgeCredit(position, rules);
  return {
    debtor,
    open: sum(items.map(({ open }) => open)),
    overdue: late.overdue,
    oldestDays: late.oldestDays,
    unallocated,
    averageDaysLate: behaviour.averageDaysLate,
    trendDays: behaviour.trendDays,
    paidInvoices: behaviour.paidInvoices,
    partPaidInvoices: behaviour.partPaidInvoices,
    brokenPromises: broken,
    returnedDebits: behaviour.returnedDebits,
    exposure,
    creditLimit,
    utilisation: creditLimit === null ? null : utilisation(exposure, creditLimit),
    headroom: creditLimit === null ? null : headroom(exposure, creditLimit),
    verdict: judgement.verdict,
    score: score.points,
    riskClass,
    suggestedLimit: suggestion.amount,
    otherCurrencies: byCurrency(foreign, on),
    because: [...score.because, ...(suggestion.because ? [suggestion.because] : []), ...judgement.because],
  };
}
