import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, expect, it, describe } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ConsentEntity } from '../../src/adapters/consent/consent.entity.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { type Firm, startFirm } from '../support/firm.js';
import { type RunningService, startService } from '../support/running-service.js';
import { browserIsThere, launchBrowser } from './support/browser.js';

/** A port that was free a moment ago: the address people are sent back to has to be known before the service starts. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const suite = browserIsThere('consent in a browser') ? describe : describe.skip;

suite('consent in a browser, without a line of script', () => {
  let firm: Firm;
  let house: RunningService;
  let browser: Browser;
  let page: Page;
  let base: string;

  beforeAll(async () => {
    firm = await startFirm({ seed: 'consent', debtors: 5, invoices: 20, from: plainDate('2026-11-16'), unbookedDays: 1 });
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    firm.sandbox.tokens.registerClient({ id: 'app', secret: 's', redirectUris: [`${base}/console/consents/callback`] });
    house = await startService(firm.clock, {
      port,
      publicUrl: base,
      // Another name of the same machine is another site: the browser keeps the console's cookie back when it is sent here from there.
      moneybirdUrl: firm.packageUrl.replace('127.0.0.1', 'localhost'),
      smtpUrl: `smtp://127.0.0.1:${firm.smtpPort}`,
      oauthClients: [{ package: 'moneybird', site: 'main', id: 'app', secret: 's' }],
    });
    browser = await launchBrowser();
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, javaScriptEnabled: false })).newPage();
  });
  afterAll(async () => {
    await browser.close();
    await house.stop();
    await firm.stop();
  });

  const press = (name: string | RegExp): Promise<void> => page.getByRole('button', { name }).click();
  const follow = (name: string | RegExp): Promise<void> => page.getByRole('link', { name }).click();

  it('is given at the package, comes back, and what it sees is connected', async () => {
    await page.goto(`${base}/console/login?key=${house.key}`);
    await press('Connect Moneybird');
    expect(await page.getByRole('heading').innerText()).toBe('To Moneybird');
    await follow('Go to Moneybird');
    // Over the other site and back, by the page in between.
    await page.getByRole('heading', { name: 'Choose administrations' }).waitFor();
    expect(new URL(page.url()).search).toBe('?done=given');
    const row = page.getByRole('row', { name: firm.books.profile.name });
    expect(await row.innerText()).toContain('Not connected');

    await row.getByRole('link').click();
    await page.getByLabel('Address, one line each').fill('Ambachtsweg 12\n1234 AB Zandwijk');
    await page.getByLabel('E-mail address they come from').fill('administratie@zandwijk.example');
    await page.getByLabel('Account debtors pay to (IBAN)').fill('NL00 BANK 0000 0000 00');
    await press('Connect');
    expect(await page.getByText('"NL00 BANK 0000 0000 00" is no IBAN').count()).toBe(1);

    await page.goBack();
    await page.getByLabel('Account debtors pay to (IBAN)').fill(firm.books.profile.iban);
    await press('Connect');
    expect(await page.getByRole('status').innerText()).toContain('Connected, in shadow mode');
    await follow(/^Open/);
    expect(await page.getByRole('heading', { name: firm.books.profile.name }).count()).toBe(1);
    await press('Run the day');
    expect(await page.getByRole('status').innerText()).toBe('The day was run to its end.');
  });

  it('that is refused says so', async () => {
    firm.sandbox.tokens.consent = 'deny';
    await page.goto(`${base}/console`);
    await press('Connect Moneybird');
    await follow('Go to Moneybird');
    await page.getByText('no consent was given at Moneybird; nothing was connected').waitFor();
    firm.sandbox.tokens.consent = {};
  });

  it('that was lost is asked for on the page of the administration, and given again there', async () => {
    const { administrationIds } = (await house.keys.check(house.key)) ?? { administrationIds: [] };
    const administrationId = administrationIds[0] ?? '';
    await house.tenancy.within(administrationId, (manager) =>
      manager.update(ConsentEntity, { package: 'moneybird' }, { trouble: 'the refresh token was used', troubleSince: firm.clock.now() }),
    );
    await page.goto(`${base}/console/administrations/${administrationId}`);
    expect(await page.getByRole('alert').innerText()).toMatch(/Moneybird no longer lets us in, since .*the refresh token was used/);
    await press('Give consent again: Moneybird');
    await follow('Go to Moneybird');
    await page.getByText('What was lost works again.').waitFor();
    await page.goto(`${base}/console/administrations/${administrationId}`);
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
