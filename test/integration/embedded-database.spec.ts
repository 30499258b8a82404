import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { entities } from '../../src/entities.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { type OpenDatabase, openDatabase } from '../../src/platform/database/open-database.js';
import { Tenancy } from '../../src/platform/database/tenancy.js';
import { fromSources } from '../support/from-sources.js';
import { administrationRow } from '../support/rows.js';

describe('the embedded database in a data folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tegoed-embedded-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const open = (): Promise<OpenDatabase> => openDatabase({ dataFolder: folder }, entities);
  const add = async ({ dataSource }: OpenDatabase, name: string): Promise<void> => {
    const row = administrationRow({ name });
    await new Tenancy(dataSource).within(row.id, (manager) => manager.insert(AdministrationEntity, row as never));
  };
  const names = async ({ dataSource }: OpenDatabase): Promise<string[]> =>
    (await new Tenancy(dataSource).directory((manager) => manager.find(AdministrationEntity))).map(({ name }) => name).sort();

  it('is there again after a restart', async () => {
    const first = await open();
    await add(first, 'kept');
    await first.close();
    const second = await open();
    expect(await names(second)).toEqual(['kept']);
    await second.close();
  });

  it('belongs to one process at a time, and says to which', async () => {
    const first = await open();
    await expect(open()).rejects.toMatchObject({
      code: 'data-folder-in-use',
      message: expect.stringContaining(`in use by process ${process.pid}`),
    });
    // The refused one must not have freed it.
    await expect(open()).rejects.toMatchObject({ code: 'data-folder-in-use' });
    await add(first, 'unharmed');
    await first.close();
    const second = await open();
    expect(await names(second)).toEqual(['unharmed']);
    await second.close();
  });

  it('is free when the process that held it is gone, or when its lock makes no sense', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    for (const holder of [String(gone.pid), 'nonsense']) {
      writeFileSync(join(folder, 'lock'), holder);
      const database = await open();
      expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(String(process.pid));
      await database.close();
    }
  });

  it('is left alone by a service that is older than its schema', async () => {
    const newer = await open();
    await newer.dataSource.query(`INSERT INTO schema_migration (timestamp, name) VALUES (9999999999999, 'Later9999999999999')`);
    await newer.close();
    await expect(open()).rejects.toThrow(/newer schema.*Later9999999999999.*Start the newer version, or restore the backup/s);
    // It was refused and let go: who knows the schema can still open it.
    await expect(open()).rejects.toThrow(/newer schema/);
  });

  it('gives back what a process held that is gone: nobody waits for its leases', async () => {
    const first = await open();
    const row = administrationRow();
    await new Tenancy(first.dataSource).within(row.id, async (manager) => {
      await manager.insert(AdministrationEntity, row as never);
      await manager.query(
        `INSERT INTO day_run (administration_id, day, stage, lease_holder, lease_until, started_at)
         VALUES ($1, '2026-11-20', 'act', $1, '2999-01-01', now())`,
        [row.id],
      );
    });
    await first.close();
    const second = await open();
    const runs = await new Tenancy(second.dataSource).within(row.id, (manager) =>
      manager.query('SELECT lease_holder, lease_until FROM day_run'),
    );
    expect(runs).toEqual([{ lease_holder: null, lease_until: null }]);
    await second.close();
  });

  describe('when its process is killed', () => {
    let child: ChildProcess;
    afterEach(() => void child.kill('SIGKILL'));

    it('keeps every transaction that was committed, and no half of one', async () => {
      for (let round = 0; round < 2; round++) {
        child = spawn(process.execPath, fromSources('test/support/writing-process.ts', folder, String(round)), {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        if (!child.stdout) throw new Error('no standard output');
        let committed = -1;
        // In the middle of its writing: somewhere after a handful of transactions.
        for await (const line of createInterface(child.stdout)) {
          committed = Number(line);
          if (committed === 5 + round * 4) child.kill('SIGKILL');
        }
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
        expect(child.signalCode).toBe('SIGKILL');

        const database = await open();
        const pairs = (await new Tenancy(database.dataSource).directory((manager) =>
          manager.query(
            `SELECT split_part(name, ' ', 2)::int AS number, count(*)::int AS rows FROM administration
              WHERE name LIKE $1 GROUP BY 1 ORDER BY 1`,
            [`${round}-% %`],
          ),
        )) as { number: number; rows: number }[];
        // Two rows a transaction. What was told to be committed is there; at most the one in flight may be there too, whole.
        expect(pairs.filter(({ rows }) => rows !== 2)).toEqual([]);
        expect(pairs.map(({ number }) => number).slice(0, committed + 1)).toEqual(Array.from({ length: committed + 1 }, (_, at) => at));
        expect(pairs.length).toBeLessThanOrEqual(committed + 2);
        await database.close();
      }
    });
  });
});
