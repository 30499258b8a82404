import type { OfficeBooks } from './books.js';
import type { Language } from './rules/messages.js';

/** Somebody with a login at the vendor. */
export interface TwinfieldUser {
  readonly code: string;
  readonly name: string;
  readonly organisation: Organisation;
  /** Texts of errors are in it. */
  language: Language;
  /** Codes of the offices they may see; null: every one of the organisation. */
  offices: Set<string> | null;
  /** Whether the role may read the matching audit trail. */
  readsAuditTrail: boolean;
  /** `deleted`, `disabled`: the login is refused. */
  state: 'active' | 'deleted' | 'disabled';
}

/** An accountant's office with all its clients, or one company. */
export interface Organisation {
  readonly code: string;
  readonly id: string;
  readonly name: string;
  active: boolean;
  /** Which cluster it lives on, an index. */
  cluster: number;
  readonly users: Map<string, TwinfieldUser>;
  readonly offices: Map<string, OfficeBooks>;
}

/** The offices a user sees, in the order of their codes. */
export function officesOf({ organisation, offices }: TwinfieldUser): OfficeBooks[] {
  const seen = [...organisation.offices.values()].filter(({ code }) => offices === null || offices.has(code));
  return seen.sort((a, b) => (a.code < b.code ? -1 : 1));
}

export const officeOf = (user: TwinfieldUser, code: string): OfficeBooks | undefined => officesOf(user).find((each) => each.code === code);
