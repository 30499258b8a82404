import { Module } from '@nestjs/common';
import { AdaptersModule } from '../adapters/adapters.module.js';
import { Packages } from '../adapters/packages.js';
import type { Clock } from '../kernel/clock.js';
import { Tenancy } from '../platform/database/tenancy.js';
import { CLOCK } from '../platform/platform.module.js';
import { NativeReminders } from './native-reminders.js';
import { PushEffects } from './push-effects.service.js';
import { PushPlan } from './push-plan.service.js';
import { StatementSettingController } from './statement-setting.controller.js';
import { StatementSetting } from './statement-setting.service.js';

@Module({
  imports: [AdaptersModule],
  controllers: [StatementSettingController],
  providers: [
    { provide: PushPlan, useFactory: (tenancy: Tenancy, clock: Clock) => new PushPlan(tenancy, clock), inject: [Tenancy, CLOCK] },
    {
      provide: NativeReminders,
      useFactory: (tenancy: Tenancy, clock: Clock) => new NativeReminders(tenancy, clock),
      inject: [Tenancy, CLOCK],
    },
    {
      provide: StatementSetting,
      useFactory: (tenancy: Tenancy, clock: Clock, packages: Packages) => new StatementSetting(tenancy, clock, packages),
      inject: [Tenancy, CLOCK, Packages],
    },
    { provide: PushEffects, useFactory: (tenancy: Tenancy, clock: Clock) => new PushEffects(tenancy, clock), inject: [Tenancy, CLOCK] },
  ],
  exports: [NativeReminders, PushPlan, PushEffects, StatementSetting],
})
export class WritebackModule {}
