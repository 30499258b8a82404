import { Body, Param, Post, Res } from '@nestjs/common';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { MAIL_OUTCOMES, type MailOutcome } from '../correspondence/rules/mail-outcome.js';
import { UncertainList } from '../correspondence/uncertain-list.service.js';
import { UncertainMails } from '../correspondence/uncertain-mails.service.js';
import { DeliveryLog } from '../handover/delivery-log.service.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { AdministrationPages } from './administration-pages.service.js';
import { AdministrationController } from './console-controller.js';
import { known } from './known-id.js';

class SettleForm {
  @IsIn(MAIL_OUTCOMES) outcome: MailOutcome;
  @IsOptional() @IsString() @MaxLength(500) note?: string;
  /** The day the page of acts was filtered by, to go back to. */
  @IsOptional() @IsString() day?: string;
}

/** Where a person says whether a message went out of which nobody knew. */
@AdministrationController()
export class UncertainPagesController {
  constructor(
    private readonly pages: AdministrationPages,
    private readonly uncertain: UncertainMails,
    private readonly uncertainList: UncertainList,
    private readonly deliveries: DeliveryLog,
  ) {}

  @Post('acts/:actId/settle')
  async settleAct(
    @Param('administrationId') administrationId: string,
    @Param('actId') actId: string,
    @Body() { outcome, note, day }: SettleForm,
    @CalledBy() { name }: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.uncertain.settle(administrationId, { actId: known(actId) }, outcome, name, note || null);
    const query = new URLSearchParams({ ...(day && { day }), done: 'settled' });
    this.pages.redirect(reply, administrationId, `/acts?${query}#act-${actId}`);
  }

  @Post('mails/:mailId/settle')
  async settleMail(
    @Param('administrationId') administrationId: string,
    @Param('mailId') mailId: string,
    @Body() { outcome, note }: SettleForm,
    @CalledBy() { name }: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.settle(administrationId, known(mailId), outcome, name, note || null);
    this.pages.redirect(reply, administrationId, '?done=settled');
  }

  /** What went to an agency has its own log: it is sent again there, under the same id. */
  private async settle(administrationId: string, mailId: string, outcome: MailOutcome, by: string, note: string | null): Promise<void> {
    const delivery = (await this.uncertainList.list(administrationId)).find(({ id }) => id === mailId)?.delivery;
    if (!delivery) return this.uncertain.settle(administrationId, { mailId }, outcome, by, note);
    const { agencyId, webhookId } = delivery;
    if (outcome === 'went-out') return this.deliveries.arrived(administrationId, agencyId, webhookId);
    return this.deliveries.redeliver(administrationId, agencyId, webhookId);
  }
}
