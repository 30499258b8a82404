import type { Finding } from './check-dossier.js';
import { minorOf } from './check-sums.js';
import type { DossierDocument } from './dossier.js';

/**
 * Collection costs are owed once by creditor and agency together. Looks that they stand in the claim once, over no more than its
 * principal, and that what the reminders asked is what the costs block says about it.
 */
export function checkCosts({ costs, totals, reminders }: DossierDocument): Finding[] {
  const findings: Finding[] = [];
  const find = (code: string, path: string, message: string): void => void findings.push({ code, path, message });
  const total = minorOf(costs.fee) + minorOf(costs.vatUplift);
  if (minorOf(costs.base) > minorOf(totals.principal)) {
    find('costs-over-more-than-claimed', '/costs/base', `costs over ${costs.base}, the principal is ${totals.principal}`);
  }
  if ((costs.scheme === 'NONE') !== (total === 0)) {
    find('costs-without-scheme', '/costs/scheme', `costs of ${totals.costs} by scheme ${costs.scheme}`);
  }
  const asking = reminders.filter(({ costsAsked }) => minorOf(costsAsked) > 0);
  if (costs.alreadyClaimed !== asking.length > 0) {
    const says = costs.alreadyClaimed
      ? 'no reminder asked for costs, and they are said to be claimed'
      : 'a reminder asked for costs already';
    find('costs-claimed-contradicts', '/costs/alreadyClaimed', says);
  }
  const first = asking.map(({ sentOn }) => sentOn).sort()[0];
  if (costs.letterDate !== first) {
    find(
      'costs-letter-contradicts',
      '/costs/letterDate',
      `costs were first asked on ${first ?? 'no day'}, not on ${costs.letterDate ?? 'none'}`,
    );
  }
  return findings;
}
