import { formatAmount, scale } from '../../kernel/money.js';
import type { Collected } from './agency-case.js';

/** The agency keeps ten per cent of what it collects, and VAT on that. */
const COMMISSION = [10, 100] as const;
const VAT = [21, 100] as const;

/** A line of a settlement: what the debtor paid, what went to what, and what the agency keeps of it. */
export function settlementLine(caseId: string, { on, invoice, principal, interest, costs }: Collected, lineNo: number) {
  const gross = principal + interest + costs;
  const commission = scale(gross, ...COMMISSION);
  const vatOnCommission = scale(commission, ...VAT);
  return {
    lineNo,
    caseId,
    invoice,
    receivedOn: on,
    gross: formatAmount(gross),
    principal: formatAmount(principal),
    interest: formatAmount(interest),
    costs: formatAmount(costs),
    courtCosts: '0.00',
    commission: formatAmount(commission),
    vatOnCommission: formatAmount(vatOnCommission),
    net: formatAmount(gross - commission - vatOnCommission),
  };
}
