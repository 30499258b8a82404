import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';
import { tenantTable } from './row-level-security.js';

/**
 * What was agreed and said with debtors: disputes, holds, what became of promises and arrangements, what a person knows better than the
 * package. And the texts of the policies that acts were decided with, so that a decision can be explained after the policy changed.
 */
export class Dossier1795000000030 extends Migration {
  readonly name = 'Dossier1795000000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE dispute (
        administration_id uuid NOT NULL,
        id uuid NOT NULL,
        invoice_id text NOT NULL,
        debtor_id text NOT NULL,
        code text NOT NULL,
        amount bigint CHECK (amount > 0), -- the disputed part in the invoice's currency, null: the whole
        opened_on date NOT NULL,
        answer_by date NOT NULL,
        outcome text CHECK (outcome IN ('REJECTED', 'CREDITED', 'PARTLY_CREDITED', 'PAID', 'WITHDRAWN')),
        resolved_on date,
        PRIMARY KEY (administration_id, id),
        FOREIGN KEY (administration_id, invoice_id) REFERENCES invoice (administration_id, id),
        FOREIGN KEY (administration_id, debtor_id) REFERENCES debtor (administration_id, id),
        CHECK ((outcome IS NULL) = (resolved_on IS NULL))
      );
      CREATE UNIQUE INDEX dispute_open_once ON dispute (administration_id, invoice_id) WHERE resolved_on IS NULL;
      CREATE INDEX dispute_of_debtor ON dispute (administration_id, debtor_id);
      ${tenantTable('dispute', 'SELECT, INSERT, UPDATE')}

      CREATE TABLE debtor_hold (
        administration_id uuid NOT NULL,
        id uuid NOT NULL,
        debtor_id text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('manual', 'insolvency', 'guardianship', 'credit')),
        reason text NOT NULL,
        starts_on date NOT NULL,
        until date, -- last day, null: until someone ends it
        ended_on date,
        PRIMARY KEY (administration_id, id),
        FOREIGN KEY (administration_id, debtor_id) REFERENCES debtor (administration_id, id),
        -- A hold somebody may set on request must not be forgotten.
        CHECK (kind <> 'manual' OR until IS NOT NULL)
      );
      CREATE INDEX hold_of_debtor ON debtor_hold (administration_id, debtor_id);
      ${tenantTable('debtor_hold', 'SELECT, INSERT, UPDATE')}

      ALTER TABLE debtor ADD COLUMN overrides jsonb NOT NULL DEFAULT '{}'; -- set here by a person: goes before what the package says

      ALTER TABLE promise
        ADD COLUMN origin text NOT NULL DEFAULT 'book' CHECK (origin IN ('book', 'dossier')),
        ADD COLUMN made_by text,
        ADD COLUMN channel text CHECK (channel IN ('email', 'letter', 'phone')),
        ADD COLUMN state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'short', 'broken', 'late')),
        ADD COLUMN withdrawn_on date;

      ALTER TABLE arrangement
        ADD COLUMN origin text NOT NULL DEFAULT 'book' CHECK (origin IN ('book', 'dossier')),
        ADD COLUMN made_on date,
        ADD COLUMN state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'broken', 'completed')),
        ADD COLUMN instalment_states text[] NOT NULL DEFAULT '{}',
        ADD COLUMN withdrawn_on date;
    `);

    await runner.query(`
      CREATE TABLE policy_version (
        administration_id uuid NOT NULL REFERENCES administration (id),
        digest char(64) NOT NULL, -- SHA-256 of the texts: the same texts are kept once
        name text NOT NULL,
        version text NOT NULL,
        files jsonb NOT NULL,     -- the policy file and those it includes, by file name
        first_used_at timestamptz NOT NULL,
        PRIMARY KEY (administration_id, digest)
      );
      ${tenantTable('policy_version', 'SELECT, INSERT')}

      ALTER TABLE act
        ADD COLUMN policy_digest char(64),
        ADD COLUMN decided_for date,      -- the day decision and snapshot are of, null: the act's own day
        ADD COLUMN not_again_before date, -- a person rejected it: the step is not proposed to this debtor before this day
        ADD FOREIGN KEY (administration_id, policy_digest) REFERENCES policy_version (administration_id, digest);

      -- What is told to the package about a dossier entry names the entry: nothing is told twice.
      CREATE INDEX effect_of_dossier_entry ON effect (administration_id, (payload ->> 'dossierEntry')) WHERE kind = 'push';
      CREATE INDEX dossier_to_tell ON dossier_entry (administration_id, sequence) WHERE body ->> 'mode' = 'live';
      -- One debtor's page must not read everybody's invoices.
      CREATE INDEX invoice_of_debtor ON invoice (administration_id, debtor_id);
      CREATE INDEX bank_line_of_debtor ON bank_line (administration_id, debtor_id) WHERE debtor_id IS NOT NULL;
      CREATE INDEX effect_confirmation ON effect (administration_id, debtor_id) WHERE kind = 'mail' AND act_id IS NULL;
    `);
  }
}
