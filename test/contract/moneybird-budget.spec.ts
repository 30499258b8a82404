import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { personalToken } from '../../src/adapters/consent/token-source.js';
import { AdministrationApi } from '../../src/adapters/moneybird/moneybird.api.js';
import { MoneybirdClient } from '../../src/adapters/moneybird/moneybird.client.js';
import { httpSender } from '../../src/platform/outgoing/http.js';
import { type OutgoingQuotas, memoryQuotas } from '../../src/platform/outgoing/quota.js';
import type { Books } from '../../src/sandbox/moneybird/books.js';
import { MoneybirdSandbox } from '../../src/sandbox/moneybird/moneybird-sandbox.js';
import { PROFILE } from './support/moneybird-client.js';
import { SharedTime } from './support/moneybird-shared-time.js';

const START = new Date('2026-11-20T01:00:00Z');

describe('the limit all customers of an address share', () => {
  let sandbox: MoneybirdSandbox;
  let time: SharedTime;
  let quota: OutgoingQuotas;
  const send = httpSender({ timeoutMs: 5_000, maxAnswerBytes: 1_000_000 });
  beforeEach(async () => {
    time = new SharedTime(START);
    quota = memoryQuotas({ clock: time.clock, sleep: time.sleep });
    sandbox = new MoneybirdSandbox({ clock: time.clock });
    await sandbox.start();
  });
  afterEach(() => sandbox.stop());

  const seconds = (): number => (time.clock.now().getTime() - START.getTime()) / 1_000;
  const api = (books: Books, maxWaitMs = 3_600_000): AdministrationApi => {
    const token = personalToken(sandbox.tokens.issuePersonal({ administrations: [books.id] }));
    const options = { baseUrl: sandbox.url, token, quota, send, sleep: time.sleep, random: () => 0.5, attempts: 1, maxWaitMs };
    return new AdministrationApi(new MoneybirdClient(options), books.id);
  };
  const administration = (): Books => sandbox.addAdministration({ profile: PROFILE });
  const ask = async (by: AdministrationApi, times: number): Promise<void> => {
    for (let asked = 0; asked < times; asked++) await by.workflows();
  };
  const refused = (): number => sandbox.log.statuses['429'] ?? 0;

  it('leaves room for the others when one asks a lot, whoever came first', async () => {
    const [large, small, third] = [administration(), administration(), administration()];
    // Four workers of one customer ask four windows' worth; the others come when all that was free is gone.
    const loading = Promise.all([1, 2, 3, 4].map(() => time.run(() => ask(api(large), 110))));
    const served: number[] = [];
    const others = [small, third].map((books) =>
      time.run(async () => {
        await time.sleep(10_000);
        await ask(api(books), 15);
        served.push(seconds());
      }),
    );
    await Promise.all(others);
    expect(served).toEqual([10, 10]);
    await loading;
    // 440 requests, of which at most 105 in a window that 40 are kept in: five windows, so four waits.
    expect(seconds()).toBeGreaterThanOrEqual(4 * 300);
    expect(seconds()).toBeLessThan(5 * 305);
    expect(refused()).toBe(0);
  });

  it('is spent to the last usable request when many ask little', async () => {
    const many = Array.from({ length: 29 }, administration);
    await Promise.all(many.map((books) => time.run(() => ask(api(books), 5))));
    // 29 × 5 = 145, which is all but the five spare ones.
    expect(seconds()).toBe(0);
    await time.run(() => ask(api(administration()), 1));
    expect(seconds()).toBeGreaterThanOrEqual(300);
    expect(refused()).toBe(0);
  });

  it('tells who cannot wait so long when to come again', async () => {
    const large = administration();
    await time.run(() => ask(api(large), 105));
    const impatient = api(large, 30_000).workflows();
    await expect(impatient).rejects.toMatchObject({ kind: 'rate-limited', retryAt: new Date('2026-11-20T01:05:01Z') });
    expect(sandbox.log.count()).toBe(105);
  });
});
