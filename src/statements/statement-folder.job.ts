import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Settings } from '../platform/config/settings.js';
import type { Logger } from '../platform/observability/logger.js';
import { LOGGER, SETTINGS } from '../platform/platform.module.js';
import { StatementFolder } from './statement-folder.js';
import { StatementImport } from './statement-import.service.js';

const LOOK_EVERY_MS = 5_000;

/** Looks into the folder of `TEGOED_STATEMENTS_FOLDER`, if there is one. Several instances may: importing twice books nothing twice. */
@Injectable()
export class StatementFolderJob {
  private readonly folder: StatementFolder | null;
  private looking = false;

  constructor(
    @Inject(SETTINGS) { statementsFolder, role }: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    statements: StatementImport,
  ) {
    this.folder = statementsFolder && role !== 'service' ? new StatementFolder(statementsFolder, statements) : null;
  }

  @Interval(LOOK_EVERY_MS)
  async look(): Promise<void> {
    if (this.folder === null || this.looking) return;
    this.looking = true;
    try {
      for (const { file, report } of await this.folder.look())
        this.logger.info({ file, imported: report.imported }, 'statement file taken from the folder');
    } catch (cause) {
      this.logger.error({ error: (cause as Error).message }, 'the folder of statements could not be worked off; tried again');
    } finally {
      this.looking = false;
    }
  }
}
