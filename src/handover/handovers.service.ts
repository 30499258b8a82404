import { randomUUID } from 'node:crypto';
import { NotFoundException } from '@nestjs/common';
import { ActEntity, ActItemEntity } from '../dunning/act.entity.js';
import { ActRepository } from '../dunning/act.repository.js';
import type { DebtorFacts } from '../dunning/rules/facts.js';
import type { Dossier, DossierDesk } from '../dossier/dossier-desk.js';
import { amountIn, refused, unknown } from '../dossier/refusals.js';
import { type Minor, formatAmount, sum } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { Invoice } from '../ledger/rules/book.js';
import { DebtorEntity } from '../ledger/receivables.entity.js';
import { In } from 'typeorm';
import { addressOf } from './case-file.builder.js';
import { CaseEvidence } from './case-evidence.js';
import { CaseItems } from './case-items.js';
import { CaseNews } from './case-news.js';
import { CaseRepository } from './case.repository.js';
import { DocumentRepository } from './documents/document.repository.js';
import type { PackageCopies } from './documents/package-copies.service.js';
import { keepSentLetters } from './documents/sent-letters.js';
import { type SealedVersion, notReady, sealVersion } from './handover-desk.js';
import { handoverSettings } from './handover-settings.js';
import { AgencyEntity, type HandoverCaseEntity } from './handover.entity.js';
import { claimOpen, toldAtHandover } from './rules/case/changes.js';
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

/** Somebody's yes. */
export interface HandoverApproval {
  readonly by: string;
  /** Decimal: what he was shown. */
  readonly principal: string;
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

export interface Rehearsal {
  readonly prepared: Prepared;
  /** What would go out; null, with the reason, when it cannot be made. */
  readonly sealed: SealedVersion | null;
  readonly because: string | null;
}

/** Hands claims over: from a proposal, or by hand, always with a person's approval and on the books of that moment. */
export class Handovers {
  constructor(
    private readonly desk: DossierDesk,
    /** Null: evidence is only what people upload. */
    private readonly copies: PackageCopies | null = null,
  ) {}

  /**
   * How a handover would go, with the dossier it would be sent with: made as if it were approved, and taken back. Throws 404, and 409 when
   * the act is no proposal.
   */
  async rehearse<T>(administrationId: string, request: HandoverRequest, use: (rehearsal: Rehearsal) => T): Promise<T> {
    await this.copies?.bring(administrationId, request);
    const rehearsed = new Rehearsed<T>();
    await this.desk
      .within(administrationId, async (dossier) => {
        const prepared = await prepare(dossier, request, null);
        const may = prepared.agency !== null && !prepared.readiness.reasons.some(({ code }) => NOT_EVEN_TRIED.includes(code));
        const tried = may ? await attempt(prepared) : { sealed: null, because: null };
        rehearsed.outcome = { value: use({ prepared, ...tried }) };
        throw rehearsed;
      })
      .catch((cause: unknown) => {
        if (cause !== rehearsed) throw cause;
      });
    if (!rehearsed.outcome) throw new Error('a rehearsal ends with an outcome');
    return rehearsed.outcome.value;
  }

