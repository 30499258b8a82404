import type { Minor } from '../../kernel/money.js';
import { type PlainDate, daysBetween } from '../../kernel/plain-date.js';
import { type Failure, type Result, err, ok } from '../../kernel/result.js';

export const SET_LIMIT_KINDS = ['internal', 'temporary', 'insured'] as const;
/** Limits of one debtor that are set here (`internal` goes before the package's); that of a group is the group's. */
export type SetLimitKind = (typeof SET_LIMIT_KINDS)[number];

/** The days a limit is asked for, both inclusive. */
export interface LimitDays {
  readonly from: PlainDate | null;
  /** Last day. */
  readonly until: PlainDate | null;
}

export interface LimitRequest extends LimitDays {
  readonly kind: SetLimitKind;
  readonly amount: Minor;
  /** With an insured one: nothing beyond it is sold. */
  readonly insuredOnly: boolean;
}

/** A limit of debtors that belong together; without an amount they belong together and no more. */
export interface GroupRequest extends LimitDays {
  readonly amount: Minor | null;
  /** Each once. */
  readonly debtorIds: readonly string[];
}

/** What is known of the debtors a group is asked for. */
export interface GroupFacts {
  /** Those of them the administration has. */
  readonly known: readonly string[];
  /** Those of them that are in another group. */
  readonly elsewhere: readonly string[];
}

/** A limit temporary for longer is a new limit [design]. */
const TEMPORARY_DAYS_MAX = 366;

/**
 * Whether a limit can be set. Refuses `negative`, `no-end` for a temporary one without a last day, `ends-before-it-begins`, `in-the-past`,
 * `not-temporary` for one of more than a year, and `not-insured` for `insuredOnly` on another kind.
 */
export function acceptLimit({ kind, amount, from, until, insuredOnly }: LimitRequest, on: PlainDate): Result<null> {
  const wrong = wrongAmount(amount) ?? (kind === 'temporary' && until === null ? NO_END : wrongDays({ from, until }));
  if (wrong) return err(wrong);
  if (until !== null && until < on) return refused('in-the-past', `${until} has passed`);
  if (kind === 'temporary' && until !== null && daysBetween(from ?? on, until) > TEMPORARY_DAYS_MAX)
    return refused('not-temporary', 'a temporary limit lasts a year at most');
  if (insuredOnly && kind !== 'insured') return refused('not-insured', 'only an insured limit can be the only one (insuredOnly)');
  return ok(null);
}

/**
 * Whether a group can be made or changed so. Refuses `negative`, `ends-before-it-begins`, `unknown-debtor` for one the administration has not,
 * and `in-another-group`: a debtor belongs to one group at most.
 */
export function acceptGroup({ amount, from, until, debtorIds }: GroupRequest, { known, elsewhere }: GroupFacts): Result<null> {
  const wrong = wrongAmount(amount ?? 0) ?? wrongDays({ from, until });
  if (wrong) return err(wrong);
  const unknown = debtorIds.find((id) => !known.includes(id));
  if (unknown !== undefined) return refused('unknown-debtor', `This administration has no debtor ${unknown}.`);
  const taken = debtorIds.find((id) => elsewhere.includes(id));
  return taken === undefined ? ok(null) : refused('in-another-group', `Debtor ${taken} belongs to another group.`);
}

const NO_END: Failure = { code: 'no-end', message: 'a temporary limit needs a last day (until)' };

const wrongAmount = (amount: Minor): Failure | null => (amount < 0 ? { code: 'negative', message: 'a limit is not below zero' } : null);

const wrongDays = ({ from, until }: LimitDays): Failure | null =>
  from !== null && until !== null && until < from ? { code: 'ends-before-it-begins', message: `${until} is before ${from}` } : null;

const refused = (code: string, message: string): Result<null> => err({ code, message });
