import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';
import { tenantTable } from './row-level-security.js';

/**
 * Who reminds the customers of an administration, Tegoed or its package by itself: never both, so nothing goes live undecided. And what
 * Moneybird tells by itself: the webhook made at its side with the secret only we and it know, and which deliveries were seen.
 */
export class NativeReminders1795000000075 extends Migration {
  readonly name = 'NativeReminders1795000000075';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE administration
        ADD COLUMN reminded_by text DEFAULT 'tegoed' CHECK (reminded_by IN ('tegoed', 'package')),
        ADD COLUMN native_reminders text[] NOT NULL DEFAULT '{}',
        ADD COLUMN reminds_per text CHECK (reminds_per IN ('item', 'debtor'));
      -- Those that are live reminded already; of the others nobody was asked yet.
      UPDATE administration SET reminded_by = NULL WHERE mode <> 'live' AND package IN ('moneybird', 'exact-online', 'twinfield');
      UPDATE administration SET reminds_per = CASE package WHEN 'moneybird' THEN 'item' WHEN 'twinfield' THEN 'debtor' END;
      ALTER TABLE administration ADD CONSTRAINT reminds_when_live CHECK (mode <> 'live' OR reminded_by IS NOT NULL);

      CREATE INDEX effect_takes_over ON effect (administration_id, (payload ->> 'takesOver')) WHERE kind = 'push' AND payload ? 'takesOver';
      CREATE INDEX effect_gives_back ON effect (administration_id, (payload ->> 'givesBack')) WHERE kind = 'push' AND payload ? 'givesBack';

      ALTER TABLE connection ADD COLUMN webhook bytea; -- sealed, see platform/secrets

      CREATE TABLE webhook_seen (
        administration_id uuid NOT NULL REFERENCES administration (id),
        delivery text NOT NULL, -- a hash
        seen_at timestamptz NOT NULL,
        PRIMARY KEY (administration_id, delivery)
      );
      CREATE INDEX webhook_seen_at ON webhook_seen (administration_id, seen_at);
      ${tenantTable('webhook_seen')}
    `);
  }
}
