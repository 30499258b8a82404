import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AdaptersModule } from '../adapters/adapters.module.js';
import { PackageEvents } from '../adapters/package-events.service.js';
import { Packages } from '../adapters/packages.js';
import { PullService } from '../adapters/pull.service.js';
import { CorrespondenceModule } from '../correspondence/correspondence.module.js';
import { MailEffects } from '../correspondence/mail-effects.service.js';
import { Notices } from '../correspondence/notices.service.js';
import { CreditModule } from '../credit/credit.module.js';
import { CustomerChecks } from '../credit/customer-checks.service.js';
import { DossierModule } from '../dossier/dossier.module.js';
import { AgreementJudge } from '../dossier/judge.service.js';
import { ReturnedPost } from '../dossier/returned-post.service.js';
import { DecisionService } from '../dunning/decision.service.js';
import { DunningModule } from '../dunning/dunning.module.js';
import { Policies } from '../dunning/policy-files.js';
import type { Clock } from '../kernel/clock.js';
import { AgencyWatch } from '../handover/callbacks/agency-watch.service.js';
import { HandoverModule } from '../handover/handover.module.js';
import { CaseForwarding } from '../handover/forwarding.service.js';
import { WebhookDeliveries } from '../handover/webhook-deliveries.service.js';
import { MatchingModule } from '../matching/matching.module.js';
import { MatchingService } from '../matching/matching.service.js';
import { Tenancy } from '../platform/database/tenancy.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import type { Logger } from '../platform/observability/logger.js';
import { CLOCK, LOGGER } from '../platform/platform.module.js';
import { StatementsImported } from '../statements/statements-imported.js';
import { StatementsModule } from '../statements/statements.module.js';
import { NativeReminders } from '../writeback/native-reminders.js';
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
    CreditModule,
    DunningModule,
    DossierModule,
    CorrespondenceModule,
    HandoverModule,
    WritebackModule,
  ],
  controllers: [DaysController, HealthController],
  providers: [
    { provide: Days, useFactory: (tenancy: Tenancy, clock: Clock) => new Days(tenancy, clock), inject: [Tenancy, CLOCK] },
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
        checks: CustomerChecks,
        judge: AgreementJudge,
        returned: ReturnedPost,
        forwarding: CaseForwarding,
        decision: DecisionService,
        mail: MailEffects,
        reminders: NativeReminders,
        pushPlan: PushPlan,
        push: PushEffects,
      ) =>
        new DayService(tenancy, clock, logger, packages, policies, {
          pull,
          matching,
          checks,
          judge,
          returned,
          forwarding,
          decision,
          mail,
          reminders,
          pushPlan,
          push,
        }),
      inject: [
        Tenancy,
        CLOCK,
        LOGGER,
        Packages,
        Policies,
        PullService,
        MatchingService,
        CustomerChecks,
        AgreementJudge,
        ReturnedPost,
        CaseForwarding,
        DecisionService,
        MailEffects,
        NativeReminders,
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
        reminders: NativeReminders,
        push: PushEffects,
      ) => new Schedule(administrations, jobs, day, days, clock, imported, packages, events, reminders, push),
      inject: [
        LiveAdministrations,
        Jobs,
        DayService,
        Days,
        CLOCK,
        StatementsImported,
        Packages,
        PackageEvents,
        NativeReminders,
        PushEffects,
      ],
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
        forwarding: CaseForwarding,
        webhooks: WebhookDeliveries,
        watch: AgencyWatch,
      ) => new Leftovers(tenancy, clock, jobs, administrations, packages, mail, push, notices, forwarding, webhooks, watch),
      inject: [
        Tenancy,
        CLOCK,
        Jobs,
        LiveAdministrations,
        Packages,
        MailEffects,
        PushEffects,
        Notices,
        CaseForwarding,
        WebhookDeliveries,
        AgencyWatch,
      ],
    },
    Alarm,
  ],
  exports: [DayService, Days, Leftovers, Schedule],
})
export class CycleModule {}
