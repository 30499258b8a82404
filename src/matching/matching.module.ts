import { Module } from '@nestjs/common';
import type { Clock } from '../kernel/clock.js';
import { Tenancy } from '../platform/database/tenancy.js';
import { CLOCK } from '../platform/platform.module.js';
import { BankLineDesk } from './bank-line-desk.service.js';
import { BankLinesController } from './bank-lines.controller.js';
import { BankLines } from './bank-lines.service.js';
import { MatchEvidenceController } from './match-evidence.controller.js';
import { MatchEvidence } from './match-evidence.service.js';
import { MatchSettingsController } from './match-settings.controller.js';
import { MatchSettingsService } from './match-settings.service.js';
import { MatchingService } from './matching.service.js';

/** Services that need the data and the clock. */
const provided = [MatchingService, BankLineDesk, MatchEvidence, MatchSettingsService].map((Service) => ({
  provide: Service,
  useFactory: (tenancy: Tenancy, clock: Clock) => new Service(tenancy, clock),
  inject: [Tenancy, CLOCK],
}));

@Module({
  controllers: [BankLinesController, MatchEvidenceController, MatchSettingsController],
  providers: [...provided, { provide: BankLines, useFactory: (tenancy: Tenancy) => new BankLines(tenancy), inject: [Tenancy] }],
  exports: [MatchingService, BankLines, BankLineDesk, MatchEvidence, MatchSettingsService],
})
export class MatchingModule {}
