import type { Minor } from '../../kernel/money.js';
import type { Result } from '../../kernel/result.js';
import type { Finding, LookupFailure, LookupKind } from '../rules/findings.js';
import type { Identity } from '../rules/identity.js';

/**
 * A register, or a company that sells what registers know. Off unless the operator configured it. Knows nothing of debtors, budgets or
 * retries: it answers one question, once.
 */
export interface Register {
  /** `vies`, `cir`: what look-ups are stored under. */
  readonly name: string;
  readonly what: LookupKind;
  /** What one question costs, in cents of euro. */
  readonly cost: Minor;
  /** Days an answer may be used again. */
  readonly validDays: number;
  /** What he is asked by (`NL 123456782B01`); null: this register does not know the likes of him. */
  subjectOf(identity: Identity): string | null;
  /** Asks once. Never throws for what the network or the other side does; what cannot be read is a failure, never an answer. */
  ask(subject: string): Promise<Result<Finding, LookupFailure>>;
}
