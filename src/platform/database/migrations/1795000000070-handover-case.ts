import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';
import { tenantTable } from './row-level-security.js';

/**
 * Claims that were handed over: the case, its invoices, every version of its dossier, its documents and the links to them, what the agency
 * said and what it settled. And the chain of hashes over the dossier log.
 */
export class HandoverCase1795000000070 extends Migration {
  readonly name = 'HandoverCase1795000000070';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The place of each dossier entry in its debtor's log: the hash of each is made over the one before (handover/rules/log).
      CREATE TABLE dossier_link (
        administration_id uuid NOT NULL,
        debtor_id text NOT NULL,
        number integer NOT NULL CHECK (number > 0),
        sequence bigint NOT NULL,
        body_sha256 char(64) NOT NULL,
        hash char(64) NOT NULL,
        PRIMARY KEY (administration_id, debtor_id, number),
        UNIQUE (administration_id, sequence),
        FOREIGN KEY (administration_id, sequence) REFERENCES dossier_entry (administration_id, sequence)
      );
      ${tenantTable('dossier_link', 'SELECT, INSERT')}
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON dossier_link EXECUTE FUNCTION append_only();

      ALTER TABLE agency
        ADD COLUMN channel text NOT NULL DEFAULT 'webhook' CHECK (channel IN ('webhook', 'mail', 'sftp')),
        ADD COLUMN channel_settings jsonb NOT NULL DEFAULT '{}', -- of mail and sftp: where to, no secrets
        ADD COLUMN payload text NOT NULL DEFAULT 'full' CHECK (payload IN ('full', 'thin')),
        ADD COLUMN vocabulary text NOT NULL DEFAULT 'canonical', -- the words it uses for its statuses
        ADD COLUMN callback_keys bytea; -- sealed: what the agency signs its callbacks with, null: it was given none
      -- A callback names the agency, not the administration: whose it is may be looked up before anything is opened.
      CREATE POLICY directory ON agency FOR SELECT USING (current_setting('tegoed.directory', true) = 'on');
    `);

    await runner.query(`
      CREATE TABLE handover_case (
        administration_id uuid NOT NULL REFERENCES administration (id),
        id uuid NOT NULL,
        debtor_id text NOT NULL,
        agency_id uuid NOT NULL,
        act_id uuid,                      -- the proposal it was approved on, null: handed over by hand
        state text NOT NULL,              -- handover/rules/status/case-states
        state_as jsonb,                   -- {"sequence","occurredAt"} of the news that gave it, null: our own doing
        version integer NOT NULL CHECK (version > 0), -- of the dossier that was sent last
        service text NOT NULL,
        agency_reference text,
        close_code text,
        currency char(3) NOT NULL,
        principal bigint NOT NULL CHECK (principal > 0), -- what was approved
        approved_by text NOT NULL,
        approved_at timestamptz NOT NULL,
        handed_over_on date NOT NULL,
        ended_on date,
        exclusive_until date,
        PRIMARY KEY (administration_id, id),
        FOREIGN KEY (administration_id, debtor_id) REFERENCES debtor (administration_id, id),
        FOREIGN KEY (administration_id, agency_id) REFERENCES agency (administration_id, id),
        CHECK ((ended_on IS NULL) = (state NOT IN ('CLOSED', 'REJECTED', 'WITHDRAWN')))
      );
      CREATE UNIQUE INDEX handover_case_of_act ON handover_case (administration_id, act_id) WHERE act_id IS NOT NULL;
      CREATE INDEX handover_case_of_debtor ON handover_case (administration_id, debtor_id);
      CREATE INDEX handover_case_of_agency ON handover_case (administration_id, agency_id);
      ${tenantTable('handover_case', 'SELECT, INSERT, UPDATE')}

      -- The invoices of a case. Never two agencies at a time.
      CREATE TABLE handover_item (
        administration_id uuid NOT NULL,
        case_id uuid NOT NULL,
        invoice_id text NOT NULL,
        principal bigint NOT NULL CHECK (principal > 0), -- open when it was handed over, without what is disputed
        known_open bigint NOT NULL,                      -- open as the agency was told last
        released_on date,                                -- back with us
        PRIMARY KEY (administration_id, case_id, invoice_id),
        FOREIGN KEY (administration_id, case_id) REFERENCES handover_case (administration_id, id),
        FOREIGN KEY (administration_id, invoice_id) REFERENCES invoice (administration_id, id)
      );
      CREATE UNIQUE INDEX handover_item_once ON handover_item (administration_id, invoice_id) WHERE released_on IS NULL;
      ${tenantTable('handover_item', 'SELECT, INSERT, UPDATE')}

      -- The document as it was sealed and sent, to the byte.
      CREATE TABLE handover_dossier (
        administration_id uuid NOT NULL,
        case_id uuid NOT NULL,
        version integer NOT NULL,
        document text NOT NULL,
        sha256 char(64) NOT NULL,
        made_at timestamptz NOT NULL,
        PRIMARY KEY (administration_id, case_id, version),
        FOREIGN KEY (administration_id, case_id) REFERENCES handover_case (administration_id, id)
      );
      ${tenantTable('handover_dossier', 'SELECT, INSERT')}
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON handover_dossier EXECUTE FUNCTION append_only();

