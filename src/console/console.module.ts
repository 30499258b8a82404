import { Module } from '@nestjs/common';
import { CorrespondenceModule } from '../correspondence/correspondence.module.js';
import { CycleModule } from '../cycle/cycle.module.js';
import { DayService } from '../cycle/day.service.js';
import { Days } from '../cycle/days.service.js';
import { DECISION_CONTEXT, DunningModule } from '../dunning/dunning.module.js';
import { Policies } from '../dunning/policy-files.js';
import type { DecisionContext } from '../dunning/rules/decide.js';
import type { Clock } from '../kernel/clock.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { MatchingModule } from '../matching/matching.module.js';
import type { Logger } from '../platform/observability/logger.js';
import { CLOCK, LOGGER } from '../platform/platform.module.js';
import { StatementsModule } from '../statements/statements.module.js';
import { ActPagesController } from './act-pages.controller.js';
import { AdministrationPages } from './administration-pages.service.js';
import { AssetsController } from './assets.controller.js';
import { Assets } from './assets.js';
import { BankLinePagesController } from './bank-line-pages.controller.js';
import { DayPagesController } from './day-pages.controller.js';
import { DayStarter } from './day-starter.service.js';
import { LoginController } from './login.controller.js';
import { MailPagesController } from './mail-pages.controller.js';
import { OverviewController } from './overview.controller.js';
import { Pages } from './pages.js';
import { RootController } from './root.controller.js';
import { Standings } from './standing.service.js';
import { StatementPagesController } from './statement-pages.controller.js';
import { english } from './texts.js';
import { TodayController } from './today.controller.js';

/** Web pages for people. */
@Module({
  imports: [LedgerModule, StatementsModule, MatchingModule, DunningModule, CorrespondenceModule, CycleModule],
  controllers: [
    RootController,
    AssetsController,
    LoginController,
    OverviewController,
    TodayController,
    StatementPagesController,
    ActPagesController,
    BankLinePagesController,
    MailPagesController,
    DayPagesController,
  ],
  providers: [
    Assets,
    { provide: Pages, useFactory: (assets: Assets) => new Pages(english, assets), inject: [Assets] },
    {
      provide: Standings,
      useFactory: (days: Days, policies: Policies, context: DecisionContext, clock: Clock) => new Standings(days, policies, context, clock),
      inject: [Days, Policies, DECISION_CONTEXT, CLOCK],
    },
    {
      provide: AdministrationPages,
      useFactory: (pages: Pages, standings: Standings) => new AdministrationPages(pages, standings),
      inject: [Pages, Standings],
    },
    {
      provide: DayStarter,
      useFactory: (day: DayService, clock: Clock, logger: Logger) => new DayStarter(day, clock, logger),
      inject: [DayService, CLOCK, LOGGER],
    },
  ],
})
export class ConsoleModule {}
