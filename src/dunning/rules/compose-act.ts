import { type Minor, sum } from '../../kernel/money.js';
import { type PlainDate, addDays, daysBetween } from '../../kernel/plain-date.js';
import type { Channel, Debtor } from '../../ledger/rules/book.js';
import { regimeOf } from '../../law/rules/capacity.js';
import { type ChargeFacts, type ChargesAllowed, chargesAllowed } from '../../law/rules/charges.js';
import type { Law } from '../../law/rules/law.js';
import { isNotice, noticeDates } from '../../law/rules/notices.js';
import { contactsWithAsked } from './asked-then.js';
import type { DebtorFacts } from './facts.js';
import { limitationAlert, limitationReasons } from './limitation-watch.js';
import type { NettedClaim } from './netting.js';
import type { Act, ActLine } from './plan.js';
import { type ChargeMode, type Step, type Track, isInternal } from './policy.js';
import { type Reason, lawReason, money, reason } from './reasons.js';
import { type Language, isLanguage } from './sentence.js';
import type { WorkingDays } from './working-days.js';

export interface ActContext {
  readonly law: Law;
  readonly facts: DebtorFacts;
  readonly track: Track;
  readonly days: WorkingDays;
  readonly on: PlainDate;
}

/** The first channel of a step by which the debtor can be reached; a call is always possible for whoever finds the number. */
export const reachableBy = (channels: readonly Channel[], { email, lettersReturn }: Debtor): Channel | null =>
  channels.find((channel) => (channel === 'email' ? email !== null : channel !== 'letter' || lettersReturn !== true)) ?? null;

/** The debtor's own language when there are texts in it, else that of his country by the policy, else English. */
export function languageOf({ language, country }: Debtor, { languages }: Track): Language {
  const own = language?.slice(0, 2).toLowerCase() ?? '';
  if (isLanguage(own)) return own;
  const byCountry = languages[country] ?? '';
  return isLanguage(byCountry) ? byCountry : 'en';
}

/** The act that takes a step for some claims of one debtor, in one currency. `because` are the reasons found on the way here. */
export function composeAct(
  step: Step,
  claims: readonly NettedClaim[],
  channel: Channel | null,
  because: readonly Reason[],
  context: ActContext,
): Act {
  const { facts, track, on } = context;
  const lines = claims.map((claim) => lineOf(claim, on));
  const amount = sum(lines.map(({ asked }) => asked));
  const currency = claims[0]?.invoice.currency ?? facts.administration.currency;
  const lastDay = payBy(step, channel, context);
  const charges = chargesOf(step, claims, currency, lastDay, context);
  const alerts = claims.flatMap((claim) => limitationAlert(claim, context) ?? []);
  const approval = approvalReasons(step, amount, currency, track);
  return {
    debtorId: facts.debtor.id,
    kind: step.kind,
    step: step.step,
    channel,
    language: languageOf(facts.debtor, track),
    invoiceIds: [...new Set([...claims.map(({ invoice }) => invoice.id), ...claims.flatMap(({ creditNoteIds }) => creditNoteIds)])],
    currency,
    amount,
    costs: charges.costs,
    interest: charges.interest,
    total: amount + charges.costs + charges.interest,
    payBy: lastDay,
    needsApproval: approval.length > 0 || alerts.some(({ lapsed }) => lapsed),
    because: [...because, ...amountReasons(lines, currency), ...charges.because, ...limitationReasons(alerts), ...approval],
    announcedCosts: charges.announcedCosts,
    announcedVat: charges.announcedVat,
    announcedInterest: charges.announcedInterest,
    announcedRate: charges.announcedRate,
    costsFrom: charges.costsFrom,
    provisional: charges.provisional,
    template: step.template,
    tone: step.tone,
    track: track.name,
    lines,
  };
}

export const lineOf = ({ invoice, disputed, credited, asked }: NettedClaim, on: PlainDate): ActLine => ({
  invoiceId: invoice.id,
  dueDate: invoice.dueDate,
  daysOverdue: daysBetween(invoice.dueDate, on),
  open: invoice.open,
  disputed,
  credited,
  asked,
});

export function amountReasons(lines: readonly ActLine[], currency: string): Reason[] {
  const credited = sum(lines.map((line) => line.credited));
  const disputed = sum(lines.map((line) => line.disputed));
  return [
    ...(credited > 0 ? [reason('credit-counted', { amount: money(credited, currency) })] : []),
    ...(disputed > 0 ? [reason('part-disputed', { amount: money(disputed, currency) })] : []),
  ];
}

function approvalReasons({ kind, approval }: Step, amount: Minor, currency: string, { approvalFrom }: Track): Reason[] {
  return [
    ...(kind === 'propose-handover' ? [reason('handover-approval')] : []),
    ...(approval || kind === 'review' ? [reason('approval-by-policy')] : []),
    ...(approvalFrom !== null && amount >= approvalFrom ? [reason('approval-by-amount', { amount: money(approvalFrom, currency) })] : []),
  ];
}

interface Charges {
  readonly costs: Minor;
  readonly interest: Minor;
  readonly announcedCosts: Minor;
  readonly announcedVat: Minor;
  readonly announcedInterest: Minor;
  readonly announcedRate: number | null;
  readonly costsFrom: PlainDate | null;
  readonly provisional: boolean;
  readonly because: readonly Reason[];
}

