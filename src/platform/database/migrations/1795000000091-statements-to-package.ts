import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';

/** Whether the bank statements that come in here are sent on to the bookkeeping package. */
export class StatementsToPackage1795000000091 extends Migration {
  readonly name = 'StatementsToPackage1795000000091';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Those imported from this moment on are; null: none is. What came in before somebody chose it is history the package has its own of.
      ALTER TABLE connection ADD COLUMN statements_from timestamptz;

      CREATE INDEX effect_of_statement ON effect (administration_id, (payload ->> 'statementId')) WHERE kind = 'push' AND payload ? 'statementId';
    `);
  }
}
