import type { AgencyCase, Fate } from './agency-case.js';

/** A thing the agency does with a case. */
export type Step =
  | 'receive'
  | 'accept'
  | 'reject'
  | 'ask-creditor'
  | 'letter'
  | 'plan'
  | 'collect-half'
  | 'collect-rest'
  | 'settle'
  | 'dispute'
  | 'propose-court'
  | 'close-paid'
  | 'close-no-means';

/** What happens when, in days after the agency took the case in. A step that waits for the creditor holds up the ones behind it. */
const COURSES: Readonly<Record<Fate, readonly (readonly [day: number, step: Step])[]>> = {
  pays: [[0, 'receive'], [1, 'accept'], [2, 'letter'], [4, 'collect-rest'], [5, 'settle'], [6, 'close-paid']],
  'pays-in-parts': [[0, 'receive'], [1, 'accept'], [2, 'letter'], [3, 'plan'], [5, 'collect-half'], [7, 'settle'], [35, 'collect-rest'], [37, 'settle'], [38, 'close-paid']],
  disputes: [[0, 'receive'], [1, 'accept'], [2, 'letter'], [3, 'dispute'], [14, 'letter'], [21, 'collect-rest'], [22, 'settle'], [23, 'close-paid']],
  'cannot-pay': [[0, 'receive'], [1, 'accept'], [2, 'letter'], [16, 'letter'], [30, 'propose-court'], [44, 'close-no-means']],
  'asks-first': [[0, 'receive'], [1, 'ask-creditor'], [2, 'accept'], [4, 'letter'], [9, 'collect-rest'], [10, 'settle'], [11, 'close-paid']],
  rejected: [[0, 'receive'], [1, 'reject']],
}; // prettier-ignore

/** Steps after which nothing is done before the creditor has answered. */
export const WAITING_STEPS: readonly Step[] = ['ask-creditor', 'dispute', 'propose-court'];

/** The next step of a case when it is due on the n-th day; null: none yet, or none at all. */
export function nextStep({ fate, steps, waits, ended }: AgencyCase, day: number): Step | null {
  const next = COURSES[fate][steps];
  return next === undefined || waits || ended || next[0] > day ? null : next[1];
}
