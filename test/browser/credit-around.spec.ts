import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { Disputes } from '../../src/dossier/disputes.service.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { ApiKeys } from '../../src/platform/auth/api-keys.js';
import { type Company, DossierHouse, TODAY } from '../support/dossier-house.js';
import { browserIsThere, launchBrowser } from './support/browser.js';

/** Pages that stand beside those about credit, and how they look. `TEGOED_SHOTS` names a folder for pictures. */

const KVK = '12345678';

(browserIsThere('pages around credit') ? describe : describe.skip)('pages around credit, without a line of script', () => {
  let house: DossierHouse;
  let base: string;
  let browser: Browser;
  let page: Page;
  let [one, two] = [] as Company[] as [Company, Company];

  beforeAll(async () => {
    house = await DossierHouse.start();
    base = await house.service.listen();
    one = await house.company({
      name: 'Drukkerij Voorbeeld B.V.',
      nativeReminders: ['Standaard herinneringen'],
      remindedBy: null,
      mode: 'shadow',
    });
    two = await house.company({ name: 'Zetterij Proef V.O.F.' });
    await one.debtor('een', { name: 'Bakkerij De Trage Tor', number: 'D-1001', registryId: KVK, creditLimit: 1_000_00 });
    for (let at = 0; at < 6; at++) {
      const due = plainDate(`2026-${String(5 + at).padStart(2, '0')}-10`);
      await one.invoice(`i-${at}`, 'een', { issueDate: plainDate('2026-04-10'), dueDate: due, amount: 1_234_50 + at });
    }
    await one.debtor('lang', {
      name: `Architecten- en ingenieursbureau Van der Blauwdonk, ten Kromhout & Oeverzwaluw ${'B.V.'}`,
      number: 'D-1002',
    });
    await one.invoice('i-lang', 'lang', { amount: 98_765_43 });
    await house.service.app.get(Disputes).open(one.id, { invoiceId: 'i-lang', code: 'QUALITY_DAMAGE', amount: null, note: null });
    await two.debtor('zelfde', { name: 'Bakkerij De Trage Tor V.O.F.', registryId: KVK });
    await two.invoice('i-zelfde', 'zelfde', { amount: 300_00, dueDate: plainDate('2026-12-10') });
    browser = await launchBrowser();
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, javaScriptEnabled: false });
    page = await context.newPage();
    const key = await house.service.app.get(ApiKeys).issue('A. Janssen', [one.id, two.id]);
    await page.goto(`${base}/console/login?key=${key}`);
  });
  afterAll(async () => {
    await browser.close();
    await house.stop();
  });

  const open = (path: string): Promise<unknown> => page.goto(`${base}/console/administrations/${one.id}${path}`);
  const looksWell = async (name: string): Promise<void> => {
    const folder = process.env['TEGOED_SHOTS'];
    for (const width of [1280, 760]) {
      await page.setViewportSize({ width, height: 800 });
      if (folder) await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
      expect(await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')).toBe(false);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  };

  it('one customer over all administrations', async () => {
    await page.getByRole('link', { name: 'One customer, all administrations' }).click();
    await looksWell('one-debtor-form');
    await page.getByLabel('KvK or KBO number').fill(KVK);
    await page.getByRole('button', { name: 'Look' }).click();
    expect(await page.getByRole('row', { name: 'Zetterij Proef' }).innerText()).toMatch(/KvK 12345678\s.*€300.00/);
    await looksWell('one-debtor');
    await page.getByLabel('KvK or KBO number').fill('87654321');
    await page.getByRole('button', { name: 'Look' }).click();
    expect(await page.getByText('No administration of yours knows').count()).toBe(1);
  });

  it('the evidence about a customer', async () => {
    await open('/debtors/een/documents');
    await looksWell('documents-empty');
    const file = (name: string): object => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.7\n${randomUUID()}\n%%EOF`) });
    for (const name of ['overeenkomst.pdf', `levering ${'met een lange naam '.repeat(6)}.pdf`]) {
      await page.getByLabel('PDF, picture, CSV, text or e-mail').setInputFiles(file(name) as never);
      await page.getByRole('button', { name: 'Add' }).click();
      expect(await page.getByRole('status').innerText()).toBe('It is added.');
    }
    await looksWell('documents');
    // Named for who cannot see the row; shown to nobody twice.
    expect(await page.getByRole('columnheader', { name: 'Remove' }).boundingBox()).toBeTruthy();
  });

  it('the choice of who reminds', async () => {
    await open('');
    expect(await page.getByText('Choose who reminds').count()).toBe(1);
    await looksWell('who-reminds');
  });

  it('the figures', async () => {
    await one.runDay(TODAY);
    await open('/figures');
    expect(await page.getByText('Ageing').count()).toBe(1);
    expect(await page.getByRole('row', { name: 'quality or damage' }).innerText()).toContain('€98,765.43');
    // All eleven columns of the debtors are seen without scrolling.
    const wide = "[...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth).length";
    expect(await page.evaluate(wide)).toBe(0);
    await looksWell('figures');
  });
});
