import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { IsNull, MoreThan } from 'typeorm';
import { Disputes } from '../../src/dossier/disputes.service.js';
import { type PlainDate, addDays } from '../../src/kernel/plain-date.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { InvoiceEntity } from '../../src/ledger/receivables.entity.js';
import { Tenancy } from '../../src/platform/database/tenancy.js';
import { DEMO_COMPANY, DEMO_FROM, type RunningDemo, runDemo } from '../../src/sandbox/demo/demo.js';
import { administrationRow } from '../support/rows.js';
import { browserIsThere, launchBrowser } from './support/browser.js';

const SMALL = { seed: 'console', debtors: 30, invoices: 200, days: 2, from: DEMO_FROM, port: 0, dataFolder: null, logLevel: 'error' };

const suite = browserIsThere('the console in a browser') ? describe : describe.skip;

suite('the console in a browser, without a line of script', () => {
  let demo: RunningDemo;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let trouble: string[];
  /** The day before the one that is run by hand: the bank's last statement is of it. */
  let yesterday: PlainDate;
  const foreign = randomUUID();

  beforeAll(async () => {
    demo = await runDemo({ ...SMALL, onProgress: () => undefined });
    await demo.service.app
      .get(Tenancy)
      .within(foreign, (manager) => manager.insert(AdministrationEntity, administrationRow({ id: foreign, name: 'Van een ander' })));
    yesterday = demo.world.today;
    demo.world.advanceTo(addDays(yesterday, 1));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await demo.stop();
  });

  beforeEach(async () => {
    await context?.close();
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, javaScriptEnabled: false });
    page = await context.newPage();
    trouble = [];
    // A style, a picture or a frame that our own policy stops shows here.
    page.on('console', (message) => void (message.type() === 'error' && trouble.push(message.text())));
  });

  const url = (path = ''): string => `${demo.consoleUrl}${path}`;
  const administration = (path = ''): string => url(`/administrations/${demo.administrationId}${path}`);
  const logIn = (): Promise<unknown> => page.goto(demo.loginUrl);
  const heading = (name: string | RegExp): Locator => page.getByRole('heading', { name });
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const openTab = (name: string): Promise<void> => page.getByRole('navigation', { name: DEMO_COMPANY }).getByRole('link', { name }).click();
  /** A figure of the last day, by its label. */
  const figure = async (label: string): Promise<number> =>
    Number(
      await page
        .locator('.tiles > div', { has: page.getByText(label, { exact: true }) })
        .locator('dd')
        .innerText(),
    );
  const isTooWide = (): Promise<unknown> => page.evaluate('document.documentElement.scrollWidth > window.innerWidth');

  it('lets in who has a key, and tells who has a wrong one', async () => {
    await page.goto(administration());
    expect(page.url()).toBe(url('/login'));
    await page.getByLabel('API key').fill('tgd_wrong');
    await press('Log in');
    expect(await page.getByRole('alert').innerText()).toContain('unknown or was revoked');

    await page.getByLabel('API key').fill(new URL(demo.loginUrl).searchParams.get('key') ?? '');
    await press('Log in');
    expect(page.url()).toBe(url());
    expect(await heading('Administrations').count()).toBe(1);

    await press('Log out');
    await page.goto(administration());
    expect(page.url()).toBe(url('/login'));
  });

  it('lets in by the link of the demo, and the key leaves the address bar', async () => {
    await logIn();
    expect(page.url()).toBe(url());
    expect(await context.cookies()).toMatchObject([{ name: 'tegoed_key', httpOnly: true, sameSite: 'Strict', path: '/console' }]);
  });

  it('shows the administrations with mode, freshness and their last day', async () => {
    await logIn();
    const row = page.getByRole('row', { name: DEMO_COMPANY });
    const words = await row.innerText();
    for (const part of ['Live', 'Moneybird', 'Books pulled', 'Bank through', 'Finished']) expect(words).toContain(part);
    // A day has passed since, and its statement is not there.
    expect(words).toContain('Stale');
    expect(await page.locator('tbody tr').count()).toBe(1);
    expect(trouble).toEqual([]);
  });

  it('imports the statement of yesterday, runs the day, and doing it again does nothing twice', async () => {
    await logIn();
    await page.getByRole('link', { name: DEMO_COMPANY }).click();
    expect(await page.getByText(/The bank statements do not reach far enough/).count()).toBe(1);

    const statement = { name: `${yesterday}.xml`, mimeType: 'application/xml', buffer: Buffer.from(demo.world.statementFor(yesterday)) };
    await page.getByLabel('CAMT.053 or MT940 files').setInputFiles(statement);
    await press('Import');
    const lived = demo.world.days.at(-1);
    const result = page.locator('section', { has: heading('Import of bank statements') });
    expect(await result.locator('tbody td.number').allInnerTexts()).toEqual([String(lived?.transactions.length), '0']);
    await openTab('Today');

    const mailsBefore = demo.mailbox.mails.length;
    await press('Run the day');
    expect(await page.getByRole('status').innerText()).toBe('The day was run to its end.');
    expect(await page.getByText('Up to date').count()).toBe(1);
    expect(await figure('Mails sent')).toBe(demo.mailbox.mails.length - mailsBefore);
    const receipts = lived?.transactions.filter(({ amount }) => amount > 0).length ?? 0;
    expect((await figure('Bank lines matched')) + (await figure('Lines to look at')) + (await figure('Lines unexplained'))).toBe(receipts);
    expect(receipts).toBeGreaterThan(0);

    const figures = ['Bank lines matched', 'Acts decided', 'Mails sent', 'Written into the books'];
    const once = await Promise.all(figures.map(figure));
    await press('Run the day');
    expect(await Promise.all(figures.map(figure))).toEqual(once);
    expect(await isTooWide()).toBe(false);
    expect(trouble).toEqual([]);
  });

  it('shows the acts by day with their reasons', async () => {
    await logIn();
    await page.goto(administration());
    await openTab('Acts');
    const days = await page.getByRole('heading', { level: 2 }).allInnerTexts();
    expect(days.length).toBeGreaterThan(1);
    const acts = page.locator('tbody');
    for (const act of (await acts.all()).slice(0, 10)) {
      expect(await act.locator('.badge').innerText()).not.toBe('');
      expect(await act.locator('td.number').last().innerText()).toMatch(/^€[\d,]+\.\d\d$/);
      expect(await act.getByRole('listitem').count()).toBeGreaterThan(0);
    }
    // Amounts stand under each other by their last digit.
    expect(await page.evaluate("getComputedStyle(document.querySelector('tbody td.number')).textAlign")).toBe('right');

    const all = await acts.count();
    await page.getByLabel('Day').fill(DEMO_FROM);
    await press('Show');
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(['Mon 2 Nov 2026']);
    // The first day was lived in shadow mode.
    expect(new Set(await acts.locator('.badge').allInnerTexts())).toEqual(new Set(['Shown only']));
    expect(await acts.count()).toBeLessThan(all);
    expect(await isTooWide()).toBe(false);
    expect(trouble).toEqual([]);
  });

  it('shows the bank lines with what they were matched to', async () => {
    await logIn();
    await page.goto(administration());
    await openTab('Bank lines');
    await page.getByRole('navigation', { name: 'Show' }).getByRole('link', { name: 'Matched', exact: true }).click();
    const matched = await page.locator('tbody').all();
    expect(matched.length).toBeGreaterThan(0);
    for (const line of matched.slice(0, 10)) {
      expect(await line.locator('.badge').innerText()).toBe('Matched');
      expect(await line.locator('.amounts > div').count()).toBeGreaterThan(0);
      expect(await line.getByRole('listitem').count()).toBeGreaterThan(0);
    }
    expect(await isTooWide()).toBe(false);
    expect(trouble).toEqual([]);
  });

  it('shows the mails, and each as its receiver got it', async () => {
    const sent = demo.mailbox.mails.at(-1);
    if (!sent) throw new Error('the demo sent no mail');
    await logIn();
    await page.goto(administration());
    await openTab('Mails');
    expect(await page.locator('tbody tr').count()).toBe(demo.mailbox.mails.length);
    await page.getByRole('row', { name: sent.to[0] }).getByRole('link', { name: sent.subject }).click();
    const lines = (text: string): string[] => text.split(/\s*\n\s*/).filter((line) => line !== '');
    expect(lines(await page.locator('pre').innerText())).toEqual(lines(sent.text));
    const letter = page.frameLocator('iframe');
    expect(await letter.locator('body').innerText()).toContain(DEMO_COMPANY);
    expect(await isTooWide()).toBe(false);
    // The payment QR travelled as an attachment; a frame that may load nothing says so.
    expect(trouble.filter((message) => !message.includes('cid:'))).toEqual([]);
  });

  it('shows what stops dunning, and settles it with the outcome', async () => {
    const [invoice] = await demo.service.app
      .get(Tenancy)
      .within(demo.administrationId, (manager) =>
        manager.find(InvoiceEntity, { where: { packageOpen: MoreThan(0), deletedAt: IsNull() }, order: { dueDate: 'DESC' }, take: 1 }),
      );
    if (!invoice) throw new Error('nothing is open in the demo');
    await demo.service.app.get(Disputes).open(demo.administrationId, { invoiceId: invoice.id, code: 'PRICE', amount: null, note: null });

    await logIn();
    await page.goto(administration());
    await openTab('Agreements');
    const row = page.getByRole('row', { name: `Invoice ${invoice.number}` });
    expect(await row.innerText()).toContain('To be answered');
    await row.getByText('Settle').first().click();
    // Without an outcome the browser itself says no.
    await row.getByRole('button').click();
    expect(await page.getByRole('status').count()).toBe(0);
    await row.getByLabel('Outcome').selectOption('The debtor owes it');
    expect(await isTooWide()).toBe(false);
    await row.getByRole('button').click();
    expect(await page.getByRole('status').innerText()).toBe('The dispute was settled.');
    expect(await row.count()).toBe(0);
    expect(trouble).toEqual([]);
  });

  it('asks once more before it goes live', async () => {
    await logIn();
    await page.goto(administration());
    await page.getByLabel('Shadow').check();
    await press('Change mode');
    expect(await page.getByRole('status').innerText()).toBe('The mode was changed.');
    await page.getByLabel('Live').check();
    await press('Change mode');
    expect(await heading('Go live?').count()).toBe(1);
    await page.getByRole('link', { name: 'No, keep it as it is' }).click();
    expect(await page.getByLabel('Shadow').isChecked()).toBe(true);
    await page.getByLabel('Live').check();
    await press('Change mode');
    await press('Yes, go live');
    expect(await page.getByLabel('Live').isChecked()).toBe(true);
  });

  it('has nothing to show of a foreign administration', async () => {
    await logIn();
    const answer = await page.goto(url(`/administrations/${foreign}`));
    expect(answer?.status()).toBe(404);
    expect(await heading('There is nothing here').count()).toBe(1);
    expect(await page.content()).not.toContain('Van een ander');
  });
});
