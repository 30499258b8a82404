import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../src/kernel/clock.js';
import { Sealer } from '../../src/platform/secrets/sealer.js';
import { ApiKeys } from '../../src/platform/auth/api-keys.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { fromSources } from '../support/from-sources.js';
import { giveConsent } from '../support/given-consent.js';
import { TokenServer } from '../support/token-server.js';

const PROCESSES = 4;
const RENEWALS = Number(process.env['TEGOED_PROPERTY_RUNS'] ?? 25);

const hasServer = process.env['TEGOED_TEST_DATABASE_URL'] !== undefined;
if (!hasServer)
  process.stderr.write('SKIPPED consent in processes of their own: the embedded database belongs to one (TEGOED_TEST_DATABASE_URL)\n');

(hasServer ? describe : describe.skip)('processes that want the token of one consent at the same moment', () => {
  let database: TestDatabase;
  let server: TokenServer;
  const clock = new ManualClock(new Date('2026-11-20T08:00:00Z'));
  const workers: Worker[] = [];

  /** One process, asked and answering by lines. */
  interface Worker {
    readonly process: ChildProcessWithoutNullStreams;
    readonly answers: AsyncIterator<string>;
  }
  const answer = async ({ answers }: Worker): Promise<string> => (await answers.next()).value ?? 'the process ended';

  beforeAll(async () => {
    database = await testDatabase();
    server = new TokenServer(clock);
    await server.start();
    const key = randomBytes(32);
    const keyId = (await new ApiKeys(database.tenancy, clock).issue('test', [])).split('_')[1] ?? '';
    const { consentId, administrationId } = await giveConsent({ tenancy: database.tenancy, sealer: new Sealer(key), clock, keyId }, server);
    const { url = '' } = database.dataSource.options as { url?: string };
    for (let number = 0; number < PROCESSES; number++) {
      const args = fromSources('test/support/token-process.ts', url, key.toString('hex'), server.url, consentId, administrationId);
      const child = spawn(process.execPath, args, { stdio: 'pipe' });
      child.stderr.on('data', (text: Buffer) => process.stderr.write(text));
      workers.push({ process: child, answers: createInterface({ input: child.stdout })[Symbol.asyncIterator]() });
    }
    expect(await Promise.all(workers.map(answer))).toEqual(workers.map(() => 'ready'));
  });

  afterAll(async () => {
    await Promise.all(workers.map((worker) => ended(worker)));
    await server.stop();
    await database.close();
  });

  const ended = ({ process: child }: Worker): Promise<void> =>
    new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.stdin.end();
    });

  it(`renew it once between them, ${RENEWALS} times over`, async () => {
    for (let renewal = 0; renewal < RENEWALS; renewal++) {
      clock.advance((570 + ((renewal * 7) % 40)) * 1_000);
      for (const worker of workers) worker.process.stdin.write(`${clock.now().getTime()}\n`);
      const tokens = await Promise.all(workers.map(answer));
      expect(new Set(tokens).size).toBe(1);
      expect(server.accepts(tokens[0] ?? '')).toBe(true);
    }
    expect(server.tally).toMatchObject({ issued: RENEWALS + 1, tooEarly: 0, reused: 0, overDay: 0 });
  }, 3_600_000);
});
