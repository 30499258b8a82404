import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';
import { tenantTable } from './row-level-security.js';

/** On what terms a person lets a customer be sold to, after a look at him; and the trade register is asked about customers too. */
export class CustomerDecision1795000000093 extends Migration {
  readonly name = 'CustomerDecision1795000000093';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The latest of each customer; the dossier has them all.
      CREATE TABLE customer_decision (
        administration_id uuid NOT NULL,
        debtor_id text NOT NULL,
        terms text NOT NULL CHECK (terms IN ('as-agreed', 'lower-limit', 'prepayment')),
        amount bigint CHECK (amount >= 0),
        currency char(3) NOT NULL,
        reason text NOT NULL,
        -- What the look had found and suggested: when it finds another thing, it is to be decided again.
        outcome text NOT NULL CHECK (outcome IN ('clean', 'incomplete', 'caution', 'insolvent')),
        suggested text NOT NULL CHECK (suggested IN ('as-agreed', 'lower-limit', 'prepayment')),
        decided_by text NOT NULL,
        decided_at timestamptz NOT NULL,
        PRIMARY KEY (administration_id, debtor_id),
        FOREIGN KEY (administration_id, debtor_id) REFERENCES customer_check (administration_id, debtor_id),
        CHECK ((terms = 'lower-limit') = (amount IS NOT NULL))
      );
      ${tenantTable('customer_decision', 'SELECT, INSERT, UPDATE')}

      ALTER TABLE register_lookup DROP CONSTRAINT register_lookup_what_check;
      ALTER TABLE register_lookup
        ADD CONSTRAINT register_lookup_what_check CHECK (what IN ('vat', 'insolvency', 'trade-register', 'credit-information'));
    `);
  }
}
