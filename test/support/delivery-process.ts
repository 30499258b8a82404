import { createInterface } from 'node:readline';
import { entities } from '../../src/entities.js';
import { EndpointClient } from '../../src/handover/endpoint.client.js';
import { KeyRings } from '../../src/handover/signing.js';
import { WebhookDeliveries } from '../../src/handover/webhook-deliveries.service.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { openDatabase } from '../../src/platform/database/open-database.js';
import { Tenancy } from '../../src/platform/database/tenancy.js';
import { Sealer } from '../../src/platform/secrets/sealer.js';

/** Brings to an agency what waits, at each moment (epoch milliseconds) a line of stdin names, and says what came of it. */
const [url = '', key = '', origin = '', administrationId = ''] = process.argv.slice(2);
const clock = new ManualClock(new Date(0));
const database = await openDatabase({ url }, entities);
const rings = new KeyRings(new Sealer(Buffer.from(key, 'hex')));
const client = new EndpointClient({ allowedOrigins: [origin] });
const deliveries = new WebhookDeliveries(new Tenancy(database.dataSource), clock, client, rings, () => 0.5);
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  clock.set(new Date(Number(line)));
  process.stdout.write(`${JSON.stringify(await deliveries.run(administrationId))}\n`);
}
await database.close();
