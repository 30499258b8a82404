import { Controller, Get, Param, ParseEnumPipe, Query, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiKeyGuard, CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { ManagementReports } from './management.service.js';
import { FORMATS, sendFile } from './report-file.js';
import { AdministrationReportQuery, ReportQuery } from './reports.dto.js';
import { Reports } from './reports.service.js';
import type { Portfolio } from './rules/portfolio.js';
import type { ReportJson } from './rules/report-json.js';

@ApiTags('reporting')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1')
export class ReportsController {
  constructor(
    private readonly reports: Reports,
    private readonly management: ManagementReports,
  ) {}

  @Get('administrations/:administrationId/report')
  @ApiOperation({ summary: 'DSO and friends, ageing, disputes, promises, and debtors with exposure, limit and risk class.' })
  report(
    @Param('administrationId') administrationId: string,
    @Query() { on, days, ...part }: AdministrationReportQuery,
  ): Promise<ReportJson> {
    return this.reports.of(administrationId, on ?? null, days, part);
  }

  @Get('administrations/:administrationId/report/:format')
  @ApiOperation({ summary: 'The management report with thirteen months of trend, as pdf or csv, in the language of the administration.' })
  async file(
    @Param('administrationId') administrationId: string,
    @Param('format', new ParseEnumPipe(FORMATS)) format: 'pdf' | 'csv',
    @Query() { on, days }: ReportQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendFile(reply, await this.management.file(administrationId, on ?? null, days, format));
  }

  @Get('portfolio/report')
  @ApiOperation({ summary: 'The figures of all administrations of this key: of each, and together by currency.' })
  portfolio(@Query() { on, days }: ReportQuery, @CalledBy() { administrationIds }: Caller): Promise<Portfolio> {
    return this.reports.portfolio(administrationIds, on ?? null, days);
  }
}
