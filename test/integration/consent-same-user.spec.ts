import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type AccountingPackage, PackageError } from '../../src/adapters/accounting-package.port.js';
import { ConnectService } from '../../src/adapters/connect.service.js';
import { ConsentEntity } from '../../src/adapters/consent/consent.entity.js';
import { type ConsentGiven, Consents } from '../../src/adapters/consent/consents.service.js';
import { StoredTokens } from '../../src/adapters/consent/stored-tokens.js';
import { TokenEndpoint } from '../../src/adapters/consent/token-endpoint.js';
import { type Access, Packages } from '../../src/adapters/packages.js';
import { WebhookStore } from '../../src/adapters/webhook-store.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { AdministrationEntity, ConnectionEntity } from '../../src/ledger/administration.entity.js';
import { ApiKeys, type Caller } from '../../src/platform/auth/api-keys.js';
import { createLogger } from '../../src/platform/observability/logger.js';
import { Sealer } from '../../src/platform/secrets/sealer.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { strictApps } from '../support/given-consent.js';
import { administrationRow } from '../support/rows.js';
import { TokenServer } from '../support/token-server.js';

/** At a strict vendor a second consent of one user ends the first, whoever it was given to. */
describe('two consents of one user of a package', () => {
  let database: TestDatabase;
  let server: TokenServer;
  let consents: Consents;
  let packages: Packages;
  let bakery: Caller;
  let brewery: Caller;
  const clock = new ManualClock(new Date('2026-11-20T08:00:00Z'));
  const sealer = new Sealer(randomBytes(32));

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    server = new TokenServer(clock);
    await server.start();
    server.user = `user-${randomUUID()}`;
    const { tenancy } = database;
    const logger = createLogger('silent');
    const apps = strictApps(server.url);
    const endpoint = new TokenEndpoint(clock);
    const tokens = new StoredTokens(sealer, apps, endpoint, clock, logger);
    packages = new Packages(tenancy, sealer, clock, tokens, new WebhookStore(tenancy, sealer, clock), new Map([['strict', strictPackage]]));
    const connections = new ConnectService(tenancy, clock, packages);
    consents = new Consents({ tenancy, sealer, clock, logger }, { apps, endpoint, callbackUrl: 'https://t.example/back' }, connections);
    [bakery, brewery] = [await keyFor('bakery'), await keyFor('brewery')];
  });
  afterEach(() => server.stop());

  /** What the vendor's API is to these tests: a list of administrations for a token that is good now. */
  const strictPackage = ({ token }: Access): AccountingPackage =>
    ({
      name: 'strict',
      administrations: async () => {
        const access = await token.accessToken();
        if (!server.accepts(access)) throw new PackageError('consent-lost', 'the package answers 401');
        return refs.map((ref) => ({ ref, name: ref, country: 'NL', currency: 'EUR', language: null, timeZone: null, active: true }));
      },
    }) as unknown as AccountingPackage;
  const refs: string[] = [];

  async function keyFor(name: string): Promise<Caller> {
    const keys = new ApiKeys(database.tenancy, clock);
    const administrationId = randomUUID();
    const caller = await keys.check(await keys.issue(name, [administrationId]));
    if (!caller) throw new Error('no key');
    return caller;
  }

  async function give(caller: Caller): Promise<ConsentGiven> {
    const { url } = await consents.begin(caller, 'strict', 'nl');
    return consents.finish(caller, { state: new URL(url).searchParams.get('state') ?? '', code: server.code() });
  }

  /** Connects the caller's administration by its consent. */
  async function connect({ administrationIds: [id = ''] }: Caller, consentId: string): Promise<string> {
    refs.push(id);
    await database.tenancy.within(id, async (manager) => {
      await manager.insert(AdministrationEntity, administrationRow({ id, package: 'strict', packageRef: id }));
      await manager.insert(ConnectionEntity, {
        administrationId: id,
        consentId,
        credentials: null,
        trouble: null,
        createdAt: clock.now(),
      });
    });
    return id;
  }

  const works = async (administrationId: string): Promise<boolean> => {
    const accounting = await packages.of(administrationId);
    return (accounting?.administrations() ?? Promise.reject(new Error('not connected'))).then(
      () => true,
      () => false,
    );
  };
  const consentOf = (administrationId: string): Promise<ConsentEntity | null> =>
    database.tenancy.within(administrationId, (manager) => manager.findOne(ConsentEntity, { where: {} }));

  it('share one row: the second brings the first to life again', async () => {
    const first = await give(bakery);
    const mine = await connect(bakery, first.consentId);
    expect(await works(mine)).toBe(true);
    clock.advance(60_000);
    const second = await give(brewery);
    expect(second.consentId).toBe(first.consentId);
    const other = await connect(brewery, second.consentId);
    expect([await works(mine), await works(other)]).toEqual([true, true]);
    clock.advance(600_000);
    expect([await works(mine), await works(other)]).toEqual([true, true]);
    expect(server.tally).toMatchObject({ reused: 0, tooEarly: 0 });
  });

  it('one lost before stays lost for whom it was given to: the user gave the second to somebody else', async () => {
    const first = await give(bakery);
    const mine = await connect(bakery, first.consentId);
    server.withdraw(server.user);
    clock.advance(600_000);
    expect(await works(mine)).toBe(false);
    clock.advance(60_000);

    const second = await give(brewery);
    expect(second.consentId).not.toBe(first.consentId);
    expect(second.restored).toEqual([]);
    expect(await works(mine)).toBe(false);
    expect((await consentOf(mine))?.trouble).toMatch(/used/);

    // Until it is given again for this one; then both go by the living row.
    const other = await connect(brewery, second.consentId);
    clock.advance(60_000);
    // A user who may not enter that administration any more opens it for nobody.
    const mayNotEnter = refs.splice(refs.indexOf(mine), 1);
    expect((await give(bakery)).restored).toEqual([]);
    expect(await works(mine)).toBe(false);
    refs.push(...mayNotEnter);
    clock.advance(60_000);
    const third = await give(bakery);
    expect([third.consentId, third.restored]).toEqual([second.consentId, [mine]]);
    expect([await works(mine), await works(other)]).toEqual([true, true]);
  });

  it('of another user leave each other alone', async () => {
    const mine = await connect(bakery, (await give(bakery)).consentId);
    server.user = `user-${randomUUID()}`;
    const other = await connect(brewery, (await give(brewery)).consentId);
    expect((await consentOf(mine))?.id).not.toBe((await consentOf(other))?.id);
    clock.advance(600_000);
    expect([await works(mine), await works(other)]).toEqual([true, true]);
  });

  it('are not stored when scopes are missing', async () => {
    server.scope = 'somethingelse';
    await expect(give(bakery)).rejects.toMatchObject({ code: 'scopes-missing' });
    server.scope = 'books extra';
    expect(await consents.list(bakery)).toEqual([]);
    expect((await give(bakery)).restored).toEqual([]);
    expect([(await consents.list(bakery)).length, (await consents.list(brewery)).length]).toEqual([1, 0]);
  });

  it('are begun only so often', async () => {
    for (let begun = 0; begun < 20; begun++) await consents.begin(bakery, 'strict', 'nl');
    await expect(consents.begin(bakery, 'strict', 'nl')).rejects.toMatchObject({ code: 'too-many-requests' });
    await consents.begin(brewery, 'strict', 'nl');
    clock.advance(15 * 60_000);
    await consents.begin(bakery, 'strict', 'nl');
  });
});
