import { Get, Param, ParseEnumPipe, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { ManagementReports } from '../reporting/management.service.js';
import { FORMATS, sendFile } from '../reporting/report-file.js';
import { ReportQuery } from '../reporting/reports.dto.js';
import { Reports } from '../reporting/reports.service.js';
import { AdministrationPages } from './administration-pages.service.js';
import { AdministrationController } from './console-controller.js';
import { showFigures } from './rules/figures-view.js';

/** The figures people steer by, today or on a past day. */
@AdministrationController()
export class FiguresPagesController {
  constructor(
    private readonly pages: AdministrationPages,
    private readonly reports: Reports,
    private readonly management: ManagementReports,
  ) {}

  @Get('figures')
  async show(
    @Param('administrationId') administrationId: string,
    @Query() { on, days }: ReportQuery,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { texts, format } = this.pages;
    const content = showFigures(await this.reports.of(administrationId, on ?? null, days), texts, format);
    await this.pages.send({ administrationId, caller, reply }, { view: 'figures', tab: 'report', content });
  }

  @Get('figures/report/:format')
  async file(
    @Param('administrationId') administrationId: string,
    @Param('format', new ParseEnumPipe(FORMATS)) format: 'pdf' | 'csv',
    @Query() { on, days }: ReportQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendFile(reply, await this.management.file(administrationId, on ?? null, days, format));
  }
}
