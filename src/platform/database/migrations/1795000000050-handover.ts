import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';
import { tenantTable } from './row-level-security.js';

/** Agencies and their endpoints, and every try of bringing something to one. */
export class Handover1795000000050 extends Migration {
  readonly name = 'Handover1795000000050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE agency (
        administration_id uuid NOT NULL REFERENCES administration (id),
        id uuid NOT NULL,
        name text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('agency', 'bailiff', 'lawyer')),
        segments text[] NOT NULL,            -- B2B, B2C
        registrations jsonb NOT NULL,        -- [{"country","number","verifiedOn"}]
        url text NOT NULL,
        keys bytea NOT NULL,                 -- sealed: what we sign with, the new key first
        state text NOT NULL CHECK (state IN ('unproven', 'active', 'disabled')),
        state_because text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (administration_id, id)
      );
      ${tenantTable('agency', 'SELECT, INSERT, UPDATE')}

      -- One try of one delivery: begun before the first byte leaves, ended when something came of it. Not the body.
      CREATE TABLE webhook_attempt (
        administration_id uuid NOT NULL,
        effect_id uuid NOT NULL,
        number integer NOT NULL CHECK (number > 0),
        webhook_id text NOT NULL,
        at timestamptz NOT NULL,
        body_sha256 char(64) NOT NULL,
        key_ids text[] NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('begun', 'answer', 'no-answer', 'refused')),
        may_have_arrived boolean NOT NULL,
        status integer,
        address text,
        duration_ms integer,
        detail text,
        PRIMARY KEY (administration_id, effect_id, number),
        FOREIGN KEY (administration_id, effect_id) REFERENCES effect (administration_id, id)
      );
      CREATE INDEX webhook_attempt_of_event ON webhook_attempt (administration_id, webhook_id);
      ${tenantTable('webhook_attempt', 'SELECT, INSERT, UPDATE')}

      ALTER TABLE effect DROP CONSTRAINT effect_kind_check;
      ALTER TABLE effect ADD CONSTRAINT effect_kind_check CHECK (kind IN ('mail', 'push', 'notice', 'webhook'));
      -- The events of a stream go out in their order, and the deliveries of an agency are listed.
      CREATE INDEX effect_of_stream ON effect (administration_id, (payload ->> 'stream'), ((payload ->> 'number')::int)) WHERE kind = 'webhook';
      CREATE INDEX effect_of_agency ON effect (administration_id, (payload ->> 'agencyId'), created_at) WHERE kind = 'webhook';
    `);
  }
}
