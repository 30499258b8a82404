import { type EntityManager } from 'typeorm';
import { plainDateIn } from '../../kernel/plain-date.js';
import { AdministrationEntity } from '../../ledger/administration.entity.js';
import { LedgerRepository } from '../../ledger/ledger.repository.js';
import type { Calendars } from '../../platform/config/calendars.js';
import { CaseRepository } from '../case.repository.js';
import { AgencyEntity, type HandoverCaseEntity, HandoverEventEntity, type HandoverItemEntity } from '../handover.entity.js';
import { backToDunning } from '../return-hold.js';
import { CALLBACK_PREFIX, type Callback } from '../rules/callback/callback.js';
import { type CaseBefore, type Following, followCallback } from '../rules/callback/follow.js';
import { newsText } from '../rules/callback/news-text.js';
import { readSettlement } from '../rules/callback/settlement-text.js';
import type { TaskWanted } from '../rules/callback/tasks.js';
import type { DossierDocument } from '../rules/document/dossier.js';
import { isAfter } from '../rules/status/apply-status.js';
import { type CaseState, ENDED } from '../rules/status/case-states.js';
import type { ProvenAgency } from './agency-directory.js';
import { CaseNotices } from './case-notices.js';
import type { Mistake } from './read-callback.js';
import { SettlementDesk } from './settlement-desk.js';
import { TaskDesk } from './task-desk.js';

type Outcome = HandoverEventEntity['outcome'];

export type Followed =
  | { readonly kind: 'accepted'; readonly outcome: Outcome }
  | { readonly kind: 'invalid'; readonly mistakes: readonly Mistake[] }
  /** The agency has no such case; whether another has is not told. */
  | { readonly kind: 'unknown-case' }
  | { readonly kind: 'impossible'; readonly because: string };

/** The message as it is kept. */
interface Message {
  readonly webhookId: string;
  readonly bodySha256: string;
  readonly body: object;
}

/** Does what follows from a message of an agency; inside a unit of work of its administration. */
export class CaseFollower {
  private constructor(
    private readonly manager: EntityManager,
    private readonly administration: AdministrationEntity,
    private readonly agency: AgencyEntity,
    private readonly cases: CaseRepository,
    private readonly desk: TaskDesk,
  ) {}

  static async of(manager: EntityManager, { administrationId, id }: ProvenAgency, calendars: Calendars): Promise<CaseFollower> {
    const administration = await new LedgerRepository(manager).administration(administrationId);
    const agency = await manager.findOneByOrFail(AgencyEntity, { administrationId, id });
    const cases = new CaseRepository(manager, administrationId);
    return new CaseFollower(manager, administration, agency, cases, new TaskDesk(manager, administration, calendars));
  }

  /** Nothing is stored unless the answer is `accepted`. */
  async follow(callback: Callback, message: Message, now: Date): Promise<Followed> {
    const { caseId } = callback;
    if (!(await this.cases.ofAgency(this.agency.id, caseId))) return { kind: 'unknown-case' };
    // Read again under the lock: two messages about one case are followed one after the other.
    const found = await this.cases.locked(caseId);
    if (!found) return { kind: 'unknown-case' };
    const items = await this.cases.items(caseId);
    const following = followCallback(await this.before(found, items), callback);
    if (following.kind === 'impossible') return following;
    if (following.kind === 'invalid') return { kind: 'invalid', mistakes: [{ field: 'data', message: following.because }] };

    const settled = callback.settlement === null ? [] : await this.settle(callback, now);
    if ('kind' in settled) return settled;
    const { state } = await this.move(found, callback, following, now);
    await this.keep(found, callback, message, following.outcome, now);
    await this.note(found, items, callback, message, { state, outcome: following.outcome }, now);
    await this.tell(found, callback, message, [...following.tasks, ...settled], following.known ? state : null, now);
    return { kind: 'accepted', outcome: following.outcome };
  }

  private async before(found: HandoverCaseEntity, items: readonly HandoverItemEntity[]): Promise<CaseBefore> {
    const kept = await this.cases.dossier(found.id, found.version);
    const document = kept ? (JSON.parse(kept.document) as DossierDocument) : null;
    return {
      known: { state: found.state, as: found.stateAs },
      endedOn: found.endedOn,
      released: items.every(({ releasedOn }) => releasedOn !== null),
      currency: found.currency,
      iban: document?.creditor.settlementIban ?? this.administration.sender.iban,
      vocabulary: this.agency.vocabulary,
    };
  }

