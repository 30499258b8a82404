import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { WEBHOOK_EVENTS } from '../../src/adapters/moneybird/vendor.js';
import { PackageEvents } from '../../src/adapters/package-events.service.js';
import { Schedule } from '../../src/cycle/schedule.service.js';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';
import { realSleep } from '../../src/platform/outgoing/sleep.js';
import { updateContact } from '../../src/sandbox/moneybird/contacts.js';
import type { ContactRecord, WebhookRecord } from '../../src/sandbox/moneybird/records.js';
import { signed } from '../../src/sandbox/moneybird/webhooks.js';
import { type Firm, connectFirm, startFirm } from '../support/firm.js';
import { type RunningService, startService } from '../support/running-service.js';

const PUBLIC_URL = 'https://tegoed.example';
const FROM = plainDate('2026-11-17');

describe('what Moneybird tells by itself', () => {
  let firm: Firm;
  let house: RunningService;
  let id: string;
  let path: string;
  beforeAll(async () => {
    firm = await startFirm({ seed: 'w1', debtors: 5, invoices: 8, from: FROM, unbookedDays: 0 });
    const urls = { moneybirdUrl: firm.packageUrl, smtpUrl: `smtp://127.0.0.1:${firm.smtpPort}`, publicUrl: PUBLIC_URL };
    house = await startService(firm.clock, { ...urls, role: 'both' });
    firm.sandbox.webhooks.route(PUBLIC_URL, house.url);
    path = await connectFirm(house.api, firm, FROM);
    id = path.split('/').at(-1) ?? '';
    await eventually(async () => webhooks().length === 1 && (await kept()) !== null);
    await house.service.app.get(PackageEvents).changedIn(id, firm.books.id);
    await eventually(async () => (await phone()) !== undefined && (await jobs()) === 0);
  });
  afterAll(async () => {
    await house.stop();
    await firm.stop();
  });

  const webhooks = (): WebhookRecord[] => [...firm.books.webhooks.values()];
  const webhook = (): WebhookRecord => webhooks()[0] as WebhookRecord;
  const contact = (): ContactRecord => [...firm.books.contacts.values()][0] as ContactRecord;
  const act = () => ({ userId: firm.books.owner.id, at: firm.clock.now() });
  const query = <T>(sql: string): Promise<T[]> => house.tenancy.within(id, (manager) => manager.query(sql) as Promise<T[]>);
  const kept = async (): Promise<Buffer | null> =>
    (await query<{ webhook: Buffer | null }>('SELECT webhook FROM connection'))[0]?.webhook ?? null;
  const phone = async (): Promise<string | null | undefined> =>
    (await query<{ phone: string | null }>(`SELECT phone FROM debtor WHERE id = '${contact().id}'`))[0]?.phone;
  const seen = async (): Promise<number> => (await query('SELECT FROM webhook_seen')).length;
  const ended = async (): Promise<void> => {
    await house.service.database.dataSource.query(`DELETE FROM tegoed_jobs.job WHERE name = 'hastened-pull'`);
  };
  const jobs = async (): Promise<number> =>
    Number(
      (
        (await house.service.database.dataSource.query(
          `SELECT count(*) AS n FROM tegoed_jobs.job WHERE name = 'hastened-pull' AND state < 'completed'`,
        )) as { n: string }[]
      )[0]?.n,
    );
  const post = async (body: string, headers: Record<string, string>, to = id): Promise<{ status: number; text: string }> => {
    const answer = await fetch(`${house.url}/api/v1/webhooks/moneybird/${to}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: answer.status, text: await answer.text() };
  };
  const told = (more: object = {}): string =>
    JSON.stringify({
      administration_id: firm.books.id,
      webhook_id: webhook().id,
      webhook_token: webhook().token,
      entity_type: 'Contact',
      entity_id: contact().id,
      state: null,
      action: 'contact_changed',
      entity: null,
      ...more,
    });
  const headersFor = (body: string, { secret = webhook().secret, late = 0, key = String(randomUUID()) } = {}): Record<string, string> => ({
    'moneybird-signature': signed(secret, body, new Date(firm.clock.now().getTime() - late * 1_000)),
    'idempotency-key': key,
  });

  it('is asked for after connecting, at an address of its own, and its secret is kept sealed', async () => {
    expect(webhooks().map(({ url, enabledEvents }) => [url, enabledEvents])).toEqual([
      [`${PUBLIC_URL}/api/v1/webhooks/moneybird/${id}`, WEBHOOK_EVENTS],
    ]);
    expect((await kept())?.toString('latin1')).not.toContain(webhook().secret);
    expect((await kept())?.toString('latin1')).not.toContain(webhook().id);
  });

  it('brings what changed at once, whatever order it comes in and however often', async () => {
    await ended();
    for (const nth of [1, 2, 3]) {
      firm.clock.advance(60_000);
      unwrap(updateContact(firm.books, contact(), { phone: `055-000000${nth}` }, act()));
    }
    const statuses = await firm.sandbox.webhooks.deliver(firm.books, firm.clock.now(), { twice: true, reversed: true });
    expect(statuses.length).toBeGreaterThanOrEqual(6);
    expect(new Set(statuses)).toEqual(new Set([200]));
    await eventually(async () => (await phone()) === '055-0000003');
    expect(await jobs()).toBeLessThanOrEqual(1);
  });

  it('is switched on again on any night, and made anew when it was taken away', async () => {
    const { id: first } = webhook();
    webhook().deactivatedAt = firm.clock.now();
    const tuesday = plainDate('2026-11-24');
    await house.service.app.get(Schedule).startDays(tuesday);
    await eventually(async () => webhook().deactivatedAt === null);
    expect(webhook().id).toBe(first);

    firm.books.webhooks.delete(first);
    await eventually(async () => {
      await house.service.app.get(Schedule).startDays(addDays(tuesday, 1));
      return webhooks().length === 1;
    });
    expect(webhook().id).not.toBe(first);
    const body = told();
    await eventually(async () => (await post(body, headersFor(body))).status === 200);
  });

  describe('changes nothing, without a word why,', () => {
    beforeEach(ended);

    it.each([
      ['signed with another secret', () => told(), { secret: 'guessed' }],
      ['too old', () => told(), { late: 301 }],
      ['of a webhook we no longer have', () => told({ webhook_id: '1' }), {}],
      ['no event', () => '{}', {}],
    ])('when it is %s', async (_what, make, how) => {
      const before = await seen();
      const body = make();
      const { status, text } = await post(body, headersFor(body, how));
      expect({ status, problem: JSON.parse(text) as object }).toEqual({
        status: 401,
        problem: { type: 'about:blank', title: 'Unauthorized', status: 401, code: 'webhook-refused', detail: 'refused' },
      });
      expect([await jobs(), await seen()]).toEqual([0, before]);
    });

    it('when its text was changed on the way', async () => {
      const body = told();
      expect((await post(body.replace('contact_changed', 'contact_merged'), headersFor(body))).status).toBe(401);
      expect(await jobs()).toBe(0);
    });

    it.each<[string, string]>([
      ['an administration there is not', randomUUID()],
      ['something that is no id', 'x'],
    ])('when it comes for %s', async (_what, to) => {
      const body = told();
      expect(await post(body, headersFor(body), to)).toMatchObject({ status: 401 });
      expect(await post(body, {}, to)).toEqual({ status: 200, text: '' });
    });

    it('when it tells of another administration', async () => {
      const body = told({ administration_id: '1' });
      expect((await post(body, headersFor(body))).status).toBe(200);
      expect(await jobs()).toBe(0);
    });

    it('when it comes again, also with another key, which is not signed', async () => {
      const body = told();
      const headers = headersFor(body);
      expect((await post(body, headers)).status).toBe(200);
      await eventually(async () => (await jobs()) === 0);
      await ended();
      expect((await post(body, headers)).status).toBe(200);
      expect((await post(body, { ...headers, 'idempotency-key': randomUUID() })).status).toBe(200);
      firm.clock.advance(1_000);
      expect((await post(body, headersFor(body, { key: headers['idempotency-key'] ?? '' }))).status).toBe(200);
      expect(await jobs()).toBe(0);
    });

    it('when it is the unsigned try of an address', async () => {
      expect(await post('', {})).toEqual({ status: 200, text: '' });
      expect(await post(told(), {})).toEqual({ status: 200, text: '' });
      expect(await jobs()).toBe(0);
    });

    it('when the administration is off', async () => {
      await house.api.patch(path, { mode: 'off' });
      const body = told();
      expect((await post(body, headersFor(body))).status).toBe(200);
      expect(await jobs()).toBe(0);
    });
  });

  it('is looked at no more than so often, whoever sends it', async () => {
    const body = told();
    const statuses = await Promise.all(
      Array.from({ length: 700 }, async () => (await post(body, headersFor(body, { secret: 'guessed' }))).status),
    );
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(100);
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
  });
});

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return;
    await realSleep(250);
  }
  throw new Error('it did not happen within 50 seconds');
}
