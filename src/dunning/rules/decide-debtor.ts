import { sum } from '../../kernel/money.js';
import type { Calendar } from '../../kernel/calendar.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Invoice } from '../../ledger/rules/book.js';
import type { Law } from '../../law/rules/law.js';
import { type ConditionFacts, allHold } from './conditions.js';
import { courtesy } from './courtesy.js';
import { asksForRisk, riskClassOf } from './debtor-risk.js';
import { decideOverdue } from './decide-overdue.js';
import type { DebtorFacts } from './facts.js';
import { staleness } from './freshness.js';
import type { MoveContext } from './moves.js';
import { net } from './netting.js';
import { type Act, type DebtorPlan, type Held, type Skip, type Why, skip } from './plan.js';
import type { Policy, Track } from './policy.js';
import { type CurrencyReceipts, openReceipts } from './open-receipts.js';
import { money, reason } from './reasons.js';
import { type Claim, type Standing, standingOf } from './standing.js';
import { type Calendars, type WorkingDays, firstOpenDay, workingDaysByCountry } from './working-days.js';

/** What a decision needs besides facts, policy and day: config/calendar and config/law. */
export interface DecisionContext {
  readonly calendars: Calendars;
  readonly law: Law;
}

/** A context made ready for many debtors on one day. */
export interface Desk {
  readonly law: Law;
  readonly banking: Calendar;
  readonly workingDays: (country: string) => WorkingDays;
  readonly held: Held | null;
}

export const deskFor = (freshness: DebtorFacts['freshness'], policy: Policy, on: PlainDate, context: DecisionContext): Desk => ({
  law: context.law,
  banking: context.calendars.target,
  workingDays: workingDaysByCountry(context.calendars),
  held: staleness(freshness, policy.freshness, context.calendars.target, on),
});

/**
 * What happens with one debtor on a day: at most one act, and every open item either in it or skipped with the reason. A pure function
 * of its arguments, so that deciding again from stored facts gives the same; the daily cap, which looks at all debtors, is not in it.
 */
export const decideDebtor = (facts: DebtorFacts, policy: Policy, on: PlainDate, context: DecisionContext): DebtorPlan =>
  decideAtDesk(facts, policy, on, deskFor(facts.freshness, policy, on, context));

/** {@link decideDebtor} with what is the same for all debtors already at hand. */
export function decideAtDesk(facts: DebtorFacts, policy: Policy, on: PlainDate, desk: Desk): DebtorPlan {
  if (desk.held) return allSkipped(facts, { reason: 'stale', until: null, because: reason(desk.held.reason) });
  const track = trackFor(facts, policy, on);
  if (!track) return allSkipped(facts, { reason: 'no-policy', until: null, because: reason('no-policy') });
  if (isExcluded(facts, track)) return allSkipped(facts, { reason: 'excluded', until: null, because: reason('excluded') });

  const [apart, own] = excludedInvoices(facts, track);
  const standing = standingOf(own, track, desk.banking, on);
  const currencies = new Set(
    [...standing.claims, ...standing.credits.map((invoice) => ({ invoice }))].map(({ invoice }) => invoice.currency),
  );
  const parts = [...currencies].map((currency) => decideCurrency(currency, standing, facts, track, on, desk));
  const { act, skipped } = oneMessage(parts, facts, track, on, desk);
  return { act, skipped: [...apart, ...standing.skipped, ...skipped].sort((a, b) => (a.invoiceId < b.invoiceId ? -1 : 1)) };
}

const allSkipped = ({ invoices }: DebtorFacts, why: Why): DebtorPlan => ({
  act: null,
  skipped: invoices
    .filter(({ open }) => open !== 0)
    .map((invoice) => skip(invoice, why))
    .sort((a, b) => (a.invoiceId < b.invoiceId ? -1 : 1)),
});

/** The steps for a debtor: the first track he belongs to; null: the policy is not meant for him. */
export const trackFor = ({ debtor }: DebtorFacts, { tracks }: Policy, on: PlainDate): Track | null => {
  // An audience asks who somebody is, not how he pays (parse-policy.ts).
  const facts: ConditionFacts = { debtor, riskClass: null, amount: 0, on };
  return tracks.find(({ audience }) => allHold(audience, facts)) ?? null;
};

const isExcluded = ({ debtor: { id, number, segment } }: DebtorFacts, { exclude }: Track): boolean =>
  exclude.debtors.includes(id) ||
  (number !== null && exclude.debtors.includes(number)) ||
  (segment !== null && exclude.segments.includes(segment));

