import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { CaseTasks } from '../../src/handover/case-tasks.js';
import { DunningHouse, type DunnedCompany } from '../handover/support/dunned-company.js';
import { browserIsThere, launchBrowser } from './support/browser.js';

/** Handing over as a person does it, from the list of acts to the case and back. `TEGOED_SHOTS` names a folder for pictures. */

const there = browserIsThere('handovers');
(there ? describe : describe.skip)('handovers in the console', () => {
  const house = new DunningHouse();
  let browser: Browser;
  let page: Page;
  let company: DunnedCompany;
  const shot = async (name: string): Promise<void> => {
    const folder = process.env['TEGOED_SHOTS'];
    if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  };

  beforeAll(async () => {
    await house.start();
    company = await house.proposed();
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    await page.goto(`${house.inner.house.url}/console/login`);
    await page.getByLabel('API key').fill(company.key);
    await page.getByRole('button', { name: 'Log in' }).click();
  });
  afterAll(async () => {
    await browser.close();
    await house.stop();
  });

  it('a proposal leads to what would go out, and one yes hands it over', async () => {
    await page.goto(`${house.inner.house.url}/console/administrations/${company.id}/acts`);
    expect(await page.getByRole('button', { name: /Approve/ }).count()).toBe(0);
    await page.getByRole('link', { name: 'Look at the handover of Café Zuiderzee B.V.' }).click();
    expect(await page.getByText('Ready, with remarks').isVisible()).toBe(true);
    expect(await page.locator('main').innerText()).toContain('521.99');
    await shot('handover-proposal');
    await page.getByRole('button', { name: 'Hand over' }).click();
    expect(await page.getByRole('status').innerText()).toContain('Handed over');
    await company.deliver();
    await page.reload();
    expect(await page.locator('main').innerText()).toContain('We told the agency: the dossier');
    await shot('handover-case');
  });

  it('what the agency asks is done from the case, and told to it only where it waits for a word', async () => {
    await company.within(async (manager) => {
      const [{ id: caseId }] = (await manager.query('SELECT id FROM handover_case WHERE administration_id = $1', [company.id])) as [
        { id: string },
      ];
      const tasks = new CaseTasks(manager, company.id);
      const now = house.clock.now();
      await tasks.add({ caseId, kind: 'approve-legal', text: 'Incasso Proef proposes a summons (EUR 350.00).', dueOn: null }, now);
      await tasks.add({ caseId, kind: 'map-status', text: 'Incasso Proef says the status is "Bijna klaar".', dueOn: null }, now);
    });
    await page.reload();
    await shot('handover-tasks');
    const heard = (await company.told()).length;
    const unknown = page.locator('.task', { hasText: 'Bijna klaar' });
    await unknown.getByRole('button', { name: 'Done; the agency is not told' }).click();
    expect(await page.getByRole('status').innerText()).toContain('The task is done.');
    expect(await page.locator('main').innerText()).not.toContain('Bijna klaar');
    await page.getByRole('button', { name: 'Approve the legal action' }).click();
    expect(await page.getByRole('status').innerText()).toContain('The answer is on its way.');
    await company.deliver();
    const news = (await company.told()).slice(heard);
    expect(news.map(({ type, data }) => [type, data['approved']])).toEqual([['question_answered', true]]);
    await page.reload();
    await shot('handover-answered');
  });

  it('a case is taken back with a reason', async () => {
    await page.getByRole('link', { name: 'Handovers' }).click();
    await shot('handovers');
    await page.getByRole('link', { name: 'Café Zuiderzee B.V.' }).click();
    await page.getByText('Take it back').first().click();
    await page.locator('#withdraw-reason').fill('agreed with the debtor');
    await page.getByRole('button', { name: 'Take it back' }).click();
    expect(await page.locator('main').innerText()).toContain('Taken back');
    expect(await page.locator('main').innerText()).toContain('Decide what is to become of them');
    await shot('handover-withdrawn');
  });
});
