import type { Minor } from '../../kernel/money.js';

const KINDS = ['discount', 'bank-charges', 'currency', 'underpayment'] as const;
type Kind = (typeof KINDS)[number];

/** What a payment leaves of its invoice and why, for the package; nothing when it leaves nothing, leaves money over, or nobody knows why. */
export function differenceOf(remainder: { readonly amount: Minor; readonly kind: string | null } | null): {
  difference?: { readonly amount: Minor; readonly kind: Kind };
} {
  if (remainder === null || remainder.amount >= 0 || !isKind(remainder.kind)) return {};
  return { difference: { amount: -remainder.amount, kind: remainder.kind } };
}

const isKind = (kind: string | null): kind is Kind => KINDS.some((each) => each === kind);
