import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../src/kernel/clock.js';
import { ApiKeys } from '../../src/platform/auth/api-keys.js';
import { type TestDatabase, testDatabase } from '../support/database.js';

describe('API keys', () => {
  let database: TestDatabase;
  let keys: ApiKeys;

  beforeAll(async () => {
    database = await testDatabase();
    keys = new ApiKeys(database.tenancy, new ManualClock(new Date('2026-11-20T12:00:00Z')));
  });
  afterAll(() => database.close());

  const idOf = (key: string): string => key.split('_')[1] ?? '';

  it('open what they were given, and what they connect later', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const key = await keys.issue('bookkeeper', [first]);
    expect(await keys.check(key)).toMatchObject({ keyId: idOf(key), name: 'bookkeeper', administrationIds: [first] });
    await keys.admit(idOf(key), second);
    expect((await keys.check(key))?.administrationIds).toEqual([first, second]);
  });

  it('are told apart by every character', async () => {
    const key = await keys.issue('exact', []);
    for (let at = 0; at < key.length; at++) {
      const other = `${key.slice(0, at)}${key[at] === 'x' ? 'y' : 'x'}${key.slice(at + 1)}`;
      expect({ at, caller: await keys.check(other) }).toEqual({ at, caller: null });
    }
    for (const other of ['', 'tgd_', key.slice(0, -1), `${key}x`, ` ${key}`, `${key}\n`, key.toUpperCase()]) {
      expect(await keys.check(other)).toBeNull();
    }
  });

  it('do not open with the secret of another', async () => {
    const [one, two] = [await keys.issue('one', []), await keys.issue('two', [])];
    expect(await keys.check(`tgd_${idOf(one)}_${two.split('_')[2]}`)).toBeNull();
  });

  it('end at once when revoked, and once', async () => {
    const key = await keys.issue('leaves', [randomUUID()]);
    expect(await keys.revoke(idOf(key))).toBe(true);
    expect(await keys.check(key)).toBeNull();
    expect(await keys.revoke(idOf(key))).toBe(false);
    expect(await keys.revoke('nobody')).toBe(false);
  });

  it('are not in the database: what is there opens nothing', async () => {
    const key = await keys.issue('hashed', []);
    const rows = JSON.stringify(
      await database.tenancy.directory((manager) => manager.query('SELECT *, encode(secret_hash, $1) AS hex FROM api_key', ['hex'])),
    );
    expect(rows).toContain(idOf(key));
    expect(rows).not.toContain(key.split('_')[2]);
    expect(rows).not.toContain(Buffer.from(key.split('_')[2] ?? '').toString('hex'));
  });
});
