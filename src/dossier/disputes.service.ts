import { randomUUID } from 'node:crypto';
import { IsNull } from 'typeorm';
import { disputedPart } from '../dunning/rules/dispute.js';
import type { DebtorFacts } from '../dunning/rules/facts.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { type Minor, formatAmount } from '../kernel/money.js';
import type { Dispute, Invoice } from '../ledger/rules/book.js';
import { DisputeEntity } from '../ledger/receivables.entity.js';
import type { Confirmed, Dossier, DossierDesk } from './dossier-desk.js';
import { accepted, amountIn, refused, unknown } from './refusals.js';
import { ANSWER_WORKING_DAYS, type DisputeCode, type DisputeOutcome, acceptDispute, settlesAt } from './rules/dispute-request.js';

export interface DisputeRequest {
  readonly invoiceId: string;
  readonly code: DisputeCode;
  /** A decimal in the invoice's currency; null: the whole. */
  readonly amount: string | null;
  readonly note: string | null;
}

export interface NotedDispute {
  readonly id: string;
  readonly invoiceId: string;
  /** Null: the whole. */
  readonly amount: string | null;
  readonly answerBy: PlainDate;
}

/** Objections to invoices: noted, changed, resolved. */
export class Disputes {
  constructor(private readonly desk: DossierDesk) {}

  /**
   * Notes an objection: reminders for what is disputed stop, and the debtor is told so. Throws 404 for an invoice that is not there, 409
   * with the codes of `acceptDispute`.
   */
  open(administrationId: string, request: DisputeRequest): Promise<NotedDispute & { confirmation: Confirmed }> {
    return this.desk.within(administrationId, async (dossier) => {
      const facts = await dossier.debtorOf([request.invoiceId]);
      const [dispute] = await this.openIn(dossier, facts, [request]);
      if (!dispute) throw new Error('one request gives one dispute');
      return dispute;
    });
  }

  /** {@link open} for several invoices of a debtor for one reason, inside a unit of work, with one message about all of them. */
  async openIn(
    dossier: Dossier,
    facts: DebtorFacts,
    requests: readonly DisputeRequest[],
  ): Promise<(NotedDispute & { confirmation: Confirmed })[]> {
    const [first] = requests;
    if (!first) return [];
    const answerBy = this.answerBy(dossier);
    const noted: (NotedDispute & { part: Minor | null })[] = [];
    for (const request of requests) noted.push(await this.store(dossier, facts, request, answerBy));
    const confirmation = await dossier.confirm(facts, {
      confirmation: 'dispute-noted',
      code: first.code,
      disputes: noted.map(({ id, invoiceId, part }) => ({ disputeId: id, invoiceId, amount: part })),
      answerBy,
    });
    return noted.map(({ part: _, ...dispute }) => ({ ...dispute, confirmation }));
  }

  /**
   * Ends a dispute: what was disputed is asked for again after the peace the policy gives; after a credit or a payment only what is left when
   * the books show it. While they do not, the outcome may still be put right. Throws 404, and 409 when it is resolved.
   */
  resolve(administrationId: string, id: string, outcome: DisputeOutcome, note: string | null): Promise<{ confirmation: Confirmed }> {
    return this.desk.within(administrationId, async (dossier) => {
      const found = await dossier.manager.findOneBy(DisputeEntity, { administrationId, id });
      if (!found) throw unknown('dispute', id);
      return this.settle(dossier, await dossier.debtor(found.debtorId), found, outcome, note);
    });
  }

  /**
   * {@link resolve} for the dispute of an invoice, whoever noted it: what only the book or the package knows is taken over first, and from
   * then on what is noted here counts. Throws 404 for an invoice that is not there, and 409 `not-disputed`.
   */
  resolveOf(
    administrationId: string,
    invoiceId: string,
    outcome: DisputeOutcome,
    note: string | null,
  ): Promise<{ confirmation: Confirmed }> {
    return this.desk.within(administrationId, async (dossier) => {
      const facts = await dossier.debtorOf([invoiceId]);
      const { dispute } = invoiceIn(facts, invoiceId);
      if (dispute === null || dispute.resolved !== null) throw refused('not-disputed', `invoice ${invoiceId} is not disputed`);
      const known = await dossier.manager.findOneBy(DisputeEntity, { administrationId, invoiceId, outcome: IsNull() });
      return this.settle(dossier, facts, known ?? (await takeOver(dossier, facts, invoiceId, dispute)), outcome, note);
    });
  }

