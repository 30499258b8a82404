import { sum } from '../../kernel/money.js';
import { type PlainDate, addDays, maxDate } from '../../kernel/plain-date.js';
import { composeAct, reachableBy } from './compose-act.js';
import { gapAfterLastContact } from './contact-gap.js';
import type { DebtorFacts } from './facts.js';
import { type Move, type MoveContext, type Ready, joins, nextMove } from './moves.js';
import type { NettedClaim } from './netting.js';
import { type Act, type DebtorPlan, type Why, skip } from './plan.js';
import { type Step, isInternal } from './policy.js';
import { type Reason, conditionReason, money, reason } from './reasons.js';
import { stagesOf } from './stage.js';
import type { Standing } from './standing.js';
import { statementOfAccount } from './statement-of-account.js';
import { eventFor } from './triggers.js';
import { firstOpenDay, isQuiet } from './working-days.js';

/**
 * The decision over a debtor's overdue items of one currency, each with something left to ask: one message, about the furthest step
 * any of them is ready for, with all that may go along (house rule 3); or the weekly statement; or nothing yet.
 */
export function decideOverdue(claims: readonly NettedClaim[], standing: Standing, context: MoveContext): DebtorPlan {
  const { facts, track, days, on } = context;
  const closed = closedToday(claims, context);
  if (closed) return { act: null, skipped: claims.map(({ invoice }) => skip(invoice, closed)) };

  const stageOf = stagesOf(facts.contacts, track);
  const staged = claims.map((claim) => ({ claim, stage: stageOf(claim.invoice.id) }));
  const moves = staged.map(({ claim, stage }) => nextMove(claim, stage, eventFor(claim, standing, facts, on), context));
  const gap = gapAfterLastContact(context);
  const inGap = gap.overOn > on;
  const { act, blocked } = choose(moves, inGap, context);
  const sent = act ?? (inGap ? null : statementOfAccount(staged, context));

  const asked = new Set(sent?.invoiceIds);
  const again = sent && sent.channel !== null ? maxDate(gap.overOn, days.after(on, track.minimumGap)) : gap.overOn;
  const wait: Wait = { again, because: inGap ? reason('waiting-gap', { date: gap.since ?? '' }) : reason('waiting-other'), blocked };
  return {
    act: sent,
    skipped: moves.filter(({ claim }) => !asked.has(claim.invoice.id)).map((move) => skip(move.claim.invoice, whyNot(move, wait, context))),
  };
}

/** What keeps all of them back today. */
function closedToday(claims: readonly NettedClaim[], { track, days, on }: MoveContext): Why | null {
  const amount = sum(claims.map(({ asked }) => asked));
  if (amount < track.minimumAmount) return belowMinimum(claims, track.minimumAmount);
  const until = (): PlainDate | null => firstOpenDay(days, track.quietDays, on);
  if (!days.counts(on)) return { reason: 'not-a-banking-day', until: until(), because: reason('not-a-banking-day') };
  if (isQuiet(track.quietDays, on)) return { reason: 'quiet-day', until: until(), because: reason('quiet-day') };
  return null;
}

function belowMinimum(claims: readonly NettedClaim[], minimum: number): Why {
  const currency = claims[0]?.invoice.currency ?? 'EUR';
  const amount = money(sum(claims.map(({ asked }) => asked)), currency);
  return { reason: 'below-minimum', until: null, because: reason('below-minimum', { amount, minimum: money(minimum, currency) }) };
}

interface Choice {
  readonly act: Act | null;
  /** Items that were ready and could not go, with the reason. */
  readonly blocked: ReadonlyMap<string, Why>;
}

const isReady = (move: Move): move is Ready => 'step' in move;

/**
 * Takes the furthest step anything is ready for; when that cannot go (too little, no address), the next one. Messages go before
 * proposals to a person: a handover nobody has looked at yet must not stop the reminders of other items. A proposal does not wait for
 * the gap between contacts.
 */
function choose(moves: readonly Move[], inGap: boolean, context: MoveContext): Choice {
  const { facts, on } = context;
  const waiting = moves.filter(isReady);
  const ready = waiting.filter(({ readyOn, step }) => readyOn <= on && (!inGap || isInternal(step.kind)));
  const blocked = new Map<string, Why>();
  for (const step of furthestFirst(ready)) {
    const leading = ready.filter((move) => move.step === step);
    const [lead] = leading;
    if (!lead) continue;
    const joining = waiting.filter((move) => !leading.includes(move) && joins(move, step, lead.rank, context));
    const bundle = waiting.filter((move) => leading.includes(move) || joining.includes(move)).map(({ claim }) => claim);
    const why = obstacle(step, bundle, facts);
    if (why === null) {
      const because = reasonsFor(lead, bundle, joining.length, context);
      return { act: composeAct(step, bundle, reachableBy(step.channels, facts.debtor), because, context), blocked };
    }
    for (const { claim } of leading) blocked.set(claim.invoice.id, why);
  }
  return { act: null, blocked };
}

const furthestFirst = (ready: readonly Ready[]): Set<Step> =>
  new Set(
    [...ready].sort((a, b) => Number(isInternal(a.step.kind)) - Number(isInternal(b.step.kind)) || b.rank - a.rank).map(({ step }) => step),
  );

function obstacle(step: Step, bundle: readonly NettedClaim[], { debtor }: DebtorFacts): Why | null {
  if (sum(bundle.map(({ asked }) => asked)) < step.minimumAmount) return belowMinimum(bundle, step.minimumAmount);
  if (step.channels.length > 0 && reachableBy(step.channels, debtor) === null)
    return { reason: 'unreachable', until: null, because: reason('unreachable') };
  return null;
}

function reasonsFor(lead: Ready, bundle: readonly NettedClaim[], joined: number, { facts: { debtor } }: MoveContext): Reason[] {
  const { step, stage, event, claim } = lead;
  const { daysOverdue, dueDate } = bundle[0] ?? claim;
  const previous = stage.contacts.at(-1);
  return [
    reason('overdue', { count: bundle.length, days: daysOverdue, date: dueDate }),
    ...(event ? [event.because] : []),
    ...(claim.pauseDeniedAfter === null ? [] : [reason('no-more-pause', { count: claim.pauseDeniedAfter })]),
    previous
      ? reason('next-step', { step: step.step, previous: previous.step, date: previous.sentOn })
      : reason('first-step', { step: step.step }),
    ...step.when.map((condition) => conditionReason(condition, claim.invoice.currency)),
    ...(joined > 0 ? [reason('joined', { count: joined })] : []),
    ...(step.kind === 'call' && debtor.phone === null ? [reason('no-phone')] : []),
  ];
}

interface Wait {
  /** First day on which the debtor may be approached again. */
  readonly again: PlainDate;
  readonly because: Reason;
  readonly blocked: ReadonlyMap<string, Why>;
}

function whyNot(move: Move, { again, because, blocked }: Wait, { track, days, on }: MoveContext): Why {
  if (!isReady(move)) return { ...move.stuck, until: null };
  const known = blocked.get(move.claim.invoice.id);
  if (known) return known;
  const until = firstOpenDay(days, track.quietDays, maxDate(addDays(on, 1), maxDate(move.readyOn, again)));
  return { reason: 'waiting', until, because: move.readyOn > on ? move.waitingFor : because };
}
