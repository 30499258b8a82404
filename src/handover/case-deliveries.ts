import type { EntityManager } from 'typeorm';
import { isUuid } from '../platform/database/ids.js';
import { CaseRepository } from './case.repository.js';
import { addOwnTask } from './own-tasks.js';
import type { WebhookPayload } from './webhook-outbox.js';

/** What follows for a case from what became of an event about it, in the unit of work that stores it. */
export class CaseDeliveries {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /** The agency has it. One that said `received` already is further than that. */
  async delivered({ stream, type }: WebhookPayload): Promise<void> {
    if (type !== 'collection.case.submitted' || !isUuid(stream)) return;
    await new CaseRepository(this.manager, this.administrationId).step(stream, 'APPROVED', 'SUBMITTED');
  }

  /** It did not arrive and is not tried again: a person sees to it. */
  async givenUp({ stream, type, webhookId }: WebhookPayload, because: string, now: Date): Promise<void> {
    const found = isUuid(stream) ? await new CaseRepository(this.manager, this.administrationId).find(stream) : null;
    if (!found) return;
    const wanted = { kind: 'delivery-failed', args: { event: type, because }, dueOn: null } as const;
    await addOwnTask(this.manager, found, wanted, `${webhookId} ${now.toISOString()}`, now);
  }
}