  private async settle(
    dossier: Dossier,
    facts: DebtorFacts,
    { id, invoiceId, code, outcome: before }: DisputeEntity,
    outcome: DisputeOutcome,
    note: string | null,
  ): Promise<{ confirmation: Confirmed }> {
    const invoice = facts.invoices.find((each) => each.id === invoiceId);
    const awaited = invoice ? settlesAt(outcome, invoice.open, disputedPart(invoice, dossier.on)) : null;
    const { affected } = await dossier.manager
      .createQueryBuilder()
      .update(DisputeEntity)
      .set({ outcome, resolvedOn: dossier.on, settlesAt: awaited })
      .where({ administrationId: dossier.administration.id, id })
      .andWhere('(resolved_on IS NULL OR (settles_at IS NOT NULL AND outcome <> :outcome))', { outcome })
      .execute();
    if (affected !== 1) throw refused('already-resolved', `dispute ${id} was resolved before (${before})`);
    await dossier.note(facts.debtor.id, 'dispute-settled', { dispute: id, invoices: [invoiceId], code, outcome, note });
    return { confirmation: await dossier.confirm(facts, { confirmation: 'dispute-settled', disputeId: id, invoiceId, outcome }) };
  }

  private async store(
    dossier: Dossier,
    facts: DebtorFacts,
    { invoiceId, code, amount, note }: DisputeRequest,
    answerBy: PlainDate,
  ): Promise<NotedDispute & { part: Minor | null }> {
    const { id: administrationId } = dossier.administration;
    const invoice = invoiceIn(facts, invoiceId);
    const asked = amount === null ? null : amountIn('amount', amount, invoice.currency);
    const { amount: part, changes } = accepted(acceptDispute(invoice, asked, dossier.on));
    const known = changes ? await dossier.manager.findOneBy(DisputeEntity, { administrationId, invoiceId, outcome: IsNull() }) : null;
    const id = known?.id ?? randomUUID();
    const debtorId = facts.debtor.id;
    const said = { code, amount: part, answerBy };
    if (known) await dossier.manager.update(DisputeEntity, { administrationId, id }, said);
    else await dossier.manager.insert(DisputeEntity, { administrationId, id, invoiceId, debtorId, openedOn: dossier.on, ...said });
    const shown = part === null ? null : formatAmount(part, invoice.currency);
    await dossier.note(debtorId, known ? 'dispute-changed' : 'dispute-opened', {
      dispute: id,
      invoices: [invoiceId],
      code,
      amount: shown,
      currency: invoice.currency,
      answerBy,
      note,
    });
    return { id, invoiceId, amount: shown, answerBy, part };
  }

  /** Counted in the working days of whoever has to answer. */
  private answerBy({ administration, context, on }: Dossier): PlainDate {
    const { nl, be } = context.calendars;
    return (administration.country === 'BE' ? be : nl).addWorkingDays(on, ANSWER_WORKING_DAYS);
  }
}

/** Notes here, unresolved, what the book or the package says of an invoice. */
async function takeOver(dossier: Dossier, { debtor }: DebtorFacts, invoiceId: string, dispute: Dispute): Promise<DisputeEntity> {
  const { code, since, amount } = dispute;
  const taken: DisputeEntity = {
    administrationId: dossier.administration.id,
    id: randomUUID(),
    invoiceId,
    debtorId: debtor.id,
    code,
    amount: amount !== null && amount > 0 ? amount : null,
    openedOn: since,
    answerBy: dossier.on,
    outcome: null,
    resolvedOn: null,
    settlesAt: null,
  };
  await dossier.manager.insert(DisputeEntity, taken);
  return taken;
}

function invoiceIn({ invoices }: DebtorFacts, id: string): Invoice {
  const invoice = invoices.find((each) => each.id === id);
  // Long settled ones are no longer in the book.
  if (!invoice) throw refused('nothing-open', `nothing of invoice ${id} is open`);
  return invoice;
}
