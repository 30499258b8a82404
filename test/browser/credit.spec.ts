import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { CustomerChecks } from '../../src/credit/customer-checks.service.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { ApiKeys } from '../../src/platform/auth/api-keys.js';
import type { Authority } from '../../src/platform/auth/rules/authority.js';
import { CreditRegisterSandbox, REPORT_KEY, SUBSCRIBER } from '../../src/sandbox/credit-register/credit-register-sandbox.js';
import { type Company, DossierHouse, TODAY } from '../support/dossier-house.js';
import { browserIsThere, launchBrowser } from './support/browser.js';

/** Limits, checks and settings as a controller works with them. `TEGOED_SHOTS` names a folder for pictures. */

const KVK = '12345678';

(browserIsThere('credit') ? describe : describe.skip)('credit in the console, without a line of script', () => {
  const registers = new CreditRegisterSandbox(new ManualClock(new Date(`${TODAY}T08:00:00Z`)));
  let house: DossierHouse;
  let base: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let company: Company;
  let trouble: string[];

  beforeAll(async () => {
    await registers.start();
    house = await DossierHouse.start({
      registers: {
        vies: { url: registers.viesUrl },
        cir: { url: registers.cirUrl, ...SUBSCRIBER },
        creditInformation: { url: registers.reportsUrl, key: REPORT_KEY, cost: 250 },
        timeoutMs: 20_000,
      },
    });
    base = await house.service.listen();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await house.stop();
    await registers.stop();
  });

  /** Two customers above and near their limits, one within, one without; the first is proposed to be held. */
  beforeEach(async () => {
    company = await house.company({ name: 'Drukkerij Voorbeeld B.V.' });
    await company.debtor('een', { name: 'Bakkerij De Trage Tor', number: 'D-1001', creditLimit: 100_00 });
    await company.invoice('i-een', 'een', { dueDate: plainDate('2026-12-10') });
    await company.debtor('twee', { name: 'Garage Noorderzon B.V.', number: 'D-1002', creditLimit: 150_00 });
    await company.invoice('i-twee', 'twee', { dueDate: plainDate('2026-12-10') });
    await company.debtor('drie', { name: 'Kwekerij Vlierdonk', number: 'D-1003', creditLimit: 5_000_00 });
    await company.debtor('vier', { name: 'Hoveniersbedrijf Steenuil', number: 'D-1004' });
    registers.log.clear();
  });

  const logIn = async (authority?: Authority): Promise<void> => {
    await context?.close();
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, javaScriptEnabled: false });
    page = await context.newPage();
    trouble = [];
    page.on('console', (message) => void (message.type() === 'error' && trouble.push(message.text())));
    const key = await house.service.app.get(ApiKeys).issue('A. Janssen', [company.id], authority);
    await page.goto(`${base}/console/login?key=${key}`);
    await page.goto(`${base}/console/administrations/${company.id}`);
  };
  const shot = async (name: string): Promise<void> => {
    const folder = process.env['TEGOED_SHOTS'];
    if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
    expect(await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')).toBe(false);
  };
  const openTab = (name: string): Promise<void> =>
    page.getByRole('navigation', { name: 'Drukkerij Voorbeeld B.V.' }).getByRole('link', { name }).click();
  const openPage = (name: string): Promise<void> => page.getByRole('navigation', { name: 'Credit' }).getByRole('link', { name }).click();
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const notice = (): Promise<string> => page.getByRole('status').innerText();
  const row = (name: string): Promise<string[]> => page.getByRole('row', { name }).locator('th, td').allInnerTexts();
  /** What is wrong, by the label of the field it stands at. */
  const problemAt = async (label: string | RegExp): Promise<string> => {
    const id = await page.getByLabel(label).getAttribute('aria-describedby');
    return page.locator(`#${id}`).innerText();
  };

  it('lists the limits, the most used first, and finds who has none', async () => {
    await company.runDay(TODAY);
    await logIn();
    await openTab('Credit');
    expect(await page.locator('tbody th').allInnerTexts()).toEqual([
      'Bakkerij De Trage Tor (D-1001)',
      'Garage Noorderzon B.V. (D-1002)',
      'Kwekerij Vlierdonk (D-1003)',
    ]);
    // 121 of 100, of 150 (80.7%), and nothing of 5,000.
    expect(await row('Trage Tor')).toEqual([
      ...['Bakkerij De Trage Tor (D-1001)', '€100.00', 'Own', 'No end', '€121.00', '121%', '-€21.00', 'Hold proposed'],
    ]);
    expect(await row('Noorderzon')).toEqual([
      ...['Garage Noorderzon B.V. (D-1002)', '€150.00', 'Own', 'No end', '€121.00', '80.7%', '€29.00', 'Go on'],
    ]);
    await shot('credit-limits');
    await page.getByLabel('Name or number of a customer').fill('steenuil');
    await press('Find');
    expect(await row('Steenuil')).toEqual(['Hoveniersbedrijf Steenuil (D-1004)', '—', 'No limit', '—', '€0.00', '—', '—', 'Go on']);
    await page.getByLabel('Name or number of a customer').fill('<b>niemand</b>');
    await press('Find');
    expect(await page.getByText('No customer is called “<b>niemand</b>”.').count()).toBe(1);
    expect(trouble).toEqual([]);
  });

  it('says so when nobody has a limit', async () => {
    company = await house.company({ name: 'Drukkerij Voorbeeld B.V.' });
    await logIn();
    await openTab('Credit');
    expect(await page.getByText('No customer has a limit yet.').count()).toBe(1);
    await shot('credit-empty');
    await openPage('Customer checks');
    expect(await page.getByText('Nobody was looked at yet.').count()).toBe(1);
    await shot('credit-checks-empty');
  });

  it('sets, raises and ends a limit, with faults named at their fields', async () => {
    await logIn();
    await openTab('Credit');
    await page.getByRole('link', { name: 'Kwekerij Vlierdonk' }).click();
    await page.getByLabel('Kind').selectOption('Temporary');
    await page.getByLabel('Amount (EUR)').fill('7.500');
    await page.getByLabel('Why').last().fill('kerstseizoen');
    await press('Set the limit');
    expect(await problemAt('Amount (EUR)')).toContain('can be read in two ways');
    await page.getByLabel('Amount (EUR)').fill('7.500,00');
    await press('Set the limit');
    expect(await problemAt(/^Last day/)).toBe('A temporary limit needs a last day.');
    // What was typed is still there.
    expect(await page.getByLabel('Amount (EUR)').inputValue()).toBe('7.500,00');
    await shot('credit-fault');
    await page.getByLabel(/^Last day/).fill('2026-12-31');
    await press('Set the limit');
    expect(await notice()).toBe('The limit was set.');
    expect((await row('Temporary')).slice(0, 4)).toEqual(['Temporary', '€7,500.00', 'Already', 'Thu 31 Dec 2026']);
    expect(await page.getByText('Limit set: Temporary, €7,500.00').count()).toBe(1);
    await shot('credit-debtor');

    await page.getByLabel('End the limit: Temporary').first().click();
    await page.locator('#end-temporary').fill('seizoen voorbij');
    await page.getByRole('button', { name: 'End the limit: Temporary' }).click();
    expect(await notice()).toBe('The limit was ended.');
    expect((await company.entries('drie')).map(({ kind, body }) => [kind, body['amount'], body['reason'], body['by']])).toEqual([
      ['limit-changed', '7500.00', 'kerstseizoen', 'A. Janssen'],
      ['limit-changed', null, 'seizoen voorbij', 'A. Janssen'],
    ]);
    expect(trouble.filter((message) => !message.includes('422'))).toEqual([]);
  });

  it('a controller releases a hold as far as his key says, and reads why when it does not', async () => {
    await company.runDay(TODAY);
    await logIn({ role: 'controller', releaseUpTo: 20_99 });
    await page.goto(`${base}/console/administrations/${company.id}/credit/debtors/een`);
    expect(await page.getByText('EUR 21.00 is more than this key may release (20.99)').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Let deliveries go on' }).count()).toBe(0);
    await page.getByLabel('Kind').selectOption('Own');
    await page.getByLabel('Amount (EUR)').fill('121');
    await page.getByLabel('Why').last().fill('groei');
    await press('Set the limit');
    expect(await problemAt('Amount (EUR)')).toBe('EUR 21.00 more is more than this key may raise a limit by (20.99)');
    await shot('credit-refused');

    await logIn({ role: 'controller', releaseUpTo: 21_00 });
    await page.goto(`${base}/console/administrations/${company.id}/credit/debtors/een`);
    expect(await page.getByText('The customer is €21.00 beyond his limit.').count()).toBe(1);
    await page.getByLabel('No new hold before').fill('2026-11-20');
    await page.getByLabel('Why').first().fill('betaling toegezegd');
    await press('Let deliveries go on');
    expect(await problemAt('No new hold before')).toBe('Give a later day.');
    await shot('credit-release');
    await page.getByLabel('No new hold before').fill('2026-12-07');
    await press('Let deliveries go on');
    expect(await notice()).toBe('Deliveries go on.');
    expect((await company.acts()).filter(({ kind }) => kind === 'credit-hold')).toMatchObject([
      { state: 'cancelled', notAgainBefore: '2026-12-07' },
    ]);
  });

  it('a clerk may lower and not raise, a reader changes nothing, and both are told so', async () => {
    await company.runDay(TODAY);
    await logIn({ role: 'clerk', releaseUpTo: null });
    await page.goto(`${base}/console/administrations/${company.id}/credit/debtors/een`);
    expect(await page.getByText('You cannot release this: this is for a controller; the key is a clerk').count()).toBe(1);
    await page.getByLabel('Kind').selectOption('Own');
    await page.getByLabel('Amount (EUR)').fill('100,01');
    await page.getByLabel('Why').last().fill('x');
    await press('Set the limit');
    expect(await page.getByRole('alert').innerText()).toBe("this is for a controller; the key is a clerk's");
    await logIn({ role: 'reader', releaseUpTo: null });
    await page.goto(`${base}/console/administrations/${company.id}/credit/debtors/een`);
    expect(await page.getByText('Your key is a reader’s').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Set the limit' }).count()).toBe(0);
    await openPage('Settings');
    expect(await page.getByText('settings are for an owner').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await shot('credit-settings-reader');
  });

  it('shows what registers say of customers, and keeps what a person decides', async () => {
    const numbers = { country: 'NL', vatId: 'NL123456782B01', registryId: KVK };
    await company.debtor('goed', { name: 'Architectenbureau Berkenrode', ...numbers });
    await company.invoice('i-goed', 'goed');
    await company.debtor('fout', { name: 'Meubelmakerij Wolvenstee', ...numbers, vatId: 'NL123456783B01' });
    await company.invoice('i-fout', 'fout');
    await house.service.app.get(CustomerChecks, { strict: false }).run(company.id, TODAY);
    await logIn({ role: 'clerk', releaseUpTo: null });
    await openTab('Credit');
    await openPage('Customer checks');
    const wrong = page.locator('tbody', { hasText: 'Wolvenstee' });
    expect(await wrong.innerText()).toContain('its form or check digit is wrong');
    expect((await row('Wolvenstee')).slice(1, 3)).toEqual(['Careful', 'Prepayment only']);
    expect(await page.locator('tbody', { hasText: 'Berkenrode' }).innerText()).toContain('Nothing against');
    await shot('credit-checks');

    const decide = async (terms: string, amount: string, why: string): Promise<void> => {
      if (!(await wrong.getByLabel('Sold to').isVisible())) await wrong.getByText(/^Decide( again)?$/).first().click(); // prettier-ignore
      await wrong.getByLabel('Sold to').selectOption(terms);
      await wrong.getByLabel(/^Up to/).fill(amount);
      await wrong.getByRole('textbox', { name: 'Why' }).fill(why);
      await wrong.getByRole('button', { name: /^Decide/ }).click();
    };
    // Looser than suggested: not for a clerk.
    await decide('On account, as agreed', '', 'oude bekende');
    expect(await wrong.getByRole('alert').innerText()).toBe("this is for a controller; the key is a clerk's");
    await decide('On account up to a lower limit', '', 'oude bekende');
    expect(await problemAt(/^Up to/)).toBe('A lower limit needs an amount.');
    await shot('credit-decide-fault');
    await decide('Prepayment only', '', 'nummer klopt niet');
    expect(await notice()).toBe('The decision is kept.');
    expect(await wrong.innerText()).toContain('Prepayment only, by “A. Janssen”');
    expect(await page.getByText('To be decided').count()).toBe(1);
    expect(await company.done('GET', 'credit/debtors/fout/limits')).toMatchObject({ effective: { amount: '0.00', source: 'internal' } });
    await page.getByRole('link', { name: 'To be decided' }).click();
    expect(await page.getByText('Wolvenstee').count()).toBe(0);

    const asked = registers.log.count();
    await page.getByRole('link', { name: 'All', exact: true }).click();
    await page.getByRole('button', { name: 'Look again: Meubelmakerij Wolvenstee' }).click();
    expect(await notice()).toBe('Looked at.');
    // Its answers still count: nobody is asked twice.
    expect(registers.log.count()).toBe(asked);
    expect(trouble.filter((message) => !/40[39]|422/.test(message))).toEqual([]);
  });

  it('keeps the settings, with faults named at their fields, and shows how the policy watches', async () => {
    await logIn();
    await openTab('Credit');
    await openPage('Settings');
    await page.getByLabel('Most questions in a night').fill('10');
    await page.getByLabel('Budget for paid questions a month (EUR)').fill('1.000');
    await page.getByLabel('A bankruptcy or moratorium').fill('jurist@proef.example');
    await press('Save');
    expect(await problemAt('Budget for paid questions a month (EUR)')).toContain('can be read in two ways');
    await page.getByLabel('Budget for paid questions a month (EUR)').fill('1.000,00');
    await page.getByLabel('A key account that is late').fill('a@b');
    await press('Save');
    expect(await problemAt('A key account that is late')).toBe('Write one e-mail address, or nothing.');
    await shot('credit-settings-fault');
    await page.getByLabel('A key account that is late').fill('');
    await press('Save');
    expect(await notice()).toBe('The settings are kept.');
    expect(await company.done('GET', 'credit/settings')).toEqual({
      ...{ lookupsPerNight: 10, monthlyBudget: '1000.00', recipients: { insolvency: 'jurist@proef.example' } },
    });
    expect(await page.getByText('How credit is watched').count()).toBe(1);
    await shot('credit-settings');
  });
});
