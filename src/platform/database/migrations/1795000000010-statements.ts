import type { QueryRunner } from 'typeorm';
import { APP_ROLE } from '../tenancy.js';
import { Migration } from './migration.js';
import { tenantTable } from './row-level-security.js';

/**
 * What every imported statement reports, line by line, so that the bank lines of the ledger can be derived from all of them, whatever
 * their order; what is missing or contradictory among them; and files with statements of accounts that are nobody's yet.
 */
export class Statements1795000000010 extends Migration {
  readonly name = 'Statements1795000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE statement
        ADD COLUMN message text CHECK (message IN ('camt.053', 'camt.052', 'camt.054', 'mt940')), -- null: said by a book file
        ADD COLUMN sequence bigint,
        ADD COLUMN page integer,
        ADD COLUMN last_page boolean,
        ADD COLUMN created_at timestamptz,
        ADD COLUMN credited bigint NOT NULL DEFAULT 0, -- of the booked entries, both without sign
        ADD COLUMN debited bigint NOT NULL DEFAULT 0,
        ADD COLUMN opening_interim boolean NOT NULL DEFAULT false,
        ADD COLUMN closing_interim boolean NOT NULL DEFAULT false,
        ADD COLUMN difference text,
        ADD COLUMN lines integer NOT NULL DEFAULT 0,
        ADD COLUMN superseded_by uuid, -- the version of it the bank made later
        ADD FOREIGN KEY (administration_id, superseded_by) REFERENCES statement (administration_id, id);

      CREATE TABLE statement_line (
        administration_id uuid NOT NULL,
        statement_id uuid NOT NULL,
        position integer NOT NULL,
        entry integer NOT NULL,
        part integer NOT NULL,       -- of the entry, from 0: one payment, or the whole entry
        standing text NOT NULL CHECK (standing IN ('booked', 'seen', 'notified')),
        iban text NOT NULL,
        day date,                    -- null only until the end of its statement is read
        entry_amount bigint NOT NULL,
        currency char(3) NOT NULL,
        booking_id uuid NOT NULL,    -- shared by all reports of one booking
        likeness text NOT NULL,      -- hash: the same for copies of the entry
        facts jsonb,                 -- of the entry, on its first part
        amount bigint NOT NULL,
        counterparty_name text,
        counterparty_iban text,
        description text NOT NULL,
        detail jsonb NOT NULL,       -- the reader's entry with what belongs to this line
        PRIMARY KEY (administration_id, statement_id, entry, part),
        -- A statement is known whole only after its lines.
        FOREIGN KEY (administration_id, statement_id) REFERENCES statement (administration_id, id) DEFERRABLE INITIALLY DEFERRED
      );
      CREATE INDEX statement_line_report ON statement_line (administration_id, iban, day, entry_amount, currency, statement_id) WHERE part = 0;
      CREATE INDEX statement_line_booking ON statement_line (administration_id, booking_id);
      ${tenantTable('statement_line')}

      ALTER TABLE bank_line
        ADD COLUMN iban text,
        ADD COLUMN booking_id uuid,  -- null: said by a book file
        ADD COLUMN part integer NOT NULL DEFAULT 0,
        ADD COLUMN likeness text;    -- of the report it was made from
      CREATE UNIQUE INDEX bank_line_booking ON bank_line (administration_id, booking_id, part);

      -- Before a line is written anew, whether something was ever allocated on it.
      CREATE INDEX allocation_of_line ON allocation (administration_id, bank_line_id);

      CREATE TABLE statement_finding (
        administration_id uuid NOT NULL REFERENCES administration (id),
        id uuid NOT NULL,
        iban text NOT NULL,
        kind text NOT NULL,
        message text NOT NULL,
        known_through date,          -- days after it are not known whole, which holds the day; null: to be looked at, holds nothing
        found_at timestamptz NOT NULL,
        accepted_at timestamptz,     -- a person says that it is as it should be
        PRIMARY KEY (administration_id, id)
      );
      ${tenantTable('statement_finding')}

      -- Kept for whoever uploaded it: seen by those who may enter all the administrations its uploader could.
      CREATE TABLE unassigned_file (
        id uuid PRIMARY KEY,
        administration_ids uuid[] NOT NULL CHECK (cardinality(administration_ids) > 0),
        file_name text NOT NULL,
        file_sha256 text NOT NULL,
        kept_at timestamptz NOT NULL,
        UNIQUE (administration_ids, file_sha256)
      );
      CREATE TABLE unassigned_piece (
        file_id uuid NOT NULL REFERENCES unassigned_file (id) ON DELETE CASCADE,
        sequence integer NOT NULL,
        administration_ids uuid[] NOT NULL,
        content bytea NOT NULL,      -- of the gzipped file
        PRIMARY KEY (file_id, sequence)
      );
      CREATE TABLE unassigned_account (
        file_id uuid NOT NULL REFERENCES unassigned_file (id) ON DELETE CASCADE,
        account text NOT NULL,
        administration_ids uuid[] NOT NULL,
        owner text,
        statements integer NOT NULL,
        PRIMARY KEY (file_id, account)
      );
      ${['unassigned_file', 'unassigned_piece', 'unassigned_account'].map(uploaderTable).join('')}
    `);
  }
}

const uploaderTable = (table: string): string => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY uploader ON ${table}
    USING (administration_ids <@ tegoed_administrations()) WITH CHECK (administration_ids <@ tegoed_administrations());
  GRANT SELECT, INSERT, DELETE ON ${table} TO ${APP_ROLE};
`;
