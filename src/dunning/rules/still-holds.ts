import { parseAmount } from '../../kernel/money.js';
import { unwrap } from '../../kernel/result.js';
import { type Act, type Plan, isCreditKind } from './plan.js';
import { type Reason, type SentenceCode, money, reason } from './reasons.js';

/**
 * The parts of a decision that must not have changed when it is carried out. Not among them: `payBy`, for a message that waited for approval
 * gives the term anew; and interest with the total it is in, which grow by the day: what goes out is reckoned for that day.
 */
const BINDING = ['kind', 'step', 'channel', 'invoiceIds', 'amount', 'costs'] as const;

type Decision = Readonly<Record<string, unknown>>;

/**
 * Whether an act, decided before, would be decided just so on today's facts. Both are acts as `tegoed plan` prints them; `fresh` is
 * undefined when nothing would be done today. Gives null when it still holds, else in words what changed.
 */
export function stillHolds(decided: object, fresh: Decision | undefined): string | null {
  if (!fresh) return 'nothing would be asked of this debtor today';
  const before = decided as Decision;
  const changed = BINDING.filter((part) => JSON.stringify(before[part] ?? null) !== JSON.stringify(fresh[part] ?? null));
  if (changed.length === 0) return null;
  return changed.map((part) => `${part} was ${JSON.stringify(before[part])}, now ${JSON.stringify(fresh[part])}`).join('; ');
}

/** What was decided, as it is stored with the act: see `actToJson`. Amounts are decimals of `currency`. */
export interface DecidedAct {
  readonly debtorId: string;
  readonly kind: string;
  readonly step: string;
  readonly channel: string | null;
  readonly currency: string;
  readonly costs: string;
  readonly lines: readonly { readonly invoiceId: string; readonly asked: string }[];
}

/** A plan, looked up by what an act was decided about. Credit is not in it. */
export interface Today {
  actOf(debtorId: string): Act | undefined;
  /** Why nothing is asked of the debtor for this invoice today. */
  whyNot(debtorId: string, invoiceId: string): Reason | undefined;
}

export function todayOf({ acts, skipped }: Pick<Plan, 'acts' | 'skipped'>): Today {
  const actOf = new Map(acts.filter(({ kind }) => !isCreditKind(kind)).map((act) => [act.debtorId, act]));
  const because = new Map(skipped.map((skip) => [`${skip.debtorId}\n${skip.invoiceId}`, skip.because]));
  return { actOf: (debtorId) => actOf.get(debtorId), whyNot: (debtorId, invoiceId) => because.get(`${debtorId}\n${invoiceId}`) };
}

/** Reasons of the day itself: what they keep back today is as right as it was, and its turn comes. */
const NOT_TODAY: readonly Reason['code'][] = [
  'not-a-banking-day',
  'quiet-day',
  'daily-cap',
  'waiting-gap',
  'waiting-other',
] satisfies SentenceCode[];

/**
 * Why a person is no longer to do or to approve an act: something it asks for would not be asked today. Null while all of it would; that more
 * would be asked by now is no reason, for what stands on a list may have been said or posted by the time it is noted. `today` is a plan that
 * is not held.
 */
export function lapsedBecause(decided: DecidedAct, today: Today): Reason | null {
  const fresh = today.actOf(decided.debtorId);
  if (fresh && fresh.kind === decided.kind && fresh.step === decided.step && fresh.currency === decided.currency) {
    return asksAll(fresh, decided) ? null : otherwise(decided, today);
  }
  const isPutOff = decided.lines.every(({ invoiceId }) => {
    const why = today.whyNot(decided.debtorId, invoiceId);
    return why !== undefined && NOT_TODAY.includes(why.code);
  });
  return isPutOff ? null : otherwise(decided, today);
}

function asksAll(fresh: Act, { channel, currency, costs, lines }: DecidedAct): boolean {
  const minor = (text: string): number => unwrap(parseAmount(text, currency));
  const askedNow = new Map(fresh.lines.map(({ invoiceId, asked }) => [invoiceId, asked]));
  return (
    fresh.channel === channel &&
    fresh.costs >= minor(costs) &&
    lines.every(({ invoiceId, asked }) => (askedNow.get(invoiceId) ?? 0) >= minor(asked))
  );
}

/** What keeps one of the items back, else what is asked in place of it. */
function otherwise({ debtorId, lines }: DecidedAct, today: Today): Reason {
  const [stops] = lines.flatMap(({ invoiceId }) => today.whyNot(debtorId, invoiceId) ?? []).filter(({ code }) => !NOT_TODAY.includes(code));
  if (stops) return stops;
  const fresh = today.actOf(debtorId);
  const isAsked = fresh && lines.some(({ invoiceId }) => fresh.invoiceIds.includes(invoiceId));
  return isAsked ? reason('asked-otherwise', { step: fresh.step, amount: money(fresh.amount, fresh.currency) }) : reason('no-longer-open');
}
