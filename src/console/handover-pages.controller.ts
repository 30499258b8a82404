import { Body, Get, Param, Post, Query, Res } from '@nestjs/common';
import { IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { HandoverTasks } from '../handover/callbacks/tasks.service.js';
import { CaseViews } from '../handover/case-views.js';
import { Cases } from '../handover/cases.service.js';
import { toPreview } from '../handover/handover-view.js';
import type { HandoverRequest } from '../handover/handover-proposal.js';
import { Handovers } from '../handover/handovers.service.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { AdministrationPages } from './administration-pages.service.js';
import { AdministrationController } from './console-controller.js';
import { known } from './known-id.js';
import { showCase, showCaseDetail, showPreview } from './rules/handovers-view.js';
import { knownWord } from './rules/words.js';

class ApproveHandoverForm {
  @Matches(/^\d{1,12}(\.\d{1,2})?$/) principal: string;
  @IsString() @Length(1, 60) agencyId: string;
  /** Empty: nobody had to be asked. */
  @IsOptional() @Matches(/^(\d{4}-\d{2}-\d{2})?$/) insurerConsultedOn?: string;
}

class CaseReasonForm {
  @IsString() @Length(1, 500) reason: string;
}

class AnswerForm {
  @IsString() @Length(1, 60) taskId: string;
  @IsString() @Length(1, 4000) @MaxLength(4000) answer: string;
}

/** Claims that were handed over, and the proposals that wait for somebody's yes. */
@AdministrationController()
export class HandoverPagesController {
  constructor(
    private readonly pages: AdministrationPages,
    private readonly handovers: Handovers,
    private readonly cases: Cases,
    private readonly views: CaseViews,
    private readonly tasks: HandoverTasks,
  ) {}

  @Get('handovers')
  async list(
    @Param('administrationId') administrationId: string,
    @Query('done') done: unknown,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { texts, format } = this.pages;
    const cases = await this.views.list(administrationId);
    const content = { cases: cases.map((each) => showCase(each, texts, format)), shown: format.counted(cases.length, texts.shown) };
    const notice = knownWord(texts.handovers.notices, done);
    await this.pages.send({ administrationId, caller, reply }, { view: 'handovers', tab: 'handovers', notice, content });
  }

  @Get('handovers/proposals/:actId')
  async proposal(
    @Param('administrationId') administrationId: string,
    @Param('actId') actId: string,
    @Query('agencyId') agencyId: unknown,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { texts, format } = this.pages;
    const request = requestOf(actId, typeof agencyId === 'string' && agencyId !== '' ? agencyId : null);
    const preview = await this.handovers.rehearse(administrationId, request, toPreview);
    const content = { actId, preview: showPreview(preview, texts, format) };
    await this.pages.send(
      { administrationId, caller, reply },
      { view: 'handover-proposal', tab: 'handovers', title: texts.handovers.proposalTitle, content },
    );
  }

  @Post('handovers/proposals/:actId/approve')
  async approve(
    @Param('administrationId') administrationId: string,
    @Param('actId') actId: string,
    @Body() { principal, agencyId, insurerConsultedOn }: ApproveHandoverForm,
    @CalledBy() { name: by }: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const request = {
      ...requestOf(actId, agencyId),
      insurerConsultedOn: (insurerConsultedOn || null) as HandoverRequest['insurerConsultedOn'],
    };
    const { id } = await this.handovers.approve(administrationId, request, { by, principal });
    this.pages.redirect(reply, administrationId, `/handovers/${id}?done=handed-over`);
  }

  @Get('handovers/:caseId')
  async one(
    @Param('administrationId') administrationId: string,
    @Param('caseId') caseId: string,
    @Query('done') done: unknown,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { texts, format } = this.pages;
    const detail = await this.views.one(administrationId, known(caseId));
    const notice = knownWord(texts.handovers.notices, done);
    const content = { one: showCaseDetail(detail, texts, format) };
    await this.pages.send(
      { administrationId, caller, reply },
      { view: 'handover', tab: 'handovers', title: detail.debtor, notice, content },
    );
  }

  @Post('handovers/:caseId/withdraw')
  async withdraw(
    @Param('administrationId') administrationId: string,
    @Param('caseId') caseId: string,
    @Body() { reason }: CaseReasonForm,
    @CalledBy() { name }: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.cases.withdraw(administrationId, known(caseId), reason, name);
    this.pages.redirect(reply, administrationId, `/handovers/${caseId}?done=withdrawn`);
  }

  @Post('handovers/:caseId/release')
  async release(
    @Param('administrationId') administrationId: string,
    @Param('caseId') caseId: string,
    @Body() { reason }: CaseReasonForm,
    @CalledBy() { name }: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.cases.release(administrationId, known(caseId), reason, name);
    this.pages.redirect(reply, administrationId, `/handovers/${caseId}?done=released`);
  }

  @Post('handovers/:caseId/hold')
  async hold(
    @Param('administrationId') administrationId: string,
    @Param('caseId') caseId: string,
    @Body() { reason }: CaseReasonForm,
    @CalledBy() { name }: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.cases.hold(administrationId, known(caseId), reason, null, name);
    this.pages.redirect(reply, administrationId, `/handovers/${caseId}?done=hold-requested`);
  }

  @Post('handovers/:caseId/answers')
  async answer(
    @Param('administrationId') administrationId: string,
    @Param('caseId') caseId: string,
    @Body() { taskId, answer }: AnswerForm,
    @CalledBy() { name }: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.tasks.answer(administrationId, known(caseId), known(taskId), answer, name);
    this.pages.redirect(reply, administrationId, `/handovers/${caseId}?done=answered`);
  }

  /** A yes to legal action that the agency proposed. */
  @Post('handovers/:caseId/tasks/:taskId/approve')
  async approveTask(
    @Param('administrationId') administrationId: string,
    @Param('caseId') caseId: string,
    @Param('taskId') taskId: string,
    @CalledBy() { name }: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = `/handovers/${known(caseId)}`;
    await this.tasks.approve(administrationId, known(taskId), name, null);
    this.pages.redirect(reply, administrationId, `${page}?done=answered`);
  }

  @Post('handovers/:caseId/tasks/:taskId/done')
  async finishTask(
    @Param('administrationId') administrationId: string,
    @Param('caseId') caseId: string,
    @Param('taskId') taskId: string,
    @CalledBy() { name }: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = `/handovers/${known(caseId)}`;
    await this.tasks.finish(administrationId, known(taskId), name, null);
    this.pages.redirect(reply, administrationId, `${page}?done=task-done`);
  }
}

const requestOf = (actId: string, agencyId: string | null): HandoverRequest => ({
  actId: known(actId),
  invoiceIds: null,
  agencyId: agencyId === null ? null : known(agencyId),
  service: null,
  insurerConsultedOn: null,
});
