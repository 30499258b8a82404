import type { QueryRunner } from 'typeorm';
import { APP_ROLE } from '../tenancy.js';
import { Migration } from './migration.js';
import { tenantTable } from './row-level-security.js';

/**
 * Administrations and who may enter them, debtors, invoices and their settlements, statements, bank lines, allocations, contacts and
 * the dossier log. Amounts are minor units of the row's currency. `administration_id` leads every key.
 */
export class Ledger1795000000000 extends Migration {
  readonly name = 'Ledger1795000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$ BEGIN
        CREATE ROLE ${APP_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- roles are shared by the databases of a cluster
      END $$;
      DO $$ BEGIN
        IF NOT pg_has_role(current_user, '${APP_ROLE}', 'MEMBER') THEN EXECUTE format('GRANT ${APP_ROLE} TO %I', current_user); END IF;
      END $$;
      DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO ${APP_ROLE}', current_schema()); END $$;

      CREATE FUNCTION tegoed_administrations() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT string_to_array(nullif(current_setting('tegoed.administrations', true), ''), ',')::uuid[] $$;
    `);

    await runner.query(`
      CREATE TABLE administration (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        country char(2) NOT NULL,
        currency char(3) NOT NULL,
        language text NOT NULL,
        ibans text[] NOT NULL DEFAULT '{}',
        vat_deductible boolean NOT NULL DEFAULT true,
        registry jsonb,
        sender jsonb NOT NULL,
        package text NOT NULL,
        package_ref text NOT NULL,
        mode text NOT NULL DEFAULT 'shadow' CHECK (mode IN ('off', 'shadow', 'live')),
        policy text NOT NULL,
        pull_cursor jsonb,
        pulled_at timestamptz,
        created_at timestamptz NOT NULL,
        UNIQUE (package, package_ref)
      );
      ${tenantTable('administration', 'SELECT, INSERT, UPDATE', 'id')}
      CREATE POLICY directory ON administration FOR SELECT USING (current_setting('tegoed.directory', true) = 'on');

      CREATE TABLE connection (
        administration_id uuid PRIMARY KEY REFERENCES administration (id),
        credentials bytea NOT NULL, -- sealed, see platform/secrets
        trouble text,               -- why the package no longer lets us in, null while it does
        created_at timestamptz NOT NULL
      );
      ${tenantTable('connection')}

      CREATE TABLE api_key (
        id text PRIMARY KEY,
        name text NOT NULL,
        secret_hash bytea NOT NULL,
        administration_ids uuid[] NOT NULL,
        created_at timestamptz NOT NULL,
        revoked_at timestamptz
      );
      GRANT SELECT, INSERT, UPDATE ON api_key TO ${APP_ROLE};

      CREATE TABLE outgoing_quota (key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint);
      GRANT SELECT, INSERT, UPDATE, DELETE ON outgoing_quota TO ${APP_ROLE};
    `);

    await runner.query(`
      CREATE TABLE debtor (
        administration_id uuid NOT NULL REFERENCES administration (id),
        id text NOT NULL, -- the package's own id: opaque, stable, unique within the administration
        number text,
        name text NOT NULL,
        capacity text NOT NULL CHECK (capacity IN ('business', 'sole-trader', 'consumer', 'public-body', 'unknown')),
        country char(2) NOT NULL,
        language text,
        emails text[] NOT NULL DEFAULT '{}',
        phone text,
        ibans text[] NOT NULL DEFAULT '{}',
        vat_id text,
        registry_id text,
        credit_limit bigint,
        payment_term_days integer,
        large_company boolean NOT NULL DEFAULT false,
        customer_since date,
        segment text,
        holds jsonb NOT NULL DEFAULT '[]',
        archived boolean NOT NULL DEFAULT false,
        deleted_at timestamptz,
        raw jsonb,
        PRIMARY KEY (administration_id, id)
      );
      ${tenantTable('debtor')}

      CREATE TABLE invoice (
        administration_id uuid NOT NULL,
        id text NOT NULL, -- the package's own id
        debtor_id text NOT NULL,
        number text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('invoice', 'credit-note')),
        issue_date date NOT NULL,
        due_date date NOT NULL,
        amount bigint NOT NULL,
        package_open bigint NOT NULL,
        currency char(3) NOT NULL,
        payment_reference text,
        description text,
        paused boolean NOT NULL DEFAULT false,
        collecting boolean NOT NULL DEFAULT false,
        written_off boolean NOT NULL DEFAULT false,
        dispute jsonb,
        handed_over_on date,
        deleted_at timestamptz,
        raw jsonb,
        PRIMARY KEY (administration_id, id),
        FOREIGN KEY (administration_id, debtor_id) REFERENCES debtor (administration_id, id),
        CHECK (CASE kind WHEN 'invoice' THEN amount >= 0 ELSE amount <= 0 END)
      );
      CREATE INDEX invoice_open ON invoice (administration_id, debtor_id) WHERE package_open <> 0 AND deleted_at IS NULL;
      ${tenantTable('invoice')}

