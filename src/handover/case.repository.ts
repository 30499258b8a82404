import { NotFoundException } from '@nestjs/common';
import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { ActItemEntity } from '../dunning/act.entity.js';
import type { Minor } from '../kernel/money.js';
import { type PlainDate } from '../kernel/plain-date.js';
import { InvoiceEntity } from '../ledger/receivables.entity.js';
import { standingClaims } from '../ledger/standing-claims.js';
import { HandoverCaseEntity, HandoverDossierEntity, HandoverItemEntity } from './handover.entity.js';
import type { Told } from './rules/case/changes.js';
import type { KnownCase } from './rules/status/apply-status.js';
import { type CaseState, type CloseCode, ENDED } from './rules/status/case-states.js';

export type NewCase = Omit<
  HandoverCaseEntity,
  'administrationId' | 'state' | 'stateAs' | 'version' | 'agencyReference' | 'closeCode' | 'endedOn'
>;
export type NewItem = Pick<HandoverItemEntity, 'invoiceId' | 'principal' | 'knownOpen'> & { readonly told?: Told | null };

/** What news may say beside the state. */
export interface Beside {
  readonly agencyReference?: string;
  readonly closeCode?: CloseCode | null;
  /** The day it came; the day an ended case ended. */
  readonly on: PlainDate;
}

/** Of an item nothing came in on before. */
const nothingYet = ({ knownOpen }: NewItem): Told => ({
  booked: knownOpen,
  credited: 0,
  banked: 0,
  remitted: 0,
  dispute: null,
  carved: null,
});

/** The cases of one administration: claims that were handed over. All methods run inside a unit of work of it. */
export class CaseRepository {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  find(id: string): Promise<HandoverCaseEntity | null> {
    return this.manager.findOneBy(HandoverCaseEntity, { administrationId: this.administrationId, id });
  }

  /** The same, and nobody else changes it before this unit of work is over. */
  async locked(id: string): Promise<HandoverCaseEntity | null> {
    await this.manager.query('SELECT 1 FROM handover_case WHERE administration_id = $1 AND id = $2 FOR UPDATE', [
      this.administrationId,
      id,
    ]);
    return this.find(id);
  }

  /** A case as its agency may see it; null when it is another's. */
  ofAgency(agencyId: string, id: string): Promise<HandoverCaseEntity | null> {
    return this.manager.findOneBy(HandoverCaseEntity, { administrationId: this.administrationId, agencyId, id });
  }

  ofAct(actId: string): Promise<HandoverCaseEntity | null> {
    return this.manager.findOneBy(HandoverCaseEntity, { administrationId: this.administrationId, actId });
  }

  /** The newest first. */
  list(only: { readonly debtorId?: string; readonly agencyId?: string } = {}, take = 500): Promise<HandoverCaseEntity[]> {
    return this.manager.find(HandoverCaseEntity, {
      where: { administrationId: this.administrationId, ...only },
      order: { approvedAt: 'DESC', id: 'ASC' },
      take,
    });
  }

  /** The cases an agency works on, or is about to. */
  running(): Promise<HandoverCaseEntity[]> {
    return this.manager.find(HandoverCaseEntity, {
      where: { administrationId: this.administrationId, state: Not(In([...ENDED])) },
      order: { approvedAt: 'ASC', id: 'ASC' },
    });
  }

  items(caseId: string): Promise<HandoverItemEntity[]> {
    return this.manager.find(HandoverItemEntity, {
      where: { administrationId: this.administrationId, caseId },
      order: { invoiceId: 'ASC' },
    });
  }

