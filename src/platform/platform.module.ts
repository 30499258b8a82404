import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Clock } from '../kernel/clock.js';
import { ApiKeys } from './auth/api-keys.js';
import type { Settings } from './config/settings.js';
import type { OpenDatabase } from './database/open-database.js';
import { Tenancy } from './database/tenancy.js';
import { Jobs } from './jobs/jobs.service.js';
import type { Logger } from './observability/logger.js';
import type { Outgoing } from './outgoing/outgoing.js';
import { Sealer, loadSealer } from './secrets/sealer.js';

export const SETTINGS = Symbol('settings');
export const CLOCK = Symbol('clock');
export const LOGGER = Symbol('logger');
export const DATA_SOURCE = Symbol('data source');
export const OUTGOING = Symbol('outgoing');

/** What is made before the modules are: they only get it handed. */
export interface Foundation {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly database: OpenDatabase;
  readonly outgoing: Outgoing;
}

/** What every stage stands on. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot(foundation: Foundation): DynamicModule {
    const { settings, clock, logger, database, outgoing } = foundation;
    const providers = [
      { provide: SETTINGS, useValue: settings },
      { provide: CLOCK, useValue: clock },
      { provide: LOGGER, useValue: logger },
      { provide: OUTGOING, useValue: outgoing },
      { provide: DATA_SOURCE, useValue: database.dataSource },
      { provide: Tenancy, useFactory: (dataSource: DataSource) => new Tenancy(dataSource), inject: [DATA_SOURCE] },
      { provide: Sealer, useFactory: () => loadSealer(settings.secretKey, settings.databaseUrl === null ? settings.dataFolder : null) },
      { provide: ApiKeys, useFactory: (tenancy: Tenancy) => new ApiKeys(tenancy, clock), inject: [Tenancy] },
      { provide: Jobs, useFactory: () => new Jobs(database.dataSource, database.embedded, logger) },
    ];
    return { module: PlatformModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}
