import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';
import { tenantTable } from './row-level-security.js';

/** Limits beside the package's own, what was asked of registers about customers, who is told of what, and what a key may do. */
export class Credit1795000000081 extends Migration {
  readonly name = 'Credit1795000000081';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What a key may do, and up to how much (minor units) it may release or raise; null: no maximum of its own. Keys made before may do all.
      ALTER TABLE api_key ADD COLUMN role text NOT NULL DEFAULT 'owner' CHECK (role IN ('reader', 'clerk', 'controller', 'owner'));
      ALTER TABLE api_key ADD COLUMN release_up_to bigint CHECK (release_up_to >= 0);

      CREATE TABLE credit_limit (
        administration_id uuid NOT NULL,
        debtor_id text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('internal', 'temporary', 'insured')),
        amount bigint NOT NULL CHECK (amount >= 0),   -- of the administration's currency
        starts_on date,
        until date,                                   -- last day
        insured_only boolean NOT NULL DEFAULT false,  -- nothing beyond what is insured is sold
        set_by text NOT NULL,
        set_at timestamptz NOT NULL,
        PRIMARY KEY (administration_id, debtor_id, kind),
        FOREIGN KEY (administration_id, debtor_id) REFERENCES debtor (administration_id, id),
        CHECK (until IS NULL OR starts_on IS NULL OR until >= starts_on),
        CHECK (kind <> 'temporary' OR until IS NOT NULL)
      );
      ${tenantTable('credit_limit')}

      CREATE TABLE credit_group (
        administration_id uuid NOT NULL REFERENCES administration (id),
        id uuid NOT NULL,
        name text NOT NULL,
        amount bigint CHECK (amount >= 0),            -- null: they belong together and have no limit of the group
        starts_on date,
        until date,
        PRIMARY KEY (administration_id, id),
        CHECK (until IS NULL OR starts_on IS NULL OR until >= starts_on)
      );
      ${tenantTable('credit_group')}
      -- A debtor belongs to one group at most.
      CREATE TABLE credit_group_member (
        administration_id uuid NOT NULL,
        debtor_id text NOT NULL,
        group_id uuid NOT NULL,
        PRIMARY KEY (administration_id, debtor_id),
        FOREIGN KEY (administration_id, debtor_id) REFERENCES debtor (administration_id, id),
        FOREIGN KEY (administration_id, group_id) REFERENCES credit_group (administration_id, id) ON DELETE CASCADE
      );
      CREATE INDEX credit_group_member_of ON credit_group_member (administration_id, group_id);
      ${tenantTable('credit_group_member')}

      -- Absent: the defaults (rules/credit-settings.ts).
      CREATE TABLE credit_settings (
        administration_id uuid PRIMARY KEY REFERENCES administration (id),
        lookups_per_night integer NOT NULL CHECK (lookups_per_night BETWEEN 0 AND 1000),
        monthly_budget bigint NOT NULL CHECK (monthly_budget >= 0),  -- of paid look-ups, in cents of euro
        recipients jsonb NOT NULL                                    -- {"limit":"a@b.example"}
      );
      ${tenantTable('credit_settings', 'SELECT, INSERT, UPDATE')}

      -- One question to a register: stored, with its cost, before it leaves; so a crash neither loses nor repeats a bill.
      CREATE TABLE register_lookup (
        administration_id uuid NOT NULL,
        id uuid NOT NULL,
        debtor_id text NOT NULL,
        what text NOT NULL CHECK (what IN ('vat', 'insolvency', 'credit-information')),
        register text NOT NULL,
        subject text NOT NULL,
        state text NOT NULL CHECK (state IN ('asked', 'answered', 'failed')),
        asked_at timestamptz NOT NULL,
        cost bigint NOT NULL CHECK (cost >= 0),       -- cents of euro
        answer jsonb,
        valid_until date,
        failure text,
        detail text,
        retry_at timestamptz,
        PRIMARY KEY (administration_id, id),
        FOREIGN KEY (administration_id, debtor_id) REFERENCES debtor (administration_id, id),
        CHECK ((state = 'answered') = (answer IS NOT NULL AND valid_until IS NOT NULL)),
        CHECK ((state = 'failed') = (failure IS NOT NULL))
      );
      CREATE INDEX register_lookup_about ON register_lookup (administration_id, register, subject, asked_at DESC);
      CREATE INDEX register_lookup_of ON register_lookup (administration_id, debtor_id, asked_at DESC);
      CREATE INDEX register_lookup_spent ON register_lookup (administration_id, asked_at) WHERE cost > 0;
      ${tenantTable('register_lookup', 'SELECT, INSERT, UPDATE')}

      -- What came of looking at a customer; the latest.
      CREATE TABLE customer_check (
        administration_id uuid NOT NULL,
        debtor_id text NOT NULL,
        checked_on date NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('clean', 'incomplete', 'caution', 'insolvent')),
        terms text NOT NULL CHECK (terms IN ('as-agreed', 'lower-limit', 'prepayment')),
        suggested_limit bigint CHECK (suggested_limit >= 0),
        because jsonb NOT NULL,                       -- [{"code","args"}]
        valid_until date NOT NULL,
        PRIMARY KEY (administration_id, debtor_id),
        FOREIGN KEY (administration_id, debtor_id) REFERENCES debtor (administration_id, id)
      );
      ${tenantTable('customer_check', 'SELECT, INSERT, UPDATE')}

      -- The memory of credit is read each day, and acts without a push are looked for each time the package is written to.
      CREATE INDEX dossier_entry_credit ON dossier_entry (administration_id, debtor_id, sequence DESC) WHERE kind LIKE 'credit-%';
      CREATE INDEX effect_of_act ON effect (administration_id, act_id) WHERE act_id IS NOT NULL;
    `);
  }
}