  /**
   * Hands over. Everything is checked on the books of now; case, dossier, protection of the invoices and the event for the agency are
   * there together or not at all. Approved again, the same act gives the case it has. Throws 404; 409 `not-live`, `not-waiting`, `not-ready`
   * with the reasons, `handed-over-already`, and what {@link sealVersion} refuses.
   */
  async approve(administrationId: string, request: HandoverRequest, approval: HandoverApproval): Promise<HandoverCaseEntity> {
    await this.copies?.bring(administrationId, request);
    return this.desk.within(administrationId, async (dossier) => {
      if (dossier.administration.mode !== 'live') throw refused('not-live', 'this administration is not live: nothing is handed over');
      const principal = amountIn('principal', approval.principal, 'EUR');
      const existing = request.actId === null ? null : await settled(dossier, request.actId);
      if (existing) return sameAgain(existing, principal, request.agencyId);
      const prepared = await prepare(dossier, request, principal);
      // The debtor is locked since: whoever approved it at the same moment is done.
      const meanwhile = request.actId === null ? null : await settled(dossier, request.actId);
      if (meanwhile) return sameAgain(meanwhile, principal, request.agencyId);
      if (prepared.act && !PROPOSED.includes(prepared.act.state))
        throw refused('not-waiting', `Act ${prepared.act.id} does not wait for approval.`);
      if (prepared.readiness.result === 'BLOCKED') throw notReady(prepared.readiness, dossier.administration.language);
      return (await enact(prepared, { by: approval.by, principal })).opened;
    });
  }
}

/** Carries an outcome out of a unit of work that is taken back. */
class Rehearsed<T> extends Error {
  outcome: { readonly value: T } | null = null;
}

/** With these there is nothing to make a dossier of. */
const NOT_EVEN_TRIED: readonly string[] = [
  'nothing-to-hand-over',
  'not-an-invoice',
  'nothing-open',
  'handed-over',
  'disputed',
  'other-currency',
];
const PROPOSED: readonly string[] = ['awaiting-approval', 'to-do'];

const settled = ({ manager, administration }: Dossier, actId: string): Promise<HandoverCaseEntity | null> =>
  new CaseRepository(manager, administration.id).ofAct(actId);

function sameAgain(known: HandoverCaseEntity, principal: Minor, agencyId: string | null): HandoverCaseEntity {
  if (known.principal === principal && (agencyId === null || known.agencyId === agencyId)) return known;
  throw refused('handed-over-already', `This was handed over on ${known.handedOverOn}, for ${formatAmount(known.principal)}.`);
}

async function prepare(dossier: Dossier, request: HandoverRequest, approved: Minor | null): Promise<Prepared> {
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
  const messages = await new CaseEvidence(manager, administration.id).messages(facts.contacts);
  const stored = await manager.findOneByOrFail(DebtorEntity, { administrationId: administration.id, id: facts.debtor.id });
  const readiness = readinessOf(
    readinessFacts({
      ...{ facts, policy: dossier.policy, context: dossier.context, on, items, settings, agency: chosen },
      standing: dossier.standing(facts),
      approval: { principal: approved ?? sum(items.map((item) => principalOf(item, on))) },
      notices: messages.map(noticeOf),
      documents: await new DocumentRepository(manager, administration.id).list(facts.debtor.id),
      addressKnown: addressOf(stored, administration.package) !== null,
      insurerConsultedOn: request.insurerConsultedOn,
    }),
  );
  return { dossier, facts, act, items, agency: chosen, fitting, readiness, letters, service: request.service ?? settings.service };
}

interface Yes {
  readonly by: string;
  readonly principal: Minor;
}

/** The dossier as it would be; what it is refused for is told instead. */
async function attempt(prepared: Prepared): Promise<Pick<Rehearsal, 'sealed' | 'because'>> {
  try {
    const { sealed } = await enact(prepared, { by: 'preview', principal: prepared.readiness.principal });
    return { sealed, because: null };
  } catch (cause) {
    const { message } = cause as Error;
    return { sealed: null, because: message };
  }
}

/** Everything a handover is, in the unit of work it was prepared in. */
async function enact(prepared: Prepared, { by, principal }: Yes): Promise<{ opened: HandoverCaseEntity; sealed: SealedVersion }> {
  const { dossier, facts, act, items, agency, letters, service } = prepared;
  const { manager, administration, now, on } = dossier;
  if (!agency) throw refused('needs-agency', 'there is no agency to hand this over to');
  const cases = new CaseRepository(manager, administration.id);
  const ids = items.map(({ id }) => id);
  const standing = await new CaseItems(manager, administration.id).now(agency.id, facts.debtor.id, ids, on);
  const opened = await cases.open(
    {
      ...{ id: randomUUID(), debtorId: facts.debtor.id, agencyId: agency.id, actId: act?.id ?? null, service },
      ...{ currency: 'EUR', principal, approvedBy: by, approvedAt: now, handedOverOn: on, exclusiveUntil: null },
    },
    items.map((item) => {
      const own = principalOf(item, on);
      const { open = item.open, dispute = item.dispute, credited = 0, banked = 0, remitted = 0 } = standing.get(item.id) ?? {};
      const state = { principal: own, open, dispute, credited, banked, remitted };
      const told = toldAtHandover(state);
      return { invoiceId: item.id, principal: own, knownOpen: claimOpen(state, told), told };
    }),
  );
  await endActs(dossier, act, ids);
  await dossier.note(facts.debtor.id, 'handed-over', {
    ...{ case: opened.id, act: act?.id ?? null, agency: agency.name, invoices: ids },
    ...{ principal: formatAmount(principal), currency: 'EUR', version: 1, handedOverOn: on },
  });
  const settings = await handoverSettings(manager, administration.id);
  const approval = { by, at: now.toISOString(), principal };
  const sealed = await sealVersion(dossier, facts, { ...{ caseId: opened.id, version: 1, approval, service, settings, items, letters } });
  await cases.keepDossier({ caseId: opened.id, version: 1, document: sealed.document, sha256: sealed.sha256, madeAt: now });
  await new CaseNews(manager, administration.id).tellDossier(opened, 'collection.case.submitted', sealed, now);
  return { opened, sealed };
}

/**
 * The proposal is done. Whatever else a person was to do or to approve about these invoices is not done any more; a mail that is planned is
 * decided again before it goes.
 */
async function endActs({ manager, administration }: Dossier, act: ActEntity | null, invoiceIds: readonly string[]): Promise<void> {
  const administrationId = administration.id;
  const acts = new ActRepository(manager, administrationId);
  if (act && !(await acts.move(act.id, 'done'))) throw refused('not-waiting', `Act ${act.id} does not wait for approval.`);
  const about = await manager.find(ActItemEntity, { where: { administrationId, invoiceId: In([...invoiceIds]), live: true } });
  for (const actId of new Set(about.map((item) => item.actId))) {
    if (actId !== act?.id) await acts.move(actId, 'cancelled', 'handed over', ['awaiting-approval', 'to-do']);
  }
}

/** Throws 404. */
export function unknownCase(id: string): NotFoundException {
  return new NotFoundException({ code: 'unknown-case', message: `This administration has no case ${id}.` });
}
