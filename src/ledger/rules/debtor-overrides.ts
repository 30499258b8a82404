import type { Minor } from '../../kernel/money.js';
import type { Capacity } from './book.js';

/** Where a debtor lives or has his seat. */
export interface DebtorAddress {
  readonly street: string;
  readonly houseNumber: string | null;
  readonly suffix: string | null;
  readonly postcode: string | null;
  readonly city: string;
}

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
  /** Where he is to be found; an agency needs it. */
  readonly address?: DebtorAddress;
  /** Invoices, by id, that are reminded of although somebody stopped that in the package; true: all of his. */
  readonly remindThoughPaused?: true | readonly string[];
}

/** The debtor as the house sees it: what a person set goes before what the package says, also after the next pull. */
export const withOverrides = <T extends { readonly overrides: DebtorOverrides }>(debtor: T): T => ({ ...debtor, ...debtor.overrides });
