import type { Minor } from '../../kernel/money.js';
import type { Capacity } from './book.js';

/** What a person knows better than the package about a debtor. Absent: the package's word counts. */
export interface DebtorOverrides {
  readonly capacity?: Capacity;
  /** ISO 639-1. */
  readonly language?: string;
  /** Addresses for all mail, in place of the package's. */
  readonly emails?: string[];
  readonly segment?: string;
  /** In minor units of the administration's currency. */
  readonly creditLimit?: Minor;
}

/** The debtor as the house sees it: what a person set goes before what the package says, also after the next pull. */
export const withOverrides = <T extends { readonly overrides: DebtorOverrides }>(debtor: T): T => ({ ...debtor, ...debtor.overrides });
