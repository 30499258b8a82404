import type { DataSource } from 'typeorm';
import { entities } from '../../src/entities.js';
import { openDatabase } from '../../src/platform/database/open-database.js';
import { Tenancy } from '../../src/platform/database/tenancy.js';
import { nativeDatabase } from './native-database.js';

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
  const native = await nativeDatabase();
  try {
    const opened = await openDatabase(native === null ? { dataFolder: null } : { url: native.url }, entities);
    return {
      dataSource: opened.dataSource,
      tenancy: new Tenancy(opened.dataSource),
      close: async () => {
        await opened.close();
        await native?.drop();
      },
    };
  } catch (cause) {
    await native?.drop();
    throw cause;
  }
}
