import { type PlainDate, addDays, maxDate } from '../../kernel/plain-date.js';
import type { ActContext } from './compose-act.js';
import { handoverFrom, noticeTerms, requiredNotice, runningTerm, wasSent } from './legal-order.js';
import { LAPSED_REVIEW, limitationAlert } from './limitation-watch.js';
import type { NettedClaim } from './netting.js';
import type { Skip } from './plan.js';
import { type Step, isCourtesy, isInternal } from './policy.js';
import { type Reason, reason } from './reasons.js';
import { type Stage, lastContactDay } from './stage.js';
import type { Event } from './triggers.js';

/** What comes next for one claim, and when. */
export type Move = Ready | Stuck;

export interface Ready {
  readonly claim: NettedClaim;
  readonly stage: Stage;
  readonly step: Step;
  /** Place in the track; what stands outside the order goes before all of it. */
  readonly rank: number;
  /** First day on which the step may be taken. */
  readonly readyOn: PlainDate;
  /** What it waits for while that day has not come. */
  readonly waitingFor: Reason;
  /** What set off a step outside the order. */
  readonly event: Event | null;
  /** A legal term runs, or peace was promised: the claim joins no message before this day. */
  readonly quietUntil: PlainDate | null;
}

/** No step is left, or the law blocks it. */
export interface Stuck {
  readonly claim: NettedClaim;
  readonly stuck: Pick<Skip, 'reason' | 'because'>;
}

export interface MoveContext extends ActContext {
  /** Whether each step of the track is meant for this debtor today. */
  readonly applies: readonly boolean[];
}

const OUTSIDE_ORDER = Number.MAX_SAFE_INTEGER;

/** The next step of an overdue claim. */
export function nextMove(claim: NettedClaim, stage: Stage, event: Event | null, context: MoveContext): Move {
  const { track, applies } = context;
  if (event) {
    const step = track.steps.find((one, index) => one.trigger === event.trigger && applies[index] && !stage.done.has(one.step));
    if (step) return lawful(claim, stage, step, OUTSIDE_ORDER, event, context);
  }
  const index = track.steps.findIndex((step, at) => at > stage.lastIndex && applies[at] && isOrdinary(step));
  const step = track.steps[index];
  if (!step) return { claim, stuck: { reason: 'end-of-policy', because: reason('end-of-policy') } };
  return lawful(claim, stage, step, index, null, context);
}

const isOrdinary = (step: Step): boolean => step.trigger === null && !isCourtesy(step);

/** The step itself, or the legal notice that must come before it. */
function lawful(claim: NettedClaim, stage: Stage, step: Step, rank: number, event: Event | null, context: MoveContext): Move {
  const { law, facts, track, applies } = context;
  const required = requiredNotice(law, facts.debtor, step.kind);
  if (required === null || wasSent(required.oneOf, stage.contacts)) return timed(claim, stage, step, rank, event, context);
  const index = track.steps.findIndex(
    (one, at) => applies[at] && isOrdinary(one) && !stage.done.has(one.step) && (required.oneOf as readonly string[]).includes(one.kind),
  );
  const notice = track.steps[index];
  if (notice) return timed(claim, stage, notice, index, null, context);
  return {
    claim,
    stuck: {
      reason: 'legal-step-missing',
      because: reason('legal-step-missing', { notice: required.oneOf[0] ?? '', article: required.article }),
    },
  };
}

function timed(claim: NettedClaim, stage: Stage, step: Step, rank: number, event: Event | null, context: MoveContext): Ready {
  const { law, facts, track, days, on } = context;
  const { debtor } = facts;
  const previous = event?.on ?? lastContactDay(stage);
  let readyOn = claim.dueDate;
  let waitingFor = reason('waiting', { step: step.step });
  const notBefore = (day: PlainDate | null, because: Reason): void => {
    if (day === null || day <= readyOn) return;
    readyOn = day;
    waitingFor = because;
  };
  if (step.afterDue) notBefore(days.after(claim.dueDate, step.afterDue), waitingFor);
  if (step.afterPrevious) notBefore(days.after(previous ?? claim.dueDate, step.afterPrevious), waitingFor);
  notBefore(claim.peaceUntil, waitingFor);

  const terms = stage.contacts.length === 0 ? [] : noticeTerms(law, debtor, stage.contacts);
  const running = runningTerm(terms, on);
  if (running) notBefore(running.overOn, reason('waiting-term', { date: running.sentOn }));
  if (step.kind !== 'call') notBefore(dayAfterGivenTerm(stage, context), waitingFor);
  if (step.kind === 'propose-handover') {
    const earliest = maxDate(addDays(claim.dueDate, track.handoverFromDaysOverdue), handoverFrom(law, debtor, terms) ?? claim.dueDate);
    notBefore(earliest, reason('handover-too-early', { date: earliest }));
  }
  const isLapsed = step.kind === 'propose-handover' && limitationAlert(claim, context)?.lapsed === true;
  return {
    claim,
    stage,
    step: isLapsed ? LAPSED_REVIEW : step,
    rank,
    readyOn,
    waitingFor,
    event,
    quietUntil: latest(running?.overOn ?? null, claim.peaceUntil),
  };
}

/** Nobody is written to again before the date he was given to pay has passed; a call may ask how things stand. */
function dayAfterGivenTerm({ contacts }: Stage, { track, days }: MoveContext): PlainDate | null {
  let last: PlainDate | null = null;
  for (const { step: name, sentOn } of contacts) {
    const term = track.steps.find(({ step }) => step === name)?.term;
    if (term) last = latest(last, addDays(days.onOrAfter(days.after(sentOn, term)), 1));
  }
  return last;
}

const latest = (a: PlainDate | null, b: PlainDate | null): PlainDate | null => (a === null || (b !== null && b > a) ? b : a);

/**
 * Whether a claim goes along with a step that another claim is ready for: it has not come that far itself, is late enough, its quiet
 * is over, and the law lets it skip what lies between. Handover, review and triggered steps take nobody along.
 */
export function joins({ claim, stage, quietUntil }: Ready, step: Step, rank: number, { law, facts, track, on }: MoveContext): boolean {
  if (step.trigger !== null || isInternal(step.kind)) return false;
  if (stage.lastIndex >= rank || stage.done.has(step.step)) return false;
  if (claim.daysOverdue < track.bundleFromDaysOverdue || (quietUntil !== null && quietUntil > on)) return false;
  const required = requiredNotice(law, facts.debtor, step.kind);
  return required === null || wasSent(required.oneOf, stage.contacts);
}
