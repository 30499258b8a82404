import { Module } from '@nestjs/common';
import { DECISION_CONTEXT, DunningModule } from '../dunning/dunning.module.js';
import { Policies } from '../dunning/policy-files.js';
import type { DecisionContext } from '../dunning/rules/decide.js';
import type { Clock } from '../kernel/clock.js';
import type { Settings } from '../platform/config/settings.js';
import { Tenancy } from '../platform/database/tenancy.js';
import { CLOCK, SETTINGS } from '../platform/platform.module.js';
import { ActMails } from './act-mails.js';
import { ConfirmationMails } from './confirmation-mails.js';
import { LetterRenderer } from './letter-renderer.js';
import { MailEffects } from './mail-effects.service.js';
import { mailServerFrom } from './mail-server.js';
import { Mailer } from './mailer.js';
import { Mails } from './mails.service.js';
import { MailsController } from './mails.controller.js';
import { Notices } from './notices.service.js';

@Module({
  imports: [DunningModule],
  controllers: [MailsController],
  providers: [
    { provide: Mails, useFactory: (tenancy: Tenancy) => new Mails(tenancy), inject: [Tenancy] },
    {
      provide: LetterRenderer,
      useFactory: async () => {
        const renderer = new LetterRenderer();
        await renderer.checkTemplates();
        return renderer;
      },
    },
    {
      provide: Mailer,
      useFactory: (settings: Settings, clock: Clock) => new Mailer(mailServerFrom(settings.smtpUrl), clock),
      inject: [SETTINGS, CLOCK],
    },
    {
      provide: Notices,
      useFactory: (tenancy: Tenancy, clock: Clock, mailer: Mailer, { adminEmail = null, publicUrl }: Settings) =>
        new Notices(tenancy, clock, mailer, { adminEmail, publicUrl }),
      inject: [Tenancy, CLOCK, Mailer, SETTINGS],
    },
    {
      provide: MailEffects,
      useFactory: (
        tenancy: Tenancy,
        clock: Clock,
        policies: Policies,
        context: DecisionContext,
        renderer: LetterRenderer,
        mailer: Mailer,
      ) =>
        new MailEffects(tenancy, clock, mailer, {
          act: new ActMails(policies, context, renderer),
          confirmation: new ConfirmationMails(policies, context, renderer),
        }),
      inject: [Tenancy, CLOCK, Policies, DECISION_CONTEXT, LetterRenderer, Mailer],
    },
  ],
  exports: [MailEffects, Mailer, Mails, Notices],
})
export class CorrespondenceModule {}
