import { type Minor, scale, sum } from '../../kernel/money.js';
import type { AgeingRow, Bucket } from './ageing.js';

/** What of an age is not expected to come, in percent (collection-rules.md §7.5, example); credit notes are no claim. */
const PERCENT: Readonly<Record<Bucket, number>> = {
  'not-due': 0,
  '1-30': 2,
  '31-60': 10,
  '61-90': 25,
  '91-120': 50,
  '>120': 100,
  'credit-notes': 0,
};

/** The provision that the ages of open items ask for, each age rounded by itself. */
export const provisionOf = (ageing: readonly AgeingRow[]): Minor =>
  sum(ageing.map(({ bucket, amount }) => scale(amount, PERCENT[bucket], 100)));
