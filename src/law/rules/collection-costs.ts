import { type Minor, sum } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { type Failure, type Result, err, ok } from '../../kernel/result.js';
import type { Capacity } from '../../ledger/rules/book.js';
import { legalCapacity, profileOf } from './capacity.js';
import { capOf, scaleFee, share, tariffFee } from './cost-scale.js';
import { inForce } from './dated.js';
import type { CostClause, CostScale, FixedSum, Law, LawSettings, Regime } from './law.js';
import { euro, percent } from './wording.js';

export interface CostsQuestion {
  readonly regime: Regime;
  readonly capacity: Capacity;
  /** ISO country, for the profile of regime `eu`; absent: the directive's default. */
  readonly country?: string;
  /** Open principal of each claim in the one demand, without interest; a negative one is a credit note. */
  readonly principals: readonly Minor[];
  /** False when the creditor cannot deduct VAT on collection and says so to the debtor: then Dutch costs are raised by it. */
  readonly vatDeductible: boolean;
  readonly on: PlainDate;
  /** The clause in the creditor's terms; null: none. Only Belgian law makes a consumer's costs depend on it. */
  readonly clause: CostClause | null;
}

/** Which rule gave the fee; `none` when no rule allows one. */
type CostScheme = 'nl-scale' | 'nl-agreed' | 'be-consumer-caps' | 'be-business' | 'eu-fixed-sum' | 'none';

export interface CollectionCosts {
  readonly fee: Minor;
  readonly vatUplift: Minor;
  readonly total: Minor;
  /** The principal the fee was reckoned over. */
  readonly base: Minor;
  readonly scheme: CostScheme;
  readonly because: readonly string[];
}

/**
 * Out-of-court collection costs for one demand over all given principals, supposing that the conditions for asking them are met
 * (see charges.ts for those). Whoever is not known to act in business is treated as a consumer.
 * Refuses a day for which there is no table (`no-table`) and principals beyond the range of amounts together (`amount-too-large`).
 */
export function collectionCosts(law: Law, question: CostsQuestion): Result<CollectionCosts> {
  const added = question.principals.reduce((total, principal) => total + BigInt(principal), 0n);
  if (added > BigInt(Number.MAX_SAFE_INTEGER))
    return err({ code: 'amount-too-large', message: 'the principals add up to more than the range of amounts' });
  const base = added > 0n ? Number(added) : 0;
  const because: string[] = [];
  if (question.capacity === 'unknown') because.push('It is not known in which role the debtor bought: treated as a consumer.');
  if (question.principals.length > 1) {
    const article = question.regime === 'nl' ? ' (art. 6:96(7) BW)' : '';
    because.push(`One demand over ${question.principals.length} claims: the principals are added up to ${euro(base)}${article}.`);
  }
  if (base === 0) return ok({ ...nothing(base), because: [...because, 'Nothing is open, so there are no costs.'] });

  const consumer = legalCapacity(question.capacity) === 'consumer';
  const rule = { nl: dutch, be: consumer ? belgianConsumer : belgianBusiness, eu: european }[question.regime];
  const outcome = rule(law, question, base);
  return outcome.ok ? ok({ ...outcome.value, because: [...because, ...outcome.value.because] }) : outcome;
}

const nothing = (base: Minor): Omit<CollectionCosts, 'because'> => ({ fee: 0, vatUplift: 0, total: 0, base, scheme: 'none' });

const noTable = (what: string, on: PlainDate, first: PlainDate | undefined): { ok: false; error: Failure } =>
  err({ code: 'no-table', message: `there is no ${what} for ${on}; the tables begin on ${first ?? 'no day at all'}` });

/** Art. 6:96 BW and the Besluit vergoeding voor buitengerechtelijke incassokosten. */
function dutch(law: Law, question: CostsQuestion, base: Minor): Result<CollectionCosts> {
  const scale = inForce(law.nl.costScales, question.on);
  if (!scale) return noTable('Dutch cost scale', question.on, law.nl.costScales[0]?.from);

  const consumer = legalCapacity(question.capacity) === 'consumer';
  const byScale = scaleFee(scale, base);
  const because = [`The scale of ${scale.article} over ${euro(base)} gives ${euro(byScale)}${bound(scale, byScale)}.`];
  let fee = byScale;
  let scheme: CostScheme = 'nl-scale';
  if (question.clause?.kind === 'tariff') {
    const agreed = tariffFee(question.clause, base);
    if (!consumer) [fee, scheme] = [agreed, 'nl-agreed'];
    else if (agreed < byScale) [fee, scheme] = [agreed, 'nl-agreed'];
    because.push(
      consumer
        ? `The agreed tariff gives ${euro(agreed)}; against a consumer the scale is the most (art. 6:96(5) BW).`
        : `The agreed tariff of ${euro(agreed)} replaces the scale between businesses (art. 6:96(5) BW is default law there).`,
    );
  }
  if (!consumer) {
    const floor = fixedSum(law, question);
    if (floor !== null && floor.amount > fee) {
      fee = floor.amount;
      because.push(floor.reason);
    }
  }
  const uplift = question.vatDeductible ? 0 : vatUplift(scale, law.settings, fee, because);
  return ok({ fee, vatUplift: uplift, total: fee + uplift, base, scheme, because });
}

