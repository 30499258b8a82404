import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import { type Act, isCreditKind } from './plan.js';

/**
 * The life of an act, as a table.
 *
 * - `shown`: shadow mode; never leaves
 * - `awaiting-approval`: a person decides first
 * - `to-do`: for a person to carry out (a call, a letter by post, a review)
 * - `planned`: goes out by itself
 * - `uncertain`: may have gone out; a person says whether it did
 */
export const ACT_STATES = ['shown', 'awaiting-approval', 'to-do', 'planned', 'done', 'cancelled', 'uncertain', 'failed'] as const;
export type ActState = (typeof ACT_STATES)[number];

export const ACT_STEPS = [
  { from: 'awaiting-approval', to: 'planned' },
  { from: 'awaiting-approval', to: 'to-do' },
  { from: 'awaiting-approval', to: 'done' },
  { from: 'awaiting-approval', to: 'cancelled' },
  { from: 'to-do', to: 'done' },
  { from: 'to-do', to: 'cancelled' },
  { from: 'planned', to: 'done' },
  { from: 'planned', to: 'cancelled' },
  { from: 'planned', to: 'failed' },
  { from: 'planned', to: 'uncertain' },
  { from: 'uncertain', to: 'done' },
  { from: 'uncertain', to: 'cancelled' },
] as const satisfies readonly { from: ActState; to: ActState }[];

/**
 * A letter that was taken off the list, and had been posted before: a person says so. Not in the table, for nothing else that was cancelled
 * is ever done.
 */
export const POSTED_ANYWAY = { from: 'cancelled', to: 'done' } as const satisfies { from: ActState; to: ActState };

/** States in which an act still may or will happen: as long as one is there, nothing else is begun with its debtor. */
export const PENDING_STATES: readonly ActState[] = ['awaiting-approval', 'to-do', 'planned', 'uncertain'];

/** What an approved act waits for: the mail goes out by itself, a word about credit is done by being said, the rest is done by a person. */
export function whenApproved({ channel, kind }: { readonly channel: string | null; readonly kind: string }): ActState {
  if (isCreditKind(kind)) return 'done';
  return channel === 'email' ? 'planned' : 'to-do';
}

/** The state a decided act starts in. */
export function firstState(act: Pick<Act, 'channel' | 'kind' | 'needsApproval'>, mode: 'shadow' | 'live'): ActState {
  if (mode === 'shadow') return 'shown';
  return act.needsApproval ? 'awaiting-approval' : whenApproved(act);
}

/** Steps that come again by nature: they may name the same item once more. */
export const repeats = (act: Pick<Act, 'kind'>): boolean => act.kind === 'statement' || act.kind === 'call' || act.kind === 'review';

/** How long a step a person said no to is left alone, unless he says otherwise. */
const REJECTION_DAYS = 7;

/** The first day on which a step that was rejected may be proposed to the debtor again. */
export const proposedAgainFrom = (rejectedOn: PlainDate, wished: PlainDate | null): PlainDate =>
  wished ?? addDays(rejectedOn, REJECTION_DAYS);

/** Something with a debtor that may stand in the way of a new act. */
export interface KnownAct {
  readonly debtorId: string;
  readonly step: string;
  /** It is about his credit: nothing of it reaches him. */
  readonly isCredit: boolean;
  readonly state: ActState;
  readonly isToday: boolean;
  /** A person said no to it, and the time he asked for is not over. */
  readonly isRejected: boolean;
}

/**
 * The acts of a plan that are to be begun: none for a debtor with whom something is pending (one message per contact moment), none
 * that was begun today already, and none a person has just rejected. What is about credit stays in the house: it keeps no message back,
 * and waits for nothing but itself.
 */
export function actsToBegin(planned: readonly Act[], known: readonly KnownAct[]): readonly Act[] {
  const laneOf = (debtorId: string, step: string, isCredit: boolean): string => (isCredit ? `${debtorId}\n${step}` : debtorId);
  const pending = new Set(
    known.filter(({ state }) => PENDING_STATES.includes(state)).map(({ debtorId, step, isCredit }) => laneOf(debtorId, step, isCredit)),
  );
  const begun = new Set(
    known
      .filter(({ isToday, state, isRejected }) => isRejected || (isToday && state !== 'cancelled'))
      .map(({ debtorId, step }) => `${debtorId}\n${step}`),
  );
  return planned.filter(
    ({ debtorId, step, kind }) => !pending.has(laneOf(debtorId, step, isCreditKind(kind))) && !begun.has(`${debtorId}\n${step}`),
  );
}
