import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard } from '../platform/auth/api-key.guard.js';
import { ReportQuery } from './reports.dto.js';
import { Reports } from './reports.service.js';
import type { ReportJson } from './rules/report-json.js';

@ApiTags('reporting')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId')
export class ReportsController {
  constructor(private readonly reports: Reports) {}

  @Get('report')
  @ApiOperation({ summary: 'DSO and friends, ageing, disputes, promises, and every debtor with exposure, limit and risk class.' })
  report(@Param('administrationId') administrationId: string, @Query() { on, days }: ReportQuery): Promise<ReportJson> {
    return this.reports.of(administrationId, on ?? null, days);
  }
}
