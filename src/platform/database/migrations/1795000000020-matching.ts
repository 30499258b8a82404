import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';
import { tenantTable } from './row-level-security.js';

/**
 * Matching by people: who gave, undid and decided what of a bank line, which lines take others back, what people's decisions taught, and
 * the settings of an administration.
 */
export class Matching1795000000020 extends Migration {
  readonly name = 'Matching1795000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE bank_line
        ADD COLUMN decided_by text, -- key of the person, null: the engine
        ADD COLUMN decided_at timestamptz,
        ADD COLUMN decided_why text,
        ADD COLUMN return_of uuid,  -- the earlier line that this one is booked as taking back
        ADD FOREIGN KEY (administration_id, return_of) REFERENCES bank_line (administration_id, id),
        ADD CONSTRAINT return_is_booked CHECK (return_of IS NULL OR (outcome = 'matched' AND amount < 0));
      CREATE UNIQUE INDEX bank_line_taken_back_once ON bank_line (administration_id, return_of) WHERE return_of IS NOT NULL;
      CREATE INDEX bank_line_amount ON bank_line (administration_id, amount) WHERE outcome = 'matched' AND amount > 0;

      ALTER TABLE allocation
        ADD COLUMN allocated_by text, -- key of the person, null: the engine
        ADD COLUMN reversed_by text,
        ADD COLUMN reversed_why text,
        ADD CONSTRAINT reversed_with_reason CHECK (reversed_why IS NULL OR reversed_at IS NOT NULL);
      CREATE INDEX allocation_reversed ON allocation (administration_id, invoice_id) WHERE reversed_at IS NOT NULL;

      -- Also: what is allocated of money that came in never goes out in total, and the other way round. The administration is bound by
      -- row-level security alone: said a second time, PostgreSQL without statistics takes any index that begins with it (65 s for 8,000 rows).
      CREATE OR REPLACE FUNCTION allocation_within_line() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE line bigint; allocated bigint;
      BEGIN
        SELECT amount INTO line FROM bank_line WHERE id = NEW.bank_line_id;
        SELECT coalesce(sum(amount), 0) INTO allocated FROM allocation WHERE bank_line_id = NEW.bank_line_id AND reversed_at IS NULL;
        IF (line >= 0 AND allocated NOT BETWEEN 0 AND line) OR (line < 0 AND allocated NOT BETWEEN line AND 0) THEN
          RAISE EXCEPTION 'allocations of % exceed the bank line of %', allocated, line USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
      END $$;
    `);

    await runner.query(`
      -- One row for each time a person's decision taught something. Revoked, never removed; what counts is what is not revoked.
      CREATE TABLE match_evidence (
        administration_id uuid NOT NULL REFERENCES administration (id),
        id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('iban-link', 'neutral-iban', 'prefix', 'undone')),
        iban text,
        debtor_id text,
        written text,
        series text,
        invoice_id text,
        bank_line_id uuid, -- the line it was learned from; null: a person said it outright
        learned_at timestamptz NOT NULL,
        learned_by text NOT NULL,
        revoked_at timestamptz,
        revoked_by text,
        revoked_why text,
        PRIMARY KEY (administration_id, id),
        FOREIGN KEY (administration_id, bank_line_id) REFERENCES bank_line (administration_id, id),
        FOREIGN KEY (administration_id, debtor_id) REFERENCES debtor (administration_id, id),
        FOREIGN KEY (administration_id, invoice_id) REFERENCES invoice (administration_id, id),
        CHECK (CASE kind
          WHEN 'iban-link' THEN num_nonnulls(iban, debtor_id) = 2 AND num_nonnulls(written, series, invoice_id) = 0
          WHEN 'neutral-iban' THEN iban IS NOT NULL AND num_nonnulls(debtor_id, written, series, invoice_id) = 0
          WHEN 'prefix' THEN num_nonnulls(written, series) = 2 AND num_nonnulls(iban, debtor_id, invoice_id) = 0
          ELSE num_nonnulls(bank_line_id, invoice_id) = 2 AND num_nonnulls(iban, debtor_id, written, series) = 0 END),
        CHECK ((revoked_at IS NULL) = (revoked_by IS NULL) AND (revoked_at IS NULL) = (revoked_why IS NULL))
      );
      -- A line teaches one thing once.
      CREATE UNIQUE INDEX match_evidence_once ON match_evidence (administration_id, kind, coalesce(bank_line_id::text, ''), coalesce(iban, ''),
        coalesce(debtor_id, ''), coalesce(written, ''), coalesce(series, ''), coalesce(invoice_id, '')) WHERE revoked_at IS NULL;
      CREATE INDEX match_evidence_of_line ON match_evidence (administration_id, bank_line_id) WHERE revoked_at IS NULL;
      ${tenantTable('match_evidence', 'SELECT, INSERT, UPDATE')}

      CREATE TABLE match_settings (
        administration_id uuid PRIMARY KEY REFERENCES administration (id),
        settings jsonb NOT NULL, -- what differs from the defaults
        changed_at timestamptz NOT NULL,
        changed_by text NOT NULL
      );
      ${tenantTable('match_settings', 'SELECT, INSERT, UPDATE')}

      -- Whether the package was told that a payment it knows was undone or returned.
      CREATE INDEX effect_withdraws ON effect (administration_id, (payload->>'withdraws')) WHERE payload ? 'withdraws';
    `);
  }
}
