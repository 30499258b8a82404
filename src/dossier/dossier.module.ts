import { Module } from '@nestjs/common';
import { DECISION_CONTEXT, DunningModule } from '../dunning/dunning.module.js';
import { Policies } from '../dunning/policy-files.js';
import type { DecisionContext } from '../dunning/rules/decide.js';
import type { Clock } from '../kernel/clock.js';
import { Tenancy } from '../platform/database/tenancy.js';
import { CLOCK } from '../platform/platform.module.js';
import { AgreementsController } from './agreements.controller.js';
import { Agreements } from './agreements.service.js';
import { Arrangements } from './arrangements.service.js';
import { Calls } from './calls.service.js';
import { ContactsController } from './contacts.controller.js';
import { DebtorsController } from './debtors.controller.js';
import { Debtors } from './debtors.service.js';
import { Disputes } from './disputes.service.js';
import { DossierDesk } from './dossier-desk.js';
import { Holds } from './holds.service.js';
import { AgreementJudge } from './judge.service.js';
import { SentLetters } from './letters.service.js';
import { PausesController } from './pauses.controller.js';
import { PackagePauses } from './pauses.service.js';
import { BadAddresses } from './bad-addresses.service.js';
import { Promises } from './promises.service.js';
import { ReturnedPostController } from './returned-post.controller.js';
import { ReturnedPost } from './returned-post.service.js';

@Module({
  imports: [DunningModule],
  controllers: [DebtorsController, AgreementsController, PausesController, ContactsController, ReturnedPostController],
  providers: [
    {
      provide: DossierDesk,
      useFactory: (tenancy: Tenancy, clock: Clock, policies: Policies, context: DecisionContext) =>
        new DossierDesk(tenancy, clock, policies, context),
      inject: [Tenancy, CLOCK, Policies, DECISION_CONTEXT],
    },
    {
      provide: Debtors,
      useFactory: (tenancy: Tenancy, clock: Clock, desk: DossierDesk) => new Debtors(tenancy, clock, desk),
      inject: [Tenancy, CLOCK, DossierDesk],
    },
    { provide: Agreements, useFactory: (tenancy: Tenancy, clock: Clock) => new Agreements(tenancy, clock), inject: [Tenancy, CLOCK] },
    { provide: Disputes, useFactory: (desk: DossierDesk) => new Disputes(desk), inject: [DossierDesk] },
    { provide: Promises, useFactory: (desk: DossierDesk) => new Promises(desk), inject: [DossierDesk] },
    { provide: Arrangements, useFactory: (desk: DossierDesk) => new Arrangements(desk), inject: [DossierDesk] },
    { provide: Holds, useFactory: (desk: DossierDesk) => new Holds(desk), inject: [DossierDesk] },
    { provide: PackagePauses, useFactory: (desk: DossierDesk) => new PackagePauses(desk), inject: [DossierDesk] },
    { provide: ReturnedPost, useFactory: (desk: DossierDesk) => new ReturnedPost(desk), inject: [DossierDesk] },
    { provide: BadAddresses, useFactory: (tenancy: Tenancy) => new BadAddresses(tenancy), inject: [Tenancy] },
    { provide: SentLetters, useFactory: (desk: DossierDesk) => new SentLetters(desk), inject: [DossierDesk] },
    {
      provide: Calls,
      useFactory: (desk: DossierDesk, disputes: Disputes, promises: Promises) => new Calls(desk, disputes, promises),
      inject: [DossierDesk, Disputes, Promises],
    },
    { provide: AgreementJudge, useFactory: (desk: DossierDesk) => new AgreementJudge(desk), inject: [DossierDesk] },
  ],
  exports: [DossierDesk, AgreementJudge, Agreements, Disputes, Promises, Arrangements, Holds, PackagePauses, ReturnedPost, BadAddresses],
})
export class DossierModule {}
