import type { Minor } from '../../kernel/money.js';
import { type PlainDate, daysBetween } from '../../kernel/plain-date.js';
import { type Result, err, ok } from '../../kernel/result.js';

export const SET_LIMIT_KINDS = ['internal', 'temporary', 'insured'] as const;
/** Limits of one debtor that are set here (`internal` goes before the package's); that of a group is the group's. */
export type SetLimitKind = (typeof SET_LIMIT_KINDS)[number];

export interface LimitRequest {
  readonly kind: SetLimitKind;
  readonly amount: Minor;
  readonly from: PlainDate | null;
  /** Last day. */
  readonly until: PlainDate | null;
  /** With an insured one: nothing beyond it is sold. */
  readonly insuredOnly: boolean;
}

/** A limit temporary for longer is a new limit [design]. */
const TEMPORARY_DAYS_MAX = 366;

/**
 * Whether a limit can be set. Refuses `negative`, `no-end` for a temporary one without a last day, `ends-before-it-begins`, `in-the-past`,
 * `not-temporary` for one of more than a year, and `not-insured` for `insuredOnly` on another kind.
 */
export function acceptLimit({ kind, amount, from, until, insuredOnly }: LimitRequest, on: PlainDate): Result<null> {
  if (amount < 0) return refused('negative', 'a limit is not below zero');
  if (kind === 'temporary' && until === null) return refused('no-end', 'a temporary limit needs a last day (until)');
  if (until !== null && until < (from ?? until)) return refused('ends-before-it-begins', `${until} is before ${from}`);
  if (until !== null && until < on) return refused('in-the-past', `${until} has passed`);
  if (kind === 'temporary' && until !== null && daysBetween(from ?? on, until) > TEMPORARY_DAYS_MAX)
    return refused('not-temporary', 'a temporary limit lasts a year at most');
  if (insuredOnly && kind !== 'insured') return refused('not-insured', 'only an insured limit can be the only one (insuredOnly)');
  return ok(null);
}

const refused = (code: string, message: string): Result<null> => err({ code, message });
