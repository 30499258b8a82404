import 'reflect-metadata';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { AppModule } from './app.module.js';
import { entities } from './entities.js';
import { type Clock, systemClock } from './kernel/clock.js';
import type { Settings } from './platform/config/settings.js';
import { type OpenDatabase, openDatabase } from './platform/database/open-database.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { keepWebhookBytes } from './platform/http/raw-body.js';
import { validationPipe } from './platform/http/validation.js';
import { Jobs } from './platform/jobs/jobs.service.js';
import { NestLogger, createLogger } from './platform/observability/logger.js';
import type { Outgoing } from './platform/outgoing/outgoing.js';
import { sharedQuotas } from './platform/outgoing/quota.js';
import { realSleep } from './platform/outgoing/sleep.js';

/** Largest file that may be uploaded, and how many at once. */
const UPLOAD = { fileSize: 2 * 1024 ** 3, files: 50, fields: 10, parts: 60 } as const;

export interface ServiceOptions {
  readonly clock?: Clock;
  /** Shared by everything that calls out; default: counted in the database. */
  readonly outgoing?: (database: OpenDatabase, clock: Clock) => Outgoing;
}

/** A running Tegoed: its database open, its modules made, its HTTP not yet listening. */
export interface Service {
  readonly app: NestFastifyApplication;
  readonly database: OpenDatabase;
  /** Answers HTTP, and takes jobs when the settings say so. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

/** Puts the service together. Throws at once when the database, the configuration or a template cannot be used. */
export async function createService(settings: Settings, options: ServiceOptions = {}): Promise<Service> {
  const clock = options.clock ?? systemClock;
  const logger = createLogger(settings.logLevel);
  const database = await openDatabase(
    settings.databaseUrl === null ? { dataFolder: settings.dataFolder } : { url: settings.databaseUrl },
    entities,
  );
  try {
    const outgoing = options.outgoing?.(database, clock) ?? { quotas: sharedQuotas(database.pool, { clock }), sleep: realSleep };
    const app = await NestFactory.create<NestFastifyApplication>(
      AppModule.forRoot({ settings, clock, logger, database, outgoing }),
      new FastifyAdapter({ bodyLimit: 1024 ** 2, trustProxy: false }),
      { logger: new NestLogger(logger), abortOnError: false },
    );
    await app.register(cookie as never);
    await app.register(multipart as never, { limits: UPLOAD });
    keepWebhookBytes(app);
    app.useGlobalPipes(validationPipe());
    app.useGlobalFilters(new ProblemFilter(logger));
    SwaggerModule.setup('api/docs', app, () =>
      SwaggerModule.createDocument(
        app,
        new DocumentBuilder()
          .setTitle('Tegoed')
          .setDescription('Credit control on your bookkeeping package.')
          .setVersion('1')
          .addBearerAuth()
          .build(),
      ),
    );
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    let working = false;
    return {
      app,
      database,
      listen: async () => {
        await app.get(Jobs).start(settings.role !== 'service');
        working = true;
        await app.listen(settings.port, settings.host);
        return app.getUrl();
      },
      close: async () => {
        if (working) await app.get(Jobs).stop();
        await app.close();
        await database.close();
      },
    };
  } catch (cause) {
    await database.close();
    throw cause;
  }
}
