import type { PlainDate } from '../../../kernel/plain-date.js';
import type { Order } from '../status/apply-status.js';
import type { CloseCode } from '../status/case-states.js';
import type { PlanTerms } from './plan-terms.js';
import type { SettlementText } from './settlement-text.js';

/** What agencies tell us (agency-handover.md §7.6, In), without the `agency.case.` before it. */
export const CALLBACK_TYPES = [
  'received', 'accepted', 'rejected', 'info_required', 'status_changed', 'payment_registered', 'arrangement_agreed', 'dispute_raised',
  'legal_proposed', 'settlement_issued', 'closed', 'reopened',
] as const; // prettier-ignore
export type CallbackType = (typeof CALLBACK_TYPES)[number];

export const CALLBACK_PREFIX = 'agency.case.';

/** What an agency tells of a case, read and cleaned; null where it says nothing. Amounts are decimal text of `currency`. */
export interface Callback extends Order {
  readonly type: CallbackType;
  readonly caseId: string;
  readonly agencyReference: string | null;
  /** Its own words for a status: `to` and, as it stands in its system, `rawStatus`. */
  readonly to: string | null;
  readonly rawStatus: string | null;
  readonly closeCode: CloseCode | null;
  /** A code of the agency's: of a dispute, of a rejection. */
  readonly code: string | null;
  /** For people: a reason, a question, what the debtor says, which action it proposes. One line, at most 2,000 characters. */
  readonly text: string | null;
  /** By when it wants an answer. */
  readonly deadline: PlainDate | null;
  /** What was paid, is disputed, or an action costs. */
  readonly amount: string | null;
  readonly currency: string | null;
  readonly receivedOn: PlainDate | null;
  /** Number of the invoice it is about. */
  readonly invoice: string | null;
  readonly plan: PlanTerms | null;
  readonly settlement: SettlementText | null;
  /** Fields it has no say in, that were there and are not looked at. */
  readonly ignored: readonly string[];
  /** Accounts it names for the money of the creditor, without blanks. */
  readonly ibans: readonly string[];
}
