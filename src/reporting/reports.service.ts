import type { Calendar } from '../kernel/calendar.js';
import { type Clock, today } from '../kernel/clock.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { refuseUncountable } from './rules/countable.js';
import { periodEnding } from './rules/period.js';
import { reportOf } from './rules/report.js';
import { type ReportJson, reportToJson } from './rules/report-json.js';

/** The figures of connected administrations, from the same book `tegoed book export` writes. */
export class Reports {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly banking: Calendar,
  ) {}

  /** The report of a period of `days` that ends on a day (null: today), as `tegoed report` gives it. Throws `InputError`: `amounts-too-large`. */
  async of(administrationId: string, on: PlainDate | null, days: number): Promise<ReportJson> {
    const now = today(this.clock);
    const book = await this.tenancy.within(administrationId, (manager) => new LedgerRepository(manager).book(administrationId, now));
    refuseUncountable(book);
    return reportToJson(reportOf(book, periodEnding(on ?? now, days), this.banking));
  }
}