      CREATE TABLE settlement (
        administration_id uuid NOT NULL,
        invoice_id text NOT NULL,
        id text NOT NULL, -- the package's own id
        settled_on date NOT NULL,
        amount bigint NOT NULL,
        kind text NOT NULL CHECK (kind IN ('payment', 'credit-note', 'other')),
        marker text,
        PRIMARY KEY (administration_id, invoice_id, id),
        FOREIGN KEY (administration_id, invoice_id) REFERENCES invoice (administration_id, id)
      );
      ${tenantTable('settlement')}
    `);

    await runner.query(`
      CREATE TABLE statement (
        administration_id uuid NOT NULL REFERENCES administration (id),
        id uuid NOT NULL,
        file_name text NOT NULL,
        file_sha256 text NOT NULL,
        bank_id text,
        iban text NOT NULL,
        currency char(3) NOT NULL,
        from_date date,
        through_date date NOT NULL,
        opening bigint,
        closing bigint,
        reconciles boolean,
        content_hash text NOT NULL,
        imported_at timestamptz NOT NULL,
        PRIMARY KEY (administration_id, id),
        UNIQUE (administration_id, iban, content_hash)
      );
      CREATE INDEX statement_through ON statement (administration_id, iban, through_date);
      ${tenantTable('statement')}

      CREATE TABLE bank_line (
        administration_id uuid NOT NULL,
        id uuid NOT NULL,
        statement_id uuid NOT NULL,
        identity text NOT NULL,
        position integer NOT NULL,
        booked_on date NOT NULL,
        amount bigint NOT NULL,
        currency char(3) NOT NULL,
        counterparty_name text,
        counterparty_iban text,
        description text NOT NULL,
        detail jsonb NOT NULL,
        outcome text NOT NULL DEFAULT 'unworked'
          CHECK (outcome IN ('unworked', 'matched', 'proposed', 'unmatched', 'not-a-receipt')),
        debtor_id text,
        confidence real,
        proposal jsonb,
        because text[] NOT NULL DEFAULT '{}',
        PRIMARY KEY (administration_id, id),
        UNIQUE (administration_id, identity),
        -- A statement is known whole only after its lines.
        FOREIGN KEY (administration_id, statement_id) REFERENCES statement (administration_id, id) DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY (administration_id, debtor_id) REFERENCES debtor (administration_id, id)
      );
      CREATE INDEX bank_line_unworked ON bank_line (administration_id, booked_on) WHERE outcome IN ('unworked', 'proposed', 'unmatched');
      ${tenantTable('bank_line')}

