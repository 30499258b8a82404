import type { DayReport } from '../../cycle/day.service.js';
import type { DayFigures } from '../../cycle/day-run.entity.js';
import type { PlainDate } from '../../kernel/plain-date.js';

/** What the demo did for one company, as it is printed. */
export interface CompanyFigures {
  readonly company: string;
  /** The name it is connected under: `exact-online`. */
  readonly package: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly invoicesPulled: number;
  readonly debtorsPulled: number;
  readonly bankLines: { readonly matched: number; readonly proposed: number; readonly open: number };
  readonly shadowActs: Readonly<Record<string, number>>;
  readonly acts: Readonly<Record<string, number>>;
  readonly mails: number;
  readonly pushed: Readonly<Record<string, number>>;
  readonly apiCalls: number;
  /** Days on which nobody was written to, because the books or the bank were not up to date. */
  readonly daysHeld: number;
  /** What the last day did when it was run once more: nothing. */
  readonly secondRun: { readonly mails: number; readonly pushed: number; readonly acts: number; readonly matched: number };
}

/** The days of one company, as the service reported them. */
export interface LivedReports {
  readonly shadow: DayReport;
  /** Several of a day that was left off and gone on with. */
  readonly live: readonly DayReport[];
  /** The last one once more. */
  readonly again: DayReport;
}

/** Adds the days up. */
export function figuresOf(
  about: Pick<CompanyFigures, 'company' | 'package' | 'from' | 'to'>,
  { shadow, live, again }: LivedReports,
): CompanyFigures {
  const reports = [shadow, ...live];
  const total = (of: (did: DayFigures) => number): number => reports.reduce((sum, { did }) => sum + of(did), 0);
  return {
    ...about,
    invoicesPulled: total((did) => did.itemsPulled),
    debtorsPulled: total((did) => did.debtorsPulled),
    bankLines: {
      matched: total((did) => did.linesMatched),
      proposed: total((did) => did.linesProposed),
      open: total((did) => did.linesOpen),
    },
    shadowActs: shadow.did.acts,
    acts: added(live.map(({ did }) => did.acts)),
    mails: total((did) => did.mailsSent),
    pushed: added(live.map(({ did }) => did.pushed)),
    apiCalls: total((did) => did.apiCalls) + again.did.apiCalls,
    daysHeld: new Set(reports.flatMap(({ day, held }) => (held === null ? [] : [day]))).size,
    secondRun: {
      mails: again.did.mailsSent,
      pushed: totalOf(again.did.pushed),
      acts: totalOf(again.did.acts),
      matched: again.did.linesMatched,
    },
  };
}

const totalOf = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

function added(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const count of counts) for (const [key, value] of Object.entries(count)) total[key] = (total[key] ?? 0) + value;
  return total;
}
