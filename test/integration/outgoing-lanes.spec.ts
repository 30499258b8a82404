import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sharedLanes } from '../../src/platform/outgoing/lanes.js';
import { type TestDatabase, testDatabase } from '../support/database.js';

/** The embedded database has one session for all, which no lock keeps apart; there one process is all there is. */
const native = process.env['TEGOED_TEST_DATABASE_URL'] === undefined ? describe.skip : describe;

native('lanes shared through a PostgreSQL (TEGOED_TEST_DATABASE_URL)', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  /** As another process would be: nothing in common with the others but the database. */
  const worker = () =>
    sharedLanes(async () => {
      const session = database.dataSource.createQueryRunner();
      await session.connect();
      return session;
    });

  it('let one at a time through, over all workers, also after one that failed', async () => {
    const workers = [worker(), worker(), worker()];
    let [inFlight, most, done] = [0, 0, 0];
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inFlight);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inFlight--;
      if (++done === 4) throw new Error('mine');
    };
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, (_, at) => workers[at % 3]?.run('division', work)));
    expect(most).toBe(1);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  });

  it('let others through beside them', async () => {
    const [one, other] = [worker(), worker()];
    expect(await one.run('a', () => other.run('b', async () => 'through'))).toBe('through');
  });
});
