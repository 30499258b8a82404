import { type Minor, scale, sum } from '../../kernel/money.js';
import { type PlainDate, addDays, minDate } from '../../kernel/plain-date.js';
import type { Capacity, Contact } from '../../ledger/rules/book.js';
import { legalCapacity, regimeOf } from './capacity.js';
import { type CollectionCosts, collectionCosts, fixedSum } from './collection-costs.js';
import { interest } from './interest.js';
import type { CostClause, Law, LegalCapacity, Regime } from './law.js';
import { NoticeTerms, announcedBy, askedOf } from './notice-terms.js';
import { isDemand } from './notices.js';
import { rateOn } from './rates.js';
import { euro } from './wording.js';

/** An open item as the law looks at it. Give only items that may be dunned at all: disputed, paid or held ones are kept out by the caller. */
export interface ChargeItem {
  readonly invoiceId: string;
  /** What is open, in minor units of EUR. Negative for a credit note: it is set off against the items due longest. */
  readonly open: Minor;
  /** Last day on which payment was in time, by agreement or by law (see terms.ts). */
  readonly dueDate: PlainDate;
  /** Day of the contract, for the rates before and after 16 March 2013; null or absent: unknown. */
  readonly contractedOn?: PlainDate | null;
  /** What came in on the item and is no longer in `open`; returned payments are below zero. Absent: nothing. */
  readonly receipts?: readonly { readonly on: PlainDate; readonly amount: Minor }[];
}

export interface ChargeFacts {
  /** ISO country of the debtor. */
  readonly country: string;
  readonly capacity: Capacity;
  readonly items: readonly ChargeItem[];
  /** What was sent so far (bounced mail was not sent: leave it out). Where what it asked is not known, it is taken to have asked for all that is open. */
  readonly contacts: readonly Pick<Contact, 'kind' | 'channel' | 'sentOn' | 'receivedOn' | 'invoiceIds' | 'asked' | 'announcedCosts'>[];
  readonly vatDeductible: boolean;
  /** True when the letters say that VAT is charged and cannot be deducted (NL); without it no uplift. */
  readonly vatStatedInLetter: boolean;
  /** The clause on compensation and interest in the creditor's terms, null: none. Belgian consumers owe nothing without one. */
  readonly clause: CostClause | null;
  /** True when the due dates were agreed with the debtor; a term printed only on an invoice is none for a consumer (NL). */
  readonly termAgreed: boolean;
}

/** One kind of charge on one day. `amount` 0 means nothing may be asked; `because` then says what is missing. */
interface Charge {
  readonly amount: Minor;
  /** The VAT uplift in it. */
  readonly vat: Minor;
  /** The items it stands on. */
  readonly invoiceIds: readonly string[];
  readonly because: readonly string[];
}

interface CostCharge extends Charge {
  /** The principal it was reckoned over. */
  readonly base: Minor;
  /** `fixed-sum`: what is due between businesses without any demand. */
  readonly scheme: CollectionCosts['scheme'] | 'fixed-sum';
}

export interface ChargesAllowed {
  readonly regime: Regime;
  readonly capacity: LegalCapacity;
  /** Collection costs that may be asked today, VAT uplift included. */
  readonly costs: CostCharge;
  /** Costs to announce, not to ask, in the notice that must come first, over the overdue items that had none for all of them; 0 where none is needed. */
  readonly costsToAnnounce: CostCharge;
  /** Interest up to and including today. */
  readonly interest: Charge & { readonly provisional: boolean };
  /** Yearly rate in basis points that a Belgian first reminder must name because a clause gives interest; null: none. */
  readonly rateToAnnounce: number | null;
  /** First day on which costs may be asked for items whose notice is still running, null: none is running. */
  readonly costsFrom: PlainDate | null;
}

/** The notice without which a consumer owes no costs. */
const REQUIRED_NOTICE = { nl: 'fourteen-day-letter', be: 'be-first-reminder' } as const;

/**
 * What may be asked of a debtor on a day, in one demand over all given items that are overdue. Credit notes are set off first, and
 * charges are reckoned over what is open today, the costs of a Dutch consumer over what was open when the term of his letter ended; costs
 * that need a notice or a demand never over more than it asked, nor above what a consumer's notice announced (art. 6:96(6) BW, XIX.2 WER).
 * Never fails: what the tables do not know is not charged, and `because` says so.
 */
