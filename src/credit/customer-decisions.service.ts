import { NotFoundException } from '@nestjs/common';
import type { Clock } from '../kernel/clock.js';
import { formatAmount } from '../kernel/money.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { entitled } from '../platform/auth/entitled.js';
import { needs } from '../platform/auth/rules/authority.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { CustomerCheckEntity, CustomerDecisionEntity } from './credit.entity.js';
import type { CreditLimits } from './credit-limits.service.js';
import { acceptedOr, amountIn } from './refusals.js';
import type { SuggestedTerms } from './rules/customer-check.js';
import { acceptDecision, isLooser, limitOf } from './rules/customer-decision.js';

export interface DecisionGiven {
  readonly terms: SuggestedTerms;
  /** A decimal in the administration's currency, with `lower-limit`. */
  readonly amount: string | null;
  readonly reason: string;
}

/** What suggestions about customers are made in. */
const SUGGESTED_IN = 'EUR';

/** A person decides on what terms a customer is sold to, after a look at him; the machine only suggests (collection-rules.md §3.5). */
export class CustomerDecisions {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly limits: CreditLimits,
  ) {}

  /**
   * Keeps the decision, sets the limit that follows from it, and writes both into the dossier. Throws 404 `not-checked`; 409 with the codes
   * of `acceptDecision`; 403 when the key has no authority for what is looser than suggested, or for the limit.
   */
  decide(administrationId: string, debtorId: string, { terms, amount: text, reason }: DecisionGiven, caller: Caller): Promise<void> {
    return this.tenancy.within(administrationId, async (manager) => {
      const { currency, mode } = await new LedgerRepository(manager).administration(administrationId);
      const lock = { mode: 'pessimistic_write' } as const;
      const check = await manager.findOne(CustomerCheckEntity, { where: { administrationId, debtorId }, lock });
      if (!check) throw new NotFoundException({ code: 'not-checked', message: `Debtor ${debtorId} was never looked at.` });
      const decision = { terms, amount: text === null ? null : amountIn(text, currency) };
      acceptedOr(acceptDecision(decision));
      const { outcome, terms: suggested, suggestedLimit } = check;
      const limit = currency === SUGGESTED_IN ? suggestedLimit : null;
      if (isLooser(decision, { outcome, terms: suggested, limit })) entitled(needs(caller, 'controller'));

      const [decidedBy, decidedAt] = [caller.name, this.clock.now()];
      const row = { administrationId, debtorId, ...decision, currency, reason, outcome, suggested, decidedBy, decidedAt };
      await manager.upsert(CustomerDecisionEntity, row, ['administrationId', 'debtorId']);
      const amounts = { amount: decision.amount === null ? null : formatAmount(decision.amount, currency), currency };
      const body = { terms, ...amounts, outcome, suggested, reason, by: decidedBy, mode };
      await new LedgerRepository(manager).appendToDossier([{ administrationId, debtorId, at: decidedAt, kind: 'customer-decided', body }]);
      const own = limitOf(decision);
      if (own === null) return;
      const given = { amount: formatAmount(own, currency), from: null, until: null, insuredOnly: false, reason };
      await this.limits.setWithin(manager, administrationId, debtorId, 'internal', given, caller);
    });
  }
}
