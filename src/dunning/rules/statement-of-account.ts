import { sum } from '../../kernel/money.js';
import { type PlainDate, addDays, isoWeekday } from '../../kernel/plain-date.js';
import { amountReasons, languageOf, lineOf, reachableBy } from './compose-act.js';
import { noticeTerms, requiredNotice, runningTerm, wasSent } from './legal-order.js';
import type { MoveContext } from './moves.js';
import type { NettedClaim } from './netting.js';
import type { Act } from './plan.js';
import type { StatementRule } from './policy.js';
import { reason } from './reasons.js';
import type { Stage } from './stage.js';

/**
 * The periodic statement of account (collection-rules.md §6.3), when the day has come, there is enough on it and no other message goes
 * out. It informs: no date to pay by, no costs. Once a week: the Monday of its week is part of the step's name, so one item still
 * gets one step once. Items inside a legal term stay out, and what the law does not allow to be mentioned yet.
 */
export function statementOfAccount(claims: readonly { claim: NettedClaim; stage: Stage }[], context: MoveContext): Act | null {
  const { law, facts, track, on } = context;
  const { debtor } = facts;
  const { statement } = track;
  if (!statement || !isStatementDay(statement, context)) return null;
  const step = `${statement.step}/${mondayOf(on)}`;
  if (facts.contacts.some((contact) => contact.step === step)) return null;

  const required = requiredNotice(law, debtor, 'statement');
  const listed = claims.filter(
    ({ claim, stage }) =>
      claim.daysOverdue >= track.bundleFromDaysOverdue &&
      (claim.peaceUntil === null || claim.peaceUntil <= on) &&
      runningTerm(noticeTerms(law, debtor, stage.contacts), on) === null &&
      (required === null || wasSent(required.oneOf, stage.contacts)),
  );
  const channel = reachableBy(statement.channels, debtor);
  const oldest = Math.max(...listed.map(({ claim }) => claim.daysOverdue));
  const alreadyReminded = listed.some(({ stage }) => stage.contacts.length > 0);
  if (channel === null || listed.length < statement.minimumItems || oldest < statement.fromDaysOverdue || !alreadyReminded) return null;

  const lines = listed.map(({ claim }) => lineOf(claim, on));
  const amount = sum(lines.map(({ asked }) => asked));
  const currency = listed[0]?.claim.invoice.currency ?? facts.administration.currency;
  return {
    debtorId: debtor.id,
    kind: 'statement',
    step,
    channel,
    language: languageOf(debtor, track),
    invoiceIds: [...new Set([...lines.map(({ invoiceId }) => invoiceId), ...listed.flatMap(({ claim }) => claim.creditNoteIds)])],
    currency,
    amount,
    costs: 0,
    interest: 0,
    total: amount,
    payBy: null,
    needsApproval: false,
    because: [reason('weekly-statement'), ...amountReasons(lines, currency)],
    announcedCosts: 0,
    announcedVat: 0,
    announcedInterest: 0,
    announcedRate: null,
    costsFrom: null,
    provisional: false,
    template: statement.template,
    tone: statement.tone,
    track: track.name,
    lines,
  };
}

const mondayOf = (day: PlainDate): PlainDate => addDays(day, 1 - isoWeekday(day));

/** The rule's weekday, or the first working day after it in the same week. */
const isStatementDay = ({ weekday }: StatementRule, { days, on }: MoveContext): boolean =>
  days.onOrAfter(addDays(mondayOf(on), weekday - 1)) === on;
