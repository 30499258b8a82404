import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';
import { tenantTable } from './row-level-security.js';

/** Books that were rearranged in the package: invoices that became another debtor's, invoices that were deleted and made again. */
export class Rearranged1795000000097 extends Migration {
  readonly name = 'Rearranged1795000000097';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One invoice on hold, and not its debtor with all his others. Set by a pull; a person ends it.
      CREATE TABLE invoice_hold (
        administration_id uuid NOT NULL,
        id uuid NOT NULL,
        invoice_id text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('manual', 'insolvency', 'guardianship', 'credit')),
        reason text NOT NULL,
        detail jsonb NOT NULL DEFAULT '{}', -- of which debtor or invoice it was
        starts_on date NOT NULL,
        until date,
        ended_on date,
        PRIMARY KEY (administration_id, id),
        FOREIGN KEY (administration_id, invoice_id) REFERENCES invoice (administration_id, id)
      );
      CREATE INDEX invoice_hold_running ON invoice_hold (administration_id, invoice_id) WHERE ended_on IS NULL;
      ${tenantTable('invoice_hold', 'SELECT, INSERT, UPDATE')}

      -- Whose an invoice was before: what was said and agreed with that debtor is found by it.
      CREATE TABLE moved_invoice (
        administration_id uuid NOT NULL,
        invoice_id text NOT NULL,
        from_debtor_id text NOT NULL,
        to_debtor_id text NOT NULL,
        moved_at timestamptz NOT NULL,
        PRIMARY KEY (administration_id, invoice_id, from_debtor_id, to_debtor_id),
        FOREIGN KEY (administration_id, invoice_id) REFERENCES invoice (administration_id, id),
        FOREIGN KEY (administration_id, from_debtor_id) REFERENCES debtor (administration_id, id),
        FOREIGN KEY (administration_id, to_debtor_id) REFERENCES debtor (administration_id, id)
      );
      CREATE INDEX moved_invoice_from ON moved_invoice (administration_id, from_debtor_id);
      ${tenantTable('moved_invoice', 'SELECT, INSERT, UPDATE')}

      -- An id the package gave out again, for another claim: what was said before then was said of the former.
      CREATE TABLE reused_invoice (
        administration_id uuid NOT NULL,
        invoice_id text NOT NULL,
        contact_ids text[] NOT NULL, -- that were about the former
        former_debtor_id text, -- of a former that nothing stood for by then, though something was said of it: it may yet be made again
        former_number text,
        PRIMARY KEY (administration_id, invoice_id),
        FOREIGN KEY (administration_id, invoice_id) REFERENCES invoice (administration_id, id)
      );
      ${tenantTable('reused_invoice', 'SELECT, INSERT, UPDATE')}

      -- Who stands for a debtor that was merged into another one; several: nobody can say who.
      CREATE TABLE merged_debtor (
        administration_id uuid NOT NULL,
        debtor_id text NOT NULL,
        into_id text NOT NULL,
        merged_at timestamptz NOT NULL,
        PRIMARY KEY (administration_id, debtor_id, into_id),
        FOREIGN KEY (administration_id, debtor_id) REFERENCES debtor (administration_id, id),
        FOREIGN KEY (administration_id, into_id) REFERENCES debtor (administration_id, id),
        CHECK (debtor_id <> into_id)
      );
      ${tenantTable('merged_debtor', 'SELECT, INSERT')}

      -- Of a hold that was another debtor's, who was merged into this one.
      ALTER TABLE debtor_hold ADD COLUMN moved_from text;

      -- An invoice that was deleted and made again under its number: what was said of the former was said of this one.
      CREATE TABLE invoice_successor (
        administration_id uuid NOT NULL,
        former_id text NOT NULL,
        invoice_id text NOT NULL,
        seen_at timestamptz NOT NULL,
        contact_ids text[], -- that were about the former; null: all, also those to come, for nothing else has its id
        PRIMARY KEY (administration_id, former_id, invoice_id),
        FOREIGN KEY (administration_id, former_id) REFERENCES invoice (administration_id, id),
        FOREIGN KEY (administration_id, invoice_id) REFERENCES invoice (administration_id, id)
      );
      ${tenantTable('invoice_successor', 'SELECT, INSERT, UPDATE')}
      CREATE INDEX invoice_by_number ON invoice (administration_id, number);
    `);
  }
}
