import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { WEBHOOK_TOPICS } from '../../src/adapters/exact-online/vendor.js';
import { Schedule } from '../../src/cycle/schedule.service.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { realSleep } from '../../src/platform/outgoing/sleep.js';
import { changeAccount } from '../../src/sandbox/exact-online/accounts.js';
import { bookInvoice } from '../../src/sandbox/exact-online/receivables.js';
import { signedBody } from '../../src/sandbox/exact-online/webhooks.js';
import { APP, ExactFirm, PUBLIC_URL, WEBHOOK_SECRET } from '../support/exact-firm.js';

const ADDRESS = `${PUBLIC_URL}/api/v1/webhooks/exact-online/nl`;

const BELGIAN_APP = { id: '6b1f3a52-0d7e-4c1b-9a55-2f8f0a1c7d12', webhookSecret: 'a-secret-of-the-belgian-site' };

const MONDAY = plainDate('2026-11-23');

describe('what Exact Online tells by itself', () => {
  let firm: ExactFirm;
  beforeAll(async () => {
    const place = { package: 'exact-online', secret: 'x' };
    const oauthClients = [
      { ...place, site: 'nl', id: APP.id, secret: APP.secret, webhookSecret: WEBHOOK_SECRET },
      { ...place, site: 'be', ...BELGIAN_APP },
      { ...place, site: 'de', id: APP.id },
    ];
    firm = await ExactFirm.start({ role: 'both', oauthClients });
    await firm.connect();
  });
  afterAll(() => firm.stop());

  const subscriptions = (): unknown[][] =>
    [...firm.books.webhooks.values()].map(({ fields }) => [fields['Topic'], fields['CallbackURL']]).sort();
  const wanted = [...WEBHOOK_TOPICS].sort().map((topic) => [topic, ADDRESS]);
  const phone = async (): Promise<string | null> =>
    (await firm.query<{ phone: string | null }>('SELECT phone FROM debtor'))[0]?.phone ?? null;
  const invoices = async (): Promise<number> => (await firm.query('SELECT FROM invoice')).length;
  const pulls = (): number => firm.sandbox.log.count(({ path }) => path.endsWith('/sync/Cashflow/PaymentTerms'));
  const jobs = async (): Promise<number> =>
    Number(
      (
        (await firm.house.service.database.dataSource.query(
          `SELECT count(*) AS n FROM tegoed_jobs.job WHERE name = 'hastened-pull' AND state < 'completed'`,
        )) as { n: string }[]
      )[0]?.n,
    );
  const post = async (body: string, path = '/api/v1/webhooks/exact-online/nl'): Promise<{ status: number; text: string }> => {
    const answer = await fetch(`${firm.house.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return { status: answer.status, text: await answer.text() };
  };
  const event = { topic: 'Accounts', action: 'Update', key: '3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d001', address: 'x' } as const;
  const signed = (changes: { app?: string; secret?: string; division?: number } = {}): string =>
    signedBody(
      { id: changes.app ?? APP.id, webhookSecret: changes.secret ?? WEBHOOK_SECRET },
      { ...event, division: changes.division ?? firm.books.code, at: firm.clock.now() },
    );

  it('is asked for after connecting, and asked for again on a Monday when it was ended there', async () => {
    await eventually(() => subscriptions().length === wanted.length);
    expect(subscriptions()).toEqual(wanted);
    const [ended] = [...firm.books.webhooks.values()];
    if (ended) firm.books.remove(firm.books.webhooks, ended.id, firm.clock.now());
    firm.clock.set(new Date(`${MONDAY}T05:30:00Z`));
    await firm.house.service.app.get(Schedule).startDays(MONDAY);
    await eventually(() => subscriptions().length === wanted.length);
    expect(subscriptions()).toEqual(wanted);
    await eventually(async () => (await firm.query('SELECT FROM day_run WHERE finished_at IS NOT NULL')).length === 1);
  });

  it('brings what changed at once, however often and in whatever order it comes, and one lost is made up for by the day', async () => {
    const [account] = [...firm.books.accounts.values()];
    if (!account) throw new Error('the books have no account');
    for (const nth of [1, 2, 3]) changeAccount(firm.books, account, { Phone: `055-000000${nth}` }, firm.clock.now());
    const before = pulls();
    expect(await firm.sandbox.webhooks.deliver({ twice: true, reversed: true })).toEqual([200, 200, 200, 200, 200, 200]);
    await eventually(async () => (await phone()) === '055-0000003');
    // The first began at once; whatever came after it waits for the next five minutes, together. The test may stand across two of these.
    await eventually(async () => (await jobs()) <= 1);
    // Accounts and contacts are looked at in turn, so each may have taken two.
    expect(pulls() - before).toBeLessThanOrEqual(4);

    const { accountId, dueDate } = firm.invoice;
    bookInvoice(firm.books, { accountId, date: plainDate('2026-11-20'), dueDate, amount: 60_50 }, firm.clock.now());
    const lost = Array.from({ length: firm.sandbox.webhooks.waiting }, (_each, at) => at);
    expect(lost).not.toEqual([]);
    expect(await firm.sandbox.webhooks.deliver({ lost })).toEqual([]);
    expect(await invoices()).toBe(1);
    await firm.runDay(MONDAY);
    expect(await invoices()).toBe(2);
  });

  describe('is refused, without a word why,', () => {
    beforeEach(async () => {
      await firm.house.service.database.dataSource.query(`DELETE FROM tegoed_jobs.job WHERE name = 'hastened-pull'`);
    });

    const body = (content: string): string => {
      const hash = createHmac('sha256', WEBHOOK_SECRET).update(content).digest('hex').toUpperCase();
      return `{"Content":${content},"HashCode":"${hash}"}`;
    };
    it.each([
      ['signed with another secret', (): string => signed({ secret: 'guessed' })],
      ['changed on its way', (): string => signed().replace('Update', 'Delete')],
      ['of another app', (): string => signed({ app: '00000000-0000-4000-8000-000000000001' })],
      ['not signed', (): string => '{"Content":{"Topic":"Accounts"}}'],
      ['no JSON', (): string => '{"Content":'],
      ['signed, and no event', (): string => body('{}')],
    ])('when it is %s', async (_, make) => {
      const { status, text } = await post(make());
      expect({ status, problem: JSON.parse(text) as object }).toEqual({
        status: 401,
        problem: { type: 'about:blank', title: 'Unauthorized', status: 401, code: 'webhook-refused', detail: 'refused' },
      });
      expect(await jobs()).toBe(0);
    });

    it.each([
      ['of another app', 'be'],
      ['without a secret', 'de'],
      ['without an app', 'fr'],
      ['there is not', 'nowhere'],
    ])('when it comes to a site %s', async (_, site) => {
      expect((await post(signed(), `/api/v1/webhooks/exact-online/${site}`)).status).toBe(401);
      expect(await jobs()).toBe(0);
    });

    it('but the empty test of an address is answered, and does nothing', async () => {
      expect(await post('')).toEqual({ status: 200, text: '' });
      expect(await jobs()).toBe(0);
    });
  });

  it('of a division that is not connected, or is off, pulls nothing', async () => {
    const before = pulls();
    expect((await post(signed({ division: firm.books.code + 1 }))).status).toBe(200);
    // The same number at another site is another division.
    const belgian = signed({ app: BELGIAN_APP.id, secret: BELGIAN_APP.webhookSecret });
    expect((await post(belgian, '/api/v1/webhooks/exact-online/be')).status).toBe(200);
    expect(await jobs()).toBe(0);
    await firm.change({ mode: 'off' });
    expect((await post(signed())).status).toBe(200);
    expect(await jobs()).toBe(0);
    expect(pulls()).toBe(before);
  });
});

async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await holds()) return;
    await realSleep(250);
  }
  throw new Error('it did not happen within 25 seconds');
}
