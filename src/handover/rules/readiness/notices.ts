import { handoverFrom, noticeTerms, requiredNotice, wasSent } from '../../../dunning/rules/legal-order.js';
import { money } from '../../../dunning/rules/reasons.js';
import { type Minor, sum } from '../../../kernel/money.js';
import { legalCapacity, regimeOf } from '../../../law/rules/capacity.js';
import { collectionCosts } from '../../../law/rules/collection-costs.js';
import type { NoticeSent, ReadinessFacts } from './facts.js';
import { type ReadinessReason, because } from './reasons.js';

/** The letters that had to come first: there, in force, with the right costs in them, and kept. */
export function checkNotices(facts: ReadinessFacts): ReadinessReason[] {
  const { law, on, debtor, items, clause, notices } = facts;
  const reasons: ReadinessReason[] = [];
  const required = requiredNotice(law, debtor, 'propose-handover');
  const relied = new Set<NoticeSent>();
  for (const { invoice } of items) {
    const own = notices.filter(({ contact }) => contact.invoiceIds.includes(invoice.id) && contact.sentOn <= on);
    const contacts = own.map(({ contact }) => contact);
    if (required && !wasSent(required.oneOf, contacts)) {
      reasons.push(because('notice-missing', { invoice: invoice.number, article: required.article }, invoice.id));
      continue;
    }
    for (const notice of own) if (required?.oneOf.includes(notice.contact.kind)) relied.add(notice);
    const from = handoverFrom(law, debtor, noticeTerms(law, debtor, contacts));
    if (from !== null && from > on) reasons.push(because('notice-term-running', { invoice: invoice.number, date: from }, invoice.id));
  }
  const belgianConsumer = regimeOf(debtor.country) === 'be' && legalCapacity(debtor.capacity) === 'consumer';
  if (belgianConsumer && clause === null) reasons.push(because('no-cost-clause'));
  for (const notice of relied) {
    reasons.push(...checkFee(facts, notice));
    if (!notice.proofKept) reasons.push(because('no-proof-of-dispatch', { date: notice.contact.sentOn }));
  }
  if (legalCapacity(debtor.capacity) === 'consumer') reasons.push(...checkAnnounced(facts.costs, [...relied]));
  return reasons;
}

/** A consumer owes no more costs than his notices announced (art. 6:96(6) BW, XIX.2 WER); where one is not known, {@link checkFee} says so. */
function checkAnnounced(costs: Minor, relied: readonly NoticeSent[]): ReadinessReason[] {
  const stated = relied.map(({ costsStated }) => costsStated);
  if (relied.length === 0 || stated.includes(null)) return [];
  const announced = sum(stated.map((amount) => amount ?? 0));
  return costs <= announced ? [] : [because('costs-above-notice', { costs: money(costs, 'EUR'), stated: money(announced, 'EUR') })];
}

/**
 * The fourteen-day letter must state the very costs that will be asked, over what was open then; with another figure no costs are owed
 * (art. 6:96(6) BW).
 */
function checkFee(
  { law, debtor: { country, capacity }, vatDeductible, clause }: ReadinessFacts,
  { contact, principals, costsStated, vatStated }: NoticeSent,
): ReadinessReason[] {
  if (contact.kind !== 'fourteen-day-letter') return [];
  if (costsStated === null || principals === null) return [because('notice-fee-unknown', { date: contact.sentOn })];
  const question = { regime: regimeOf(country), capacity, country, principals, on: contact.sentOn, clause };
  const costs = collectionCosts(law, { ...question, vatDeductible: vatDeductible || !vatStated });
  const lawful: Minor = costs.ok ? costs.value.total : 0;
  if (lawful === costsStated) return [];
  const args = { date: contact.sentOn, stated: money(costsStated, 'EUR'), lawful: money(lawful, 'EUR') };
  return [because('notice-fee-wrong', args)];
}
