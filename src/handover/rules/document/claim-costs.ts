import { type Minor, sum } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import { type Result, ok } from '../../../kernel/result.js';
import { regimeOf } from '../../../law/rules/capacity.js';
import { chargesAllowed } from '../../../law/rules/charges.js';
import { type CollectionCosts, collectionCosts } from '../../../law/rules/collection-costs.js';
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

const SCHEME_OF: Readonly<Record<CollectionCosts['scheme'], CostScheme>> = {
  'nl-scale': 'NL_SCALE',
  'nl-agreed': 'CONTRACT',
  'be-consumer-caps': 'BE_CAP',
  'be-business': 'BE_40',
  'eu-fixed-sum': 'EU_40',
  none: 'NONE',
};
const FIXED_SUM = { nl: 'NL_40', be: 'BE_40', eu: 'EU_40' } as const;

/**
 * The costs that may be asked on a day over all claims together: those of the law, and only when its conditions are met. Refuses what
 * the tables cannot tell (`no-table`, `amount-too-large`).
 */
export function costsOfClaims(
  law: Law,
  { debtor: { debtor }, legalBasis, creditor, reminders }: Pick<CaseFile, 'debtor' | 'legalBasis' | 'creditor' | 'reminders'>,
  claims: readonly Claim[],
  on: PlainDate,
): Result<ClaimCosts> {
  const { country, capacity } = debtor;
  const { clause, termAgreed, vatStatedInLetter } = legalBasis;
  const { vatDeductible } = creditor.administration;
  const principals = claims.map(({ open }) => open);
  const allowed = chargesAllowed(
    law,
    {
      country,
      capacity,
      items: claims.map(({ item: { invoice }, open }) => ({ invoiceId: invoice.id, open, dueDate: invoice.dueDate })),
      contacts: reminders.map(({ contact }) => contact),
      vatDeductible,
      vatStatedInLetter,
      clause,
      termAgreed,
    },
    on,
  ).costs;
  if (allowed.amount === 0) return ok({ scheme: 'NONE', base: sum(principals), fee: 0, vatUplift: 0, because: allowed.because });

  const charged = new Set(allowed.invoiceIds);
  const over = claims.filter(({ item }) => charged.has(item.invoice.id)).map(({ open }) => open);
  const regime = regimeOf(country);
  const question = { regime, capacity, country, principals: over, on, clause, vatDeductible: vatDeductible || !vatStatedInLetter };
  const costs = collectionCosts(law, question);
  if (!costs.ok) return costs;
  const { scheme, base, fee, vatUplift, total } = costs.value;
  // Without a demand only the fixed sum between businesses is owed, and it may be all there is.
  return total === allowed.amount
    ? ok({ scheme: SCHEME_OF[scheme], base, fee, vatUplift, because: allowed.because })
    : ok({ scheme: FIXED_SUM[regime], base, fee: allowed.amount, vatUplift: 0, because: allowed.because });
}
