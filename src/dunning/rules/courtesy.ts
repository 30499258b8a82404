import { sum } from '../../kernel/money.js';
import { composeAct, reachableBy } from './compose-act.js';
import { gapAfterLastContact } from './contact-gap.js';
import type { MoveContext } from './moves.js';
import type { NettedClaim } from './netting.js';
import type { Act } from './plan.js';
import { isCourtesy } from './policy.js';
import { conditionReason, reason } from './reasons.js';
import { stagesOf } from './stage.js';
import type { Standing } from './standing.js';
import { isQuiet } from './working-days.js';

/**
 * A service message before the due date, for a debtor of whom nothing is overdue and nothing protected: who objects to an invoice, promised,
 * agreed to instalments or pays by direct debit needs no service of this kind. The first courtesy step of the track that is meant
 * for him and whose day has come for some item; items that already had it are left alone.
 */
export function courtesy(early: readonly NettedClaim[], { skipped }: Standing, context: MoveContext): Act | null {
  const { facts, track, days, on, applies } = context;
  if (skipped.length > 0) return null;
  const step = track.steps.find((one, index) => applies[index] && isCourtesy(one));
  if (!step?.afterDue || !days.counts(on) || isQuiet(track.quietDays, on) || gapAfterLastContact(context).overOn > on) return null;
  const { afterDue } = step;
  const stageOf = stagesOf(facts.contacts, track);
  const ready = early.filter(
    ({ dueDate, invoice, peaceUntil }) =>
      // A new term was given: what is past the day on the invoice is not announced as falling due.
      invoice.dueDate >= on &&
      days.after(dueDate, afterDue) <= on &&
      !stageOf(invoice.id).done.has(step.step) &&
      (peaceUntil === null || peaceUntil <= on),
  );
  const [first] = ready;
  const channel = reachableBy(step.channels, facts.debtor);
  const amount = sum(ready.map(({ asked }) => asked));
  if (!first || channel === null || amount < Math.max(track.minimumAmount, step.minimumAmount)) return null;
  const because = [
    reason('not-yet-due', { count: ready.length, date: first.dueDate }),
    ...step.when.map((condition) => conditionReason(condition, first.invoice.currency)),
  ];
  return composeAct(step, ready, channel, because, context);
}