export function chargesAllowed(law: Law, facts: ChargeFacts, on: PlainDate): ChargesAllowed {
  const regime = regimeOf(facts.country);
  const capacity = legalCapacity(facts.capacity);
  const items = setOff(facts.items).filter(({ dueDate }) => dueDate < on);
  if (capacity === 'business') {
    return {
      regime,
      capacity,
      costs: businessCosts(law, regime, facts, items, on),
      costsToAnnounce: noCosts('Between businesses no notice must come first.'),
      interest: interestOver(law, regime, facts, on, items, ({ dueDate }) => dueDate),
      rateToAnnounce: null,
      costsFrom: null,
    };
  }
  if (regime === 'eu') {
    const why = noCosts('Directive 2011/7/EU does not apply to consumers: no charges without a national rule.');
    const interest = { ...none(why.because.join()), provisional: false };
    return { regime, capacity, costs: why, costsToAnnounce: why, interest, rateToAnnounce: null, costsFrom: null };
  }
  return { regime, capacity, ...consumerCharges(law, regime, facts, items, on) };
}

/** The last day before interest runs over an item, as {@link chargesAllowed} reckons it; null: on that day none runs. */
export function lastFreeDayOf(law: Law, facts: Omit<ChargeFacts, 'items'>, item: ChargeItem, on: PlainDate): PlainDate | null {
  if (legalCapacity(facts.capacity) === 'business') return item.dueDate;
  const regime = regimeOf(facts.country);
  return regime === 'eu' ? null : new NoticeTerms(law, regime, facts, on).lastFreeDay(item);
}

/** Costs only after the notice that must come first, interest from default (NL) or after that notice (BE). */
function consumerCharges(
  law: Law,
  regime: 'nl' | 'be',
  facts: ChargeFacts,
  items: readonly ChargeItem[],
  on: PlainDate,
): Omit<ChargesAllowed, 'regime' | 'capacity'> {
  const terms = new NoticeTerms(law, regime, facts, on);
  const required = REQUIRED_NOTICE[regime];
  const from = (item: ChargeItem): PlainDate | null => terms.effectiveFrom(required, item);
  const unnoticed = items.filter((item) => terms.mostAsked(required, item) < item.open);
  const running = items.flatMap((item) => from(item) ?? []).filter((day) => day > on);
  const openAt = (item: ChargeItem, day: PlainDate): Minor => (regime === 'nl' ? openAtEndOfTerm(item, day) : item.open);
  const covers = items.flatMap((item) => terms.cover(required, item, (day) => openAt(item, day)) ?? []);
  const covered = covers.map(({ item }) => item);
  return {
    costs:
      covers.length === 0
        ? noCosts(`A consumer owes costs only after a ${required} whose term is over.`)
        : atMost(costsOver(law, regime, facts, covered, on), announcedBy(covers)),
    costsToAnnounce:
      unnoticed.length === 0 ? noCosts('Each overdue item has had its notice.') : costsOver(law, regime, facts, unnoticed, on),
    interest: interestOver(law, regime, facts, on, items, (item) => terms.lastFreeDay(item)),
    rateToAnnounce: regime === 'be' && facts.clause ? (rateOn(law.be.commercialRates, on, false)?.basisPoints ?? null) : null,
    costsFrom: running.length === 0 ? null : running.reduce(minDate),
  };
}

/**
 * What was open of an item when the term of its letter was over (`from`: the first day after it): paying within the term lowers the
 * fee, paying later does not (collection-rules.md §1.3). A payment that was returned later leaves the lower fee: in doubt less.
 */
function openAtEndOfTerm({ open, receipts = [] }: ChargeItem, from: PlainDate): Minor {
  return Math.max(0, open + sum(receipts.filter(({ on }) => on >= from).map(({ amount }) => amount)));
}

/** A charge held to what its notice announced, VAT in proportion. */
function atMost(charge: CostCharge, announced: Minor): CostCharge {
  if (charge.amount <= announced) return charge;
  const because = [...charge.because, `The notice announced ${euro(announced)}: no more is asked.`];
  if (announced === 0) return { ...noCosts(''), because };
  return { ...charge, amount: announced, vat: scale(charge.vat, announced, charge.amount), because };
}

