import { Body, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { IsNumberString, IsOptional, IsString, Length } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { Acts } from '../dunning/acts.service.js';
import { CreditReleases } from '../dunning/credit-releases.service.js';
import { DecisionService } from '../dunning/decision.service.js';
import { type Clock, today } from '../kernel/clock.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { IsPlainDate } from '../platform/http/is-plain-date.js';
import { CLOCK } from '../platform/platform.module.js';
import { AdministrationPages } from './administration-pages.service.js';
import { AdministrationController } from './console-controller.js';
import { known } from './known-id.js';
import { showActs } from './rules/acts-view.js';
import { dayOf } from './rules/day-of.js';
import { knownWord } from './rules/words.js';

class ApproveForm {
  /** The day the page was filtered by, to go back to. */
  @IsOptional() @IsString() day?: string;
}

class ApproveKindForm {
  @IsPlainDate() day: PlainDate;
  @IsString() @Length(1, 60) kind: string;
  /** How many the page showed. */
  @IsNumberString({ no_symbols: true }) expected: string;
  /** The day the page was filtered by, to go back to. */
  @IsOptional() @IsString() shown?: string;
}

class RejectForm extends ApproveForm {
  @IsString() @Length(1, 500) reason: string;
  /** Empty: a week. */
  @IsOptional() @IsString() notBefore?: string;
}

/** The acts that were decided, with their reasons; what waits for a person is approved here. */
@AdministrationController()
export class ActPagesController {
  constructor(
    private readonly pages: AdministrationPages,
    private readonly acts: Acts,
    private readonly decisions: DecisionService,
    private readonly releases: CreditReleases,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('acts')
  async list(
    @Param('administrationId') administrationId: string,
    @Query('day') day: unknown,
    @Query('done') done: unknown,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { texts, format } = this.pages;
    const chosen = dayOf(day);
    const acts = await this.acts.list(administrationId, chosen);
    await this.pages.send(
      { administrationId, caller, reply },
      {
        view: 'acts',
        tab: 'acts',
        notice: knownWord(texts.acts.notices, done),
        content: { days: showActs(acts, texts, format), day: chosen ?? '', shown: format.counted(acts.length, texts.shown) },
      },
    );
  }

  @Post('acts/approve')
  async approveKind(
    @Param('administrationId') administrationId: string,
    @Body() { day, kind, expected, shown }: ApproveKindForm,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const approved = await this.decisions.approveAll(administrationId, day, kind, Number(expected));
    this.back(reply, administrationId, { day: shown, done: approved === null ? 'not-as-many' : 'kind-approved' }, `day-${day}`);
  }

  @Post('acts/:actId/approve')
  async approve(
    @Param('administrationId') administrationId: string,
    @Param('actId') actId: string,
    @Body() { day }: ApproveForm,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    known(actId);
    const done = (await this.decisions.approve(administrationId, actId)) ? 'approved' : 'not-waiting';
    this.back(reply, administrationId, { day, done }, `act-${actId}`);
  }

  @Post('acts/:actId/reject')
  async reject(
    @Param('administrationId') administrationId: string,
    @Param('actId') actId: string,
    @Body() { day, reason, notBefore }: RejectForm,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    known(actId);
    await this.releases.checkRejection(administrationId, actId, caller);
    const rejected = await this.decisions.reject(administrationId, actId, reason, today(this.clock), dayOf(notBefore));
    this.back(reply, administrationId, { day, done: rejected ? 'rejected' : 'not-waiting' }, `act-${actId}`);
  }

  private back(
    reply: FastifyReply,
    administrationId: string,
    { day, done }: { readonly day?: string | undefined; readonly done: string },
    anchor: string,
  ): void {
    const query = new URLSearchParams({ ...(day && { day }), done });
    this.pages.redirect(reply, administrationId, `/acts?${query}#${anchor}`);
  }
}
