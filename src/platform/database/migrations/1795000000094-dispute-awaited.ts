import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';

/** What of an invoice may be open once a dispute that was settled with a credit or a payment is really off the books. */
export class DisputeAwaited1795000000094 extends Migration {
  readonly name = 'DisputeAwaited1795000000094';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Minor units; null: nothing is awaited. Disputes settled before keep counting as settled.
      ALTER TABLE dispute ADD COLUMN settles_at bigint CHECK (settles_at >= 0),
        ADD CHECK (settles_at IS NULL OR outcome IN ('CREDITED', 'PARTLY_CREDITED', 'PAID'));
    `);
  }
}
