import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';
import { tenantTable } from './row-level-security.js';

/** What is agreed with an agency beside its endpoint, when it is looked after next, and what a person decided about a settlement. */
export class AgencyTerms1795000000072 extends Migration {
  readonly name = 'AgencyTerms1795000000072';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE agency_terms (
        administration_id uuid NOT NULL,
        agency_id uuid NOT NULL,
        status_url text,                     -- asked for news once a day, null: it tells by itself
        tariff jsonb,                        -- handover/rules/settlement/tariff, null: commission is not checked
        watch_at timestamptz NOT NULL,       -- when it is looked after next
        status_asked_at timestamptz,
        status_trouble text,                 -- why the last question for news gave none
        PRIMARY KEY (administration_id, agency_id),
        FOREIGN KEY (administration_id, agency_id) REFERENCES agency (administration_id, id)
      );
      ${tenantTable('agency_terms', 'SELECT, INSERT, UPDATE')}

      ALTER TABLE handover_settlement DROP CONSTRAINT handover_settlement_state_check;
      ALTER TABLE handover_settlement
        ADD CONSTRAINT handover_settlement_state_check CHECK (state IN ('parked', 'checked', 'accepted', 'rejected')),
        ADD COLUMN content_sha256 char(64) NOT NULL DEFAULT '',  -- the same again is no second settlement
        ADD COLUMN remittance_reference text,                    -- as the bank line will have it
        ADD COLUMN decided_by text,
        ADD COLUMN decided_at timestamptz,
        ADD COLUMN decided_why text,
        ADD CHECK ((decided_at IS NULL) = (state IN ('parked', 'checked')));
      -- A bank line is the credit of one settlement.
      CREATE UNIQUE INDEX handover_settlement_bank_line ON handover_settlement (administration_id, bank_line_id)
        WHERE bank_line_id IS NOT NULL AND state <> 'rejected';
    `);
  }
}
