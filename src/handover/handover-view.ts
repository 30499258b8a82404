import { toldIn } from '../dunning/act.repository.js';
import { disputedPart } from '../dunning/rules/dispute.js';
import { formatAmount } from '../kernel/money.js';
import type { Rehearsal } from './handovers.service.js';
import { droppedBy } from './rules/case/channel-drops.js';
import type { DossierDocument } from './rules/document/dossier.js';
import { severityOf, tellReadiness } from './rules/readiness/reasons.js';

/** How a handover stands on the books of now, for whoever is to approve it. */
export interface HandoverPreview {
  readonly result: 'READY' | 'READY_WITH_WARNINGS' | 'BLOCKED';
  readonly reasons: readonly {
    readonly code: string;
    readonly severity: 'blocks' | 'warns';
    readonly invoiceId: string | null;
    readonly text: string;
  }[];
  readonly debtor: { readonly id: string; readonly name: string };
  /** What would be handed over; whoever approves says it back. */
  readonly principal: string;
  readonly currency: string;
  readonly invoices: readonly { readonly id: string; readonly number: string; readonly open: string; readonly disputed: string }[];
  readonly agency: { readonly id: string; readonly name: string; readonly channel: string } | null;
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly service: string;
  /** Parts of the dossier this agency does not get by its channel. */
  readonly dropped: readonly string[];
  /** What would be sent; null, and why, when it cannot be made. */
  readonly dossier: DossierDocument | null;
  readonly because: string | null;
}

export function toPreview({ prepared, sealed, because }: Rehearsal): HandoverPreview {
  const { readiness, facts, items, agency, fitting, service, dossier } = prepared;
  const language = toldIn(dossier.administration.language);
  return {
    result: readiness.result,
    reasons: readiness.reasons.map((reason) => ({
      code: reason.code,
      severity: severityOf(reason),
      invoiceId: reason.invoiceId,
      text: tellReadiness(reason, language),
    })),
    debtor: { id: facts.debtor.id, name: facts.debtor.name },
    principal: formatAmount(readiness.principal),
    currency: 'EUR',
    invoices: items.map((invoice) => ({
      id: invoice.id,
      number: invoice.number,
      open: formatAmount(invoice.open, invoice.currency),
      disputed: formatAmount(disputedPart(invoice, dossier.on), invoice.currency),
    })),
    agency: agency && { id: agency.id, name: agency.name, channel: agency.channel },
    agencies: fitting.map(({ id, name }) => ({ id, name })),
    service,
    dropped: agency ? droppedBy(agency.channel) : [],
    dossier: sealed?.content ?? null,
    because,
  };
}
