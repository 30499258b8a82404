import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** An empty database of a PostgreSQL server. */
export interface NativeDatabase {
  readonly url: string;
  /** Whoever is still connected to it is thrown out. */
  drop(): Promise<void>;
}

/** Makes one on the server `TEGOED_TEST_DATABASE_URL` names; null when it names none: then tests run on the embedded database. */
export async function nativeDatabase(): Promise<NativeDatabase | null> {
  const server = process.env['TEGOED_TEST_DATABASE_URL'];
  if (!server) return null;
  const name = `tegoed_test_${randomBytes(6).toString('hex')}`;
  await administer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
