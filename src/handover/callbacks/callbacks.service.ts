import type { EntityManager } from 'typeorm';
import type { Clock } from '../../kernel/clock.js';
import type { Calendars } from '../../platform/config/calendars.js';
import type { Tenancy } from '../../platform/database/tenancy.js';
import { digests } from '../digests.js';
import { HandoverEventEntity } from '../handover.entity.js';
import type { ProvenAgency } from './agency-directory.js';
import { CaseFollower, type Followed } from './case-follower.js';
import { type Mistake, type ReadCallback, readCallback, readEvent } from './read-callback.js';

/** What came of a message of an agency. */
export type Taken =
  | Followed
  /** Taken in before, to the byte. */
  | { readonly kind: 'duplicate' }
  /** Its id was used before, for something else. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'invalid'; readonly mistakes: readonly Mistake[] };

/** What agencies tell, each once by its id, in one unit of work with everything that follows from it. */
export class Callbacks {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly calendars: Calendars,
  ) {}

  /** Takes in a message whose signature was proven, by its raw bytes. */
  take(agency: ProvenAgency, webhookId: string, bytes: Uint8Array): Promise<Taken> {
    const sha256 = digests.sha256(bytes);
    return this.once(agency, webhookId, async (manager, known) => {
      if (known) return { kind: known.bodySha256 === sha256 ? 'duplicate' : 'conflict' };
      const now = this.clock.now();
      const read = readCallback(bytes, now);
      return read.ok ? this.follow(manager, agency, webhookId, sha256, read.value, now) : { kind: 'invalid', mistakes: read.error };
    });
  }

  /** The same for an event that was found when the agency was asked for news. What it pushed before under the id is not looked at twice. */
  find(agency: ProvenAgency, webhookId: string, event: unknown): Promise<Taken> {
    return this.once(agency, webhookId, async (manager, known) => {
      if (known) return { kind: 'duplicate' };
      const now = this.clock.now();
      const read = readEvent(event, now);
      const sha256 = digests.sha256(JSON.stringify(event));
      return read.ok ? this.follow(manager, agency, webhookId, sha256, read.value, now) : { kind: 'invalid', mistakes: read.error };
    });
  }

  /** Two that come at once under one id are taken one after the other. */
  private once(
    { administrationId, id: agencyId }: ProvenAgency,
    webhookId: string,
    work: (manager: EntityManager, known: HandoverEventEntity | null) => Promise<Taken>,
  ): Promise<Taken> {
    return this.tenancy.within(administrationId, async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('callback ' || $1::text || ' ' || $2::text, 0))`, [
        agencyId,
        webhookId,
      ]);
      return work(manager, await manager.findOneBy(HandoverEventEntity, { administrationId, agencyId, webhookId }));
    });
  }

  private async follow(
    manager: EntityManager,
    agency: ProvenAgency,
    webhookId: string,
    bodySha256: string,
    { callback, body }: ReadCallback,
    now: Date,
  ): Promise<Followed> {
    const follower = await CaseFollower.of(manager, agency, this.calendars);
    return follower.follow(callback, { webhookId, bodySha256, body }, now);
  }
}
