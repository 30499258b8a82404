import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';
import { tenantTable } from './row-level-security.js';

/** Post that came back, and the few effects of which nobody knows whether they went out. */
export class ReturnedContact1795000000099 extends Migration {
  readonly name = 'ReturnedContact1795000000099';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A message did not arrive at an address: what it announced takes no effect, and nothing is sent there again.
      CREATE TABLE returned_contact (
        administration_id uuid NOT NULL,
        contact_id text NOT NULL,
        address text NOT NULL,       -- of an e-mail in lower case; of a letter as one line, empty where nobody wrote it down
        debtor_id text NOT NULL,
        channel text NOT NULL CHECK (channel IN ('email', 'letter')),
        undelivered boolean NOT NULL, -- it arrived at no other address of the debtor either
        returned_on date NOT NULL,
        note text,
        noted_by text NOT NULL,
        noted_at timestamptz NOT NULL,
        good_again_at timestamptz,   -- from then on the address counts as good
        PRIMARY KEY (administration_id, contact_id, address),
        FOREIGN KEY (administration_id, contact_id) REFERENCES contact (administration_id, id),
        FOREIGN KEY (administration_id, debtor_id) REFERENCES debtor (administration_id, id)
      );
      CREATE INDEX returned_contact_of_debtor ON returned_contact (administration_id, debtor_id);
      ${tenantTable('returned_contact', 'SELECT, INSERT, UPDATE')}

      CREATE INDEX effect_uncertain ON effect (administration_id, debtor_id) WHERE state = 'uncertain';
    `);
  }
}
