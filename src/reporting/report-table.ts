import Table from 'cli-table3';
import type { ReportJson } from './rules/report-json.js';

/** Debtors shown to people; the document has all of them. */
const DEBTORS_SHOWN = 50;

const figure = (value: number | string | null): string => String(value ?? '-');
const percent = (ratio: number | null): string => (ratio === null ? '-' : `${Math.round(ratio * 1000) / 10}%`);

/** A report for a terminal: the figures, the ageing, the debtors with most overdue, disputes, and what to know about all of it. */
export function reportTable(report: ReportJson): string {
  const { administration, period, currency, on, warnings } = report;
  const parts = [
    `${administration.name || administration.id} on ${on}: ${period.days} days from ${period.from}, amounts in ${currency}`,
    figuresTable(report),
    ageingTable(report),
    debtorsTable(report),
    disputesTable(report),
    ...report.otherCurrencies.map(
      (one) => `Besides, in ${one.currency}: ${one.open} open on ${one.invoices} items, ${one.overdue} overdue.`,
    ),
    ...warnings.map(({ message }) => `! ${message}`),
  ];
  return parts.filter((part) => part !== null).join('\n');
}

const tableOf = (head: string[], numbersFrom: number): Table.Table =>
  new Table({ style: { head: [], border: [] }, head, colAligns: head.map((_, at) => (at >= numbersFrom ? 'right' : 'left')) });

function figuresTable({ dso, receivables, promises, ...report }: ReportJson): string {
  const table = tableOf(['figure', ''], 1);
  const { count, kept, promised } = promises;
  table.push(
    ['DSO, simple (days)', figure(dso.simple)],
    [`DSO, countback (days${dso.countbackComplete ? '' : ', at least'})`, figure(dso.countback)],
    ['DSO, best possible (days)', figure(dso.bestPossible)],
    ['average days delinquent', figure(report.averageDaysDelinquent)],
    ['average days to pay', figure(report.averageDaysToPay)],
    ['average days late', figure(report.averageDaysLate)],
    ['collection effectiveness (%)', figure(report.collectionEffectiveness)],
    [`promises kept (${kept} of ${count}, ${promised})`, percent(report.promisesKept)],
    ['sales of the period', receivables.sales],
    ['receivables before / after', `${receivables.opening} / ${receivables.closing}`],
    ['overdue', `${receivables.overdue} (${percent(receivables.overdueRatio)})`],
    ['received and on no invoice', receivables.unallocated],
  );
  return table.toString();
}

function ageingTable({ ageing }: ReportJson): string {
  const table = tableOf(['days past due', 'amount', 'items', 'of it disputed'], 1);
  for (const { bucket, amount, invoices, disputed } of ageing) table.push([bucket, amount, invoices, disputed]);
  return table.toString();
}

function debtorsTable({ debtors }: ReportJson): string | null {
  if (debtors.length === 0) return null;
  const head = ['debtor', 'class', 'credit', 'open', 'overdue', 'oldest', 'days late', 'exposure', 'limit', 'used', 'suggested'];
  const table = tableOf(head, 3);
  const shown = debtors.toSorted((a, b) => Number(b.overdue) - Number(a.overdue)).slice(0, DEBTORS_SHOWN);
  for (const one of shown) {
    table.push([
      one.name || one.debtorId,
      one.score === null ? one.riskClass : `${one.riskClass} (${Math.round(one.score)})`,
      one.credit,
      one.open,
      one.overdue,
      figure(one.oldestDays),
      figure(one.averageDaysLate),
      one.exposure,
      figure(one.creditLimit),
      percent(one.utilisation),
      figure(one.suggestedLimit),
    ]);
  }
  const rest = debtors.length - shown.length;
  return rest === 0 ? table.toString() : `${table.toString()}\nand ${rest} more debtors with less overdue (--json has them all)`;
}

function disputesTable({ disputeReasons }: ReportJson): string | null {
  if (disputeReasons.length === 0) return null;
  const table = tableOf(['dispute', 'items', 'amount', 'still open', 'days lost'], 1);
  for (const { code, invoices, amount, open, daysLost } of disputeReasons) table.push([code, invoices, amount, open, daysLost]);
  return table.toString();
}
