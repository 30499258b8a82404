import { Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
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
}
