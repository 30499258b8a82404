import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';

/**
 * What the figures are read by (reporting/figure-queries): items that are open, payments and sales of a stretch of days, without going
 * through the tables; the numbers each took are in docs/benchmarks.md. And the DSO an administration wants to reach, in days.
 */
export class Report1795000000080 extends Migration {
  readonly name = 'Report1795000000080';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX invoice_open_figures ON invoice (administration_id, id)
        INCLUDE (debtor_id, kind, currency, issue_date, due_date, amount, package_open, written_off)
        WHERE package_open <> 0 AND deleted_at IS NULL;
      CREATE INDEX invoice_by_issue ON invoice (administration_id, issue_date) INCLUDE (amount, currency, debtor_id) WHERE deleted_at IS NULL;
      CREATE INDEX invoice_disputed ON invoice (administration_id) WHERE dispute IS NOT NULL;
      CREATE INDEX settlement_by_day ON settlement (administration_id, settled_on) INCLUDE (invoice_id, amount);
      CREATE INDEX settlement_marked ON settlement (administration_id, invoice_id, marker) INCLUDE (id) WHERE marker IS NOT NULL;
      CREATE INDEX promise_due ON promise (administration_id, due_date);
      CREATE INDEX debtor_deleted ON debtor (administration_id) WHERE deleted_at IS NOT NULL;

      ALTER TABLE administration ADD COLUMN target_dso integer CHECK (target_dso BETWEEN 1 AND 365);
    `);
  }
}
