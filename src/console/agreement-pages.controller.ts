import { Body, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { Agreements } from '../dossier/agreements.service.js';
import { Arrangements } from '../dossier/arrangements.service.js';
import { Disputes } from '../dossier/disputes.service.js';
import { Holds } from '../dossier/holds.service.js';
import { PackagePauses } from '../dossier/pauses.service.js';
import { Promises } from '../dossier/promises.service.js';
import { DISPUTE_OUTCOMES, type DisputeOutcome } from '../dossier/rules/dispute-request.js';
import { type Clock, today } from '../kernel/clock.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { CLOCK } from '../platform/platform.module.js';
import { AdministrationPages } from './administration-pages.service.js';
import { AdministrationController } from './console-controller.js';
import { known } from './known-id.js';
import { showAgreements } from './rules/agreements-view.js';
import { knownWord } from './rules/words.js';

class SettleForm {
  @IsIn(DISPUTE_OUTCOMES) outcome: DisputeOutcome;
  /** Empty: none. */
  @IsOptional() @IsString() @MaxLength(2000) note?: string;
}

class SettleOfForm extends SettleForm {
  @IsString() @Length(1, 200) invoiceId: string;
}

class EndForm {
  @IsString() @Length(1, 500) reason: string;
}

class RemindForm extends EndForm {
  @IsString() @Length(1, 200) invoiceId: string;
  @IsIn(['invoice', 'debtor']) outcome: 'invoice' | 'debtor';
}

/** What stops dunning, over all debtors; each is ended here, but what only the package can end. */
@AdministrationController()
export class AgreementPagesController {
  constructor(
    private readonly pages: AdministrationPages,
    private readonly agreements: Agreements,
    private readonly disputes: Disputes,
    private readonly promises: Promises,
    private readonly arrangements: Arrangements,
    private readonly holds: Holds,
    private readonly pauses: PackagePauses,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('agreements')
  async list(
    @Param('administrationId') administrationId: string,
    @Query('done') done: unknown,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { texts, format } = this.pages;
    const kinds = showAgreements(await this.agreements.open(administrationId), today(this.clock), texts, format);
    const notice = knownWord(texts.agreements.notices, done);
    await this.pages.send({ administrationId, caller, reply }, { view: 'agreements', tab: 'agreements', notice, content: { kinds } });
  }

  /** A dispute that only the book or the package knows of has no id. */
  @Post('agreements/disputes/resolve')
  async settleOf(
    @Param('administrationId') administrationId: string,
    @Body() { invoiceId, outcome, note }: SettleOfForm,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.disputes.resolveOf(administrationId, invoiceId, outcome, note || null);
    this.back(reply, administrationId, 'settled');
  }

  @Post('agreements/disputes/:id/resolve')
  async settle(
    @Param('administrationId') administrationId: string,
    @Param('id') id: string,
    @Body() { outcome, note }: SettleForm,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    known(id);
    await this.disputes.resolve(administrationId, id, outcome, note || null);
    this.back(reply, administrationId, 'settled');
  }

  @Post('agreements/promises/:id/withdraw')
  async withdrawPromise(
    @Param('administrationId') administrationId: string,
    @Param('id') id: string,
    @Body() { reason }: EndForm,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.promises.withdraw(administrationId, id, reason);
    this.back(reply, administrationId, 'withdrawn');
  }

  @Post('agreements/arrangements/:id/withdraw')
  async withdrawArrangement(
    @Param('administrationId') administrationId: string,
    @Param('id') id: string,
    @Body() { reason }: EndForm,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.arrangements.withdraw(administrationId, id, reason);
    this.back(reply, administrationId, 'withdrawn');
  }

  @Post('agreements/holds/:id/end')
  async endHold(
    @Param('administrationId') administrationId: string,
    @Param('id') id: string,
    @Body() { reason }: EndForm,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    known(id);
    await this.holds.end(administrationId, id, reason);
    this.back(reply, administrationId, 'ended');
  }

  @Post('agreements/pauses/remind')
  async remind(
    @Param('administrationId') administrationId: string,
    @Body() { invoiceId, outcome, reason }: RemindForm,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const decision = { invoiceIds: [invoiceId], wholeDebtor: outcome === 'debtor', reason, by: caller.name };
    await this.pauses.remind(administrationId, decision);
    this.back(reply, administrationId, 'reminded');
  }

  private back(reply: FastifyReply, administrationId: string, done: string): void {
    this.pages.redirect(reply, administrationId, `/agreements?done=${done}`);
  }
}
