import { behaviourOf, behaviourSince } from '../../credit/rules/behaviour.js';
import { itemOn } from '../../credit/rules/open-on.js';
import { overdueOf } from '../../credit/rules/overdue.js';
import type { RiskClass } from '../../credit/rules/risk-class.js';
import { scoreOf } from '../../credit/rules/score.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Payment } from '../../ledger/rules/book.js';
import type { DebtorFacts } from './facts.js';
import type { Track } from './policy.js';
import { type JudgedPromise, isBroken } from './promise.js';
import { unallocatedReceipts } from './open-receipts.js';

/** Whether a track asks how a debtor pays; most do not, and then nobody is judged. */
export const asksForRisk = ({ steps }: Track): boolean => steps.some(({ when }) => when.some(({ code }) => code === 'risk-class-in'));

/**
 * Payment behaviour as the credit stage judges it (collection-rules.md §7.2), from nothing but the facts the decision is made on, so that
 * deciding again from them gives the same class.
 */
export function riskClassOf(facts: DebtorFacts, promises: readonly JudgedPromise[], on: PlainDate): RiskClass {
  const { currency } = facts.administration;
  const paymentsOn = new Map<string, Payment[]>();
  for (const payment of facts.payments) {
    if (payment.invoiceId === null) continue;
    const known = paymentsOn.get(payment.invoiceId);
    if (known) known.push(payment);
    else paymentsOn.set(payment.invoiceId, [payment]);
  }
  const items = facts.invoices
    .filter((invoice) => invoice.currency === currency && invoice.issueDate <= on)
    .map((invoice) => itemOn(invoice, paymentsOn.get(invoice.id) ?? [], on, on));
  const broken = promises.filter((judged) => isBroken(judged) && judged.deadline > behaviourSince(on)).length;
  return scoreOf(behaviourOf(items, overdueOf(items, unallocatedReceipts(facts).get(currency) ?? 0, on), broken, on)).riskClass;
}
