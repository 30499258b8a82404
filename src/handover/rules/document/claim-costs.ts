import { type Minor, sum } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import { type ChargesAllowed, chargesAllowed } from '../../../law/rules/charges.js';
import type { Law } from '../../../law/rules/law.js';
import type { CaseFile } from './case-file.js';
import type { Claim } from './claims.js';

export const COST_SCHEMES = ['NL_SCALE', 'NL_40', 'BE_CAP', 'BE_40', 'EU_40', 'CONTRACT', 'NONE'] as const;
export type CostScheme = (typeof COST_SCHEMES)[number];

/** The out-of-court costs of a claim: the creditor's, once; an agency adds none of its own. */
export interface ClaimCosts {
  readonly scheme: CostScheme;
  readonly base: Minor;
  readonly fee: Minor;
  readonly vatUplift: Minor;
  /** Why, or why not. */
  readonly because: readonly string[];
}

const SCHEME_OF: Readonly<Record<Exclude<ChargesAllowed['costs']['scheme'], 'fixed-sum'>, CostScheme>> = {
  'nl-scale': 'NL_SCALE',
  'nl-agreed': 'CONTRACT',
  'be-consumer-caps': 'BE_CAP',
  'be-business': 'BE_40',
  'eu-fixed-sum': 'EU_40',
  none: 'NONE',
};
const FIXED_SUM = { nl: 'NL_40', be: 'BE_40', eu: 'EU_40' } as const;

/**
 * The costs that may be asked on a day over all claims together: those of the law, only when its conditions are met, and no more than the
 * notice they stand on announced. Without a demand between businesses that is the fixed sum, and nothing where the tables say nothing.
 */
export function costsOfClaims(
  law: Law,
  { debtor: { debtor }, legalBasis, creditor, reminders }: Pick<CaseFile, 'debtor' | 'legalBasis' | 'creditor' | 'reminders'>,
  claims: readonly Claim[],
  on: PlainDate,
): ClaimCosts {
  const { country, capacity } = debtor;
  const { clause, termAgreed, vatStatedInLetter } = legalBasis;
  const { vatDeductible } = creditor.administration;
  const { regime, costs: allowed } = chargesAllowed(
    law,
    {
      country,
      capacity,
      items: claims.map(({ item: { invoice, dueDate }, open }) => ({ invoiceId: invoice.id, open, dueDate })),
      contacts: reminders.map(({ contact }) => contact),
      vatDeductible,
      vatStatedInLetter,
      clause,
      termAgreed,
    },
    on,
  );
  const { amount, vat, base, scheme, because } = allowed;
  if (amount === 0) return { scheme: 'NONE', base: sum(claims.map(({ open }) => open)), fee: 0, vatUplift: 0, because };
  const named = scheme === 'fixed-sum' ? FIXED_SUM[regime] : SCHEME_OF[scheme];
  return { scheme: named, base, fee: amount - vat, vatUplift: vat, because };
}
