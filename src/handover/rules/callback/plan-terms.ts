import { type Minor, parseAmount, sum } from '../../../kernel/money.js';
import { type PlainDate, addDays, addMonths } from '../../../kernel/plain-date.js';
import { type Result, err, ok } from '../../../kernel/result.js';

/** What a debtor agreed with an agency: so many instalments of an amount each, from a day on; or each instalment for itself. */
export type PlanTerms =
  | {
      readonly instalments: number;
      readonly amount: string;
      readonly currency: string;
      readonly first: PlainDate;
      /** ISO 8601: `P1M`, `P2W`, `P14D`. */
      readonly interval: string;
    }
  | { readonly currency: string; readonly schedule: readonly { readonly dueDate: PlainDate; readonly amount: string }[] };

export interface PlannedInstalment {
  readonly dueDate: PlainDate;
  readonly amount: Minor;
}

/** More instalments than this are no arrangement: ten years of months. */
export const INSTALMENTS_MAX = 120;

/** The instalments of a plan in order of their day. Refuses what is no amount, and an interval that is none (`invalid-plan`). */
export function instalmentsOf(terms: PlanTerms): Result<readonly PlannedInstalment[]> {
  const { currency } = terms;
  const days = 'schedule' in terms ? terms.schedule : evenly(terms);
  if (days === null) return err({ code: 'invalid-plan', message: 'arrangement/interval: not an interval such as P1M, P2W or P14D' });
  const instalments: PlannedInstalment[] = [];
  for (const { dueDate, amount } of days) {
    const parsed = parseAmount(amount, currency);
    if (!parsed.ok) return err({ code: 'invalid-plan', message: `arrangement/amount: ${parsed.error.message}` });
    if (parsed.value <= 0) return err({ code: 'invalid-plan', message: 'arrangement/amount: an instalment is more than zero' });
    instalments.push({ dueDate, amount: parsed.value });
  }
  return ok(instalments.sort((a, b) => (a.dueDate < b.dueDate ? -1 : Number(a.dueDate > b.dueDate))));
}

type Even = Extract<PlanTerms, { readonly interval: string }>;

function evenly({ instalments, amount, first, interval }: Even): { readonly dueDate: PlainDate; readonly amount: string }[] | null {
  const [, count = '', unit = ''] = /^P([1-9]\d?)([DWM])$/.exec(interval) ?? [];
  if (unit === '') return null;
  // Counted from the first each time: by steps the 31st would become the 28th for good.
  const after = (times: number): PlainDate =>
    unit === 'M' ? addMonths(first, times * Number(count)) : addDays(first, times * Number(count) * (unit === 'W' ? 7 : 1));
  return Array.from({ length: instalments }, (_, at) => ({ dueDate: after(at), amount }));
}

/** An instalment and what came of it, oldest first paid first. */
export interface InstalmentStanding extends PlannedInstalment {
  readonly paid: Minor;
  readonly state: 'paid' | 'due' | 'late';
}

/** How a plan stands on a day, by what the agency says it received since: each instalment is filled before the next. */
export function planStanding(instalments: readonly PlannedInstalment[], received: readonly Minor[], on: PlainDate): InstalmentStanding[] {
  let left = sum(received);
  return instalments.map((instalment) => {
    const paid = Math.min(Math.max(left, 0), instalment.amount);
    left -= paid;
    const state = paid === instalment.amount ? 'paid' : instalment.dueDate < on ? 'late' : 'due';
    return { ...instalment, paid, state };
  });
}