const none = (why: string): Charge => ({ amount: 0, vat: 0, invoiceIds: [], because: [why] });
const noCosts = (why: string): CostCharge => ({ ...none(why), base: 0, scheme: 'none' });
const idsOf = (items: readonly ChargeItem[]): string[] => items.map(({ invoiceId }) => invoiceId);

/** The items left after credit notes, set off against what is due longest: that leaves the least to charge over. */
function setOff(items: readonly ChargeItem[]): ChargeItem[] {
  let credit = -sum(items.map(({ open }) => Math.min(open, 0)));
  const left: ChargeItem[] = [];
  for (const item of items.filter(({ open }) => open > 0).sort((a, b) => (a.dueDate < b.dueDate ? -1 : a.dueDate > b.dueDate ? 1 : 0))) {
    const used = Math.min(credit, item.open);
    credit -= used;
    if (used < item.open) left.push({ ...item, open: item.open - used });
  }
  return left;
}

/** The fixed sum over all that is overdue; the scale or a clause only over what a demand asked. */
function businessCosts(law: Law, regime: Regime, facts: ChargeFacts, items: readonly ChargeItem[], on: PlainDate): CostCharge {
  if (items.length === 0) return noCosts('Nothing is overdue.');
  const fixed = fixedSum(law, { regime, country: facts.country, principals: items.map(({ open }) => open), on });
  const demands = facts.contacts.filter(({ kind, sentOn }) => isDemand(kind) && sentOn <= on);
  const demanded = items
    .map((item) => ({ ...item, open: Math.min(item.open, Math.max(0, ...demands.map((demand) => askedOf(demand, item.invoiceId)))) }))
    .filter(({ open }) => open > 0);
  const further = costsOver(law, regime, facts, demanded, on);
  if (further.amount > 0 && further.amount >= (fixed?.amount ?? 0)) return further;
  if (!fixed) return noCosts(`There is no fixed sum for ${on}.`);
  return {
    amount: fixed.amount,
    vat: 0,
    base: sum(items.map(({ open }) => open)),
    scheme: 'fixed-sum',
    invoiceIds: idsOf(items),
    because: [fixed.reason, 'Anything above it is asked only after a demand.'],
  };
}

function costsOver(law: Law, regime: Regime, facts: ChargeFacts, items: readonly ChargeItem[], on: PlainDate): CostCharge {
  const costs = collectionCosts(law, {
    regime,
    capacity: facts.capacity,
    country: facts.country,
    principals: items.map(({ open }) => open),
    vatDeductible: facts.vatDeductible || !facts.vatStatedInLetter,
    on,
    clause: facts.clause,
  });
  if (!costs.ok) return noCosts(costs.error.message);
  const { total, vatUplift, base, scheme, because } = costs.value;
  return { amount: total, vat: vatUplift, base, scheme, invoiceIds: total > 0 ? idsOf(items) : [], because };
}

/** Interest per item from its last free day, over what is open today. */
function interestOver(
  law: Law,
  regime: Regime,
  facts: ChargeFacts,
  on: PlainDate,
  items: readonly ChargeItem[],
  lastFreeDay: (item: ChargeItem) => PlainDate | null,
): Charge & { readonly provisional: boolean } {
  const because = new Set<string>();
  const ids: string[] = [];
  let amount = 0;
  let provisional = false;
  for (const item of items) {
    const due = lastFreeDay(item);
    if (due === null) {
      because.add(
        `Interest on ${item.invoiceId} does not run: ${regime === 'be' ? 'no clause, or no first reminder over all of it whose term is over' : 'no agreed term and no notice of default over all of it that ran out'}.`,
      );
      continue;
    }
    const { country, capacity } = facts;
    const found = interest(law, {
      regime,
      capacity,
      country,
      principal: item.open,
      due,
      until: on,
      payments: [],
      dayCount: law.settings.dayCount,
      contractedOn: item.contractedOn ?? null,
    });
    if (!found.ok) {
      because.add(found.error.message);
      continue;
    }
    if (found.value.interest === 0) continue;
    amount += found.value.interest;
    provisional ||= found.value.provisional;
    ids.push(item.invoiceId);
    because.add(`Interest on ${item.invoiceId} from ${addDays(due, 1)}.`);
  }
  return { amount, vat: 0, invoiceIds: ids, because: [...because], provisional };
}
