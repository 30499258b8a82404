import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';
import { tenantTable } from './row-level-security.js';

/** The day: its runs, the acts decided, and the effects (outbox) that carry them out of the house. */
export class Day1795000000001 extends Migration {
  readonly name = 'Day1795000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE day_run (
        administration_id uuid NOT NULL REFERENCES administration (id),
        day date NOT NULL,
        stage text NOT NULL,
        lease_holder uuid,
        lease_until timestamptz,
        started_at timestamptz NOT NULL,
        finished_at timestamptz,
        held jsonb,
        figures jsonb NOT NULL DEFAULT '{}',
        error text,
        PRIMARY KEY (administration_id, day)
      );
      ${tenantTable('day_run')}

      CREATE TABLE act (
        administration_id uuid NOT NULL,
        id uuid NOT NULL,
        day date NOT NULL,
        mode text NOT NULL CHECK (mode IN ('shadow', 'live')),
        state text NOT NULL
          CHECK (state IN ('shown', 'awaiting-approval', 'to-do', 'planned', 'done', 'cancelled', 'uncertain', 'failed')),
        debtor_id text NOT NULL,
        kind text NOT NULL,
        step text NOT NULL,
        channel text,
        currency char(3) NOT NULL,
        total bigint NOT NULL,
        because text[] NOT NULL,
        decision jsonb NOT NULL, -- the act as in tegoed plan
        policy_name text NOT NULL,
        policy_version text NOT NULL,
        snapshot jsonb NOT NULL, -- the debtor's facts it was decided on, a tegoed.book/1
        decided_at timestamptz NOT NULL,
        ended_because text,
        PRIMARY KEY (administration_id, id),
        FOREIGN KEY (administration_id, debtor_id) REFERENCES debtor (administration_id, id)
      );
      -- Rule 3: at most one message per debtor, step and day, however often the day is run.
      CREATE UNIQUE INDEX act_once ON act (administration_id, debtor_id, step, day, mode) WHERE state <> 'cancelled';
      ${tenantTable('act', 'SELECT, INSERT, UPDATE')}

      CREATE TABLE act_item (
        administration_id uuid NOT NULL,
        act_id uuid NOT NULL,
        invoice_id text NOT NULL,
        step text NOT NULL,
        repeats boolean NOT NULL, -- steps that come again by nature: statements of account, calls
        live boolean NOT NULL,    -- false: shadow, or cancelled before anything went out
        PRIMARY KEY (administration_id, act_id, invoice_id),
        FOREIGN KEY (administration_id, act_id) REFERENCES act (administration_id, id),
        FOREIGN KEY (administration_id, invoice_id) REFERENCES invoice (administration_id, id)
      );
      -- Rule 3: one item gets one step once.
      CREATE UNIQUE INDEX act_item_once ON act_item (administration_id, invoice_id, step) WHERE live AND NOT repeats;
      ${tenantTable('act_item', 'SELECT, INSERT, UPDATE')}

      CREATE TABLE effect (
        administration_id uuid NOT NULL REFERENCES administration (id),
        id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('mail', 'push')),
        state text NOT NULL CHECK (state IN ('planned', 'claimed', 'sending', 'done', 'failed', 'uncertain', 'cancelled')),
        marker char(10) NOT NULL,
        act_id uuid,
        debtor_id text,
        payload jsonb NOT NULL,
        result jsonb,
        attempts integer NOT NULL DEFAULT 0,
        claimed_by uuid,
        lease_until timestamptz,
        not_before timestamptz NOT NULL,
        last_error text,
        created_at timestamptz NOT NULL,
        ended_at timestamptz,
        PRIMARY KEY (administration_id, id),
        UNIQUE (administration_id, marker),
        FOREIGN KEY (administration_id, act_id) REFERENCES act (administration_id, id),
        CHECK (state NOT IN ('claimed', 'sending') OR (claimed_by IS NOT NULL AND lease_until IS NOT NULL))
      );
      CREATE INDEX effect_waiting ON effect (administration_id, not_before) WHERE state IN ('planned', 'claimed', 'sending');
      ${tenantTable('effect', 'SELECT, INSERT, UPDATE')}
    `);
  }
}
