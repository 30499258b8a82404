import { formatAmount } from '../kernel/money.js';
import type { Looked } from './looks-at.js';
import { awaitsDecision } from './rules/customer-decision.js';
import { tellCredit } from './rules/reasons.js';
import type { CheckView } from './rules/told.js';

export function checkView({ check, debtor, lookups, decision }: Looked): CheckView {
  const { debtorId, checkedOn, outcome, terms, suggestedLimit, validUntil, because } = check;
  return {
    ...{ debtorId, debtor, checkedOn, outcome, terms, validUntil },
    suggestedLimit: suggestedLimit === null ? null : formatAmount(suggestedLimit),
    because: because.map((reason) => ({
      code: reason.code,
      nl: tellCredit(reason, 'nl'),
      fr: tellCredit(reason, 'fr'),
      en: tellCredit(reason, 'en'),
    })),
    lookups: lookups.map(({ what, register, subject, askedAt, state, failure, validUntil: until, cost }) => ({
      ...{ what, register, subject, state, failure },
      askedAt: askedAt.toISOString(),
      validUntil: until,
      cost: formatAmount(cost),
    })),
    decision: decision && {
      ...{ terms: decision.terms, currency: decision.currency, reason: decision.reason },
      ...{ by: decision.decidedBy, at: decision.decidedAt.toISOString() },
      amount: decision.amount === null ? null : formatAmount(decision.amount, decision.currency),
    },
    awaitsDecision: awaitsDecision(check, decision),
  };
}
