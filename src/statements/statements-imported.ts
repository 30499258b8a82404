import type { Logger } from '../platform/observability/logger.js';

/** Told after statements of these administrations were stored. */
export type StatementsImportedListener = (administrationIds: readonly string[]) => Promise<void>;

/**
 * Where stages to the right hear that statements came in: a day that was held for want of them can be run again. What a listener cannot do
 * does not undo the import; it is logged, and the next day comes anyway.
 */
export class StatementsImported {
  private readonly listeners: StatementsImportedListener[] = [];

  constructor(private readonly logger: Logger) {}

  subscribe(listener: StatementsImportedListener): void {
    this.listeners.push(listener);
  }

  async announce(administrationIds: readonly string[]): Promise<void> {
    if (administrationIds.length === 0) return;
    for (const listener of this.listeners) {
      try {
        await listener(administrationIds);
      } catch (cause) {
        this.logger.error(
          { administrationIds, error: (cause as Error).message },
          'after an import of statements something could not be done',
        );
      }
    }
  }
}
