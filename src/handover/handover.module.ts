import { Module } from '@nestjs/common';
import type { Clock } from '../kernel/clock.js';
import type { Settings } from '../platform/config/settings.js';
import { Tenancy } from '../platform/database/tenancy.js';
import { CLOCK, SETTINGS } from '../platform/platform.module.js';
import { Sealer } from '../platform/secrets/sealer.js';
import { AgenciesController } from './agencies.controller.js';
import { Agencies } from './agencies.service.js';
import { DeliveryLog } from './delivery-log.service.js';
import { EndpointClient } from './endpoint.client.js';
import type { EndpointPolicy } from './rules/endpoint/endpoint.js';
import { KeyRings } from './signing.js';
import { WebhookDeliveries } from './webhook-deliveries.service.js';

const ENDPOINT_POLICY = Symbol('endpoint policy');

@Module({
  controllers: [AgenciesController],
  providers: [
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
    { provide: DeliveryLog, useFactory: (tenancy: Tenancy, clock: Clock) => new DeliveryLog(tenancy, clock), inject: [Tenancy, CLOCK] },
    {
      provide: WebhookDeliveries,
      useFactory: (tenancy: Tenancy, clock: Clock, client: EndpointClient, rings: KeyRings) =>
        new WebhookDeliveries(tenancy, clock, client, rings),
      inject: [Tenancy, CLOCK, EndpointClient, KeyRings],
    },
  ],
  exports: [WebhookDeliveries],
})
export class HandoverModule {}
