import { tellCredit } from '../../credit/rules/reasons.js';
import { type Minor, formatAmount } from '../../kernel/money.js';
import type { DebtorFigures } from './debtor-figures.js';
import type { CurrencyFigures } from './other-currencies.js';
import { provisionOf } from './provision.js';
import type { Report } from './report.js';

/**
 * The document of `tegoed report` (contracts.md). Amounts are decimal strings in `currency`; days have at most three decimals, parts of
 * one (utilisation, ratios, promises kept) four, collection effectiveness is in percent; what cannot be known is null.
 */
export function reportToJson(report: Report) {
  const { administration, period, sales, dso, promises } = report;
  const { currency } = administration;
  const amount = (minor: Minor): string => formatAmount(minor, currency);
  return {
    administration: { id: administration.id, name: administration.name },
    currency,
    on: period.to,
    asOf: report.asOf,
    period: { from: period.from, to: period.to, days: period.days },
    historyFrom: report.historyFrom,
    dso: { simple: dso.simple, countback: dso.countback.days, bestPossible: dso.bestPossible, countbackComplete: dso.countback.complete },
    averageDaysDelinquent: report.averageDaysDelinquent,
    averageDaysToPay: report.averageDaysToPay,
    averageDaysLate: report.averageDaysLate,
    collectionEffectiveness: report.collectionEffectiveness,
    receivables: {
      opening: amount(sales.opening),
      sales: amount(sales.sales),
      closing: amount(sales.closing),
      current: amount(sales.current),
      overdue: amount(report.overdue),
      overdueRatio: report.overdueRatio,
      unallocated: amount(report.unallocated),
    },
    ageing: report.ageing.map((row) => ({ ...row, amount: amount(row.amount), disputed: amount(row.disputed) })),
    debtors: report.debtors.map((debtor) => debtorToJson(debtor, currency)),
    provision: amount(provisionOf(report.ageing)),
    debtorCount: report.debtorCount,
    segments: report.segments.map((one) => ({
      ...one,
      open: amount(one.open),
      overdue: amount(one.overdue),
      exposure: amount(one.exposure),
    })),
    disputeReasons: report.disputeReasons.map((row) => ({ ...row, amount: amount(row.amount), open: amount(row.open) })),
    promisesKept: promises.rate,
    promises: { ...promises, promised: amount(promises.promised), keptAmount: amount(promises.keptAmount) },
    otherCurrencies: report.otherCurrencies.map(currencyToJson),
    warnings: report.warnings,
  };
}

export type ReportJson = ReturnType<typeof reportToJson>;

function debtorToJson(figures: DebtorFigures, currency: string) {
  const { debtor, verdict, because, otherCurrencies, ...rest } = figures;
  const amount = (minor: Minor): string => formatAmount(minor, currency);
  const optional = (minor: Minor | null): string | null => (minor === null ? null : amount(minor));
  return {
    debtorId: debtor.id,
    number: debtor.number,
    name: debtor.name,
    ...rest,
    open: amount(rest.open),
    overdue: amount(rest.overdue),
    unallocated: amount(rest.unallocated),
    exposure: amount(rest.exposure),
    creditLimit: optional(rest.creditLimit),
    headroom: optional(rest.headroom),
    suggestedLimit: optional(rest.suggestedLimit),
    credit: verdict,
    otherCurrencies: otherCurrencies.map(currencyToJson),
    because: because.map((reason) => tellCredit(reason)),
  };
}

const currencyToJson = (figures: CurrencyFigures) => ({
  ...figures,
  open: formatAmount(figures.open, figures.currency),
  overdue: formatAmount(figures.overdue, figures.currency),
});
