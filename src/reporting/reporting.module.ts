import { Module } from '@nestjs/common';
import { DECISION_CONTEXT, DunningModule } from '../dunning/dunning.module.js';
import type { DecisionContext } from '../dunning/rules/decide.js';
import type { Clock } from '../kernel/clock.js';
import { Tenancy } from '../platform/database/tenancy.js';
import { CLOCK } from '../platform/platform.module.js';
import { ManagementReports } from './management.service.js';
import { loadReportConfig } from './report-config.js';
import { ReportsController } from './reports.controller.js';
import { Reports } from './reports.service.js';

@Module({
  imports: [DunningModule],
  controllers: [ReportsController],
  providers: [
    {
      provide: Reports,
      useFactory: (tenancy: Tenancy, clock: Clock, { calendars }: DecisionContext) => new Reports(tenancy, clock, calendars.target),
      inject: [Tenancy, CLOCK, DECISION_CONTEXT],
    },
    {
      provide: ManagementReports,
      // Read at start, so that a broken file stops the service and not the report of a month.
      useFactory: (reports: Reports, tenancy: Tenancy, clock: Clock) => new ManagementReports(reports, tenancy, clock, loadReportConfig()),
      inject: [Reports, Tenancy, CLOCK],
    },
  ],
  exports: [Reports, ManagementReports],
})
export class ReportingModule {}
