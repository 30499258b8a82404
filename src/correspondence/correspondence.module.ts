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
import { LetterRenderer, shippedLetters } from './letter-renderer.js';
import { MailEffects } from './mail-effects.service.js';
import { mailServerFrom } from './mail-server.js';
import { Mailer } from './mailer.js';
import { Mails } from './mails.service.js';
import { MailsController } from './mails.controller.js';
import { Notices } from './notices.service.js';
import { UncertainList } from './uncertain-list.service.js';
import { UncertainMailsController } from './uncertain-mails.controller.js';
import { UncertainMails } from './uncertain-mails.service.js';

@Module({
  imports: [DunningModule],
  controllers: [MailsController, UncertainMailsController],
  providers: [
    { provide: Mails, useFactory: (tenancy: Tenancy) => new Mails(tenancy), inject: [Tenancy] },
    { provide: LetterRenderer, useFactory: shippedLetters },
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
      provide: ActMails,
      useFactory: (policies: Policies, context: DecisionContext, renderer: LetterRenderer) => new ActMails(policies, context, renderer),
      inject: [Policies, DECISION_CONTEXT, LetterRenderer],
    },
    {
      provide: ConfirmationMails,
      useFactory: (policies: Policies, context: DecisionContext, renderer: LetterRenderer) =>
        new ConfirmationMails(policies, context, renderer),
      inject: [Policies, DECISION_CONTEXT, LetterRenderer],
    },
    {
      provide: MailEffects,
      useFactory: (tenancy: Tenancy, clock: Clock, mailer: Mailer, act: ActMails, confirmation: ConfirmationMails) =>
        new MailEffects(tenancy, clock, mailer, { act, confirmation }),
      inject: [Tenancy, CLOCK, Mailer, ActMails, ConfirmationMails],
    },
    { provide: UncertainList, useFactory: (tenancy: Tenancy) => new UncertainList(tenancy), inject: [Tenancy] },
    {
      provide: UncertainMails,
      useFactory: (tenancy: Tenancy, clock: Clock, act: ActMails, confirmation: ConfirmationMails) =>
        new UncertainMails(tenancy, clock, { act, confirmation }),
      inject: [Tenancy, CLOCK, ActMails, ConfirmationMails],
    },
  ],
  exports: [MailEffects, Mailer, Mails, Notices, UncertainList, UncertainMails],
})
export class CorrespondenceModule {}
