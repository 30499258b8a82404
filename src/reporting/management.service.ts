import { type Language, letterLanguage } from '../correspondence/rules/localized.js';
import { type Clock, today } from '../kernel/clock.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { readAgencyResults } from './agency-results.repository.js';
import { managementPdf } from './management-pdf.js';
import type { ReportConfig } from './report-config.js';
import type { Reports } from './reports.service.js';
import { benchmarkOf } from './rules/benchmark.js';
import { type Management, managementSections } from './rules/management.js';
import { managementCsv } from './rules/management-csv.js';
import { periodEnding } from './rules/period.js';
import { trendPeriods } from './rules/trend.js';

/** A management report as a file. */
export interface ReportFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

/** The language reports are written in when an administration's own is none of ours. */
const OTHERWISE: Language = 'en';

/** Management reports: figures, trend and results of agencies, held against the benchmarks, in the words of a language. */
export class ManagementReports {
  constructor(
    private readonly reports: Reports,
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly config: ReportConfig,
  ) {}

  /** The report of an administration over a period of `days` that ends on a day (null: today), in its own language. */
  async file(administrationId: string, on: PlainDate | null, days: number, format: 'pdf' | 'csv'): Promise<ReportFile> {
    const period = periodEnding(on ?? today(this.clock), days);
    const { report, totals, trend } = await this.reports.stored(administrationId, [period, ...trendPeriods(period).slice(0, -1)]);
    const { language, ...rest } = await this.tenancy.within(administrationId, async (manager) => {
      const { country, currency, language: own, targetDso } = await new LedgerRepository(manager).administration(administrationId);
      return {
        language: letterLanguage(own, OTHERWISE),
        agencies: await readAgencyResults(manager, administrationId, currency, period.to),
        benchmark: benchmarkOf(this.config.benchmarks, country, targetDso, period.to),
      };
    });
    return managementFile({ report, trend: [...trend, totals.sums].map((sums) => sums.figures()), ...rest }, this.config, language, format);
  }
}

/** A management report written out. */
export async function managementFile(
  management: Management,
  config: ReportConfig,
  language: Language,
  format: 'pdf' | 'csv',
): Promise<ReportFile> {
  const words = config.words[language];
  const { title } = words.headings;
  const { administration, period } = management.report;
  const sections = managementSections(management, words);
  const name = `report-${period.to}.${format}`;
  if (format === 'csv') return { name, mediaType: 'text/csv; charset=utf-8', content: Buffer.from(managementCsv(title, sections)) };
  const head = { title, administration: administration.name || administration.id, language, on: period.to };
  return { name, mediaType: 'application/pdf', content: await managementPdf(head, sections) };
}