/** Invoices that were of a debtor whom the policy excludes are left alone wherever the package has them now. */
function excludedInvoices(facts: DebtorFacts, { exclude }: Track): [Skip[], DebtorFacts] {
  const isApart = ({ formerDebtors = [], open }: Invoice): boolean => open > 0 && formerDebtors.some((id) => exclude.debtors.includes(id));
  if (!facts.invoices.some(isApart)) return [[], facts];
  const why: Why = { reason: 'excluded', until: null, because: reason('excluded') };
  return [
    facts.invoices.filter(isApart).map((invoice) => skip(invoice, why)),
    { ...facts, invoices: facts.invoices.filter((invoice) => !isApart(invoice)) },
  ];
}

/** House rule 3 over several currencies: the message about the oldest item goes, the others take their turn. */
function oneMessage(parts: readonly DebtorPlan[], facts: DebtorFacts, track: Track, on: PlainDate, desk: Desk): DebtorPlan {
  const skipped = parts.flatMap((part) => part.skipped);
  const acts = parts.flatMap(({ act }) => act ?? []).sort((a, b) => age(b) - age(a) || (a.currency < b.currency ? -1 : 1));
  const [chosen = null, ...others] = acts;
  if (others.length === 0) return { act: chosen, skipped };
  const days = desk.workingDays(facts.debtor.country);
  const until = firstOpenDay(days, track.quietDays, days.after(on, track.minimumGap));
  const later = others.flatMap(({ debtorId, invoiceIds }) =>
    invoiceIds.map((invoiceId): Skip => ({ debtorId, invoiceId, reason: 'waiting', until, because: reason('waiting-other') })),
  );
  return { act: chosen, skipped: [...skipped, ...later] };
}

const age = ({ lines }: Act): number => Math.max(...lines.map(({ daysOverdue }) => daysOverdue));

/** Why nothing is left to ask of these: their own currency covers them, or else money of another one waits for a person to allocate it. */
function whyCovered(claims: readonly Claim[], credits: readonly Invoice[], receipts: CurrencyReceipts): Skip[] {
  const { own, proposed, elsewhere } = receipts;
  const amount = [...elsewhere].map(([currency, received]) => money(received, currency)).join(', ');
  return net(claims, credits, { unallocated: own, proposed }).map(({ invoice, asked }) =>
    asked > 0 && elsewhere.size > 0
      ? skip(invoice, { reason: 'money-in-other-currency', until: null, because: reason('money-in-other-currency', { amount }) })
      : skip(invoice, { reason: 'covered-by-credit', until: null, because: reason('covered-by-credit') }),
  );
}

/** The decision over a debtor's items of one currency: what is overdue, or, when nothing is, a courtesy about what falls due. */
function decideCurrency(currency: string, standing: Standing, facts: DebtorFacts, track: Track, on: PlainDate, desk: Desk): DebtorPlan {
  const claims = standing.claims.filter(({ invoice }) => invoice.currency === currency);
  const credits = standing.credits.filter((invoice) => invoice.currency === currency);
  const overdue = claims.filter(({ daysOverdue }) => daysOverdue > 0);
  const early = claims.filter(({ daysOverdue }) => daysOverdue <= 0);
  const receipts = openReceipts(facts, currency);
  const askable = net(overdue.length > 0 ? overdue : early, credits, receipts).filter(({ asked }) => asked > 0);

  const { debtor } = facts;
  const amount = sum(askable.map(({ asked }) => asked));
  const riskClass = asksForRisk(track) ? riskClassOf(facts, standing.promises, on) : null;
  const conditionFacts: ConditionFacts = { debtor, riskClass, amount, on };
  const applies = track.steps.map(({ when }) => allHold(when, conditionFacts));
  const context: MoveContext = { law: desk.law, facts, track, days: desk.workingDays(debtor.country), on, applies };
  const decided =
    overdue.length > 0 ? decideOverdue(askable, standing, context) : { act: courtesy(askable, standing, context), skipped: [] };

  const placed = new Set([...(decided.act?.invoiceIds ?? []), ...decided.skipped.map(({ invoiceId }) => invoiceId)]);
  const rest = [
    ...whyCovered(overdue, credits, receipts),
    ...early.map(({ invoice, dueDate }) =>
      skip(invoice, { reason: 'not-due', until: dueDate, because: reason('not-due', { date: dueDate }) }),
    ),
    ...credits.map((invoice) => skip(invoice, { reason: 'covered-by-credit', until: null, because: reason('credit-note') })),
  ].filter(({ invoiceId }) => !placed.has(invoiceId));
  return { act: decided.act, skipped: [...decided.skipped, ...rest] };
}
