import { randomBytes } from 'node:crypto';
import type { Clock } from '../../kernel/clock.js';
import { LedgerRepository } from '../../ledger/ledger.repository.js';
import type { Tenancy } from '../../platform/database/tenancy.js';
import { digests } from '../digests.js';
import type { EndpointClient } from '../endpoint.client.js';
import { AgencyEntity, AgencyTermsEntity } from '../handover.entity.js';
import { signedRequest } from '../rules/callback/signed-request.js';
import { type EventsAnswer, readEvents } from '../rules/callback/status-answer.js';
import { type KeyRings, signed } from '../signing.js';
import type { AgencyAlarms } from './agency-alarms.service.js';
import type { Callbacks } from './callbacks.service.js';
import { Remittances } from './remittances.js';

/** How often an agency is looked after: an alarm of four hours may be an hour late. */
const EVERY_MS = 3_600_000;
/** A day, and a little less, so that it is asked every day and not later each. */
const ASK_EVERY_MS = 23 * 3_600_000;

interface Asked {
  readonly agency: AgencyEntity;
  readonly statusUrl: string;
}

/** Looks after agencies: what they leave unsaid, what they say when they are asked, and the money they passed on. */
export class AgencyWatch {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly client: EndpointClient,
    private readonly rings: KeyRings,
    private readonly alarms: AgencyAlarms,
    private readonly callbacks: Callbacks,
  ) {}

  /** Once an hour for each administration, however often it is called. */
  async run(administrationId: string): Promise<void> {
    const now = this.clock.now();
    const mode = await this.tenancy.within(administrationId, async (manager) => {
      // Written down first: one agency that cannot be looked after is not looked after every minute.
      const [due] = (await manager.query(
        `INSERT INTO agency_terms (administration_id, agency_id, watch_at)
         SELECT administration_id, id, $2 FROM agency WHERE administration_id = $1
         ON CONFLICT (administration_id, agency_id) DO UPDATE SET watch_at = $2 WHERE agency_terms.watch_at <= $3
         RETURNING agency_id`,
        [administrationId, new Date(now.getTime() + EVERY_MS), now],
      )) as unknown[];
      if (due === undefined) return null;
      await new Remittances(manager, administrationId).find();
      return (await new LedgerRepository(manager).administration(administrationId)).mode;
    });
    if (mode === null) return;
    await this.alarms.silence(administrationId);
    if (mode !== 'live') return;
    for (const asked of await this.toAsk(administrationId, now)) await this.ask(administrationId, asked, now);
  }

  /** Agencies with a status address that were not asked today and have cases to tell of. */
  private toAsk(administrationId: string, now: Date): Promise<Asked[]> {
    return this.tenancy.within(administrationId, async (manager) => {
      const agencies = await manager
        .createQueryBuilder(AgencyEntity, 'agency')
        .where(`agency.administration_id = :administrationId AND agency.state <> 'disabled'`, { administrationId })
        .andWhere(
          `EXISTS (SELECT FROM handover_case c WHERE c.administration_id = agency.administration_id AND c.agency_id = agency.id AND c.ended_on IS NULL)`,
        )
        .orderBy('agency.id')
        .getMany();
      const terms = await manager.findBy(AgencyTermsEntity, { administrationId });
      const since = now.getTime() - ASK_EVERY_MS;
      return agencies.flatMap((agency) => {
        const own = terms.find(({ agencyId }) => agencyId === agency.id);
        if (!own?.statusUrl || (own.statusAskedAt?.getTime() ?? 0) > since) return [];
        return [{ agency, statusUrl: own.statusUrl }];
      });
    });
  }

  /** Asks once, signed with our own key; each event is taken in as if it had been sent. */
  private async ask(administrationId: string, { agency, statusUrl }: Asked, now: Date): Promise<void> {
    const { pathname, search } = new URL(statusUrl);
    const content = new TextDecoder().decode(signedRequest('GET', `${pathname}${search}`, new Uint8Array()));
    const message = { webhookId: `msg_${randomBytes(18).toString('base64url')}`, body: content };
    const { headers } = signed(message, this.rings.open(agency.keys, agency.id), now);
    const sent = await this.client.get({ url: statusUrl, headers: { accept: 'application/json', ...headers } });
    const answer: EventsAnswer = sent.kind === 'refused' ? { trouble: sent.failure.message, events: [] } : readEvents(sent.outcome);
    let trouble = answer.trouble;
    for (const event of answer.events) {
      // Without an id of its own it is known by what it says.
      const id = event.id ?? `ask_${digests.sha256(JSON.stringify(event.content))}`;
      const taken = await this.callbacks.find({ administrationId, id: agency.id }, id, event.content);
      if (taken.kind !== 'accepted' && taken.kind !== 'duplicate') trouble = `an event was not taken in: ${taken.kind}`;
    }
    await this.tenancy.within(administrationId, (manager) =>
      manager.update(AgencyTermsEntity, { administrationId, agencyId: agency.id }, { statusAskedAt: now, statusTrouble: trouble }),
    );
  }
}
