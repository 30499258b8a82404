import { randomUUID } from 'node:crypto';
import type { ActEntity } from '../dunning/act.entity.js';
import { ActRepository } from '../dunning/act.repository.js';
import type { DebtorFacts } from '../dunning/rules/facts.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { ContactEntity, DossierEntryEntity } from '../ledger/receivables.entity.js';
import type { Disputes, NotedDispute } from './disputes.service.js';
import type { Confirmed, Dossier, DossierDesk } from './dossier-desk.js';
import type { NotedPromise, Promises } from './promises.service.js';
import { refused, unknown } from './refusals.js';
import { type CallOutcome, isContact } from './rules/call.js';
import type { DisputeCode } from './rules/dispute-request.js';

export interface CallRequest {
  readonly debtorId: string;
  /** The call on the list that this was; null: it was on no list. */
  readonly actId: string | null;
  readonly outcome: CallOutcome;
  /** What it was about; null: what the act is about. */
  readonly invoiceIds: readonly string[] | null;
  readonly promise: { readonly amount: string | null; readonly dueDate: PlainDate; readonly madeBy: string | null } | null;
  readonly dispute: { readonly code: DisputeCode; readonly amount: string | null } | null;
  readonly note: string | null;
}

export interface NotedCall {
  /** False: nobody was reached, it is put on the list again. */
  readonly contact: boolean;
  readonly promise: NotedPromise | null;
  readonly disputes: readonly (NotedDispute & { readonly confirmation: Confirmed })[];
}

/** What came of calls. */
export class Calls {
  constructor(
    private readonly desk: DossierDesk,
    private readonly disputes: Disputes,
    private readonly promises: Promises,
  ) {}

  /**
   * Notes a call, closes it on the list, and stores what was said in it, all or nothing. Throws 404 for a debtor or act that is not there;
   * 409 `not-on-the-list`, `about-nothing`, and what a promise or dispute is refused for.
   */
  note(administrationId: string, request: CallRequest): Promise<NotedCall> {
    return this.desk.within(administrationId, async (dossier) => {
      const facts = await dossier.debtor(request.debtorId);
      const act = request.actId === null ? null : await this.onList(dossier, request.actId, request.debtorId);
      const tries = act ? await this.triesInVain(dossier, act) : 0;
      const contact = isContact(request.outcome, tries);
      if (act) await new ActRepository(dossier.manager, administrationId).move(act.id, 'done', `call: ${request.outcome}`);
      if (contact) await this.keepContact(dossier, request.debtorId, act);
      await dossier.note(request.debtorId, 'call-made', {
        act: act?.id ?? null,
        step: act?.step ?? null,
        outcome: request.outcome,
        invoices: request.invoiceIds ?? itemsOf(act),
        note: request.note,
      });
      return { contact, ...(await this.keepWhatWasSaid(dossier, facts, request, act)) };
    });
  }

  private async onList(dossier: Dossier, actId: string, debtorId: string): Promise<ActEntity> {
    const act = await new ActRepository(dossier.manager, dossier.administration.id).find(actId);
    if (!act || act.debtorId !== debtorId) throw unknown('act', actId);
    if (act.kind !== 'call' || act.state !== 'to-do') throw refused('not-on-the-list', `act ${actId} is no call that is still to be made`);
    return act;
  }

  /** Calls for the same step nobody answered, since the debtor was last in contact. */
  private triesInVain({ manager, administration }: Dossier, { debtorId, step }: ActEntity): Promise<number> {
    return manager
      .createQueryBuilder(DossierEntryEntity, 'entry')
      .where('entry.administrationId = :id AND entry.debtorId = :debtorId', { id: administration.id, debtorId })
      .andWhere(`entry.kind = 'call-made' AND entry.body ->> 'outcome' = 'not-reached' AND entry.body ->> 'step' = :step`, { step })
      .andWhere(
        `entry.at::date > coalesce((SELECT max(sent_on) FROM contact WHERE administration_id = :id AND debtor_id = :debtorId), '-infinity')`,
      )
      .getCount();
  }

  /** A call on no list takes no step of the policy: it is about no item, and only keeps the peace between contacts. */
  private async keepContact({ manager, administration, on }: Dossier, debtorId: string, act: ActEntity | null): Promise<void> {
    await manager.insert(ContactEntity, {
      administrationId: administration.id,
      id: act?.id ?? randomUUID(),
      debtorId,
      invoiceIds: itemsOf(act),
      step: act?.step ?? 'unplanned-call',
      kind: 'call',
      channel: 'phone',
      sentOn: on,
      receivedOn: on,
    });
  }

  private async keepWhatWasSaid(
    dossier: Dossier,
    facts: DebtorFacts,
    { outcome, promise, dispute, note, ...request }: CallRequest,
    act: ActEntity | null,
  ): Promise<Pick<NotedCall, 'promise' | 'disputes'>> {
    const about = (): string[] => {
      const ids = request.invoiceIds ?? itemsOf(act);
      const foreign = ids.find((each) => !facts.invoices.some(({ id }) => id === each));
      if (foreign !== undefined) throw unknown('invoice', foreign);
      // The credit notes an act counted are not what was spoken about.
      const open = facts.invoices.filter(({ id, open: left }) => ids.includes(id) && left > 0).map(({ id }) => id);
      if (open.length === 0) throw refused('about-nothing', 'say which open invoices it is about (invoiceIds)');
      return open;
    };
    if (outcome === 'promise' && promise) {
      const made = await this.promises.makeIn(dossier, facts, { ...promise, invoiceIds: about(), channel: 'phone', note });
      return { promise: made, disputes: [] };
    }
    const said = outcome === 'invoice-not-received' ? ({ code: 'INVOICE_NOT_RECEIVED', amount: null } as const) : dispute;
    if ((outcome === 'dispute' || outcome === 'invoice-not-received') && said) {
      const requests = about().map((invoiceId) => ({ invoiceId, ...said, note }));
      return { promise: null, disputes: await this.disputes.openIn(dossier, facts, requests) };
    }
    return { promise: null, disputes: [] };
  }
}

const itemsOf = (act: ActEntity | null): string[] => (act ? (act.decision as { invoiceIds: string[] }).invoiceIds : []);
