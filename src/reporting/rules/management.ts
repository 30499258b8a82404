import { formatAmount } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { AgencyResult } from './agency-results.js';
import type { Benchmark, NationalTerm } from './benchmark.js';
import type { PeriodFigures } from './period-totals.js';
import type { Report } from './report.js';
import type { ReportWords } from './report-words.js';

/** Everything a management report shows. */
export interface Management {
  readonly report: Report;
  /** Oldest first, the report's own period last. */
  readonly trend: readonly PeriodFigures[];
  readonly agencies: readonly AgencyResult[];
  readonly benchmark: Benchmark;
}

/** A value of a table and how it is written; null: not known. Amounts are decimal strings, parts of one are ratios. */
export type Cell =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'amount'; readonly value: string | null }
  | { readonly kind: 'days' | 'percent' | 'ratio' | 'count'; readonly value: number | null }
  | { readonly kind: 'date'; readonly value: PlainDate };

export interface Section {
  readonly heading: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Debtors in a report for people who manage. */
const TOP_DEBTORS = 15;

const text = (value: string): Cell => ({ kind: 'text', value });
const days = (value: number | null): Cell => ({ kind: 'days', value });
const count = (value: number | null): Cell => ({ kind: 'count', value });
const ratio = (value: number | null): Cell => ({ kind: 'ratio', value });

/** The tables of a management report in the words of a language; the same for PDF and CSV. Those without rows are left out, but the notes. */
export function managementSections(management: Management, words: ReportWords): Section[] {
  const { headings } = words;
  const amountIn = (minor: number | null): Cell => ({
    kind: 'amount',
    value: minor === null ? null : formatAmount(minor, management.report.administration.currency),
  });
  const section = (heading: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Section => ({
    heading,
    columns,
    rows,
  });
  const { columns } = words;
  const { report, trend, agencies } = management;
  const { promises } = report;
  const sections = [
    section(headings.key, [columns.figure, columns.value], keyFigures(management, words, amountIn)),
    section(
      headings.trend,
      [
        columns.month,
        columns.simple,
        columns.countback,
        columns.bestPossible,
        columns.delinquent,
        columns.toPay,
        columns.cei,
        columns.closing,
      ],
      trend.map((one) => [
        { kind: 'date', value: one.period.to },
        days(one.dso.simple),
        days(one.dso.countback.days),
        days(one.dso.bestPossible),
        days(one.averageDaysDelinquent),
        days(one.averageDaysToPay),
        { kind: 'percent', value: one.collectionEffectiveness },
        amountIn(one.sales.closing),
      ]),
    ),
    section(
      headings.ageing,
      [columns.bucket, columns.amount, columns.items, columns.disputed],
      [
        ...report.ageing.map((row) => [text(words.buckets[row.bucket]), amountIn(row.amount), count(row.invoices), amountIn(row.disputed)]),
        [
          text(columns.total),
          amountIn(report.sales.closing),
          count(report.ageing.reduce((sum, { invoices }) => sum + invoices, 0)),
          amountIn(report.ageing.reduce((sum, { disputed }) => sum + disputed, 0)),
        ],
      ],
    ),
    section(
      headings.debtors,
      [columns.debtor, columns.class, columns.open, columns.overdue, columns.oldest, columns.late, columns.limit],
      report.debtors
        .filter(({ overdue }) => overdue > 0)
        .toSorted((a, b) => b.overdue - a.overdue || (a.debtor.id < b.debtor.id ? -1 : 1))
        .slice(0, TOP_DEBTORS)
        .map((one) => [
          text(one.debtor.name || one.debtor.number || one.debtor.id),
          text(one.riskClass),
          amountIn(one.open),
          amountIn(one.overdue),
          count(one.oldestDays),
          days(one.averageDaysLate),
          amountIn(one.creditLimit),
        ]),
    ),
    section(
      headings.promises,
      [columns.made, columns.kept, columns.promised, columns.keptAmount, columns.rate],
      promises.count === 0
        ? []
        : [[count(promises.count), count(promises.kept), amountIn(promises.promised), amountIn(promises.keptAmount), ratio(promises.rate)]],
    ),
    section(
      headings.disputes,
      [columns.reason, columns.items, columns.amount, columns.stillOpen, columns.daysLost],
      report.disputeReasons.map((row) => [
        text(row.code),
        count(row.invoices),
        amountIn(row.amount),
        amountIn(row.open),
        count(row.daysLost),
      ]),
    ),
    section(
      headings.agencies,
      [columns.agency, columns.cases, columns.principal, columns.recovered, columns.rate, columns.costs, columns.days],
      agencies.map((row) => [
        text(row.agency),
        count(row.cases),
        amountIn(row.principal),
        amountIn(row.recovered),
        ratio(row.rate),
        amountIn(row.costs),
        days(row.averageDays),
      ]),
    ),
  ].filter(({ rows }) => rows.length > 0);
  const codes = [...new Set(report.warnings.map(({ code }) => code))];
  const notes = (codes.length > 0 ? codes : (['none'] as const)).map((code) => [text(words.notes[code])]);
  return [...sections, section(headings.notes, [''], notes)];
}

function keyFigures({ report, benchmark }: Management, { lines }: ReportWords, amountIn: (minor: number | null) => Cell): Cell[][] {
  const { dso, sales, period, administration } = report;
  const { national, targetDso } = benchmark;
  const countback = dso.countback.complete ? lines.dsoCountback : `${lines.dsoCountback}, ${lines.atLeast}`;
  const rows: [string, Cell][] = [
    [lines.administration, text(administration.name || administration.id)],
    [lines.on, { kind: 'date', value: period.to }],
    [lines.period, count(period.days)],
    [lines.currency, text(administration.currency)],
    [lines.sales, amountIn(sales.sales)],
    [lines.opening, amountIn(sales.opening)],
    [lines.closing, amountIn(sales.closing)],
    [lines.overdue, amountIn(report.overdue)],
    [lines.overdueRatio, ratio(report.overdueRatio)],
    [lines.unallocated, amountIn(report.unallocated)],
    [lines.dsoSimple, days(dso.simple)],
    [countback, days(dso.countback.days)],
    [lines.dsoBestPossible, days(dso.bestPossible)],
    ...(targetDso === null ? [] : ([[lines.targetDso, days(targetDso)]] as [string, Cell][])),
    [lines.daysDelinquent, days(report.averageDaysDelinquent)],
    [lines.daysToPay, days(report.averageDaysToPay)],
    ...nationalLine(national, lines),
    [lines.daysLate, days(report.averageDaysLate)],
    [lines.effectiveness, { kind: 'percent', value: report.collectionEffectiveness }],
  ];
  return rows.map(([label, cell]) => [text(label), cell]);
}

/** With its year: the newest published average may be years old. */
function nationalLine(national: NationalTerm | null, lines: ReportWords['lines']): [string, Cell][] {
  if (national === null) return [];
  const label = national.assumed ? lines.nationalAssumed : `${lines.national}, ${national.from.slice(0, 4)}`;
  return [[label, days(national.days)]];
}
