import { Mailer } from '../../correspondence/mailer.js';
import type { Clock } from '../../kernel/clock.js';
import { Tenancy } from '../../platform/database/tenancy.js';
import { CLOCK } from '../../platform/platform.module.js';
import { AgencyChannelsController } from './agency-channels.controller.js';
import { AgencyChannels } from './agency-channels.service.js';
import { MailDrops } from './mail-drops.service.js';

/** The ways to agencies beside webhooks, for the module of handovers. */
export const channelControllers = [AgencyChannelsController];

export const channelProviders = [
  {
    provide: AgencyChannels,
    useFactory: (tenancy: Tenancy, clock: Clock, mailer: Mailer) => new AgencyChannels(tenancy, clock, mailer),
    inject: [Tenancy, CLOCK, Mailer],
  },
  {
    provide: MailDrops,
    useFactory: (tenancy: Tenancy, clock: Clock, mailer: Mailer) => new MailDrops(tenancy, clock, mailer),
    inject: [Tenancy, CLOCK, Mailer],
  },
];
