import type { QueryRunner } from 'typeorm';
import { Migration } from './migration.js';
import { tenantTable } from './row-level-security.js';

/** One-time links to documents of cases. */
export class DocumentLink1795000000073 extends Migration {
  readonly name = 'DocumentLink1795000000073';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- At most one link to a document of a case: asking for another ends the one before.
      CREATE TABLE document_link (
        administration_id uuid NOT NULL,
        case_id uuid NOT NULL,
        document_id uuid NOT NULL,
        agency_id uuid NOT NULL,
        token_sha256 char(64) NOT NULL UNIQUE, -- of the token; itself it is kept nowhere
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        PRIMARY KEY (administration_id, case_id, document_id),
        FOREIGN KEY (administration_id, case_id, document_id) REFERENCES handover_document (administration_id, case_id, document_id),
        FOREIGN KEY (administration_id, agency_id) REFERENCES agency (administration_id, id)
      );
      ${tenantTable('document_link', 'SELECT, INSERT, UPDATE')}
      -- A link names nothing but itself: whose it is may be looked up before anything is opened.
      CREATE POLICY directory ON document_link FOR SELECT USING (current_setting('tegoed.directory', true) = 'on');
    `);
  }
}
