import { APP_ROLE } from '../tenancy.js';

/**
 * Statements that put a table with an `administration_id` under row-level security, forced also on its owner, and let the
 * service's role use it. `rights` are what that role may do: an append-only table leaves out UPDATE and DELETE.
 */
export function tenantTable(table: string, rights = 'SELECT, INSERT, UPDATE, DELETE', column = 'administration_id'): string {
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant ON ${table} USING (${column} = ANY (tegoed_administrations())) WITH CHECK (${column} = ANY (tegoed_administrations()));
    GRANT ${rights} ON ${table} TO ${APP_ROLE};
  `;
}
