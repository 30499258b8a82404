import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';
import { tenantTable } from './row-level-security.js';

/**
 * What an agency was told last about an item beside what is open: `{"credited","banked","remitted","dispute","carved"}`, see
 * handover/rules/case/changes. And what an administration says once about its handovers: terms, instructions, its minimum.
 */
export class HandoverTold1795000000071 extends Migration {
  readonly name = 'HandoverTold1795000000071';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE handover_item ADD COLUMN told jsonb NOT NULL DEFAULT '{}';

      CREATE TABLE handover_settings (
        administration_id uuid PRIMARY KEY REFERENCES administration (id),
        settings jsonb NOT NULL
      );
      ${tenantTable('handover_settings', 'SELECT, INSERT, UPDATE')}
    `);
  }
}
