import { BUCKETS } from './ageing.js';

/** The words of a management report, by group; what each is in a language is data (config/report). */
export const REPORT_WORDS = {
  headings: ['title', 'key', 'trend', 'ageing', 'debtors', 'promises', 'disputes', 'agencies', 'notes'],
  lines: [
    'administration', 'on', 'period', 'currency', 'sales', 'opening', 'closing', 'overdue', 'overdueRatio', 'unallocated', 'dsoSimple', 'dsoCountback',
    'dsoBestPossible', 'targetDso', 'daysDelinquent', 'daysToPay', 'daysLate', 'national', 'nationalAssumed', 'effectiveness', 'atLeast',
  ],
  columns: [
    'figure', 'value', 'month', 'simple', 'countback', 'bestPossible', 'delinquent', 'toPay', 'cei', 'closing', 'bucket', 'amount', 'items', 'disputed', 'debtor',
    'class', 'open', 'overdue', 'oldest', 'late', 'limit', 'made', 'kept', 'promised', 'keptAmount', 'rate', 'reason', 'stillOpen', 'daysLost', 'agency',
    'cases', 'principal', 'recovered', 'costs', 'days', 'total', 'national',
  ],
  buckets: BUCKETS,
  notes: ['none', 'countback-incomplete', 'period-before-history', 'settled-without-date', 'other-currencies', 'after-as-of'],
} as const; // prettier-ignore

export type ReportWords = { readonly [Group in keyof typeof REPORT_WORDS]: Readonly<Record<(typeof REPORT_WORDS)[Group][number], string>> };
