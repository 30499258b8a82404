import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';

/** A dispute the bookkeeper noted in the package; one that was noted here has a row of its own. */
export class PackageDispute1795000000095 extends Migration {
  readonly name = 'PackageDispute1795000000095';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- In the package's words, and the day it names with them; null: the package tells of none.
      ALTER TABLE invoice
        ADD COLUMN package_dispute text CHECK (package_dispute <> ''),
        ADD COLUMN package_dispute_on date,
        ADD CHECK (package_dispute_on IS NULL OR package_dispute IS NOT NULL);
    `);
  }
}
