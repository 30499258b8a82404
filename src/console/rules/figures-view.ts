import type { ReportJson } from '../../reporting/rules/report-json.js';
import type { Texts } from '../texts.js';
import type { Badge } from './badge.js';
import type { Format } from './format.js';
import { fill, wordFor } from './words.js';

/** Debtors shown: a page is no export. */
const DEBTORS_SHOWN = 50;

/** Lengths of a period that can be chosen. */
const PERIODS = [30, 90, 180, 365];

/** What the management report can be had as. */
const FORMATS = [
  { name: 'pdf', words: 'PDF' },
  { name: 'csv', words: 'CSV' },
];

interface Tile {
  readonly label: string;
  readonly value: string;
}

/** The figures of an administration as the page shows them; amounts and days in the language's own writing. */
export function showFigures(report: ReportJson, texts: Texts, format: Format): object {
  const { report: words } = texts;
  const { period, currency, receivables, promises } = report;
  const amount = (decimal: string): string => format.amount(decimal, currency);
  return {
    on: report.on,
    days: period.days,
    formats: FORMATS,
    words: fill(words.words, { from: format.day(period.from), to: format.day(period.to), days: format.count(period.days) }),
    periods: [...new Set([...PERIODS, period.days])]
      .sort((a, b) => a - b)
      .map((days) => ({ days, words: fill(words.periodDays, { days: format.count(days) }), chosen: days === period.days })),
    tiles: tilesOf(report, texts, format),
    facts: [
      { label: words.sales, value: amount(receivables.sales) },
      { label: words.opening, value: amount(receivables.opening) },
      { label: words.closing, value: amount(receivables.closing) },
      { label: words.overdue, value: `${amount(receivables.overdue)} (${percent(receivables.overdueRatio, texts, format)})` },
      { label: words.unallocated, value: amount(receivables.unallocated) },
      {
        label: words.promises,
        value: fill(words.promisesOf, {
          rate: percent(report.promisesKept, texts, format),
          kept: format.count(promises.kept),
          count: format.count(promises.count),
        }),
      },
    ],
    warnings: [
      ...report.warnings.map(({ message }) => message),
      ...report.otherCurrencies.map((one) =>
        fill(words.besides, { amount: format.amount(one.open, one.currency), overdue: format.amount(one.overdue, one.currency) }),
      ),
    ],
    ageing: report.ageing.map((row) => ({
      bucket: wordFor(words.buckets, row.bucket),
      amount: amount(row.amount),
      invoices: format.count(row.invoices),
      disputed: amount(row.disputed),
    })),
    disputes: report.disputeReasons.map((row) => ({
      ...row,
      code: wordFor(texts.agreements.code, row.code),
      invoices: format.count(row.invoices),
      amount: amount(row.amount),
      open: amount(row.open),
      daysLost: format.count(row.daysLost),
    })),
    debtors: report.debtors
      .toSorted((a, b) => Number(b.overdue) - Number(a.overdue) || Number(b.open) - Number(a.open))
      .slice(0, DEBTORS_SHOWN)
      .map((debtor) => showDebtor(debtor, currency, texts, format)),
    shown: fill(words.debtorsShown, {
      shown: format.count(Math.min(DEBTORS_SHOWN, report.debtors.length)),
      count: format.count(report.debtorCount),
    }),
  };
}

function tilesOf({ dso, ...report }: ReportJson, texts: Texts, format: Format): Tile[] {
  const { report: words } = texts;
  const days = (value: number | null): string => (value === null ? texts.none : format.count(Math.round(value * 10) / 10));
  return [
    { label: words.dso, value: days(dso.simple) },
    { label: dso.countbackComplete ? words.countback : words.countbackAtLeast, value: days(dso.countback) },
    { label: words.bestPossible, value: days(dso.bestPossible) },
    { label: words.delinquent, value: days(report.averageDaysDelinquent) },
    { label: words.toPay, value: days(report.averageDaysToPay) },
    {
      label: words.effectiveness,
      value: report.collectionEffectiveness === null ? texts.none : `${days(report.collectionEffectiveness)}%`,
    },
  ];
}

function showDebtor(debtor: ReportJson['debtors'][number], currency: string, texts: Texts, format: Format): object {
  const optional = (decimal: string | null): string => (decimal === null ? texts.none : format.amount(decimal, currency));
  const count = (value: number | null): string => (value === null ? texts.none : format.count(Math.round(value * 10) / 10));
  return {
    name: debtor.name || debtor.number || debtor.debtorId,
    riskClass: debtor.riskClass,
    credit: creditBadge(debtor.credit, texts),
    open: optional(debtor.open),
    overdue: optional(debtor.overdue),
    oldestDays: count(debtor.oldestDays),
    averageDaysLate: count(debtor.averageDaysLate),
    exposure: optional(debtor.exposure),
    creditLimit: optional(debtor.creditLimit),
    utilisation: percent(debtor.utilisation, texts, format),
    suggestedLimit: optional(debtor.suggestedLimit),
    because: debtor.because,
  };
}

const TONES: Readonly<Record<ReportJson['debtors'][number]['credit'], Badge['tone']>> = {
  'no-limit': 'quiet',
  ok: 'good',
  warn: 'attention',
  hold: 'bad',
};

const creditBadge = (verdict: keyof typeof TONES, { report }: Texts): Badge => ({
  tone: TONES[verdict],
  words: wordFor(report.credit, verdict),
});

const percent = (ratio: number | null, texts: Texts, format: Format): string =>
  ratio === null ? texts.none : `${format.count(Math.round(ratio * 1000) / 10)}%`;
