import type { PlainDate } from '../../../kernel/plain-date.js';
import { legalCapacity } from '../../../law/rules/capacity.js';
import type { Debtor } from '../../../ledger/rules/book.js';

/** A collector as the law sees him (collection-rules.md §3.3, Belgian Book XIX). */
export interface Agency {
  readonly name: string;
  readonly kind: 'agency' | 'bailiff' | 'lawyer';
  readonly registrations: readonly Registration[];
}

export interface Registration {
  /** `NL`: the register of the Wki. `BE`: that of the FPS Economy. */
  readonly country: 'NL' | 'BE';
  readonly number: string;
  /** The day a person looked it up in the public register. */
  readonly verifiedOn: PlainDate;
}

const REGISTER: Readonly<Record<string, string>> = { NL: 'Wki, art. 5', BE: 'art. XIX.5 WER' };

/**
 * Whether an agency may collect from a debtor. Claims on consumers go only to one in the register of the debtor's country; bailiffs and
 * lawyers have a supervision of their own there. In other countries no register is known to us, so nobody is allowed.
 */
export function registeredFor(
  { kind, registrations }: Agency,
  { country, capacity }: Pick<Debtor, 'country' | 'capacity'>,
): { readonly allowed: boolean; readonly register: string } {
  const register = REGISTER[country] ?? country;
  if (legalCapacity(capacity) === 'business') return { allowed: true, register };
  if (kind !== 'agency') return { allowed: country in REGISTER, register };
  return { allowed: registrations.some((registration) => registration.country === country), register };
}