  /**
   * A new case with its invoices, which are protected from our own dunning from now on. Throws the database's unique violation when the
   * act has a case already, or an invoice is in another case that is not over: never two agencies at a time.
   */
  async open(opened: NewCase, items: readonly NewItem[]): Promise<HandoverCaseEntity> {
    const { administrationId } = this;
    const row: HandoverCaseEntity = {
      ...opened,
      administrationId,
      state: 'APPROVED',
      stateAs: null,
      version: 1,
      agencyReference: null,
      closeCode: null,
      endedOn: null,
    };
    await this.manager.insert(HandoverCaseEntity, row as never);
    await this.manager.insert(
      HandoverItemEntity,
      items.map((item) => ({ ...item, told: item.told ?? nothingYet(item), administrationId, caseId: row.id, releasedOn: null })),
    );
    await this.manager.update(
      InvoiceEntity,
      { administrationId, id: In(items.map(({ invoiceId }) => invoiceId)) },
      { handedOverOn: row.handedOverOn },
    );
    return row;
  }

  /** Puts a case where the rules say it stands now. */
  async move(moved: HandoverCaseEntity, to: KnownCase, { on, agencyReference, closeCode }: Beside): Promise<HandoverCaseEntity> {
    const change = {
      state: to.state,
      stateAs: to.as,
      endedOn: ENDED.includes(to.state) ? on : null,
      ...(agencyReference !== undefined && { agencyReference }),
      ...(closeCode !== undefined && { closeCode }),
    };
    await this.manager.update(HandoverCaseEntity, { administrationId: this.administrationId, id: moved.id }, change as never);
    return { ...moved, ...change };
  }

  /** From one state to the next by our own doing; false when it is not (any more) in that state. */
  async step(id: string, from: CaseState, to: Exclude<CaseState, 'CLOSED' | 'REJECTED' | 'WITHDRAWN'>): Promise<boolean> {
    const { affected } = await this.manager.update(
      HandoverCaseEntity,
      { administrationId: this.administrationId, id, state: from },
      { state: to },
    );
    return affected === 1;
  }

  /** Gives the invoices of a case back to our own dunning; a handover may be proposed for them again. */
  async release(caseId: string, on: PlainDate): Promise<void> {
    const { administrationId } = this;
    const held = await this.manager.findBy(HandoverItemEntity, { administrationId, caseId, releasedOn: IsNull() });
    if (held.length === 0) return;
    await this.manager.update(HandoverItemEntity, { administrationId, caseId, releasedOn: IsNull() }, { releasedOn: on });
    const ids = held.map(({ invoiceId }) => invoiceId);
    const found = await this.find(caseId);
    // One that was made again in the package stands for the one the agency has; another customer's may have its id.
    const claims = found === null ? null : await standingClaims(this.manager, administrationId, found.debtorId, ids);
    const his = [...new Set([...(claims?.values() ?? [])].flat())];
    await this.manager.update(InvoiceEntity, { administrationId, id: In(his) }, { handedOverOn: null });
    const actId = found?.actId ?? null;
    if (actId !== null) await this.manager.update(ActItemEntity, { administrationId, actId, invoiceId: In(ids) }, { live: false });
  }

  /** What the agency knows of an item now. */
  async told(caseId: string, invoiceId: string, { open, ...told }: Told & { readonly open: Minor }): Promise<void> {
    const { administrationId } = this;
    await this.manager.update(HandoverItemEntity, { administrationId, caseId, invoiceId }, { knownOpen: open, told });
  }

  /** Keeps a version of the dossier, to the byte; from now on it is the case's. */
  async keepDossier(dossier: Omit<HandoverDossierEntity, 'administrationId'>): Promise<void> {
    const { administrationId } = this;
    await this.manager.insert(HandoverDossierEntity, { ...dossier, administrationId });
    await this.manager.update(HandoverCaseEntity, { administrationId, id: dossier.caseId }, { version: dossier.version });
  }

  /** The dossier of a case in a version; null when there is none. */
  dossier(caseId: string, version: number): Promise<HandoverDossierEntity | null> {
    return this.manager.findOneBy(HandoverDossierEntity, { administrationId: this.administrationId, caseId, version });
  }
}

/** For a case this administration does not have. */
export const unknownCase = (id: string): NotFoundException =>
  new NotFoundException({ code: 'unknown-case', message: `This administration has no case ${id}.` });
