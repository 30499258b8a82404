import { Module } from '@nestjs/common';
import { AdaptersModule } from '../adapters/adapters.module.js';
import { Consents } from '../adapters/consent/consents.service.js';
import { CorrespondenceModule } from '../correspondence/correspondence.module.js';
import { CreditModule } from '../credit/credit.module.js';
import { CycleModule } from '../cycle/cycle.module.js';
import { DayService } from '../cycle/day.service.js';
import { Days } from '../cycle/days.service.js';
import { DossierModule } from '../dossier/dossier.module.js';
import { DECISION_CONTEXT, DunningModule } from '../dunning/dunning.module.js';
import { Policies } from '../dunning/policy-files.js';
import type { DecisionContext } from '../dunning/rules/decide.js';
import type { Clock } from '../kernel/clock.js';
import { HandoverModule } from '../handover/handover.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { MatchingModule } from '../matching/matching.module.js';
import type { Logger } from '../platform/observability/logger.js';
import { CLOCK, LOGGER } from '../platform/platform.module.js';
import { ReportingModule } from '../reporting/reporting.module.js';
import { StatementsModule } from '../statements/statements.module.js';
import { WritebackModule } from '../writeback/writeback.module.js';
import { ActPagesController } from './act-pages.controller.js';
import { AgreementPagesController } from './agreement-pages.controller.js';
import { AdministrationPages } from './administration-pages.service.js';
import { AssetsController } from './assets.controller.js';
import { Assets } from './assets.js';
import { BankLinePagesController } from './bank-line-pages.controller.js';
import { ConsentCallbackController, ConsentPagesController } from './consent-pages.controller.js';
import { CreditDebtorPagesController } from './credit-debtor-pages.controller.js';
import { CreditPagesController } from './credit-pages.controller.js';
import { CreditSettingsPagesController } from './credit-settings-pages.controller.js';
import { CustomerCheckPagesController } from './customer-check-pages.controller.js';
import { DayPagesController } from './day-pages.controller.js';
import { DayStarter } from './day-starter.service.js';
import { DocumentPagesController } from './document-pages.controller.js';
import { FiguresPagesController } from './figures-pages.controller.js';
import { HandoverPagesController } from './handover-pages.controller.js';
import { LoginController } from './login.controller.js';
import { MailPagesController } from './mail-pages.controller.js';
import { OneDebtorPagesController } from './one-debtor-pages.controller.js';
import { OverviewController } from './overview.controller.js';
import { Pages } from './pages.js';
import { ReturnedPagesController } from './returned-pages.controller.js';
import { RootController } from './root.controller.js';
import { Standings } from './standing.service.js';
import { StatementPagesController } from './statement-pages.controller.js';
import { english } from './texts.js';
import { TodayController } from './today.controller.js';
import { UncertainPagesController } from './uncertain-pages.controller.js';

/** Web pages for people. */
@Module({
  imports: [
    LedgerModule,
    AdaptersModule,
    StatementsModule,
    MatchingModule,
    CreditModule,
    DunningModule,
    DossierModule,
    CorrespondenceModule,
    HandoverModule,
    ReportingModule,
    WritebackModule,
    CycleModule,
  ],
  controllers: [
    RootController,
    AssetsController,
    LoginController,
    // Before the overview, which answers for every address there is nothing at.
    ConsentCallbackController,
    ConsentPagesController,
    OneDebtorPagesController,
    OverviewController,
    TodayController,
    UncertainPagesController,
    ReturnedPagesController,
    StatementPagesController,
    ActPagesController,
    AgreementPagesController,
    HandoverPagesController,
    DocumentPagesController,
    CreditPagesController,
    CreditDebtorPagesController,
    CustomerCheckPagesController,
    CreditSettingsPagesController,
    BankLinePagesController,
    MailPagesController,
    DayPagesController,
    FiguresPagesController,
  ],
  providers: [
    Assets,
    { provide: Pages, useFactory: (assets: Assets) => new Pages(english, assets), inject: [Assets] },
    {
      provide: Standings,
      useFactory: (days: Days, policies: Policies, context: DecisionContext, clock: Clock, consents: Consents) =>
        new Standings(days, policies, context, clock, consents),
      inject: [Days, Policies, DECISION_CONTEXT, CLOCK, Consents],
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
