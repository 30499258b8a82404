import type { EntityManager } from 'typeorm';
import { AgencyEntity, type HandoverCaseEntity } from './handover.entity.js';
import { type EventType, eventBody } from './rules/webhook/event.js';
import { WebhookOutbox } from './webhook-outbox.js';

/** A dossier as it was sealed. */
export interface SealedDossier {
  readonly version: number;
  /** The text that was kept: canonical JSON and a line end. */
  readonly document: string;
  /** Of that text. */
  readonly sha256: string;
}

/** Tells the agency of a case what happened, in the order in which it happened; inside a unit of work of the administration. */
export class CaseNews {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /** Queues an event behind those of its case; `data` beside the case's id and the version of its dossier. Gives its webhook id. */
  tell({ id, agencyId, version }: HandoverCaseEntity, type: EventType, data: object, now: Date): Promise<string> {
    return this.outbox().plan(agencyId, id, type, { caseId: id, version, ...data }, now);
  }

  /**
   * Queues a version of the dossier: whole in the body, or, for an agency that wants it so and where it does not fit in a body, only its
   * hash; the agency then fetches it.
   */
  async tellDossier(
    { id, agencyId }: HandoverCaseEntity,
    type: Extract<EventType, 'collection.case.submitted' | 'collection.case.updated'>,
    { version, document, sha256 }: SealedDossier,
    now: Date,
  ): Promise<string> {
    const { administrationId } = this;
    const { payload } = await this.manager.findOneByOrFail(AgencyEntity, { administrationId, id: agencyId });
    const whole = JSON.parse(document) as object;
    const fits = payload === 'full' && eventBody(type, now, whole).ok;
    return this.outbox().plan(agencyId, id, type, fits ? whole : { caseId: id, version, sha256 }, now);
  }

  /** The agency never hears of a case of which nothing has left yet; false when something may have. */
  neverMind({ id }: HandoverCaseEntity, now: Date): Promise<boolean> {
    return this.outbox().takeBack(id, now);
  }

  private outbox(): WebhookOutbox {
    return new WebhookOutbox(this.manager, this.administrationId);
  }
}