      -- Evidence about a debtor (invoice copies, contracts, letters as sent), kept by its content.
      CREATE TABLE debtor_document (
        administration_id uuid NOT NULL,
        id uuid NOT NULL,
        debtor_id text NOT NULL,
        invoice_id text,                  -- null: about the debtor as a whole
        kind text NOT NULL,               -- handover/rules/document/case-file ATTACHMENT_KINDS
        file_name text NOT NULL,
        media_type text NOT NULL,
        bytes integer NOT NULL CHECK (bytes BETWEEN 1 AND 26214400),
        sha256 char(64) NOT NULL,
        content bytea NOT NULL,
        origin text NOT NULL,             -- upload, package, sent
        added_at timestamptz NOT NULL,
        removed_at timestamptz,           -- not for dossiers to come; those that have it keep it
        PRIMARY KEY (administration_id, id),
        FOREIGN KEY (administration_id, debtor_id) REFERENCES debtor (administration_id, id),
        FOREIGN KEY (administration_id, invoice_id) REFERENCES invoice (administration_id, id)
      );
      CREATE INDEX debtor_document_of_debtor ON debtor_document (administration_id, debtor_id);
      ${tenantTable('debtor_document', 'SELECT, INSERT, UPDATE')}

      -- The documents a case was sent with: its agency may fetch these and no others.
      CREATE TABLE handover_document (
        administration_id uuid NOT NULL,
        case_id uuid NOT NULL,
        document_id uuid NOT NULL,
        from_version integer NOT NULL,
        PRIMARY KEY (administration_id, case_id, document_id),
        FOREIGN KEY (administration_id, case_id) REFERENCES handover_case (administration_id, id),
        FOREIGN KEY (administration_id, document_id) REFERENCES debtor_document (administration_id, id)
      );
      ${tenantTable('handover_document', 'SELECT, INSERT')}
    `);

    await runner.query(`
      -- What agencies told us, each once by its webhook id, as it came.
      CREATE TABLE handover_event (
        administration_id uuid NOT NULL,
        agency_id uuid NOT NULL,
        webhook_id text NOT NULL,
        case_id uuid NOT NULL,
        type text NOT NULL,
        sequence integer,                 -- the agency's own count of the case
        occurred_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        body_sha256 char(64) NOT NULL,
        body jsonb NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('applied', 'late', 'unmapped', 'kept')),
        PRIMARY KEY (administration_id, agency_id, webhook_id),
        FOREIGN KEY (administration_id, case_id) REFERENCES handover_case (administration_id, id)
      );
      CREATE INDEX handover_event_of_case ON handover_event (administration_id, case_id, received_at);
      ${tenantTable('handover_event', 'SELECT, INSERT')}
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON handover_event EXECUTE FUNCTION append_only();

      CREATE TABLE handover_settlement (
        administration_id uuid NOT NULL,
        agency_id uuid NOT NULL,
        settlement_id text NOT NULL,      -- the agency's own
        received_at timestamptz NOT NULL,
        currency char(3) NOT NULL,
        remitted bigint NOT NULL,
        expected bigint NOT NULL,
        findings jsonb NOT NULL,          -- what keeps it from being booked; []: it adds up
        bank_line_id uuid,                -- the credit it came with, null: not seen yet
        state text NOT NULL CHECK (state IN ('parked', 'checked', 'accepted')), -- accepted: a person looked at it
        PRIMARY KEY (administration_id, agency_id, settlement_id),
        FOREIGN KEY (administration_id, agency_id) REFERENCES agency (administration_id, id)
      );
      ${tenantTable('handover_settlement', 'SELECT, INSERT, UPDATE')}

      CREATE TABLE handover_settlement_line (
        administration_id uuid NOT NULL,
        agency_id uuid NOT NULL,
        settlement_id text NOT NULL,
        line_no integer NOT NULL,
        case_id uuid NOT NULL,
        invoice_number text NOT NULL,
        received_on date NOT NULL,
        gross bigint NOT NULL,
        principal bigint NOT NULL,
        interest bigint NOT NULL,
        costs bigint NOT NULL,
        court_costs bigint NOT NULL,
        commission bigint NOT NULL,
        vat_on_commission bigint NOT NULL,
        net bigint NOT NULL,
        own_interest_from date,
        PRIMARY KEY (administration_id, agency_id, settlement_id, line_no),
        FOREIGN KEY (administration_id, agency_id, settlement_id) REFERENCES handover_settlement (administration_id, agency_id, settlement_id),
        FOREIGN KEY (administration_id, case_id) REFERENCES handover_case (administration_id, id)
      );
      CREATE INDEX handover_settlement_line_of_case ON handover_settlement_line (administration_id, case_id);
      ${tenantTable('handover_settlement_line', 'SELECT, INSERT')}

      -- Work for people that an agency's word makes: a question, a status nobody has mapped, another IBAN. Answered once.
      CREATE TABLE handover_task (
        administration_id uuid NOT NULL,
        id uuid NOT NULL,
        case_id uuid NOT NULL,
        kind text NOT NULL,
        text text NOT NULL,
        due_on date,
        made_at timestamptz NOT NULL,
        done_at timestamptz,
        done_by text,
        answer text,
        PRIMARY KEY (administration_id, id),
        FOREIGN KEY (administration_id, case_id) REFERENCES handover_case (administration_id, id),
        CHECK ((done_at IS NULL) = (done_by IS NULL))
      );
      CREATE INDEX handover_task_waiting ON handover_task (administration_id, case_id) WHERE done_at IS NULL;
      ${tenantTable('handover_task', 'SELECT, INSERT, UPDATE')}
    `);
  }
}
