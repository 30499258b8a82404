import { Module } from '@nestjs/common';
import { type Clock, today } from '../kernel/clock.js';
import { loadLaw } from '../law/law-tables.js';
import { loadCalendars } from '../platform/config/calendars.js';
import { Tenancy } from '../platform/database/tenancy.js';
import { CLOCK } from '../platform/platform.module.js';
import { ActsController } from './acts.controller.js';
import { Acts } from './acts.service.js';
import { CreditReleasesController } from './credit-releases.controller.js';
import { CreditReleases } from './credit-releases.service.js';
import { DecisionService } from './decision.service.js';
import { Explanations } from './explain.service.js';
import { Policies } from './policy-files.js';
import type { DecisionContext } from './rules/decide.js';

/** Calendars and law a decision is made with. */
export const DECISION_CONTEXT = Symbol('decision context');

@Module({
  controllers: [CreditReleasesController, ActsController],
  providers: [
    { provide: Acts, useFactory: (tenancy: Tenancy) => new Acts(tenancy), inject: [Tenancy] },
    { provide: DECISION_CONTEXT, useFactory: (): DecisionContext => ({ calendars: loadCalendars(), law: loadLaw() }) },
    {
      provide: Policies,
      useFactory: (context: DecisionContext, clock: Clock) => {
        const policies = new Policies(context.law, today(clock));
        policies.checkAll();
        return policies;
      },
      inject: [DECISION_CONTEXT, CLOCK],
    },
    {
      provide: DecisionService,
      useFactory: (tenancy: Tenancy, clock: Clock, policies: Policies, context: DecisionContext) =>
        new DecisionService(tenancy, clock, policies, context),
      inject: [Tenancy, CLOCK, Policies, DECISION_CONTEXT],
    },
    {
      provide: CreditReleases,
      useFactory: (tenancy: Tenancy, clock: Clock, policies: Policies) => new CreditReleases(tenancy, clock, policies),
      inject: [Tenancy, CLOCK, Policies],
    },
    {
      provide: Explanations,
      useFactory: (tenancy: Tenancy, policies: Policies, context: DecisionContext) => new Explanations(tenancy, policies, context),
      inject: [Tenancy, Policies, DECISION_CONTEXT],
    },
  ],
  exports: [Acts, CreditReleases, DecisionService, Explanations, Policies, DECISION_CONTEXT],
})
export class DunningModule {}
