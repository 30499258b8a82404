import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AdaptersModule } from '../adapters/adapters.module.js';
import { PackageEvents } from '../adapters/package-events.service.js';
import { Packages } from '../adapters/packages.js';
import { PullService } from '../adapters/pull.service.js';
import { CorrespondenceModule } from '../correspondence/correspondence.module.js';
import { MailEffects } from '../correspondence/mail-effects.service.js';
import { Notices } from '../correspondence/notices.service.js';
import { DossierModule } from '../dossier/dossier.module.js';
import { AgreementJudge } from '../dossier/judge.service.js';
import { DecisionService } from '../dunning/decision.service.js';
import { DunningModule } from '../dunning/dunning.module.js';
import { Policies } from '../dunning/policy-files.js';
import type { Clock } from '../kernel/clock.js';
import { HandoverModule } from '../handover/handover.module.js';
import { WebhookDeliveries } from '../handover/webhook-deliveries.service.js';
import { MatchingModule } from '../matching/matching.module.js';
import { MatchingService } from '../matching/matching.service.js';
import { Tenancy } from '../platform/database/tenancy.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import type { Logger } from '../platform/observability/logger.js';
import { CLOCK, LOGGER } from '../platform/platform.module.js';
import { StatementsImported } from '../statements/statements-imported.js';
import { StatementsModule } from '../statements/statements.module.js';
import { PushEffects } from '../writeback/push-effects.service.js';
import { PushPlan } from '../writeback/push-plan.service.js';
import { WritebackModule } from '../writeback/writeback.module.js';
import { DayService } from './day.service.js';
import { DaysController } from './days.controller.js';
import { Days } from './days.service.js';
import { HealthController } from './health.controller.js';
import { Alarm } from './alarm.job.js';
import { Leftovers } from './leftovers.service.js';
import { LiveAdministrations } from './live-administrations.js';
import { Schedule } from './schedule.service.js';

@Module({
  imports: [
    ScheduleModule.forRoot(),
    AdaptersModule,
    StatementsModule,
    MatchingModule,
    DunningModule,
    DossierModule,
    CorrespondenceModule,
    HandoverModule,
    WritebackModule,
  ],
  controllers: [DaysController, HealthController],
  providers: [
    { provide: Days, useFactory: (tenancy: Tenancy) => new Days(tenancy), inject: [Tenancy] },
    {
      provide: DayService,
      useFactory: (
        tenancy: Tenancy,
        clock: Clock,
        logger: Logger,
        packages: Packages,
        policies: Policies,
        pull: PullService,
        matching: MatchingService,
        judge: AgreementJudge,
        decision: DecisionService,
        mail: MailEffects,
        pushPlan: PushPlan,
        push: PushEffects,
      ) => new DayService(tenancy, clock, logger, packages, policies, { pull, matching, judge, decision, mail, pushPlan, push }),
      inject: [
        Tenancy,
        CLOCK,
        LOGGER,
        Packages,
        Policies,
        PullService,
        MatchingService,
        AgreementJudge,
        DecisionService,
        MailEffects,
        PushPlan,
        PushEffects,
      ],
    },
    {
      provide: Schedule,
      useFactory: (
        administrations: LiveAdministrations,
        jobs: Jobs,
        day: DayService,
        days: Days,
        clock: Clock,
        imported: StatementsImported,
        packages: Packages,
        events: PackageEvents,
      ) => new Schedule(administrations, jobs, day, days, clock, imported, packages, events),
      inject: [LiveAdministrations, Jobs, DayService, Days, CLOCK, StatementsImported, Packages, PackageEvents],
    },
    { provide: LiveAdministrations, useFactory: (tenancy: Tenancy) => new LiveAdministrations(tenancy), inject: [Tenancy] },
    {
      provide: Leftovers,
      useFactory: (
        tenancy: Tenancy,
        clock: Clock,
        jobs: Jobs,
        administrations: LiveAdministrations,
        packages: Packages,
        mail: MailEffects,
        push: PushEffects,
        notices: Notices,
        webhooks: WebhookDeliveries,
      ) => new Leftovers(tenancy, clock, jobs, administrations, packages, mail, push, notices, webhooks),
      inject: [Tenancy, CLOCK, Jobs, LiveAdministrations, Packages, MailEffects, PushEffects, Notices, WebhookDeliveries],
    },
    Alarm,
  ],
  exports: [DayService, Days, Leftovers, Schedule],
})
export class CycleModule {}
