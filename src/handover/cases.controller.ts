import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { amountIn } from '../dossier/refusals.js';
import { formatAmount } from '../kernel/money.js';
import { ApiKeyGuard, CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { type CaseDetail, type CaseView, CaseViews } from './case-views.js';
import {
  ApproveInvoicesDto,
  ApproveProposalDto,
  CaseAnswerDto,
  CaseHoldDto,
  CaseReasonDto,
  ChosenInvoicesDto,
  CorrectionDto,
  HandoverSettingsDto,
  ProposalQuery,
  VersionQuery,
} from './cases.dto.js';
import { HandoverTasks } from './callbacks/tasks.service.js';
import { Cases } from './cases.service.js';
import { type HandoverPreview, toPreview } from './handover-view.js';
import type { HandoverRequest } from './handover-proposal.js';
import { Handovers } from './handovers.service.js';
import type { HandoverSettings } from './rules/case/settings.js';

@ApiTags('handovers')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId')
export class CasesController {
  constructor(
    private readonly handovers: Handovers,
    private readonly cases: Cases,
    private readonly views: CaseViews,
    private readonly tasks: HandoverTasks,
  ) {}

  @Get('handovers')
  @ApiOperation({ summary: 'Claims that were handed over, the newest 500.' })
  list(@Param('administrationId') administrationId: string): Promise<CaseView[]> {
    return this.views.list(administrationId);
  }

  @Post('handovers/readiness')
  @HttpCode(200)
  @ApiOperation({ summary: 'Whether invoices can be handed over, what stands in the way, and what would be sent. Stores nothing.' })
  readiness(@Param('administrationId') administrationId: string, @Body() chosen: ChosenInvoicesDto): Promise<HandoverPreview> {
    return this.handovers.rehearse(administrationId, requestOf(chosen), toPreview);
  }

  @Post('handovers/approve')
  @ApiOperation({ summary: 'Hands over invoices that a person chose.' })
  async approveInvoices(
    @Param('administrationId') administrationId: string,
    @Body() { principal, ...chosen }: ApproveInvoicesDto,
    @CalledBy() { name: by }: Caller,
  ): Promise<CaseDetail> {
    const { id } = await this.handovers.approve(administrationId, requestOf(chosen), { by, principal });
    return this.views.one(administrationId, id);
  }

  @Get('handovers/proposals/:actId')
  @ApiOperation({ summary: 'The same for what an act proposes to hand over.' })
  proposal(
    @Param('administrationId') administrationId: string,
    @Param('actId', ParseUUIDPipe) actId: string,
    @Query() chosen: ProposalQuery,
  ): Promise<HandoverPreview> {
    return this.handovers.rehearse(administrationId, requestOf(chosen, actId), toPreview);
  }

  @Post('handovers/proposals/:actId/approve')
  @ApiOperation({ summary: 'Hands over what an act proposes. Once: approved again it gives the case there is.' })
  async approve(
    @Param('administrationId') administrationId: string,
    @Param('actId', ParseUUIDPipe) actId: string,
    @Body() { principal, ...chosen }: ApproveProposalDto,
    @CalledBy() { name: by }: Caller,
  ): Promise<CaseDetail> {
    const { id } = await this.handovers.approve(administrationId, requestOf(chosen, actId), { by, principal });
    return this.views.one(administrationId, id);
  }

  @Get('handovers/:caseId')
  @ApiOperation({ summary: 'A case: its invoices, the work it gives, what was delivered, what the agency said.' })
  one(@Param('administrationId') administrationId: string, @Param('caseId', ParseUUIDPipe) caseId: string): Promise<CaseDetail> {
    return this.views.one(administrationId, caseId);
  }

  @Get('handovers/:caseId/dossier')
  @ApiOperation({ summary: 'A version of the dossier as it was sent, to the byte (collection-dossier/1).' })
  async dossier(
    @Param('administrationId') administrationId: string,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Query() { version }: VersionQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { document, version: sent } = await this.views.dossier(administrationId, caseId, version ?? null);
    void reply
      .header('content-disposition', `attachment; filename="dossier-${caseId}-${sent}.json"`)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(Buffer.from(document, 'utf8'));
  }

  @Post('handovers/:caseId/withdraw')
  @HttpCode(204)
  @ApiOperation({ summary: 'Takes a case back from its agency; its invoices are dunned here again.' })
  async withdraw(
    @Param('administrationId') administrationId: string,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() { reason }: CaseReasonDto,
    @CalledBy() { name }: Caller,
  ): Promise<void> {
    await this.cases.withdraw(administrationId, caseId, reason, name);
  }

  @Post('handovers/:caseId/release')
  @HttpCode(204)
  @ApiOperation({ summary: 'Takes back what an agency left of a case it closed.' })
  release(
    @Param('administrationId') administrationId: string,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() { reason }: CaseReasonDto,
    @CalledBy() { name }: Caller,
  ): Promise<void> {
    return this.cases.release(administrationId, caseId, reason, name);
  }

  @Post('handovers/:caseId/corrections/approve')
  @ApiOperation({ summary: 'Sends the whole dossier anew, as the books are now, as the next version.' })
  async correct(
    @Param('administrationId') administrationId: string,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() { principal }: CorrectionDto,
    @CalledBy() { name }: Caller,
  ): Promise<CaseDetail> {
    await this.cases.correct(administrationId, caseId, principal, name);
    return this.views.one(administrationId, caseId);
  }

  @Post('handovers/:caseId/hold')
  @HttpCode(204)
  @ApiOperation({ summary: 'Asks the agency to leave the debtor alone for a while.' })
  hold(
    @Param('administrationId') administrationId: string,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() { reason, until }: CaseHoldDto,
    @CalledBy() { name }: Caller,
  ): Promise<void> {
    return this.cases.hold(administrationId, caseId, reason, until ?? null, name);
  }

  @Post('handovers/:caseId/answers')
  @HttpCode(204)
  @ApiOperation({ summary: 'Answers a question of the agency (a task).' })
  answer(
    @Param('administrationId') administrationId: string,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() { taskId, answer }: CaseAnswerDto,
    @CalledBy() { name }: Caller,
  ): Promise<void> {
    return this.tasks.answer(administrationId, caseId, taskId, answer, name);
  }

  @Get('handover-settings')
  @ApiOperation({ summary: 'What the administration says about its handovers: terms, instructions, its minimum.' })
  async settings(@Param('administrationId') administrationId: string): Promise<object> {
    return shown(await this.cases.settings(administrationId));
  }

  @Put('handover-settings')
  @ApiOperation({ summary: 'Says so anew, whole.' })
  async keepSettings(@Param('administrationId') administrationId: string, @Body() said: HandoverSettingsDto): Promise<object> {
    const { minimum, minimumInstalment, ...same } = said;
    const kept = {
      ...same,
      ...(minimum !== undefined && { minimum: amountIn('minimum', minimum, 'EUR') }),
      ...(minimumInstalment !== undefined && {
        minimumInstalment: minimumInstalment === null ? null : amountIn('minimumInstalment', minimumInstalment, 'EUR'),
      }),
    };
    return shown(await this.cases.keepSettings(administrationId, kept as Partial<HandoverSettings>));
  }
}

const shown = (settings: HandoverSettings): object => ({
  ...settings,
  minimum: formatAmount(settings.minimum),
  minimumInstalment: settings.minimumInstalment === null ? null : formatAmount(settings.minimumInstalment),
});

/** What a request says of a handover; what it leaves out is chosen here. */
type Chosen = { readonly [K in keyof Omit<HandoverRequest, 'actId'>]?: HandoverRequest[K] | undefined };

const requestOf = (chosen: Chosen, actId?: string): HandoverRequest => ({
  actId: actId ?? null,
  invoiceIds: chosen.invoiceIds ?? null,
  agencyId: chosen.agencyId ?? null,
  service: chosen.service ?? null,
  insurerConsultedOn: chosen.insurerConsultedOn ?? null,
});
