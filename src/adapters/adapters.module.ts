import { Module } from '@nestjs/common';
import type { Clock } from '../kernel/clock.js';
import type { Settings } from '../platform/config/settings.js';
import { Tenancy } from '../platform/database/tenancy.js';
import { type Outgoing } from '../platform/outgoing/outgoing.js';
import { CLOCK, OUTGOING, SETTINGS } from '../platform/platform.module.js';
import { Sealer } from '../platform/secrets/sealer.js';
import { ConnectService } from './connect.service.js';
import { ConnectionsController } from './connections.controller.js';
import { createMoneybird } from './moneybird/moneybird.js';
import { personalToken } from './moneybird/token-source.js';
import { type PackageFactory, Packages } from './packages.js';
import { PullService } from './pull.service.js';

/** The adapters there are, by the name administrations are connected under. */
const factories = (settings: Settings, clock: Clock, { quotas, sleep }: Outgoing): ReadonlyMap<string, PackageFactory> =>
  new Map([
    [
      'moneybird',
      ({ token }) => createMoneybird({ baseUrl: settings.moneybirdUrl, token: personalToken(token), quota: quotas, clock, sleep }),
    ],
  ]);

@Module({
  controllers: [ConnectionsController],
  providers: [
    {
      provide: Packages,
      useFactory: (tenancy: Tenancy, sealer: Sealer, settings: Settings, clock: Clock, outgoing: Outgoing) =>
        new Packages(tenancy, sealer, factories(settings, clock, outgoing)),
      inject: [Tenancy, Sealer, SETTINGS, CLOCK, OUTGOING],
    },
    { provide: PullService, useFactory: (tenancy: Tenancy, clock: Clock) => new PullService(tenancy, clock), inject: [Tenancy, CLOCK] },
    {
      provide: ConnectService,
      useFactory: (tenancy: Tenancy, clock: Clock, packages: Packages) => new ConnectService(tenancy, clock, packages),
      inject: [Tenancy, CLOCK, Packages],
    },
  ],
  exports: [Packages, PullService, ConnectService],
})
export class AdaptersModule {}
