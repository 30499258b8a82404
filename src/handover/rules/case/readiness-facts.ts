import { deskFor, trackFor } from '../../../dunning/rules/decide-debtor.js';
import type { DecisionContext } from '../../../dunning/rules/decide.js';
import { disputedPart } from '../../../dunning/rules/dispute.js';
import type { DebtorFacts } from '../../../dunning/rules/facts.js';
import { interruptionsOf } from '../../../dunning/rules/limitation-watch.js';
import type { Policy, Track } from '../../../dunning/rules/policy.js';
import { unallocatedReceipts } from '../../../dunning/rules/open-receipts.js';
import type { Standing } from '../../../dunning/rules/standing.js';
import type { Minor } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import { regimeOf } from '../../../law/rules/capacity.js';
import { chargesAllowed } from '../../../law/rules/charges.js';
import { limitation } from '../../../law/rules/limitation.js';
import type { Invoice } from '../../../ledger/rules/book.js';
import type { Agency } from '../readiness/agency.js';
import type { NoticeSent, ReadinessFacts } from '../readiness/facts.js';
import { chargeFactsOf, claimDueDate } from './case-invoice.js';
import type { HandoverSettings } from './settings.js';

/** What is known of a proposal to hand over. */
export interface Proposal {
  readonly facts: DebtorFacts;
  readonly standing: Standing;
  readonly policy: Policy;
  readonly context: DecisionContext;
  readonly on: PlainDate;
  readonly items: readonly Invoice[];
  readonly settings: HandoverSettings;
  readonly agency: Agency | null;
  readonly approval: { readonly principal: Minor };
  readonly notices: readonly NoticeSent[];
  readonly documents: readonly { readonly kind: string; readonly invoiceId: string | null }[];
  readonly addressKnown: boolean;
  /** Costs and interest an agency collected on the items in a case before. */
  readonly collectedBefore: Minor;
  /** The day the credit insurer was asked; null: nobody asked. */
  readonly insurerConsultedOn: PlainDate | null;
}

/** What of an item would be handed over: open, less what is disputed. */
export const principalOf = (invoice: Invoice, on: PlainDate): Minor => Math.max(0, invoice.open - disputedPart(invoice, on));

const AGREED: readonly string[] = ['CONTRACT', 'ORDER', 'GENERAL_TERMS'];

/** What the gate before a handover looks at, from the books and what is kept. */
export function readinessFacts(proposal: Proposal): ReadinessFacts {
  const { facts, standing, policy, context, on, items, settings, documents } = proposal;
  const { debtor } = facts;
  const track = trackFor(facts, policy, on);
  const protection = new Map(standing.skipped.map(({ invoiceId, reason }) => [invoiceId, reason]));
  return {
    law: context.law,
    on,
    debtor,
    addressKnown: proposal.addressKnown,
    items: items.map((invoice) => ({
      invoice,
      dueDate: claimDueDate(invoice, track, on),
      disputedPart: disputedPart(invoice, on),
      protectedBy: protection.get(invoice.id) ?? null,
      limitation: limitation(
        context.law,
        {
          ...{ regime: regimeOf(debtor.country), capacity: debtor.capacity, claim: null, dueDate: invoice.dueDate },
          interruptions: interruptionsOf(invoice.id, facts),
        },
        on,
      ),
      copyAttached: documents.some(({ kind, invoiceId }) => kind === 'INVOICE' && invoiceId === invoice.id),
    })),
    held: deskFor(facts.freshness, policy, on, context).held,
    unallocated: unallocatedReceipts(facts),
    openCreditNotes: standing.credits.map(({ id, number }) => ({ id, number })),
    notices: proposal.notices,
    costs: costsOf(proposal, track),
    clause: track?.clause ?? null,
    vatDeductible: facts.administration.vatDeductible,
    contractAttached: documents.some(({ kind }) => AGREED.includes(kind)),
    agency: proposal.agency,
    insurer: settings.insured ? { consultedOn: proposal.insurerConsultedOn } : null,
    approval: proposal.approval,
    collectedBefore: proposal.collectedBefore,
    minimum: settings.minimum,
  };
}

/** The collection costs the law allows over the items, as the dossier will ask them. */
function costsOf({ facts, context, on, items }: Proposal, track: Track | null): Minor {
  const claimed = items.map((invoice) => ({
    invoiceId: invoice.id,
    open: principalOf(invoice, on),
    dueDate: claimDueDate(invoice, track, on),
  }));
  return chargesAllowed(context.law, { ...chargeFactsOf(facts, track), items: claimed }, on).costs.amount;
}
