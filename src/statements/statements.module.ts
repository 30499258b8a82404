import { Module } from '@nestjs/common';
import type { Clock } from '../kernel/clock.js';
import { Tenancy } from '../platform/database/tenancy.js';
import type { Logger } from '../platform/observability/logger.js';
import { CLOCK, LOGGER } from '../platform/platform.module.js';
import { AllStatementsController } from './all-statements.controller.js';
import { StatementFolderJob } from './statement-folder.job.js';
import { StatementImport } from './statement-import.service.js';
import { StatementsController } from './statements.controller.js';
import { StatementsImported } from './statements-imported.js';
import { StatementsOverview } from './statements-overview.service.js';
import { UnassignedStatements } from './unassigned.service.js';

@Module({
  controllers: [StatementsController, AllStatementsController],
  providers: [
    { provide: StatementsImported, useFactory: (logger: Logger) => new StatementsImported(logger), inject: [LOGGER] },
    {
      provide: StatementImport,
      useFactory: (tenancy: Tenancy, clock: Clock, imported: StatementsImported) => new StatementImport(tenancy, clock, imported),
      inject: [Tenancy, CLOCK, StatementsImported],
    },
    {
      provide: StatementsOverview,
      useFactory: (tenancy: Tenancy, clock: Clock, imported: StatementsImported) => new StatementsOverview(tenancy, clock, imported),
      inject: [Tenancy, CLOCK, StatementsImported],
    },
    { provide: UnassignedStatements, useFactory: (tenancy: Tenancy) => new UnassignedStatements(tenancy), inject: [Tenancy] },
    StatementFolderJob,
  ],
  exports: [StatementImport, StatementsImported, StatementsOverview, UnassignedStatements],
})
export class StatementsModule {}
