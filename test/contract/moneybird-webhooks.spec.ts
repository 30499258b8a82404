import { type IncomingHttpHeaders, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { subscribe, unsubscribe, verifiedEvent } from '../../src/adapters/moneybird/webhook.js';
import type { MadeWebhook } from '../../src/adapters/webhook-store.js';
import { WEBHOOK_EVENTS } from '../../src/adapters/moneybird/vendor.js';
import { LedgerDouble } from './support/ledger-double.js';
import { MoneybirdHarness } from './support/moneybird-harness.js';

const URL_ = 'https://tegoed.example/api/v1/webhooks/moneybird/7c1';

describe('webhooks of Moneybird', () => {
  let harness: MoneybirdHarness;
  let receiver: Server;
  let received: { readonly headers: IncomingHttpHeaders; readonly body: Buffer }[];
  let status: number;
  /** How often an address was tried before its webhook was made. */
  let tried: number;
  beforeEach(async () => {
    harness = new MoneybirdHarness();
    await harness.start();
    [received, status, tried] = [[], 200, 0];
    receiver = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        if (request.headers['moneybird-signature'] === undefined) tried++;
        else received.push({ headers: request.headers, body: Buffer.concat(parts) });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    harness.webhooks.route('https://tegoed.example', `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`);
  });
  afterEach(async () => {
    expect(harness.violations()).toEqual([]);
    await harness.stop();
    await new Promise((resolve) => receiver.close(resolve));
  });

  const there = () => [...harness.books.webhooks.values()];
  const eventsBy = ({ secret }: MadeWebhook) =>
    received.map(({ headers, body }) => verifiedEvent({ body, signature: String(headers['moneybird-signature']) }, secret, harness.now()));
  const deliver = (options = {}) => harness.webhooks.deliver(harness.books, harness.now(), options);

  it('is made once, with the events that hasten a pull, and its secret is kept', async () => {
    const made = await subscribe(harness.api(), URL_, null);
    expect(await subscribe(harness.api(), URL_, made)).toEqual(made);
    expect(there().map(({ id, url, enabledEvents, secret }) => [{ id, secret }, url, enabledEvents])).toEqual([
      [made, URL_, WEBHOOK_EVENTS],
    ]);
  });

  it('is not made at an address that does not answer its unsigned try, in the words of the package', async () => {
    status = 401;
    await expect(subscribe(harness.api(), URL_, null)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('url') as unknown,
    });
    expect([tried, there()]).toEqual([1, []]);
  });

  it('is made anew when its secret is not known, also after an answer that got lost', async () => {
    harness.faults.next('drop-after', { match: ({ method, path }) => method === 'POST' && path.includes('/webhooks') });
    await expect(subscribe(harness.api(), URL_, null)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(there()).toHaveLength(1);
    const made = await subscribe(harness.api(), URL_, null);
    expect(there().map(({ id, secret }) => ({ id, secret }))).toEqual([made]);
  });

  it('is switched on again after the package gave up on us', async () => {
    const made = await subscribe(harness.api(), URL_, null);
    status = 500;
    for (let change = 0; change < 6; change++) harness.touch(harness.openInvoice.ref);
    await deliver({ twice: true });
    expect(there()[0]?.deactivatedAt).not.toBeNull();
    expect(await subscribe(harness.api(), URL_, made)).toEqual(made);
    expect(there()[0]?.deactivatedAt).toBeNull();
  });

  it('goes when the administration leaves, and leaves those of others', async () => {
    await harness.api().addWebhook('https://webshop.example/hook', ['payment']);
    await subscribe(harness.api(), URL_, null);
    await unsubscribe(harness.api(), URL_);
    expect(there().map(({ url }) => url)).toEqual(['https://webshop.example/hook']);
  });

  it('is known by its signature, and by its key when it comes twice', async () => {
    const made = await subscribe(harness.api(), URL_, null);
    harness.touch(harness.openInvoice.ref);
    await deliver({ twice: true });
    expect(eventsBy(made)).toMatchObject([
      { action: 'sales_invoice_updated', entityId: harness.openInvoice.ref.replace('sales_invoices:', '') },
      { administrationRef: harness.administrationRef, webhookId: made.id },
    ]);
    const keys = received.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toMatch(/./);
    expect(keys[1]).toBe(keys[0]);
    expect(eventsBy({ ...made, secret: 'not the secret' })).toEqual([null, null]);
  });

  it('hastens a pull and carries no truth: an order that is turned round and records that are left out change nothing', async () => {
    await subscribe(harness.api(), URL_, null);
    const ledger = new LedgerDouble();
    await harness.connect().pull(harness.administrationRef, null, ledger.sink);
    for (const options of [{ reversed: true }, { bare: true }]) {
      received.length = 0;
      harness.edit();
      await deliver(options);
      expect(received.length).toBeGreaterThan(5);
      await harness.connect().pull(harness.administrationRef, ledger.cursor, ledger.sink);
      expect(ledger.book().items.length).toBe(harness.truth().items.length);
    }
  });
});
