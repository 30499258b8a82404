/**
 * The embedded database: PostgreSQL compiled to WebAssembly (PGlite), in a thread of its own so that it uses the second core and
 * does not hold up the service. It speaks the ordinary protocol over a Unix socket in a folder only its owner can enter.
 * This file uses erasable TypeScript and packages only: the thread loads it as it is, from src/ and from dist/.
 */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const { dataFolder, socketFile, preparedDump, postgres } = workerData as {
  dataFolder: string | null;
  socketFile: string;
  preparedDump: string | null;
  postgres: object;
};

const database = await PGlite.create({
  ...(dataFolder !== null && { dataDir: dataFolder }),
  ...(preparedDump !== null && { loadDataDir: new Blob([readFileSync(preparedDump)]) }),
  extensions: { pgcrypto },
  pgliteWasmModule: postgres,
});
const server = new PGLiteSocketServer({ db: database, path: socketFile, maxConnections: 1 });
await server.start();

parentPort?.on('message', (message: { kind: 'stop' } | { kind: 'dump' }) => {
  void (async () => {
    if (message.kind === 'dump') {
      const dump = await database.dumpDataDir('none');
      parentPort?.postMessage({ kind: 'dumped', bytes: new Uint8Array(await dump.arrayBuffer()) });
      return;
    }
    await server.stop();
    await database.close();
    parentPort?.postMessage({ kind: 'stopped' });
    parentPort?.close();
  })();
});
parentPort?.postMessage({ kind: 'ready' });
