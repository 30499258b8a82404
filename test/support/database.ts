import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { entities } from '../../src/entities.js';
import { type OpenDatabase, openDatabase } from '../../src/platform/database/open-database.js';
import { Tenancy } from '../../src/platform/database/tenancy.js';

export interface TestDatabase {
  readonly dataSource: DataSource;
  readonly tenancy: Tenancy;
  close(): Promise<void>;
}

/**
 * A database of its own for one test file: embedded and in memory, or, when `TEGOED_TEST_DATABASE_URL` names a PostgreSQL, one
 * made there from nothing and dropped at the end. The same tests run on both (.ci/run).
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env['TEGOED_TEST_DATABASE_URL'];
  const { opened, drop } = server
    ? await native(server)
    : { opened: await openDatabase({ dataFolder: null }, entities), drop: async () => undefined };
  return {
    dataSource: opened.dataSource,
    tenancy: new Tenancy(opened.dataSource),
    close: async () => {
      await opened.close();
      await drop();
    },
  };
}

async function native(server: string): Promise<{ opened: OpenDatabase; drop: () => Promise<void> }> {
  const name = `tegoed_test_${randomBytes(6).toString('hex')}`;
  await administer(server, `CREATE DATABASE ${name}`);
  const drop = (): Promise<void> => administer(server, `DROP DATABASE ${name} WITH (FORCE)`);
  try {
    const url = new URL(server);
    url.pathname = `/${name}`;
    return { opened: await openDatabase({ url: url.href }, entities), drop };
  } catch (cause) {
    await drop();
    throw cause;
  }
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