  /** The work a settlement makes, or why it is not taken in. */
  private async settle({ settlement, caseId }: Callback, now: Date): Promise<readonly TaskWanted[] | Followed> {
    if (settlement === null) return [];
    const stated = readSettlement(settlement, caseId);
    if (!stated.ok) return { kind: 'invalid', mistakes: [{ field: 'data.settlement', message: stated.error.message }] };
    const taken = await new SettlementDesk(this.manager, this.administration.id).take(this.agency.id, stated.value, now);
    if (!taken.ok) {
      return taken.error.code === 'unknown-case' ? { kind: 'unknown-case' } : { kind: 'impossible', because: taken.error.message };
    }
    const { state, findings } = taken.value;
    if (state === 'checked' || taken.value.repeated) return [];
    const text = findings.map(({ message }) => `${message}.`).join(' ');
    const { settlementId } = settlement;
    return [{ kind: 'check-settlement', args: { settlement: settlementId, text }, dueOn: null, about: settlementId }];
  }

  /** Puts the case where it stands now; a case that was rejected gives its invoices back to our own dunning. */
  private async move(
    found: HandoverCaseEntity,
    callback: Callback,
    { known, closeCode }: Extract<Following, { kind: 'followed' }>,
    now: Date,
  ): Promise<HandoverCaseEntity> {
    const on = plainDateIn(now, 'Europe/Amsterdam');
    const reference = (await this.isNewestReference(found, callback)) ? callback.agencyReference : null;
    const beside = { on, closeCode, ...(reference !== null && { agencyReference: reference }) };
    if (known === null && reference === null) return found;
    const moved = await this.cases.move(found, known ?? { state: found.state, as: found.stateAs }, {
      ...beside,
      ...(known === null && { on: found.endedOn ?? on, closeCode: found.closeCode }),
    });
    if (known?.state === 'REJECTED') await backToDunning({ manager: this.manager, administration: this.administration, on, now }, found);
    return moved;
  }

  /** Whether no newer news gave another file number: the newest counts, in whatever order they come. */
  private async isNewestReference({ id, agencyReference }: HandoverCaseEntity, callback: Callback): Promise<boolean> {
    if (callback.agencyReference === null || callback.agencyReference === agencyReference) return false;
    const given = (await this.manager.query(
      `SELECT sequence, occurred_at FROM handover_event
        WHERE administration_id = $1 AND case_id = $2 AND body -> 'data' ->> 'agencyReference' IS NOT NULL`,
      [this.administration.id, id],
    )) as { sequence: number | null; occurred_at: Date }[];
    return given.every(({ sequence, occurred_at: at }) => isAfter(callback, { sequence, occurredAt: at.toISOString() }));
  }

  private async keep(found: HandoverCaseEntity, { type, sequence, occurredAt }: Callback, message: Message, outcome: Outcome, now: Date) {
    await this.manager.insert(HandoverEventEntity, {
      administrationId: this.administration.id, agencyId: this.agency.id, ...message, caseId: found.id, type: `${CALLBACK_PREFIX}${type}`,
      sequence, occurredAt: new Date(occurredAt), receivedAt: now, outcome,
    }); // prettier-ignore
  }

  /** The dossier has all of it; what the package is told is derived from there. */
  private async note(
    { id, debtorId, agencyReference: reference }: HandoverCaseEntity,
    items: readonly HandoverItemEntity[],
    callback: Callback,
    { webhookId }: Message,
    { state, outcome }: { readonly state: CaseState; readonly outcome: Outcome },
    now: Date,
  ): Promise<void> {
    const { type, agencyReference, closeCode, amount, currency, receivedOn, rawStatus, to, code, text, ignored, plan, settlement } =
      callback;
    const ended = outcome === 'applied' && ENDED.includes(state);
    const said = { closeCode, amount, currency, receivedOn, word: rawStatus ?? to, code, text, plan, settlement: settlement?.settlementId };
    const body = {
      mode: this.administration.mode,
      on: plainDateIn(now, 'Europe/Amsterdam'),
      case: id,
      invoices: items.map(({ invoiceId }) => invoiceId),
      agency: this.agency.name,
      reference: agencyReference ?? reference,
      news: type,
      state,
      outcome,
      ...Object.fromEntries(Object.entries(said).filter(([, each]) => each !== null && each !== undefined)),
      ...(ignored.length > 0 && { ignored }),
      webhookId,
    };
    const kind = ended ? 'handover-ended' : 'agency-told';
    await new LedgerRepository(this.manager).appendToDossier([{ administrationId: this.administration.id, debtorId, at: now, kind, body }]);
  }

  private async tell(
    found: HandoverCaseEntity,
    callback: Callback,
    { webhookId }: Message,
    tasks: readonly TaskWanted[],
    state: CaseState | null,
    now: Date,
  ): Promise<void> {
    const made = await this.desk.add(found, this.agency.name, tasks, webhookId, now);
    const news = newsText(this.agency.name, callback, state, this.desk.language);
    const texts = made.length > 0 || news === null ? made : [news];
    await new CaseNotices(this.manager, this.administration.id).tell(found.debtorId, texts, webhookId, now);
  }
}
