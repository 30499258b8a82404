import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PackageError } from '../../src/adapters/accounting-package.port.js';
import { ConsentEntity } from '../../src/adapters/consent/consent.entity.js';
import type { OAuthApps } from '../../src/adapters/consent/oauth-apps.js';
import { StoredTokens } from '../../src/adapters/consent/stored-tokens.js';
import { TokenEndpoint } from '../../src/adapters/consent/token-endpoint.js';
import type { TokenSource } from '../../src/adapters/consent/token-source.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { ApiKeys } from '../../src/platform/auth/api-keys.js';
import { createLogger } from '../../src/platform/observability/logger.js';
import { EffectEntity } from '../../src/platform/outbox/effect.entity.js';
import { Sealer } from '../../src/platform/secrets/sealer.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { type GivenConsent, giveConsent, strictApps } from '../support/given-consent.js';
import { administrationRow } from '../support/rows.js';
import { TokenServer } from '../support/token-server.js';

const WORKERS = 8;
/** Renewals in the race; `npm run soak -- 10000 test/integration/consent-tokens` for ten thousand. */
const RENEWALS = Number(process.env['TEGOED_PROPERTY_RUNS'] ?? 60);
const SECOND = 1_000;

describe('access tokens of a stored consent', () => {
  let database: TestDatabase;
  let keyId: string;
  let server: TokenServer;
  let apps: OAuthApps;
  const clock = new ManualClock(new Date('2026-11-20T08:00:00Z'));
  const sealer = new Sealer(randomBytes(32));

  beforeAll(async () => {
    database = await testDatabase();
    keyId = (await new ApiKeys(database.tenancy, clock).issue('test', [])).split('_')[1] ?? '';
  });
  afterAll(() => database.close());

  beforeEach(async () => {
    await server?.stop();
    server = new TokenServer(clock);
    await server.start();
    apps = strictApps(server.url);
  });
  afterAll(() => server.stop());

  const endpoint = (): TokenEndpoint => new TokenEndpoint(clock);
  /** Another process: nothing in common with the others but the database. */
  const worker = (consentId: string, administrationId: string): TokenSource =>
    new StoredTokens(sealer, apps, endpoint(), clock, createLogger('silent')).source(consentId, {
      within: (work) => database.tenancy.within(administrationId, work),
      administrationId,
    });

  const connected = (): Promise<GivenConsent> => giveConsent({ tenancy: database.tenancy, sealer, clock, keyId }, server);
  const consentOf = (administrationId: string): Promise<ConsentEntity> =>
    database.tenancy.within(administrationId, (manager) => manager.findOneOrFail(ConsentEntity, { where: {} }));
  const notices = (administrationId: string): Promise<EffectEntity[]> =>
    database.tenancy.within(administrationId, (manager) => manager.findBy(EffectEntity, { kind: 'notice' }));
  const failure = async (promise: Promise<unknown>): Promise<PackageError> => {
    const error = await promise.then(() => null).catch((cause: unknown) => cause);
    if (error instanceof PackageError) return error;
    throw new Error(`no PackageError: ${String(error)}`);
  };

  it(`are renewed once for ${WORKERS} workers, ${RENEWALS} times over, and the connection lives`, async () => {
    const { administrationId, consentId } = await connected();
    const workers = Array.from({ length: WORKERS }, () => worker(consentId, administrationId));
    for (let renewal = 1; renewal <= RENEWALS; renewal++) {
      // Somewhere between the earliest moment and the end, also past it.
      clock.advance((570 + ((renewal * 7) % 40)) * SECOND);
      const tokens = await Promise.all(workers.map((each) => each.accessToken()));
      expect(new Set(tokens).size).toBe(1);
      expect(server.accepts(tokens[0] ?? '')).toBe(true);
    }
    // One for the code, one for each renewal, and never a refusal.
    expect(server.tally).toEqual({ issued: RENEWALS + 1, tooEarly: 0, reused: 0, unknown: 0, overDay: 0, fault: 0 });
    expect(server.busiestDay).toBeLessThanOrEqual(200);
    expect(await notices(administrationId)).toEqual([]);
  }, 3_600_000);

  it('are not renewed before the 570th second, and in the 570th to 590th', async () => {
    const { administrationId, consentId } = await connected();
    const source = worker(consentId, administrationId);
    const first = await source.accessToken();
    clock.advance(569 * SECOND);
    expect(await source.accessToken()).toBe(first);
    clock.advance(1 * SECOND);
    expect(await source.accessToken()).not.toBe(first);
    expect(server.tally).toMatchObject({ issued: 2, tooEarly: 0 });
  });

  it('that the package refuses early are not renewed before their time, and the connection is not given up', async () => {
    const { administrationId, consentId } = await connected();
    const source = worker(consentId, administrationId);
    const token = await source.accessToken();
    clock.advance(5 * SECOND);
    // Just given: the same is tried once more.
    await source.refused(token);
    expect(await source.accessToken()).toBe(token);
    clock.advance(100 * SECOND);
    const error = await failure(source.refused(token));
    expect([error.kind, error.retryAt?.getTime()]).toEqual(['unavailable', clock.now().getTime() + 465 * SECOND]);
    expect(server.tally).toMatchObject({ issued: 1, tooEarly: 0 });
    expect((await consentOf(administrationId)).trouble).toBeNull();
  });

  it('that were refused after somebody else renewed them are not renewed again', async () => {
    const { administrationId, consentId } = await connected();
    const [one, other] = [worker(consentId, administrationId), worker(consentId, administrationId)];
    const old = await one.accessToken();
    expect(await other.accessToken()).toBe(old);
    clock.advance(575 * SECOND);
    const renewed = await one.accessToken();
    await other.refused(old);
    expect(await other.accessToken()).toBe(renewed);
    expect(server.tally.issued).toBe(2);
  });

  it('are used to their end while the vendor is out, and asked for again after a pause', async () => {
    const { administrationId, consentId } = await connected();
    const [one, other] = [worker(consentId, administrationId), worker(consentId, administrationId)];
    const token = await one.accessToken();
    server.fault = 'outage';
    clock.advance(575 * SECOND);
    expect(await one.accessToken()).toBe(token);
    expect(await other.accessToken()).toBe(token);
    expect(server.tally.fault).toBe(1);
    clock.advance(20 * SECOND);
    const error = await failure(other.accessToken());
    expect(error.kind).toBe('unavailable');
    clock.set(error.retryAt ?? clock.now());
    server.fault = null;
    const renewed = await other.accessToken();
    expect(server.accepts(renewed)).toBe(true);
    expect(await one.accessToken()).toBe(renewed);
    expect(server.tally).toMatchObject({ fault: 1, issued: 2, reused: 0 });
  });

  it('whose vendor is out for a day are asked for no more often than the vendor allows', async () => {
    const { administrationId, consentId } = await connected();
    const source = worker(consentId, administrationId);
    server.fault = 'outage';
    clock.advance(600 * SECOND);
    const end = clock.now().getTime() + 86_400 * SECOND;
    while (clock.now().getTime() < end) {
      expect((await failure(source.accessToken())).kind).toBe('unavailable');
      clock.advance(60 * SECOND);
    }
    // Pauses double from half a minute to a quarter of an hour: a hundred and a few, well below 200.
    expect(server.tally.fault).toBeGreaterThan(50);
    expect(server.tally.fault).toBeLessThan(120);
    server.fault = null;
    clock.advance(900 * SECOND);
    expect(server.accepts(await source.accessToken())).toBe(true);
  });

  it('say that the operator has to look when our app is refused; the consent stays', async () => {
    const { administrationId, consentId } = await connected();
    server.fault = 'secret';
    clock.advance(600 * SECOND);
    const error = await failure(worker(consentId, administrationId).accessToken());
    expect([error.kind, error.message]).toEqual(['unavailable', expect.stringMatching(/our app is refused at Strict.*invalid_client/)]);
    expect((await consentOf(administrationId)).trouble).toBeNull();
  });

  it('are gone when the answer that brought them was lost, as with a crash before it was stored: noted, told once, not asked again', async () => {
    const { administrationId, consentId } = await connected();
    const workers = Array.from({ length: 3 }, () => worker(consentId, administrationId));
    server.fault = 'silent';
    clock.advance(600 * SECOND);
    expect((await failure(workers[0]!.accessToken())).kind).toBe('unavailable');
    server.fault = null;
    clock.advance(3_600 * SECOND);
    for (const error of await Promise.all(workers.map((each) => failure(each.accessToken())))) expect(error.kind).toBe('consent-lost');
    expect(server.tally).toMatchObject({ reused: 1, issued: 2 });
    expect((await consentOf(administrationId)).trouble).toMatch(/unauthorized_client/);
    expect(await notices(administrationId)).toMatchObject([{ state: 'planned', payload: { type: 'consent-lost', package: 'strict' } }]);
  });

  it('are sealed: neither they nor their refresh tokens stand in the database', async () => {
    const { administrationId, consentId } = await connected();
    const token = await worker(consentId, administrationId).accessToken();
    const { tokens } = await consentOf(administrationId);
    expect(tokens.toString('latin1')).not.toContain(token);
    expect(tokens.toString('latin1')).not.toContain('refresh-');
  });

  it('are reachable for the administrations connected by the consent and for the key it was given to, and for nobody else', async () => {
    const [mine, other] = [await connected(), await connected()];
    const foreign = randomUUID();
    await database.tenancy.within(foreign, (manager) => manager.insert(AdministrationEntity, administrationRow({ id: foreign })));
    const strangerKey = (await new ApiKeys(database.tenancy, clock).issue('stranger', [])).split('_')[1] ?? '';
    const seen = (rows: Promise<ConsentEntity[]>): Promise<string[]> => rows.then((all) => all.map(({ id }) => id));
    const { tenancy } = database;

    expect(await seen(tenancy.within(mine.administrationId, (manager) => manager.find(ConsentEntity)))).toEqual([mine.consentId]);
    expect(await seen(tenancy.within(foreign, (manager) => manager.find(ConsentEntity)))).toEqual([]);
    expect(await seen(tenancy.within([], (manager) => manager.find(ConsentEntity)))).toEqual([]);
    expect(await seen(tenancy.directory((manager) => manager.find(ConsentEntity)))).not.toContain(mine.consentId);
    expect(await seen(tenancy.ofKey({ keyId }, (manager) => manager.find(ConsentEntity)))).toEqual(
      expect.arrayContaining([mine.consentId, other.consentId]),
    );
    expect(await seen(tenancy.ofKey({ keyId: strangerKey }, (manager) => manager.find(ConsentEntity)))).toEqual([]);
    expect(await seen(tenancy.ofKey({ keyId: '' }, (manager) => manager.find(ConsentEntity)))).toEqual([]);

    // Nor changed, nor locked, nor given to somebody else, whatever the query says.
    await tenancy.within(foreign, (manager) => manager.query(`UPDATE consent SET trouble = 'mine', trouble_since = now()`));
    await tenancy.ofKey({ keyId: strangerKey }, (manager) => manager.query(`UPDATE consent SET trouble = 'mine', trouble_since = now()`));
    expect((await consentOf(mine.administrationId)).trouble).toBeNull();
    const theft = tenancy.ofKey({ keyId: strangerKey }, (manager) =>
      manager.query('INSERT INTO consent_key (consent_id, key_id) VALUES ($1, $2)', [mine.consentId, keyId]),
    );
    await expect(theft).rejects.toThrow(/row-level security/);
  });
});
