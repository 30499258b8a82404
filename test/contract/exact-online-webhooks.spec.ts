import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { subscribe, verifiedEvent } from '../../src/adapters/exact-online/webhook.js';
import { WEBHOOK_TOPICS } from '../../src/adapters/exact-online/vendor.js';
import { changeAccount } from '../../src/sandbox/exact-online/accounts.js';
import { APP, ExactOnlineHarness } from './support/exact-online-harness.js';

const CALLBACK = 'https://tegoed.example/api/v1/webhooks/exact-online';

describe('webhooks of Exact Online', () => {
  let harness: ExactOnlineHarness;
  let receiver: Server;
  let received: Buffer[];
  let status: number;
  beforeEach(async () => {
    harness = new ExactOnlineHarness();
    await harness.start();
    [received, status] = [[], 200];
    receiver = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        received.push(Buffer.concat(parts));
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    harness.sandbox.webhooks.route('https://tegoed.example', `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`);
  });
  afterEach(async () => {
    await harness.stop();
    await new Promise((resolve) => receiver.close(resolve));
  });

  const subscriptions = () => [...harness.books.webhooks.values()].map(({ fields }) => [fields['Topic'], fields['CallbackURL']]);

  it('subscribes to what hastens a pull, once, and moves to another address', async () => {
    await subscribe(harness.api(), CALLBACK);
    await subscribe(harness.api(), CALLBACK);
    expect(subscriptions().sort()).toEqual([...WEBHOOK_TOPICS].sort().map((topic) => [topic, CALLBACK]));
    await subscribe(harness.api(), `${CALLBACK}/2`);
    expect(subscriptions().sort()).toEqual([...WEBHOOK_TOPICS].sort().map((topic) => [topic, `${CALLBACK}/2`]));
    // The address is tried with an empty body each time; nothing is to be done about that.
    expect(received.every((body) => verifiedEvent(body, APP.webhookSecret) === null)).toBe(true);
  });

  it('says it in the words of Exact when the address does not answer', async () => {
    status = 500;
    await expect(subscribe(harness.api(), CALLBACK)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('callback'),
    });
  });

  it('knows an event of Exact by its signature, also when it comes twice', async () => {
    await subscribe(harness.api(), CALLBACK);
    received.length = 0;
    const account = harness.books.account(harness.openInvoice.debtorRef);
    changeAccount(harness.books, account, { Phone: '055-0000000' }, harness.clock.now());
    await harness.sandbox.webhooks.deliver({ twice: true });
    const events = received.map((body) => verifiedEvent(body, APP.webhookSecret));
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({ topic: 'Accounts', action: 'update', key: account.id, division: harness.administrationRef });
    expect(events[1]?.identity).toBe(events[0]?.identity);
    expect(received.map((body) => verifiedEvent(body, 'not the secret'))).toEqual([null, null]);
  });
});
