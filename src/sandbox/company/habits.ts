import { type PlainDate, addDays, addMonths } from '../../kernel/plain-date.js';
import type { Random } from '../random.js';

/** When a customer pays. `in-parts` pays half at first; `monthly` pays everything that is due in one go; `after-reminder` waits for one. */
export type Habit = 'early' | 'on-time' | 'week-late' | 'slow' | 'after-reminder' | 'in-parts' | 'monthly' | 'never';

/** What a customer writes with a payment of one invoice. */
export type ReferenceStyle = 'rf' | 'rf-in-text' | 'number' | 'damaged-number' | 'iban-only';

export const drawHabit = (random: Random): Habit =>
  random.weighted<Habit>([
    ['early', 14],
    ['on-time', 30],
    ['week-late', 20],
    ['slow', 10],
    ['after-reminder', 10],
    ['in-parts', 4],
    ['monthly', 9],
    ['never', 3],
  ]);

export const drawStyle = (random: Random): ReferenceStyle =>
  random.weighted<ReferenceStyle>([
    ['rf', 30],
    ['rf-in-text', 15],
    ['number', 35],
    ['damaged-number', 8],
    ['iban-only', 12],
  ]);

export interface PlannedShare {
  readonly day: PlainDate;
  /** Hundredths of what is left then: 10000 is all of it. */
  readonly share: number;
}

/** When a customer of that habit pays an invoice, unless something happens first. */
export function planPayment(
  habit: Habit,
  invoice: { readonly issueDate: PlainDate; readonly dueDate: PlainDate },
  random: Random,
): PlannedShare[] {
  const all = (day: PlainDate): PlannedShare[] => [{ day, share: 10_000 }];
  const afterDue = (low: number, high: number): PlainDate => addDays(invoice.dueDate, random.int(low, high));
  switch (habit) {
    case 'early':
      return all(addDays(invoice.issueDate, random.int(2, 9)));
    case 'on-time':
      return all(afterDue(-3, 0));
    case 'week-late':
      return all(afterDue(3, 9));
    case 'slow':
      return all(afterDue(14, 35));
    case 'after-reminder':
      return all(afterDue(50, 80));
    case 'in-parts': {
      const first = afterDue(-1, 6);
      return [{ day: first, share: 5_000 }, ...all(addDays(first, random.int(18, 28)))];
    }
    case 'monthly':
      return all(`${addMonths(invoice.dueDate, 1).slice(0, 7)}-05` as PlainDate);
    case 'never':
      return [];
  }
}
