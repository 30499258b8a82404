import type { QueryRunner } from 'typeorm';
import { APP_ROLE } from '../tenancy.js';
import { Migration } from './migration.js';

/**
 * Consents: what a user of a package gave us by OAuth, good for any number of administrations. A consent is not an administration's own,
 * so its rows are reached in three ways and no other:
 *
 * - a unit of work of an administration reaches the consent its connection goes by (the connection is under its own policy);
 * - whoever speaks for a key reaches the consents that were given to that key, and the requests it made;
 * - who has just been told by the package which user gave a consent reaches the living row of that user, to put the new tokens there: a
 *   second consent of one user ends the first, and two rows would end each other.
 *
 * The directory sees which connections and consents are in trouble, to count them. Their credentials open nothing any more.
 */
export class Consent1795000000040 extends Migration {
  readonly name = 'Consent1795000000040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE consent (
        id uuid PRIMARY KEY,
        package text NOT NULL,
        site text NOT NULL,
        subject text,             -- digest of package, site and the vendor's user; null: the vendor has no need of it
        tokens bytea NOT NULL,    -- sealed, see platform/secrets
        given_at timestamptz NOT NULL,
        renewed_at timestamptz NOT NULL,
        trouble text,             -- why only a person can open it again; null while it works
        trouble_since timestamptz,
        failures integer NOT NULL DEFAULT 0,  -- renewals that came to nothing since the last that worked
        not_before timestamptz,               -- no renewal before this
        asks integer NOT NULL DEFAULT 0,      -- calls of the token endpoint in the 24 hours from asks_since
        asks_since timestamptz NOT NULL,
        CHECK ((trouble IS NULL) = (trouble_since IS NULL))
      );
      CREATE UNIQUE INDEX consent_living ON consent (subject) WHERE trouble IS NULL;

      CREATE TABLE consent_key (
        consent_id uuid NOT NULL REFERENCES consent (id) ON DELETE CASCADE,
        key_id text NOT NULL REFERENCES api_key (id),
        PRIMARY KEY (consent_id, key_id)
      );
      CREATE INDEX consent_key_of ON consent_key (key_id);

      CREATE TABLE consent_request (
        state_hash bytea PRIMARY KEY, -- the state itself is known to the browser only
        key_id text NOT NULL REFERENCES api_key (id),
        package text NOT NULL,
        site text NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      );
      CREATE INDEX consent_request_of ON consent_request (key_id, expires_at);

      ALTER TABLE connection ADD COLUMN consent_id uuid REFERENCES consent (id);
      ALTER TABLE connection ADD COLUMN trouble_since timestamptz;
      UPDATE connection SET trouble_since = created_at WHERE trouble IS NOT NULL;
      ALTER TABLE connection ALTER COLUMN credentials DROP NOT NULL;
      ALTER TABLE connection ADD CHECK ((credentials IS NULL) <> (consent_id IS NULL));
      ALTER TABLE connection ADD CHECK ((trouble IS NULL) = (trouble_since IS NULL));
      CREATE INDEX connection_of_consent ON connection (consent_id) WHERE consent_id IS NOT NULL;

      -- A mail to whoever runs the administration, not to a debtor: it goes whatever the mode.
      ALTER TABLE effect DROP CONSTRAINT effect_kind_check;
      ALTER TABLE effect ADD CONSTRAINT effect_kind_check CHECK (kind IN ('mail', 'push', 'notice'));
    `);
    await runner.query(`
      CREATE FUNCTION tegoed_key() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT nullif(current_setting('tegoed.key', true), '') $$;
      CREATE FUNCTION tegoed_vendor_user() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT nullif(current_setting('tegoed.vendor_user', true), '') $$;

      ALTER TABLE consent ENABLE ROW LEVEL SECURITY;
      ALTER TABLE consent FORCE ROW LEVEL SECURITY;
      CREATE POLICY connected ON consent USING (id IN (SELECT consent_id FROM connection));
      CREATE POLICY given_to ON consent USING (id IN (SELECT consent_id FROM consent_key)) WITH CHECK (tegoed_key() IS NOT NULL);
      CREATE POLICY same_user ON consent USING (subject = tegoed_vendor_user());
      CREATE POLICY directory ON consent FOR SELECT
        USING (current_setting('tegoed.directory', true) = 'on' AND trouble IS NOT NULL);
      GRANT SELECT, INSERT, UPDATE ON consent TO ${APP_ROLE};

      ALTER TABLE consent_key ENABLE ROW LEVEL SECURITY;
      ALTER TABLE consent_key FORCE ROW LEVEL SECURITY;
      CREATE POLICY own ON consent_key USING (key_id = tegoed_key());
      GRANT SELECT, INSERT ON consent_key TO ${APP_ROLE};

      ALTER TABLE consent_request ENABLE ROW LEVEL SECURITY;
      ALTER TABLE consent_request FORCE ROW LEVEL SECURITY;
      CREATE POLICY own ON consent_request USING (key_id = tegoed_key());
      GRANT SELECT, INSERT, UPDATE, DELETE ON consent_request TO ${APP_ROLE};

      CREATE POLICY directory ON connection FOR SELECT
        USING (current_setting('tegoed.directory', true) = 'on' AND trouble IS NOT NULL);
    `);
  }
}
