import { Get, NotFoundException, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Mails, type SentMail } from '../correspondence/mails.service.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { isUuid } from '../platform/database/ids.js';
import { AdministrationPages } from './administration-pages.service.js';
import { AdministrationController } from './console-controller.js';
import { Pages } from './pages.js';
import { showMail } from './rules/mails-view.js';

/** The mail that went out, and each as it was sent. */
@AdministrationController()
export class MailPagesController {
  constructor(
    private readonly pages: AdministrationPages,
    private readonly mails: Mails,
    private readonly plainPages: Pages,
  ) {}

  @Get('mails')
  async list(@Param('administrationId') administrationId: string, @CalledBy() caller: Caller, @Res() reply: FastifyReply): Promise<void> {
    const { texts, format } = this.pages;
    const mails = await this.mails.list(administrationId);
    const shown = format.counted(mails.length, texts.shown);
    const content = { mails: mails.map((mail) => showMail(mail, texts, format)), shown };
    await this.pages.send({ administrationId, caller, reply }, { view: 'mails', tab: 'mails', content });
  }

  @Get('mails/:mailId')
  async one(
    @Param('administrationId') administrationId: string,
    @Param('mailId') mailId: string,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { texts, format } = this.pages;
    const mail = await this.find(administrationId, mailId);
    await this.pages.send(
      { administrationId, caller, reply },
      {
        view: 'mail',
        tab: 'mails',
        title: mail.subject ?? texts.mails.title,
        content: { mail: { ...showMail(mail, texts, format), messageId: mail.messageId, text: mail.text, isHtml: mail.html !== null } },
      },
    );
  }

  /** The HTML alone, for the frame of the page above. */
  @Get('mails/:mailId/html')
  async html(
    @Param('administrationId') administrationId: string,
    @Param('mailId') mailId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { html } = await this.find(administrationId, mailId);
    if (html === null) throw new NotFoundException();
    this.plainPages.sendMail(reply, html);
  }

  private async find(administrationId: string, mailId: string): Promise<SentMail> {
    const mail = isUuid(mailId) ? await this.mails.one(administrationId, mailId) : null;
    if (!mail) throw new NotFoundException();
    return mail;
  }
}
