import type { Minor } from '../../kernel/money.js';
import type { Law } from './law.js';
import { euro } from './wording.js';

export interface BeReminderQuestion {
  /** A contract with regular deliveries (energy, telecom, subscriptions). */
  readonly recurring: boolean;
  /** Due dates of this contract for which a free reminder was sent in this calendar year, this one not counted. */
  readonly freeRemindersThisYear: number;
  readonly postage: Minor;
}

/**
 * The most a first reminder to a Belgian consumer may cost (art. XIX.2 WER): nothing, except that recurring contracts get a free one
 * for at most three due dates a calendar year; from the fourth up to € 7.50 and postage.
 */
export function beReminderCost(law: Law, question: BeReminderQuestion): { readonly amount: Minor; readonly because: readonly string[] } {
  const { article, freeRemindersPerYear, laterReminderMaximum } = law.be.firstReminder;
  if (!question.recurring) return { amount: 0, because: [`The first reminder is free (${article}).`] };
  if (question.freeRemindersThisYear < freeRemindersPerYear) {
    return {
      amount: 0,
      because: [`Reminder ${question.freeRemindersThisYear + 1} of ${freeRemindersPerYear} that are free this year (${article}).`],
    };
  }
  return {
    amount: laterReminderMaximum + question.postage,
    because: [`After ${freeRemindersPerYear} free reminders this year at most ${euro(laterReminderMaximum)} and postage (${article}).`],
  };
}
