import { type DynamicModule, Module } from '@nestjs/common';
import { AdaptersModule } from './adapters/adapters.module.js';
import { ConsoleModule } from './console/console.module.js';
import { CorrespondenceModule } from './correspondence/correspondence.module.js';
import { CreditModule } from './credit/credit.module.js';
import { CycleModule } from './cycle/cycle.module.js';
import { DossierModule } from './dossier/dossier.module.js';
import { DunningModule } from './dunning/dunning.module.js';
import { HandoverModule } from './handover/handover.module.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { MatchingModule } from './matching/matching.module.js';
import { type Foundation, PlatformModule } from './platform/platform.module.js';
import { ReportingModule } from './reporting/reporting.module.js';
import { StatementsModule } from './statements/statements.module.js';
import { WritebackModule } from './writeback/writeback.module.js';

/** The whole house. */
@Module({})
export class AppModule {
  static forRoot(foundation: Foundation): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot(foundation),
        LedgerModule,
        AdaptersModule,
        StatementsModule,
        MatchingModule,
        CreditModule,
        DunningModule,
        DossierModule,
        CorrespondenceModule,
        HandoverModule,
        WritebackModule,
        ReportingModule,
        CycleModule,
        ConsoleModule,
      ],
    };
  }
}
