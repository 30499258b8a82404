import type { Packages } from '../adapters/packages.js';
import type { MailEffects } from '../correspondence/mail-effects.service.js';
import type { Notices } from '../correspondence/notices.service.js';
import type { AgencyWatch } from '../handover/callbacks/agency-watch.service.js';
import type { CaseForwarding } from '../handover/forwarding.service.js';
import type { WebhookDeliveries } from '../handover/webhook-deliveries.service.js';
import { type Clock, today } from '../kernel/clock.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import type { Jobs } from '../platform/jobs/jobs.service.js';
import type { PushEffects } from '../writeback/push-effects.service.js';
import type { LiveAdministrations } from './live-administrations.js';

const QUEUE = 'leftovers';

/**
 * Carries out between the days what could not go out with them: a mail the server wanted later, pushes beyond the vendor's limit, an
 * act that was approved at ten, an agency that was down. What waits is sent by the same services as in the day, decided again on the
 * same fresh facts.
 */
export class Leftovers {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly administrations: LiveAdministrations,
    packages: Packages,
    mail: MailEffects,
    push: PushEffects,
    notices: Notices,
    forwarding: CaseForwarding,
    webhooks: WebhookDeliveries,
    watch: AgencyWatch,
  ) {
    jobs.declare({
      name: QUEUE,
      expireInSeconds: 900,
      handle: async ({ administrationId = '' }) => {
        await notices.run(administrationId);
        // First what is told to the package: a message may wait until it no longer reminds by itself.
        const accounting = await packages.of(administrationId);
        if (accounting) await push.run(administrationId, accounting);
        await mail.run(administrationId, today(this.clock));
        await forwarding.tell(administrationId);
        await webhooks.run(administrationId);
        await watch.run(administrationId);
      },
    });
  }

  /** Queues every administration with something whose time has come: of one that is not live only what is for its own people. */
  async queueAll(): Promise<void> {
    for await (const id of this.administrations.ids(['off', 'shadow', 'live'])) {
      if (await this.waits(id)) await this.jobs.enqueue(QUEUE, id, { administrationId: id });
    }
  }

  private async waits(administrationId: string): Promise<boolean> {
    const [row] = await this.tenancy.within(
      administrationId,
      (manager) =>
        manager.query(
          `SELECT EXISTS (SELECT FROM effect JOIN administration ON administration.id = effect.administration_id
                           WHERE effect.administration_id = $1
                             AND (effect.kind = 'notice' OR administration.mode = 'live'
                                  -- What the package reminded of before we did is given back, whatever the mode is by then.
                                  OR (effect.payload ? 'givesBack' AND administration.reminded_by = 'package'))
                             AND effect.state IN ('planned', 'claimed', 'sending')
                             AND effect.not_before <= $2 AND (effect.lease_until IS NULL OR effect.lease_until < $2))
                  -- What was booked or noted since the day about a claim an agency works on.
                  OR EXISTS (SELECT FROM handover_case JOIN administration ON administration.id = handover_case.administration_id
                              WHERE handover_case.administration_id = $1 AND administration.mode = 'live' AND handover_case.ended_on IS NULL)
                  -- A settlement whose money was not seen yet.
                  OR EXISTS (SELECT FROM handover_settlement settlement
                              WHERE settlement.administration_id = $1 AND settlement.bank_line_id IS NULL AND settlement.state <> 'rejected'
                                AND NOT EXISTS (SELECT FROM agency_terms terms
                                                 WHERE terms.administration_id = $1 AND terms.agency_id = settlement.agency_id
                                                   AND terms.watch_at > $2)) AS waiting`,
          [administrationId, this.clock.now()],
        ) as Promise<{ waiting: boolean }[]>,
    );
    return row?.waiting ?? false;
  }
}
