import { formatAmount } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Period } from './period.js';
import type { Report } from './report.js';
import { ReportTotals, type TotalFigures } from './report-totals.js';

/** What a portfolio shows of one administration, and of all of one currency together. Amounts are decimal strings in `currency`. */
export interface PortfolioFigures {
  readonly currency: string;
  readonly dso: { readonly simple: number | null; readonly countback: number | null; readonly bestPossible: number | null };
  readonly averageDaysDelinquent: number | null;
  readonly averageDaysToPay: number | null;
  readonly collectionEffectiveness: number | null;
  readonly sales: string;
  readonly closing: string;
  readonly overdue: string;
  readonly overdueRatio: number | null;
  readonly unallocated: string;
  readonly promisesKept: number | null;
  readonly ageing: readonly { readonly bucket: string; readonly amount: string; readonly invoices: number }[];
}

export interface Portfolio {
  readonly on: PlainDate;
  readonly period: { readonly from: PlainDate; readonly to: PlainDate; readonly days: number };
  readonly administrations: readonly (PortfolioFigures & { readonly id: string; readonly name: string })[];
  /** One for each currency: nothing is converted. */
  readonly totals: readonly (PortfolioFigures & { readonly administrations: number })[];
}

/** Takes the figures of administration after administration; those of one currency are worked out anew from all sums together. */
export class PortfolioBuilder {
  private readonly shown: (PortfolioFigures & { readonly id: string; readonly name: string })[] = [];
  private readonly together = new Map<string, { totals: ReportTotals; administrations: number }>();

  constructor(
    readonly period: Period,
    private readonly asOf: PlainDate,
  ) {}

  add({ administration }: Pick<Report, 'administration'>, totals: ReportTotals): void {
    const { id, name, currency } = administration;
    this.shown.push({ id, name, ...figuresIn(currency, totals.figures()) });
    const so = this.together.get(currency) ?? { totals: new ReportTotals(this.period, this.asOf), administrations: 0 };
    so.totals.join(totals);
    so.administrations++;
    this.together.set(currency, so);
  }

  finish(): Portfolio {
    const { from, to, days } = this.period;
    return {
      on: to,
      period: { from, to, days },
      administrations: this.shown,
      totals: [...this.together]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([currency, { totals, administrations }]) => ({ administrations, ...figuresIn(currency, totals.figures()) })),
    };
  }
}

function figuresIn(currency: string, figures: TotalFigures): PortfolioFigures {
  const { dso, sales, ageing, promises } = figures;
  const amount = (minor: number): string => formatAmount(minor, currency);
  return {
    currency,
    dso: { simple: dso.simple, countback: dso.countback.days, bestPossible: dso.bestPossible },
    averageDaysDelinquent: figures.averageDaysDelinquent,
    averageDaysToPay: figures.averageDaysToPay,
    collectionEffectiveness: figures.collectionEffectiveness,
    sales: amount(sales.sales),
    closing: amount(sales.closing),
    overdue: amount(figures.overdue),
    overdueRatio: figures.overdueRatio,
    unallocated: amount(figures.unallocated),
    promisesKept: promises.rate,
    ageing: ageing.map((row) => ({ bucket: row.bucket, amount: amount(row.amount), invoices: row.invoices })),
  };
}
