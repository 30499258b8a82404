import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';

/** Reminders a person stopped in the package: since when it says so, whether that is respected, and what tells our own doing from his. */
export class PackagePause1795000000096 extends Migration {
  readonly name = 'PackagePause1795000000096';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- When the package itself was first seen to say that its reminders of the invoice are stopped; null: it says they run, or only we noted it.
      ALTER TABLE invoice ADD COLUMN paused_since timestamptz CHECK (paused_since IS NULL OR paused);
      -- Of what is stopped already nobody knows since when: as if since now, so that whatever we stopped until now counts as ours. Of Twinfield
      -- the record tells, because there we noted customers as stopped for whom nobody ever chose; in Moneybird nothing reminds of what was made elsewhere.
      -- Row-level security is forced on the owner too: lifted for this one statement, or it would see no row.
      ALTER TABLE invoice NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE administration NO FORCE ROW LEVEL SECURITY;
      UPDATE invoice SET paused_since = now()
        FROM administration
       WHERE administration.id = invoice.administration_id AND invoice.paused
         AND CASE administration.reminds_per
               WHEN 'item' THEN invoice.id NOT LIKE 'external\\_sales\\_invoices:%'
               WHEN 'debtor' THEN invoice.raw ->> 'paused' = 'true'
               ELSE false END;
      ALTER TABLE invoice FORCE ROW LEVEL SECURITY;
      ALTER TABLE administration FORCE ROW LEVEL SECURITY;

      -- Until now what a second try found stopped counted as ours, and it cannot be told any more whether the first one did it.
      ALTER TABLE effect NO FORCE ROW LEVEL SECURITY;
      UPDATE effect SET result = result || '{"stoodSo": false}'
       WHERE kind = 'push' AND attempts > 1 AND result ->> 'stoodSo' = 'true' AND payload -> 'about' ? 'item';
      ALTER TABLE effect FORCE ROW LEVEL SECURITY;

      ALTER TABLE administration ADD COLUMN respects_pauses boolean NOT NULL DEFAULT true;

      -- The pages count these each time; they are few.
      CREATE INDEX invoice_paused_in_package ON invoice (administration_id, debtor_id) WHERE paused_since IS NOT NULL;
      CREATE INDEX invoice_disputed_in_package ON invoice (administration_id, debtor_id) WHERE package_dispute IS NOT NULL;
      CREATE INDEX effect_stops_item ON effect (administration_id, (payload -> 'about' ->> 'item'))
        WHERE kind = 'push' AND payload ->> 'kind' IN ('hold', 'dispute', 'promise', 'handover');
      CREATE INDEX effect_stops_debtor ON effect (administration_id, debtor_id)
        WHERE kind = 'push' AND payload ->> 'kind' IN ('hold', 'handover');
    `);
  }
}
