import { ActRepository } from '../dunning/act.repository.js';
import type { ActEntity } from '../dunning/act.entity.js';
import type { DebtorFacts } from '../dunning/rules/facts.js';
import type { Dossier } from '../dossier/dossier-desk.js';
import { refused, unknown } from '../dossier/refusals.js';
import { type Minor, sum } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { Invoice } from '../ledger/rules/book.js';
import { DebtorEntity } from '../ledger/receivables.entity.js';
import { CaseEvidence } from './case-evidence.js';
import { addressOf } from './case-file.builder.js';
import { DocumentRepository } from './documents/document.repository.js';
import { keepSentLetters } from './documents/sent-letters.js';
import { handoverSettings } from './handover-settings.js';
import { AgencyEntity } from './handover.entity.js';
import { chooseAgency } from './rules/case/choose-agency.js';
import { noticeOf } from './rules/case/notices-sent.js';
import { principalOf, readinessFacts } from './rules/case/readiness-facts.js';
import type { RequestedService } from './rules/document/case-file.js';
import { type Readiness, readinessOf } from './rules/readiness/readiness.js';

/** What is to be handed over: what an act proposes (or some of it), or invoices that a person chose. */
export interface HandoverRequest {
  readonly actId: string | null;
  /** Null: all of the act that is still open. */
  readonly invoiceIds: readonly string[] | null;
  /** Null: the one for this kind of debtor. */
  readonly agencyId: string | null;
  readonly service: RequestedService | null;
  readonly insurerConsultedOn: PlainDate | null;
}

/** How a proposal stands on the books of now. */
export interface Prepared {
  readonly dossier: Dossier;
  readonly facts: DebtorFacts;
  readonly act: ActEntity | null;
  readonly items: readonly Invoice[];
  readonly agency: AgencyEntity | null;
  readonly fitting: readonly AgencyEntity[];
  readonly readiness: Readiness;
  readonly letters: ReadonlyMap<string, string>;
  readonly service: RequestedService;
}

/**
 * Looks how a proposal stands, on the books of now; nobody else notes anything about the debtor until the unit of work ends. `approved` null:
 * nobody said an amount yet. Throws 404, and 409 `no-proposal` for an act that proposes no handover.
 */
export async function prepare(dossier: Dossier, request: HandoverRequest, approved: Minor | null): Promise<Prepared> {
  const { manager, administration, on, now } = dossier;
  const acts = new ActRepository(manager, administration.id);
  const act = request.actId === null ? null : await acts.find(request.actId);
  if (request.actId !== null && !act) throw unknown('act', request.actId);
  if (act && act.kind !== 'propose-handover') throw refused('no-proposal', `Act ${act.id} proposes no handover.`);
  const proposed = act ? (act.decision as { invoiceIds: string[] }).invoiceIds : [];
  const wanted = request.invoiceIds ?? proposed;
  const facts = act ? await dossier.debtor(act.debtorId) : await dossier.debtorOf(wanted);
  const foreign = wanted.find((id) => act && !proposed.includes(id));
  if (foreign !== undefined) throw unknown('invoice', foreign);
  // What a proposal counted against the claim is no part of it; what was paid since is left out, and with it the amount is another.
  const isClaim = ({ kind, open }: Invoice): boolean => request.invoiceIds !== null || (kind === 'invoice' && open > 0);
  const items = facts.invoices.filter((invoice) => wanted.includes(invoice.id) && isClaim(invoice));

  const agencies = await manager.find(AgencyEntity, { where: { administrationId: administration.id } });
  const { chosen, fitting } = chooseAgency(agencies, facts.debtor, request.agencyId);
  const settings = await handoverSettings(manager, administration.id);
  const about = { debtorId: facts.debtor.id, invoiceIds: items.map(({ id }) => id) };
  const letters = await keepSentLetters(manager, administration.id, about, now);
  const evidence = new CaseEvidence(manager, administration.id);
  const messages = await evidence.messages(facts.contacts);
  const stored = await manager.findOneByOrFail(DebtorEntity, { administrationId: administration.id, id: facts.debtor.id });
  const readiness = readinessOf(
    readinessFacts({
      ...{ facts, policy: dossier.policy, context: dossier.context, on, items, settings, agency: chosen },
      standing: dossier.standing(facts),
      approval: { principal: approved ?? sum(items.map((item) => principalOf(item, on))) },
      notices: messages.map(noticeOf),
      documents: await new DocumentRepository(manager, administration.id).list(facts.debtor.id),
      collectedBefore: await evidence.collectedBefore(about.invoiceIds),
      addressKnown: addressOf(stored, administration.package) !== null,
      insurerConsultedOn: request.insurerConsultedOn,
    }),
  );
  return { dossier, facts, act, items, agency: chosen, fitting, readiness, letters, service: request.service ?? settings.service };
}
