import type { Clock } from '../kernel/clock.js';
import { Module } from '@nestjs/common';
import { Tenancy } from '../platform/database/tenancy.js';
import { CLOCK } from '../platform/platform.module.js';
import { BookImport } from './book-import.service.js';
import { AdministrationsController } from './administrations.controller.js';
import { Administrations } from './administrations.service.js';

@Module({
  controllers: [AdministrationsController],
  providers: [
    { provide: BookImport, useFactory: (tenancy: Tenancy, clock: Clock) => new BookImport(tenancy, clock), inject: [Tenancy, CLOCK] },
    { provide: Administrations, useFactory: (tenancy: Tenancy) => new Administrations(tenancy), inject: [Tenancy] },
  ],
  exports: [Administrations],
})
export class LedgerModule {}
