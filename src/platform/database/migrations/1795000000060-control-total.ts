import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';

/**
 * The package's own figure of what is outstanding beside ours, of the last pull that brought one: `{"currency","theirs","ours"}`, amounts
 * in minor units. As long as the two differ the ledger is not fresh (`pulled_at` is null), so nobody is asked for money.
 */
export class ControlTotal1795000000060 extends Migration {
  readonly name = 'ControlTotal1795000000060';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE administration ADD COLUMN control_total jsonb');
  }
}