const NO_CHARGES: Charges = {
  costs: 0,
  interest: 0,
  announcedCosts: 0,
  announcedVat: 0,
  announcedInterest: 0,
  announcedRate: null,
  costsFrom: null,
  provisional: false,
  because: [],
};

/** House rule 4: how much, if anything, is the law's decision; the policy only says whether it is asked, announced or left out. */
function chargesOf(step: Step, claims: readonly NettedClaim[], currency: string, lastDay: PlainDate | null, context: ActContext): Charges {
  if (step.costs === 'none' && step.interest === 'none') return NO_CHARGES;
  if (currency !== 'EUR') return { ...NO_CHARGES, because: [reason('no-charges-in-currency')] };
  const allowed = allowedCharges(claims, contactsWithAsked(context.facts), context);
  const announced = step.costs === 'announce' ? toAnnounce(step, claims, allowed, context) : allowed.costsToAnnounce;
  const amountIn = (mode: ChargeMode, wanted: ChargeMode, amount: Minor): Minor => (mode === wanted ? amount : 0);
  const announcedCosts = amountIn(step.costs, 'announce', announced.amount);
  const interest = amountIn(step.interest, 'charge', allowed.interest.amount);
  const costsFrom = announcedCosts > 0 && lastDay !== null ? addDays(lastDay, 1) : null;
  const provisional = step.interest !== 'none' && allowed.interest.amount > 0 && allowed.interest.provisional;
  return {
    costs: amountIn(step.costs, 'charge', allowed.costs.amount),
    interest,
    announcedCosts,
    announcedVat: amountIn(step.costs, 'announce', announced.vat),
    announcedInterest: amountIn(step.interest, 'announce', allowed.interest.amount),
    announcedRate: step.interest === 'none' ? null : allowed.rateToAnnounce,
    costsFrom,
    provisional,
    because: [
      ...(context.facts.debtor.capacity === 'unknown' ? [reason('consumer-in-doubt')] : []),
      ...(announcedCosts > 0 ? [announcedReason(announcedCosts, costsFrom)] : []),
      ...(step.costs === 'none' ? [] : (step.costs === 'charge' ? allowed.costs : announced).because.map(lawReason)),
      ...(step.interest === 'charge' ? allowed.interest.because.map(lawReason) : []),
      ...(provisional ? [reason('provisional-interest')] : []),
    ],
  };
}

/** What the law allows over these claims; VAT is stated in our letters whenever the creditor cannot deduct it. */
function allowedCharges(
  claims: readonly NettedClaim[],
  contacts: ChargeFacts['contacts'],
  { law, facts, track, on }: ActContext,
): ChargesAllowed {
  const { debtor, administration } = facts;
  const receipts = receiptsByInvoice(facts);
  return chargesAllowed(
    law,
    {
      country: debtor.country,
      capacity: debtor.capacity,
      items: claims.map(({ invoice, dueDate, asked }) => ({
        invoiceId: invoice.id,
        open: asked,
        dueDate,
        receipts: receipts.get(invoice.id) ?? [],
      })),
      contacts,
      vatDeductible: administration.vatDeductible,
      vatStatedInLetter: !administration.vatDeductible,
      clause: track.clause,
      termAgreed: track.termAgreed,
    },
    on,
  );
}

function receiptsByInvoice({ payments }: DebtorFacts): Map<string, { on: PlainDate; amount: Minor }[]> {
  const byInvoice = new Map<string, { on: PlainDate; amount: Minor }[]>();
  for (const { invoiceId, date, amount } of payments) {
    if (invoiceId === null) continue;
    const known = byInvoice.get(invoiceId);
    if (known) known.push({ on: date, amount });
    else byInvoice.set(invoiceId, [{ on: date, amount }]);
  }
  return byInvoice;
}

/** The fee a consumer's notice must name; between businesses what may be asked once this very demand has been sent. */
function toAnnounce(
  { kind }: Step,
  claims: readonly NettedClaim[],
  allowed: ChargesAllowed,
  context: ActContext,
): ChargesAllowed['costsToAnnounce'] {
  if (allowed.capacity === 'consumer' || isInternal(kind)) return allowed.costsToAnnounce;
  const demand = {
    kind,
    channel: 'letter',
    sentOn: context.on,
    receivedOn: null,
    invoiceIds: claims.map(({ invoice }) => invoice.id),
  } as const;
  return allowedCharges(claims, [...contactsWithAsked(context.facts), demand], context).costs;
}

function announcedReason(costs: Minor, from: PlainDate | null): Reason {
  const amount = money(costs, 'EUR');
  return from === null ? reason('costs-announced-undated', { amount }) : reason('costs-announced', { amount, date: from });
}

/** The last day to pay that the message names: the policy's term, never shorter than what the law gives a notice. */
function payBy({ kind, term }: Step, channel: Channel | null, { law, facts, days, on }: ActContext): PlainDate | null {
  const byPolicy = term === null ? null : days.onOrAfter(days.after(on, term));
  if (!isNotice(kind)) return byPolicy;
  const notice = {
    regime: regimeOf(facts.debtor.country),
    kind,
    sentOn: on,
    channel: channel === 'email' ? 'email' : 'letter',
    receivedOn: null,
  } as const;
  const dates = noticeDates(law, notice);
  if (!dates.ok) return byPolicy;
  return byPolicy !== null && byPolicy > dates.value.lastDayRolled ? byPolicy : dates.value.lastDayRolled;
}
