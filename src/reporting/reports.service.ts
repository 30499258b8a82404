import type { Calendar } from '../kernel/calendar.js';
import { type Clock, today } from '../kernel/clock.js';
import { InputError } from '../kernel/errors.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { refuseUncountable } from './rules/countable.js';
import { type Period, periodEnding } from './rules/period.js';
import { type Portfolio, PortfolioBuilder } from './rules/portfolio.js';
import { reportOf } from './rules/report.js';
import { type ReportJson, reportToJson } from './rules/report-json.js';
import { type StoredReport, storedReport } from './stored-report.js';

/** What part of a ledger a report is of: all of it, a segment, or one debtor. */
export interface ReportPart {
  readonly segment?: string | undefined;
  readonly debtor?: string | undefined;
  /** How many debtors to show, those with most overdue; absent: a hundred. */
  readonly debtors?: number | undefined;
}

export const DEBTORS_SHOWN = 100;
export const DEBTORS_SHOWN_MAX = 1000;

/** The figures of connected administrations, from the stored ledger; any past day gives what that day's figures were. */
export class Reports {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly banking: Calendar,
  ) {}

  /** The report of a period of `days` that ends on a day (null: today). Throws {@link InputError}: `unknown-debtor`, `amounts-too-large`. */
  async of(administrationId: string, on: PlainDate | null, days: number, part: ReportPart = {}): Promise<ReportJson> {
    const period = periodEnding(on ?? today(this.clock), days);
    if (part.debtor !== undefined) return this.ofDebtor(administrationId, period, part.debtor);
    return reportToJson((await this.stored(administrationId, [period], part)).report);
  }

  /** The report of the first period with the sums of all of them. */
  stored(administrationId: string, periods: readonly [Period, ...Period[]], part: ReportPart = {}): Promise<StoredReport> {
    const { segment = null, debtors = DEBTORS_SHOWN } = part;
    const asked = { administrationId, asOf: today(this.clock), periods, segment, debtors };
    return this.tenancy.within(administrationId, (manager) => storedReport(manager, asked, this.banking));
  }

  /** Administrations together, one after the other, each in a unit of work of its own: a thousand of them take one connection. */
  async portfolio(administrationIds: readonly string[], on: PlainDate | null, days: number): Promise<Portfolio> {
    const builder = new PortfolioBuilder(periodEnding(on ?? today(this.clock), days), today(this.clock));
    for (const id of administrationIds) {
      const { report, totals } = await this.stored(id, [builder.period], { debtors: 0 });
      builder.add(report, totals);
    }
    return builder.finish();
  }

  /** A debtor's items are few enough to go through the rule as a book. */
  private async ofDebtor(administrationId: string, period: Period, debtor: string): Promise<ReportJson> {
    const now = today(this.clock);
    const day = period.to < now ? period.to : now;
    const book = await this.tenancy.within(administrationId, (manager) =>
      new LedgerRepository(manager).book(administrationId, day, [debtor]),
    );
    if (book.debtors.length === 0) throw new InputError('unknown-debtor', `there is no debtor ${debtor}`);
    refuseUncountable(book);
    return reportToJson(reportOf({ ...book, asOf: now }, period, this.banking));
  }
}
