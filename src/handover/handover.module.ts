import { Module } from '@nestjs/common';
import type { Clock } from '../kernel/clock.js';
import type { Settings } from '../platform/config/settings.js';
import { Tenancy } from '../platform/database/tenancy.js';
import { CLOCK, SETTINGS } from '../platform/platform.module.js';
import { Sealer } from '../platform/secrets/sealer.js';
import { AdaptersModule } from '../adapters/adapters.module.js';
import { CorrespondenceModule } from '../correspondence/correspondence.module.js';
import { DossierDesk } from '../dossier/dossier-desk.js';
import { DossierModule } from '../dossier/dossier.module.js';
import { AgenciesController } from './agencies.controller.js';
import { Agencies } from './agencies.service.js';
import { AgencyWatch } from './callbacks/agency-watch.service.js';
import { callbackControllers, callbackProviders } from './callbacks/callbacks.providers.js';
import { CaseViews } from './case-views.js';
import { CasesController } from './cases.controller.js';
import { Cases } from './cases.service.js';
import { channelControllers, channelProviders } from './channels/channels.providers.js';
import { MailDrops } from './channels/mail-drops.service.js';
import { DeliveryLog } from './delivery-log.service.js';
import { documentControllers, documentProviders } from './documents/documents.providers.js';
import { Documents } from './documents/documents.service.js';
import { PackageCopies } from './documents/package-copies.service.js';
import { HandoverTasks } from './callbacks/tasks.service.js';
import { EndpointClient } from './endpoint.client.js';
import { CaseForwarding } from './forwarding.service.js';
import { Handovers } from './handovers.service.js';
import type { EndpointPolicy } from './rules/endpoint/endpoint.js';
import { KeyRings } from './signing.js';
import { WebhookDeliveries } from './webhook-deliveries.service.js';

const ENDPOINT_POLICY = Symbol('endpoint policy');

@Module({
  imports: [AdaptersModule, CorrespondenceModule, DossierModule],
  controllers: [...documentControllers, ...channelControllers, ...callbackControllers, CasesController, AgenciesController],
  providers: [
    ...documentProviders,
    ...channelProviders,
    ...callbackProviders(ENDPOINT_POLICY),
    {
      provide: ENDPOINT_POLICY,
      useFactory: ({ webhookOrigins = [] }: Settings): EndpointPolicy => ({ allowedOrigins: webhookOrigins }),
      inject: [SETTINGS],
    },
    { provide: EndpointClient, useFactory: (policy: EndpointPolicy) => new EndpointClient(policy), inject: [ENDPOINT_POLICY] },
    { provide: KeyRings, useFactory: (sealer: Sealer) => new KeyRings(sealer), inject: [Sealer] },
    {
      provide: Agencies,
      useFactory: (tenancy: Tenancy, clock: Clock, client: EndpointClient, policy: EndpointPolicy, rings: KeyRings) =>
        new Agencies(tenancy, clock, client, policy, rings),
      inject: [Tenancy, CLOCK, EndpointClient, ENDPOINT_POLICY, KeyRings],
    },
    {
      provide: Handovers,
      useFactory: (desk: DossierDesk, copies: PackageCopies) => new Handovers(desk, copies),
      inject: [DossierDesk, PackageCopies],
    },
    { provide: Cases, useFactory: (desk: DossierDesk) => new Cases(desk), inject: [DossierDesk] },
    { provide: CaseViews, useFactory: (tenancy: Tenancy) => new CaseViews(tenancy), inject: [Tenancy] },
    {
      provide: CaseForwarding,
      useFactory: (tenancy: Tenancy, clock: Clock) => new CaseForwarding(tenancy, clock),
      inject: [Tenancy, CLOCK],
    },
    { provide: DeliveryLog, useFactory: (tenancy: Tenancy, clock: Clock) => new DeliveryLog(tenancy, clock), inject: [Tenancy, CLOCK] },
    {
      provide: WebhookDeliveries,
      useFactory: (tenancy: Tenancy, clock: Clock, client: EndpointClient, rings: KeyRings, drops: MailDrops) =>
        new WebhookDeliveries(tenancy, clock, client, rings, Math.random, drops),
      inject: [Tenancy, CLOCK, EndpointClient, KeyRings, MailDrops],
    },
  ],
  exports: [AgencyWatch, CaseForwarding, CaseViews, Cases, DeliveryLog, Documents, HandoverTasks, Handovers, WebhookDeliveries],
})
export class HandoverModule {}
