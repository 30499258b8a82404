import type { Calendar } from '../../kernel/calendar.js';
import type { PlainDate } from '../../kernel/plain-date.js';

/** How much past a company has. */
export interface CompanySize {
  readonly debtors: number;
  readonly invoices: number;
}

/** The size is that of the company in Moneybird. */
export interface DemoOptions extends CompanySize {
  readonly seed: string;
  /** Of the company in Exact Online beside it; absent: there is none. */
  readonly exactOnline?: CompanySize;
  /** Of the one in Twinfield; absent: there is none. */
  readonly twinfield?: CompanySize;
  /** Live days after the shadow day. */
  readonly days: number;
  /** Weeks that pass afterwards for the first company, which hands claims over to an agency; absent: none. */
  readonly agencyWeeks?: number;
  /** The first day of the demo; the companies have 120 days of past before it. */
  readonly from: PlainDate;
  /** Port of the console; 0 takes a free one. */
  readonly port: number;
  /** Keeps the database of the demo; null: in memory. */
  readonly dataFolder: string | null;
  readonly logLevel: string;
  readonly onProgress: (done: number, of: number, what: string) => void;
}

/** The past a company of the demo comes with. */
export interface DemoPast extends CompanySize {
  readonly seed: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly bankingDays: Calendar;
  /** So many of its customers never pay. */
  readonly unwilling?: number;
}
