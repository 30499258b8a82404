import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';

/**
 * All an item is asked for by the figures, in the order of ids: what was paid on millions of items is joined to them in one pass over
 * this index, without their rows, in which the package's own record takes most of the room (docs/benchmarks.md, Figures).
 */
export class Figures1795000000090 extends Migration {
  readonly name = 'Figures1795000000090';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX invoice_figures ON invoice (administration_id, id)
        INCLUDE (debtor_id, kind, currency, issue_date, due_date, amount, package_open, written_off)
        WHERE deleted_at IS NULL;
    `);
  }
}
