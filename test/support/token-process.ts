import { createInterface } from 'node:readline';
import { StoredTokens } from '../../src/adapters/consent/stored-tokens.js';
import { TokenEndpoint } from '../../src/adapters/consent/token-endpoint.js';
import { entities } from '../../src/entities.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { openDatabase } from '../../src/platform/database/open-database.js';
import { Tenancy } from '../../src/platform/database/tenancy.js';
import { createLogger } from '../../src/platform/observability/logger.js';
import { Sealer } from '../../src/platform/secrets/sealer.js';
import { strictApps } from './given-consent.js';

/** Wants the access token of a consent at each moment (epoch milliseconds) a line of stdin names, and answers with a line each. */
const [url = '', key = '', origin = '', consentId = '', administrationId = ''] = process.argv.slice(2);
const clock = new ManualClock(new Date(0));
const database = await openDatabase({ url }, entities);
const tenancy = new Tenancy(database.dataSource);
const apps = strictApps(origin);
const tokens = new StoredTokens(new Sealer(Buffer.from(key, 'hex')), apps, new TokenEndpoint(clock), clock, createLogger('silent'));
const source = tokens.source(consentId, { within: (work) => tenancy.within(administrationId, work), administrationId });
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  clock.set(new Date(Number(line)));
  process.stdout.write(`${await source.accessToken().catch((cause: Error) => `failed: ${cause.message}`)}\n`);
}
await database.close();