function bound(scale: CostScale, fee: Minor): string {
  if (fee === scale.minimum) return ' (the minimum)';
  return fee === scale.maximum ? ' (the maximum)' : '';
}

function vatUplift(scale: CostScale, settings: LawSettings, fee: Minor, because: string[]): Minor {
  const uplift = share(fee, scale.vatBasisPoints);
  because.push(
    `The creditor cannot deduct VAT on collection and must say so: ${percent(scale.vatBasisPoints)} % of the costs is added (art. 2(3) of the decree).`,
  );
  if (!settings.nlMaximumIncludesVat || fee + uplift <= scale.maximum) return uplift;
  because.push(`By setting the maximum of ${euro(scale.maximum)} includes VAT.`);
  return Math.max(0, scale.maximum - fee);
}

/**
 * The fixed sum between businesses in force that day, once or per claim; null before the first table. It is the floor of the
 * compensation, not an extra on top.
 */
export function fixedSum(
  law: Law,
  { regime, country, principals, on }: Pick<CostsQuestion, 'regime' | 'country' | 'principals' | 'on'>,
): { readonly amount: Minor; readonly reason: string } | null {
  const row = inForce(fixedSums(law, regime, country), on);
  if (!row) return null;
  const per = law.settings.b2bFixedSumPer;
  const claims = principals.filter((principal) => principal > 0).length;
  const times = per === 'invoice' ? claims : Math.min(claims, 1);
  return {
    amount: row.amount * times,
    reason: `Between businesses at least ${euro(row.amount)} per ${per} is due without reminder (${row.article})${times > 1 ? `: ${times} × ${euro(row.amount)}` : ''}.`,
  };
}

const fixedSums = (law: Law, regime: Regime, country = ''): readonly FixedSum[] =>
  regime === 'eu' ? profileOf(law, country).fixedSums : law[regime].fixedSums;

/**
 * Art. XIX.4 WER: only what a clause gives, never above the caps. Over several debts the lower of the cap over the balance and
 * the caps of each: the caps rise in steps, and one demand must not cost more than a demand for each.
 */
function belgianConsumer(law: Law, question: CostsQuestion, base: Minor): Result<CollectionCosts> {
  const caps = inForce(law.be.consumerCaps, question.on);
  if (!caps) return noTable('Belgian cap on compensation', question.on, law.be.consumerCaps[0]?.from);
  if (!question.clause) {
    return ok({ ...nothing(base), because: [`No clause on compensation was agreed: a consumer owes none (${caps.article}).`] });
  }
  const together = capOf(caps, base);
  const apart = sum(question.principals.map((principal) => capOf(caps, principal)));
  const cap = Math.min(together, apart);
  const because = [
    `The cap of ${caps.article} over ${euro(base)} is ${euro(together)}.`,
    ...(apart < together ? [`A demand for each would cost ${euro(apart)}; one demand costs no more.`] : []),
  ];
  if (question.clause.kind === 'tariff') {
    const agreed = tariffFee(question.clause, base);
    if (agreed > cap) {
      return ok({
        ...nothing(base),
        because: [...because, `The agreed ${euro(agreed)} is above the cap: such a clause is deemed unwritten, so nothing is due.`],
      });
    }
    return ok({ ...plain(agreed, base, 'be-consumer-caps'), because: [...because, `The clause gives ${euro(agreed)}, within the cap.`] });
  }
  return ok({ ...plain(cap, base, 'be-consumer-caps'), because: [...because, 'Only because a clause on compensation was agreed.'] });
}

/** Law of 2 August 2002, art. 6: the fixed sum, or reasonable costs beyond it as a clause sets them (open to moderation). */
function belgianBusiness(law: Law, question: CostsQuestion, base: Minor): Result<CollectionCosts> {
  const fixed = fixedSum(law, question);
  if (!fixed) return noTable('Belgian fixed sum', question.on, law.be.fixedSums[0]?.from);
  if (question.clause?.kind !== 'tariff') return ok({ ...plain(fixed.amount, base, 'be-business'), because: [fixed.reason] });
  const agreed = tariffFee(question.clause, base);
  return ok({
    ...plain(Math.max(fixed.amount, agreed), base, 'be-business'),
    because: [fixed.reason, `The agreed compensation is ${euro(agreed)}; the fixed sum is part of it, and a judge may moderate it.`],
  });
}

/** Directive 2011/7/EU art. 6, or the country's own sum. It does not protect or burden consumers. */
function european(law: Law, question: CostsQuestion, base: Minor): Result<CollectionCosts> {
  if (legalCapacity(question.capacity) === 'consumer') {
    return ok({ ...nothing(base), because: ['Directive 2011/7/EU does not apply to consumers: no costs without a national rule.'] });
  }
  const fixed = fixedSum(law, question);
  if (!fixed) return noTable('fixed sum', question.on, fixedSums(law, 'eu', question.country)[0]?.from);
  return ok({ ...plain(fixed.amount, base, 'eu-fixed-sum'), because: [fixed.reason] });
}

const plain = (fee: Minor, base: Minor, scheme: CostScheme): Omit<CollectionCosts, 'because'> => ({
  fee,
  vatUplift: 0,
  total: fee,
  base,
  scheme,
});
