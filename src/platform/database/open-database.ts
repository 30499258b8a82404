import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { DataSource, type DataSourceOptions, MigrationExecutor } from 'typeorm';
import { projectRoot } from '../config/config-files.js';
import { type EmbeddedDatabase, startEmbeddedDatabase } from './embedded-database.js';
import { migrations } from './migrations/index.js';
import { APP_ROLE } from './tenancy.js';

/** Where the data is: a PostgreSQL by URL, or the embedded one in a folder (null: in memory, gone at the end). */
export type DatabaseLocation = { readonly url: string } | { readonly dataFolder: string | null };

/** The entity classes of all tables; the entry points know them (src/entities.ts). */
export type Entities = NonNullable<DataSourceOptions['entities']>;

export interface OpenDatabase {
  readonly dataSource: DataSource;
  readonly embedded: boolean;
  /** The driver's own pool, for libraries that bring their SQL. */
  readonly pool: Pool;
  close(): Promise<void>;
}

/**
 * Opens the database, brings its schema up to this code and checks that tenants cannot see each other. Throws when the schema is
 * newer than the code (an older service must not write into it), or when row-level security is not in force.
 */
export async function openDatabase(location: DatabaseLocation, entities: Entities): Promise<OpenDatabase> {
  if ('url' in location) {
    const dataSource = await connect({ type: 'postgres', url: location.url, poolSize: 10 }, entities);
    return { dataSource, embedded: false, pool: poolOf(dataSource), close: () => dataSource.destroy() };
  }
  const embedded = await startEmbeddedDatabase(location.dataFolder, await preparedDump());
  try {
    const dataSource = await connectEmbedded(embedded, entities);
    await endLeases(dataSource);
    return {
      dataSource,
      embedded: true,
      pool: poolOf(dataSource),
      close: async () => {
        await dataSource.destroy();
        await embedded.stop();
      },
    };
  } catch (cause) {
    await embedded.stop();
    throw cause;
  }
}

const poolOf = (dataSource: DataSource): Pool => (dataSource.driver as unknown as { master: Pool }).master;

/** A data folder belongs to one process at a time: whoever held something in it is gone, and need not be waited for. */
async function endLeases(dataSource: DataSource): Promise<void> {
  await dataSource.query('UPDATE effect SET lease_until = created_at WHERE lease_until IS NOT NULL');
  await dataSource.query('UPDATE day_run SET lease_holder = NULL, lease_until = NULL WHERE lease_until IS NOT NULL');
}

const connectEmbedded = ({ host, user, database, poolSize }: EmbeddedDatabase, entities: Entities): Promise<DataSource> =>
  connect({ type: 'postgres', host, username: user, database, poolSize }, entities);

async function connect(where: Partial<DataSourceOptions> & { type: 'postgres' }, entities: Entities): Promise<DataSource> {
  const dataSource = new DataSource({
    ...where,
    applicationName: 'tegoed',
    entities,
    migrations,
    migrationsTableName: 'schema_migration',
    // Both by hand: gen_random_uuid() is built in, and extensions are the administrator's business.
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    connectTimeoutMS: 10_000,
    extra: { statement_timeout: 120_000 },
  } as DataSourceOptions);
  await dataSource.initialize();
  try {
    await migrate(dataSource);
    await assertTenantsAreApart(dataSource);
    return dataSource;
  } catch (cause) {
    await dataSource.destroy();
    throw cause;
  }
}

/** Any number; all instances must agree on it. Only one of them migrates at a time. */
const MIGRATION_LOCK = 7_312_004;

async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    await runner.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'none'; // this one transaction holds the lock and all of them
    const known = new Set(migrations.map((Migration) => new Migration().name));
    const newer = (await executor.getExecutedMigrations()).filter(({ name }) => !known.has(name));
    if (newer.length > 0) {
      throw new Error(
        `The database has a newer schema than this version of Tegoed (${newer.map(({ name }) => name).join(', ')}). ` +
          'Start the newer version, or restore the backup made before it.',
      );
    }
    await executor.executePendingMigrations();
    await runner.commitTransaction();
  } catch (cause) {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    throw cause;
  } finally {
    await runner.release();
  }
}

/** Every table with an administration must enforce its policy, also on its owner, and our role must not be above it. */
async function assertTenantsAreApart(dataSource: DataSource): Promise<void> {
  const open = (await dataSource.query(
    `SELECT c.relname FROM pg_class c
       JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'administration_id' AND NOT a.attisdropped
      WHERE c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
  )) as { relname: string }[];
  if (open.length > 0) throw new Error(`row-level security is not forced on: ${open.map(({ relname }) => relname).join(', ')}`);
  const [role] = (await dataSource.query('SELECT rolsuper OR rolbypassrls AS above FROM pg_roles WHERE rolname = $1', [APP_ROLE])) as {
    above: boolean;
  }[];
  if (!role || role.above) throw new Error(`the role ${APP_ROLE} must exist and must not bypass row-level security`);
}

/**
 * A tar of an embedded database with this code's schema, made once and kept: a new folder then starts in two seconds instead of
 * five (docs/benchmarks.md). The name carries everything the content depends on.
 */
async function preparedDump(): Promise<string | null> {
  const { dependencies } = JSON.parse(readFileSync(`${projectRoot}package.json`, 'utf8')) as { dependencies: Record<string, string> };
  const version = dependencies['@electric-sql/pglite'];
  const schema = createHash('sha256');
  for (const Migration of migrations) schema.update(Migration.toString()).update(JSON.stringify(new Migration()));
  const folder = cacheFolder();
  const file = join(folder, `pglite-${version}-${schema.digest('hex').slice(0, 16)}.tar`);
  if (existsSync(file)) return file;

  const blank = await startEmbeddedDatabase(null, null);
  try {
    const dataSource = await connectEmbedded(blank, []);
    await dataSource.destroy();
    const partial = `${file}.${process.pid}`;
    writeFileSync(partial, await blank.dump());
    renameSync(partial, file);
    return file;
  } catch (cause) {
    rmSync(`${file}.${process.pid}`, { force: true });
    throw cause;
  } finally {
    await blank.stop();
  }
}

function cacheFolder(): string {
  for (const folder of [join(projectRoot, '.cache'), join(tmpdir(), `tegoed-cache-${process.getuid?.() ?? 0}`)]) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      accessSync(folder, constants.W_OK);
      return folder;
    } catch {
      continue;
    }
  }
  return tmpdir();
}
