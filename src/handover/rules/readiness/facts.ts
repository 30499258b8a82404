import type { Held, SkipReason } from '../../../dunning/rules/plan.js';
import type { Minor } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import type { CostClause, Law } from '../../../law/rules/law.js';
import type { Limitation } from '../../../law/rules/limitation.js';
import type { Contact, Debtor, Invoice } from '../../../ledger/rules/book.js';
import type { Agency } from './agency.js';

/** Everything the gate before a handover looks at (agency-handover.md §1). */
export interface ReadinessFacts {
  readonly law: Law;
  readonly on: PlainDate;
  readonly debtor: Debtor;
  readonly addressKnown: boolean;
  readonly items: readonly ReadinessItem[];
  /** Why the figures of the day are not to be relied on; null: they are fresh. */
  readonly held: Held | null;
  /** Received and not allocated, by currency; only what is above zero. */
  readonly unallocated: ReadonlyMap<string, Minor>;
  readonly openCreditNotes: readonly Pick<Invoice, 'id' | 'number'>[];
  readonly notices: readonly NoticeSent[];
  /** Collection costs that would be asked with the items, in minor units of EUR. */
  readonly costs: Minor;
  /** The clause in the creditor's terms, null: none. */
  readonly clause: CostClause | null;
  readonly vatDeductible: boolean;
  readonly contractAttached: boolean;
  readonly agency: Agency | null;
  /** Null: the claim is not insured. */
  readonly insurer: { readonly consultedOn: PlainDate | null } | null;
  readonly approval: { readonly principal: Minor } | null;
  /** Costs and interest that an agency collected on these invoices in a case before; nobody owes them twice. */
  readonly collectedBefore: Minor;
  /** No claim below this is worth an agency's work. */
  readonly minimum: Minor;
}

export interface ReadinessItem {
  readonly invoice: Invoice;
  /** Last day on which paying is in time: the due date, or the end of the new term when the invoice had to be sent again. */
  readonly dueDate: PlainDate;
  readonly disputedPart: Minor;
  /** Why dunning leaves it alone, null: it does not. */
  readonly protectedBy: SkipReason | null;
  readonly limitation: Limitation | null;
  readonly copyAttached: boolean;
}

/** A message that was sent, as far as the gate is concerned. */
export interface NoticeSent {
  readonly contact: Contact;
  /** Open principal of each claim in it, then. */
  readonly principals: readonly Minor[] | null;
  /** The costs it announces; null: not known. */
  readonly costsStated: Minor | null;
  /** It said that VAT is charged and cannot be deducted. */
  readonly vatStated: boolean;
  /** A copy is kept. */
  readonly proofKept: boolean;
}
