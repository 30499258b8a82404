import type { RemindedBy } from '../../ledger/rules/reminded-by.js';

/** What a push does to the package's own reminders: the key its payload has for it. */
export const REMINDER_KEYS = ['takesOver', 'givesBack'] as const;
export type ReminderKey = (typeof REMINDER_KEYS)[number];

const WANTED: Readonly<Record<RemindedBy, ReminderKey>> = { tegoed: 'takesOver', package: 'givesBack' };

/**
 * Which planned pushes must not be carried out any more, because somebody else reminds now: what would start the package's reminders again
 * while we remind (the customer would hear from both), and what would stop them while it does (he would hear from nobody).
 */
export const overtaken = (remindedBy: RemindedBy | null): readonly ReminderKey[] =>
  REMINDER_KEYS.filter((key) => remindedBy === null || key !== WANTED[remindedBy]);

/** Whether a push with this payload is one of those. */
export const isOvertaken = (payload: object, remindedBy: RemindedBy | null): boolean => overtaken(remindedBy).some((key) => key in payload);

/**
 * What may be written into the package. An administration that is no longer live writes nothing but what undoes what it did while it was:
 * what it stopped runs again, when the package is to remind.
 */
export function reachOf(mode: 'off' | 'shadow' | 'live', remindedBy: RemindedBy | null): 'all' | 'givesBack' | 'nothing' {
  if (mode === 'live') return 'all';
  return remindedBy === 'package' ? 'givesBack' : 'nothing';
}

/** What is to be planned about the package's own reminders; null: nothing. */
export function reminderPlan(mode: 'off' | 'shadow' | 'live', remindedBy: RemindedBy | null): ReminderKey | null {
  if (remindedBy === 'package') return 'givesBack';
  return remindedBy === 'tegoed' && mode === 'live' ? 'takesOver' : null;
}
