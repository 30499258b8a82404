import { Module } from '@nestjs/common';
import type { Clock } from '../kernel/clock.js';
import type { Settings } from '../platform/config/settings.js';
import { Tenancy } from '../platform/database/tenancy.js';
import { CLOCK, SETTINGS } from '../platform/platform.module.js';
import { CreditLimitsController } from './credit-limits.controller.js';
import { CreditGroups } from './credit-groups.service.js';
import { CreditLimits } from './credit-limits.service.js';
import { CreditStandings } from './credit-standings.service.js';
import { CreditSettingsService } from './credit-settings.service.js';
import { CustomerChecksController } from './customer-checks.controller.js';
import { CustomerChecks } from './customer-checks.service.js';
import { CustomerDecisions } from './customer-decisions.service.js';
import { OneDebtorController } from './one-debtor.controller.js';
import { OneDebtor } from './one-debtor.service.js';
import { registersOf } from './registers/registers.js';

@Module({
  controllers: [CustomerChecksController, CreditLimitsController, OneDebtorController],
  providers: [
    { provide: OneDebtor, useFactory: (tenancy: Tenancy, clock: Clock) => new OneDebtor(tenancy, clock), inject: [Tenancy, CLOCK] },
    { provide: CreditLimits, useFactory: (tenancy: Tenancy, clock: Clock) => new CreditLimits(tenancy, clock), inject: [Tenancy, CLOCK] },
    { provide: CreditGroups, useFactory: (tenancy: Tenancy, clock: Clock) => new CreditGroups(tenancy, clock), inject: [Tenancy, CLOCK] },
    {
      provide: CreditStandings,
      useFactory: (tenancy: Tenancy, clock: Clock) => new CreditStandings(tenancy, clock),
      inject: [Tenancy, CLOCK],
    },
    {
      provide: CustomerDecisions,
      useFactory: (tenancy: Tenancy, clock: Clock, limits: CreditLimits) => new CustomerDecisions(tenancy, clock, limits),
      inject: [Tenancy, CLOCK, CreditLimits],
    },
    { provide: CreditSettingsService, useFactory: (tenancy: Tenancy) => new CreditSettingsService(tenancy), inject: [Tenancy] },
    {
      provide: CustomerChecks,
      useFactory: (tenancy: Tenancy, clock: Clock, settings: Settings) => new CustomerChecks(tenancy, clock, registersOf(settings, clock)),
      inject: [Tenancy, CLOCK, SETTINGS],
    },
  ],
  exports: [CreditLimits, CreditSettingsService, CreditStandings, CustomerChecks, CustomerDecisions, OneDebtor],
})
export class CreditModule {}
