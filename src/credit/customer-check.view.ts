import { formatAmount } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { CustomerCheckEntity, RegisterLookupEntity } from './credit.entity.js';
import { tellCredit } from './rules/reasons.js';

/** A look at a customer as people see it. Amounts in euro. */
export interface CheckView {
  readonly debtorId: string;
  readonly debtor: string | null;
  readonly checkedOn: PlainDate;
  readonly outcome: string;
  readonly terms: string;
  readonly suggestedLimit: string | null;
  readonly validUntil: PlainDate;
  readonly because: readonly { readonly code: string; readonly nl: string; readonly fr: string; readonly en: string }[];
  readonly lookups: readonly {
    readonly what: string;
    readonly register: string;
    readonly subject: string;
    readonly askedAt: string;
    readonly state: string;
    readonly failure: string | null;
    readonly validUntil: PlainDate | null;
    readonly cost: string;
  }[];
}

export function checkView(one: {
  readonly check: CustomerCheckEntity;
  readonly debtor: string | null;
  readonly lookups: readonly RegisterLookupEntity[];
}): CheckView {
  const { check, debtor, lookups } = one;
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
  };
}
