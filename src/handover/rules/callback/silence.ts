import type { Calendar } from '../../../kernel/calendar.js';
import { plainDateIn } from '../../../kernel/plain-date.js';
import type { CaseState } from '../status/case-states.js';
import type { TaskKind } from './tasks.js';

/** A case of which the agency has not said yet whether it takes it. */
export interface SilentCase {
  readonly state: CaseState;
  readonly channel: 'webhook' | 'mail' | 'sftp';
  /** When its endpoint took the dossier, or it fetched it; null: not that we know. */
  readonly deliveredAt: Date | null;
  readonly approvedAt: Date;
}

const RECEIPT_MS = 4 * 3_600_000;
const DECISION_WORKING_DAYS = 3;
const NOT_RECEIVED: readonly CaseState[] = ['APPROVED', 'SUBMITTED'];
/** Not `INFO_REQUIRED`: then the agency waits for us. */
export const UNDECIDED: readonly CaseState[] = [...NOT_RECEIVED, 'RECEIVED'];

/**
 * What is overdue of an agency (agency-handover.md §9): its word that it has the dossier, four hours after it was delivered; its yes or no, three
 * working days after. By mail and file nobody says when it was delivered: then the days count from the approval, and no word is expected.
 */
export function silenceOf({ state, channel, deliveredAt, approvedAt }: SilentCase, now: Date, calendar: Calendar): TaskKind[] {
  const overdue: TaskKind[] = [];
  if (deliveredAt !== null && NOT_RECEIVED.includes(state) && now.getTime() - deliveredAt.getTime() >= RECEIPT_MS)
    overdue.push('no-receipt');
  const since = deliveredAt ?? (channel === 'webhook' ? null : approvedAt);
  if (since === null || !UNDECIDED.includes(state)) return overdue;
  const [from, on] = [since, now].map((moment) => plainDateIn(moment, 'Europe/Amsterdam'));
  const days = from === undefined || on === undefined ? 0 : calendar.workingDaysBetween(from, on);
  // Three whole days: the day it came does not count.
  return days > DECISION_WORKING_DAYS ? [...overdue, 'no-decision'] : overdue;
}
