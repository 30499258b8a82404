import type { Minor } from '../../kernel/money.js';
import { formatAmount } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { type Result, err, ok } from '../../kernel/result.js';
import type { Invoice } from '../../ledger/rules/book.js';
import { DISPUTE_STEPS, disputeState } from '../../dunning/rules/dispute.js';
import { mayBecome } from '../../dunning/rules/state-table.js';

/** Why invoices are disputed in practice (collection-rules.md §6.5). */
export const DISPUTE_CODES = [
  'PRICE', 'QUANTITY', 'QUALITY_DAMAGE', 'NOT_DELIVERED', 'LATE_DELIVERY', 'NOT_ORDERED', 'DUPLICATE_INVOICE', 'WRONG_ADDRESSEE',
  'MISSING_PO', 'MISSING_DOCS', 'VAT_ERROR', 'CREDIT_NOTE_EXPECTED', 'DISCOUNT_BONUS', 'ALREADY_PAID', 'SETOFF', 'CONTRACT_CANCELLED',
  'RETURNED_GOODS', 'INVOICE_NOT_RECEIVED', 'PAYMENT_TERM_DISAGREED', 'INTEREST_COSTS_CONTESTED', 'OTHER',
] as const; // prettier-ignore
export type DisputeCode = (typeof DISPUTE_CODES)[number];

export const DISPUTE_OUTCOMES = ['REJECTED', 'CREDITED', 'PARTLY_CREDITED', 'PAID', 'WITHDRAWN'] as const;
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number];

/**
 * What may be open of an invoice once an outcome is off the books, in minor units: the disputed part less for a credit or a payment, anything
 * less for a partial credit. Null: the outcome changes nothing there. `disputed`: the part in dispute of what is open now.
 */
export function settlesAt(outcome: DisputeOutcome, open: Minor, disputed: Minor): Minor | null {
  if (outcome === 'REJECTED' || outcome === 'WITHDRAWN') return null;
  return Math.max(0, outcome === 'PARTLY_CREDITED' ? open - 1 : open - disputed);
}

/** How long an answer may take, in working days (§6.5). */
export const ANSWER_WORKING_DAYS = 10;

export interface AcceptedDispute {
  /** The disputed part, null: the whole of what is open. */
  readonly amount: Minor | null;
  /** It changes one that is not resolved yet. */
  readonly changes: boolean;
}

/**
 * Whether an objection to an invoice can be noted, and as what. A part that is all that is open is the whole. Refuses: `credit-note`,
 * `nothing-open`, `no-amount` for a part that is not above zero, `already-disputed` when it is disputed just so.
 */
export function acceptDispute(invoice: Invoice, part: Minor | null, on: PlainDate): Result<AcceptedDispute> {
  const { number, open, currency, dispute } = invoice;
  if (invoice.kind === 'credit-note') return err({ code: 'credit-note', message: `${number} is a credit note: nothing is asked for it` });
  if (open <= 0) return err({ code: 'nothing-open', message: `nothing of invoice ${number} is open` });
  if (part !== null && part <= 0) return err({ code: 'no-amount', message: 'the disputed part must be more than zero' });
  const from = disputeState(invoice, on);
  const to = part === null || part >= open ? 'whole' : 'part';
  if (from === to || !mayBecome(DISPUTE_STEPS, from, to)) {
    const what = from === 'part' && dispute?.amount ? `for ${formatAmount(dispute.amount, currency)} ${currency}` : 'as a whole';
    return err({ code: 'already-disputed', message: `invoice ${number} is disputed ${what} since ${dispute?.since}; resolve that first` });
  }
  return ok({ amount: to === 'whole' ? null : part, changes: from === 'part' || from === 'whole' });
}
