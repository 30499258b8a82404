import type { EntityManager } from 'typeorm';
import { isUuid } from '../platform/database/ids.js';
import { CaseTasks } from './case-tasks.js';
import { CaseRepository } from './case.repository.js';
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
    if (!isUuid(stream) || !(await new CaseRepository(this.manager, this.administrationId).find(stream))) return;
    const text = `The agency did not take ${type}: ${because}. Put it right and send it again, or take the case back.`;
    await new CaseTasks(this.manager, this.administrationId).add(
      { caseId: stream, kind: 'delivery-failed', text, dueOn: null, madeBy: `${webhookId} ${now.toISOString()}` },
      now,
    );
  }
}
