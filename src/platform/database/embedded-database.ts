import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { InputError } from '../../kernel/errors.js';

/** How to reach a running embedded database, in the words of `pg`. */
export interface EmbeddedDatabase {
  readonly host: string;
  readonly user: 'postgres';
  readonly database: 'postgres';
  /** One: see {@link startEmbeddedDatabase}. */
  readonly poolSize: 1;
  /** The whole data folder as a tar, to start another one from. Nothing may be writing meanwhile. */
  dump(): Promise<Uint8Array>;
  stop(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL in a thread. `dataFolder` null keeps everything in memory; a folder survives restarts, also after
 * SIGKILL (test/integration/embedded-database.spec.ts), and is locked to one process. `preparedDump` is the tar a new, empty
 * folder starts from (saves the seconds initdb takes).
 *
 * It takes one connection only. The socket server hands the messages of several clients to the one PostgreSQL in the order they
 * come; outside a transaction a Parse of one client can come between the Parse and the Bind of another (read in its source,
 * 0.2.17). With a pool of one there is nobody to come between.
 *
 * Throws {@link InputError} `data-folder-in-use` when a living process holds the folder.
 */
export async function startEmbeddedDatabase(dataFolder: string | null, preparedDump: string | null): Promise<EmbeddedDatabase> {
  const postgres = await compiledPostgres();
  const unlock = dataFolder === null ? () => undefined : lock(dataFolder);
  const socketFolder = mkdtempSync(join(tmpdir(), 'tegoed-db-'));
  const databaseFolder = dataFolder === null ? null : join(dataFolder, 'postgres');
  const fresh = databaseFolder === null || !existsSync(databaseFolder) || readdirSync(databaseFolder).length === 0;
  const worker = new Worker(new URL(`./embedded-database.worker${extname(import.meta.url)}`, import.meta.url), {
    workerData: {
      dataFolder: databaseFolder,
      socketFile: join(socketFolder, '.s.PGSQL.5432'),
      preparedDump: fresh ? preparedDump : null,
      postgres,
    },
  });
  // A test runner or a command that forgets to stop it must still be able to end.
  worker.unref();
  try {
    await answer(worker, 'ready');
  } catch (cause) {
    unlock();
    rmSync(socketFolder, { recursive: true, force: true });
    throw cause;
  }

  return {
    host: socketFolder,
    user: 'postgres',
    database: 'postgres',
    poolSize: 1,
    dump: async () => {
      worker.postMessage({ kind: 'dump' });
      return (await answer(worker, 'dumped')).bytes as Uint8Array;
    },
    stop: async () => {
      worker.postMessage({ kind: 'stop' });
      await answer(worker, 'stopped');
      await worker.terminate();
      rmSync(socketFolder, { recursive: true, force: true });
      unlock();
    },
  };
}

/** Node has it, the types of ES2024 do not. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<object> };

let compiling: Promise<object> | null = null;

/** PostgreSQL as machine code. A process that starts several, as one of the tests does, compiles it once: a third of a start. */
function compiledPostgres(): Promise<object> {
  compiling ??= readFile(new URL('./pglite.wasm', import.meta.resolve('@electric-sql/pglite'))).then((bytes) => WebAssembly.compile(bytes));
  return compiling;
}

function answer(worker: Worker, kind: string): Promise<{ kind: string; bytes?: Uint8Array }> {
  worker.ref();
  return new Promise<{ kind: string; bytes?: Uint8Array }>((resolve, reject) => {
    const onMessage = (message: { kind: string }): void => {
      if (message.kind === kind) settle(() => resolve(message));
    };
    const onError = (error: Error): void => settle(() => reject(error));
    const onExit = (code: number): void => settle(() => reject(new Error(`the embedded database ended with status ${code}`)));
    const settle = (then: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      worker.unref();
      then();
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}

/** Takes the folder for this process; a lock left by a process that is gone counts as free. Gives the function that frees it. */
function lock(dataFolder: string): () => void {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const file = join(dataFolder, 'lock');
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
      const holder = Number(readFileSync(file, 'utf8'));
      if (isAlive(holder)) {
        throw new InputError('data-folder-in-use', `${dataFolder} is in use by process ${holder}; stop it, or choose another folder`, {
          file: dataFolder,
        });
      }
      // Renamed first: of two processes that find the same dead holder only one gets to remove it.
      const stale = `${file}.stale-${process.pid}`;
      try {
        renameSync(file, stale);
      } catch {
        continue;
      }
      rmSync(stale, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
