import { Body, ConflictException, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { DecideCustomerDto } from '../credit/credit.dto.js';
import { checkView } from '../credit/customer-check.view.js';
import { CustomerChecks } from '../credit/customer-checks.service.js';
import { CustomerDecisions } from '../credit/customer-decisions.service.js';
import { type Clock, today } from '../kernel/clock.js';
import { Administrations } from '../ledger/administrations.service.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { isAtLeast } from '../platform/auth/rules/authority.js';
import { CLOCK } from '../platform/platform.module.js';
import { AdministrationPages, type PageRequest } from './administration-pages.service.js';
import { AdministrationController } from './console-controller.js';
import { Typed, submit } from './credit-forms.js';
import { showCreditPages } from './rules/credit-nav.js';
import { type DecisionFilled, showChecks } from './rules/customer-checks-view.js';
import { fill, knownWord } from './rules/words.js';

class ChecksQuery {
  @IsOptional() @IsIn(['all', 'waiting']) show?: 'all' | 'waiting';
  /** Only this customer. */
  @IsOptional() @IsString() @MaxLength(200) debtor?: string;
  @IsOptional() @IsString() done?: string;
}

class DecisionForm {
  @Typed() terms?: string;
  @Typed() amount?: string;
  @Typed() reason?: string;
}

/** What registers say of customers, and what people decide about them. */
@AdministrationController()
export class CustomerCheckPagesController {
  constructor(
    private readonly pages: AdministrationPages,
    private readonly checks: CustomerChecks,
    private readonly decisions: CustomerDecisions,
    private readonly administrations: Administrations,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('credit/checks')
  list(
    @Param('administrationId') administrationId: string,
    @Query() query: ChecksQuery,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.show({ administrationId, caller, reply }, query, null, 200);
  }

  @Post('credit/checks/:debtorId')
  async check(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const looked = await this.checks.runFor(administrationId, debtorId, today(this.clock));
    if (!looked) throw new ConflictException({ code: 'not-checked', message: this.pages.texts.credit.checks.notLive });
    this.back(reply, administrationId, debtorId, 'checked');
  }

  @Post('credit/checks/:debtorId/decision')
  async decide(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @Body() { terms, amount, reason }: DecisionForm,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const refused = await submit(DecideCustomerDto, { terms, amount, reason }, { amounts: ['amount'] }, this.pages.texts, (given) =>
      this.decisions.decide(administrationId, debtorId, { ...given, amount: given.amount ?? null }, caller),
    );
    if (refused) return this.show({ administrationId, caller, reply }, { debtor: debtorId }, { ...refused, debtorId }, refused.status);
    this.back(reply, administrationId, debtorId, 'decided');
  }

  private back(reply: FastifyReply, administrationId: string, debtor: string, done: string): void {
    this.pages.redirect(reply, administrationId, `/credit/checks?${new URLSearchParams({ debtor, done })}`);
  }

  private async show(
    { administrationId, caller, reply }: PageRequest,
    { show = 'all', debtor, done }: ChecksQuery,
    filled: DecisionFilled | null,
    status: number,
  ): Promise<void> {
    const { texts, format } = this.pages;
    const { checks: words } = texts.credit;
    const administration = await this.pages.show(administrationId);
    const { currency } = await this.administrations.one(administrationId);
    const looks = await this.checks.list(administrationId, debtor === undefined ? show : { debtorId: debtor });
    const checks = showChecks(looks.map(checkView), filled, currency, texts, format);
    const content = {
      nav: showCreditPages('checks', texts),
      checks,
      choices: (['all', 'waiting'] as const).map((code) => ({ code, words: words[code], chosen: debtor === undefined && code === show })),
      emptyWords: debtor !== undefined ? words.emptyOne : show === 'waiting' ? words.emptyWaiting : words.empty,
      only: debtor === undefined ? null : `/credit/checks/${encodeURIComponent(debtor)}`,
      shown: format.counted(checks.length, texts.shown),
      asks: this.checks.asks.length > 0,
      isLive: administration.mode.code === 'live',
      rights: {
        mayWrite: isAtLeast(caller.role, 'clerk'),
        words: isAtLeast(caller.role, 'controller')
          ? null
          : isAtLeast(caller.role, 'clerk')
            ? words.looserClerk
            : fill(texts.credit.mayNot, { role: caller.role }),
      },
    };
    const title = texts.credit.pages.checks;
    const notice = knownWord(texts.credit.notices, done);
    this.pages.sendFor(administration, { caller, reply }, { view: 'customer-checks', tab: 'credit', title, notice, content, status });
  }
}