      CREATE TABLE allocation (
        administration_id uuid NOT NULL,
        id uuid NOT NULL,
        bank_line_id uuid NOT NULL,
        invoice_id text NOT NULL,
        amount bigint NOT NULL CHECK (amount <> 0),
        marker char(10) NOT NULL,
        settlement_id text, -- the package's payment it became there, null until known
        allocated_at timestamptz NOT NULL,
        reversed_at timestamptz,
        PRIMARY KEY (administration_id, id),
        UNIQUE (administration_id, marker),
        FOREIGN KEY (administration_id, bank_line_id) REFERENCES bank_line (administration_id, id),
        FOREIGN KEY (administration_id, invoice_id) REFERENCES invoice (administration_id, id)
      );
      CREATE UNIQUE INDEX allocation_once ON allocation (administration_id, bank_line_id, invoice_id) WHERE reversed_at IS NULL;
      CREATE INDEX allocation_of_invoice ON allocation (administration_id, invoice_id) WHERE reversed_at IS NULL;
      ${tenantTable('allocation', 'SELECT, INSERT, UPDATE')}

      -- Rule 8 in the database too: what is allocated of a bank line never exceeds the line.
      CREATE FUNCTION allocation_within_line() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE line bigint; allocated bigint;
      BEGIN
        SELECT amount INTO line FROM bank_line WHERE administration_id = NEW.administration_id AND id = NEW.bank_line_id;
        SELECT coalesce(sum(amount), 0) INTO allocated FROM allocation
         WHERE administration_id = NEW.administration_id AND bank_line_id = NEW.bank_line_id AND reversed_at IS NULL;
        IF (line >= 0 AND allocated > line) OR (line < 0 AND allocated < line) THEN
          RAISE EXCEPTION 'allocations of % exceed the bank line of %', allocated, line USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER allocation_within_line AFTER INSERT OR UPDATE ON allocation
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION allocation_within_line();
    `);

    await runner.query(`
      CREATE TABLE contact (
        administration_id uuid NOT NULL,
        id text NOT NULL,
        debtor_id text NOT NULL,
        invoice_ids text[] NOT NULL,
        step text NOT NULL,
        kind text NOT NULL,
        channel text NOT NULL CHECK (channel IN ('email', 'letter', 'phone')),
        sent_on date NOT NULL,
        received_on date,
        PRIMARY KEY (administration_id, id),
        FOREIGN KEY (administration_id, debtor_id) REFERENCES debtor (administration_id, id)
      );
      CREATE INDEX contact_of_debtor ON contact (administration_id, debtor_id, sent_on);
      ${tenantTable('contact', 'SELECT, INSERT')}

      CREATE TABLE promise (
        administration_id uuid NOT NULL,
        id text NOT NULL,
        debtor_id text NOT NULL,
        invoice_ids text[] NOT NULL,
        made_on date NOT NULL,
        due_date date NOT NULL,
        amount bigint NOT NULL,
        PRIMARY KEY (administration_id, id),
        FOREIGN KEY (administration_id, debtor_id) REFERENCES debtor (administration_id, id)
      );
      ${tenantTable('promise')}

      CREATE TABLE arrangement (
        administration_id uuid NOT NULL,
        id text NOT NULL,
        debtor_id text NOT NULL,
        invoice_ids text[] NOT NULL,
        instalments jsonb NOT NULL,
        PRIMARY KEY (administration_id, id),
        FOREIGN KEY (administration_id, debtor_id) REFERENCES debtor (administration_id, id)
      );
      ${tenantTable('arrangement')}

      CREATE TABLE dossier_entry (
        administration_id uuid NOT NULL,
        sequence bigint GENERATED ALWAYS AS IDENTITY,
        debtor_id text NOT NULL,
        at timestamptz NOT NULL,
        kind text NOT NULL,
        body jsonb NOT NULL,
        PRIMARY KEY (administration_id, sequence),
        FOREIGN KEY (administration_id, debtor_id) REFERENCES debtor (administration_id, id)
      );
      CREATE INDEX dossier_of_debtor ON dossier_entry (administration_id, debtor_id, sequence);
      ${tenantTable('dossier_entry', 'SELECT, INSERT')}
      CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON dossier_entry EXECUTE FUNCTION append_only();
    `);
  }
}
