import { contactsWithAsked } from '../../../dunning/rules/asked-then.js';
import { disputedPart } from '../../../dunning/rules/dispute.js';
import type { DebtorFacts } from '../../../dunning/rules/facts.js';
import { interruptionsOf } from '../../../dunning/rules/limitation-watch.js';
import type { Track } from '../../../dunning/rules/policy.js';
import { dueDateOf } from '../../../dunning/rules/standing.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import { type ChargeFacts, lastFreeDayOf } from '../../../law/rules/charges.js';
import type { Law } from '../../../law/rules/law.js';
import type { Invoice } from '../../../ledger/rules/book.js';
import type { CaseInvoice } from '../document/case-file.js';

/** Last day on which paying an invoice is in time, as dunning has it; its own due date for a debtor no policy is meant for. */
export const claimDueDate = (invoice: Invoice, track: Pick<Track, 'resume'> | null, on: PlainDate): PlainDate =>
  track ? dueDateOf(invoice, track, on) : invoice.dueDate;

/** What was agreed with a debtor, and what the letters say, as far as charges depend on it. */
export const agreedWith = ({ administration }: DebtorFacts, track: Track | null) => ({
  clause: track?.clause ?? null,
  termAgreed: track?.termAgreed ?? false,
  vatStatedInLetter: !administration.vatDeductible,
});

/** Everything the law looks at to say what a debtor may be charged, but the items. */
export const chargeFactsOf = (facts: DebtorFacts, track: Track | null): Omit<ChargeFacts, 'items'> => ({
  country: facts.debtor.country,
  capacity: facts.debtor.capacity,
  contacts: contactsWithAsked(facts),
  vatDeductible: facts.administration.vatDeductible,
  ...agreedWith(facts, track),
});

/** An invoice as a dossier has it: due, and free of interest, until the days the proposal to hand it over reckoned with. */
export function caseInvoiceOf(invoice: Invoice, facts: DebtorFacts, track: Track | null, law: Law, on: PlainDate): CaseInvoice {
  const dueDate = claimDueDate(invoice, track, on);
  const disputed = disputedPart(invoice, on);
  return {
    invoice,
    dueDate,
    disputedPart: disputed,
    lastFreeDay: lastFreeDayOf(law, chargeFactsOf(facts, track), { invoiceId: invoice.id, open: invoice.open - disputed, dueDate }, on),
    interruptions: interruptionsOf(invoice.id, facts),
  };
}
