import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { ApiKeys } from '../../src/platform/auth/api-keys.js';
import { ROLES, type Role } from '../../src/platform/auth/rules/authority.js';
import { type Company, DossierHouse, TODAY } from '../support/dossier-house.js';

const ORIGIN = 'http://127.0.0.1';

describe('pages about credit, over HTTP', () => {
  let house: DossierHouse;
  let company: Company;
  let keys: Record<Role, string>;

  beforeAll(async () => {
    house = await DossierHouse.start();
  });
  afterAll(() => house.stop());
  beforeEach(async () => {
    company = await house.company();
    const issue = (role: Role): Promise<string> => house.service.app.get(ApiKeys).issue(role, [company.id], { role, releaseUpTo: null });
    keys = Object.fromEntries(await Promise.all(ROLES.map(async (role) => [role, await issue(role)]))) as Record<Role, string>;
    await company.debtor('een', { creditLimit: 100_00, name: 'Bakkerij <Tor> & Zn' });
    await company.invoice('i-een', 'een', { dueDate: plainDate('2026-12-10') });
  });

  const ask = async (method: 'GET' | 'POST', path: string, role: Role = 'owner', form: Record<string, string> = {}, origin?: string) => {
    const reply = await house.service.app.inject({
      method,
      url: `/console/administrations/${company.id}/credit${path}`,
      headers: {
        cookie: `tegoed_key=${keys[role]}`,
        ...(origin !== undefined && { origin }),
        'content-type': 'application/x-www-form-urlencoded',
      },
      ...(method === 'POST' && { payload: new URLSearchParams(form).toString() }),
    });
    return { status: reply.statusCode, location: reply.headers['location'], body: reply.body };
  };
  const post = (path: string, form: Record<string, string>, role: Role = 'owner', origin: string | undefined = ORIGIN) =>
    ask('POST', path, role, form, origin);
  const temporary = { kind: 'temporary', amount: '500', until: '2026-12-31', reason: 'x' };

  it('takes nothing that no page of its own sent, and nothing from a role that may not', async () => {
    const forms = [
      ['/debtors/een/limits', temporary, 'clerk'],
      ['/debtors/een/limits/temporary/end', { reason: 'x' }, 'clerk'],
      ['/debtors/een/release', { until: '2026-12-07', reason: 'x' }, 'controller'],
      ['/checks/een', {}, 'clerk'],
      ['/checks/een/decision', { terms: 'prepayment', reason: 'x' }, 'clerk'],
      ['/settings', { lookupsPerNight: '1', monthlyBudget: '0.00' }, 'owner'],
    ] as const;
    for (const [path, form, least] of forms) {
      for (const origin of ['https://elders.example', undefined])
        expect([path, (await ask('POST', path, 'owner', form, origin)).status]).toEqual([path, 403]);
      for (const role of ROLES.slice(0, ROLES.indexOf(least))) {
        const { status, body } = await post(path, form, role);
        expect([path, role, status]).toEqual([path, role, 403]);
        expect(body).toContain(`this is for a ${least}`);
      }
    }
    expect(await company.entries('een')).toEqual([]);
    expect(await company.done('GET', 'credit/settings')).toMatchObject({ lookupsPerNight: 25 });
  });

  it('writes names as they are and never as markup', async () => {
    for (const path of ['', '/debtors/een']) {
      const { status, body } = await ask('GET', path, 'reader');
      expect(status).toBe(200);
      expect(body).toContain('Bakkerij &lt;Tor&gt; &amp; Zn');
    }
    const { body } = await post('/debtors/een/limits', { ...temporary, reason: '"><b>', amount: 'x' });
    expect(body).not.toContain('"><b>');
  });

  it('a limit is set with the authority of whoever sets it, and the page says at which field it failed', async () => {
    const refused = await post('/debtors/een/limits', temporary, 'clerk');
    expect(refused.status).toBe(403);
    expect(refused.body).toContain('this is for a controller; the key is a clerk&#39;s');
    expect(refused.body).toContain('value="2026-12-31"');
    const faulty = await post('/debtors/een/limits', { ...temporary, until: '2026-11-01' });
    expect(faulty.status).toBe(422);
    expect(faulty.body).toMatch(/id="limit-until-problem" role="alert">Give a later day\./);
    const done = await post('/debtors/een/limits', { ...temporary, amount: '€ 500,00' }, 'controller');
    expect([done.status, done.location]).toEqual([303, `/console/administrations/${company.id}/credit/debtors/een?done=set`]);
    expect(await company.done('GET', 'credit/debtors/een/limits')).toMatchObject({ effective: { amount: '500.00', source: 'temporary' } });
  });

  it('nothing is there of who is not there', async () => {
    for (const path of ['/debtors/nobody', '/nothing']) expect((await ask('GET', path)).status).toBe(404);
    expect((await post('/debtors/nobody/limits', temporary)).status).toBe(404);
    expect((await post('/debtors/een/limits/other/end', { reason: 'x' })).status).toBe(404);
    expect((await post('/debtors/een/limits/temporary/end', { reason: 'x' })).status).toBe(404);
    const stranger = await house.company();
    const key = await house.service.app.get(ApiKeys).issue('other', [stranger.id]);
    const foreign = await house.service.app.inject({
      method: 'GET',
      url: `/console/administrations/${company.id}/credit`,
      headers: { cookie: `tegoed_key=${key}` },
    });
    expect(foreign.statusCode).toBe(404);
  });

  it('lists fifty a page, the most used first, and who is held before everybody', async () => {
    for (let at = 0; at < 55; at++) {
      await company.debtor(`d${at}`, { name: `Klant ${String(at).padStart(2, '0')}`, creditLimit: 1_000_00 });
      await company.invoice(`i${at}`, `d${at}`, { amount: 500_00 - at, dueDate: plainDate('2026-12-10') });
    }
    await company.debtor('zonder', { name: 'Zonder limiet' });
    await company.runDay(TODAY);
    const names = ({ body }: { body: string }): string[] =>
      [...body.matchAll(/credit\/debtors\/[^"]+">([^<]+)</g)].map(([, name]) => name ?? '');
    const first = await ask('GET', '');
    // The hold of the first one waits; then 500.00, 499.99, … of 1,000.00 each.
    expect(names(first).slice(0, 3)).toEqual(['Bakkerij &lt;Tor&gt; &amp; Zn', 'Klant 00', 'Klant 01']);
    expect(names(first)).toHaveLength(50);
    expect(first.body).toContain('1 to 50 of 56');
    const second = await ask('GET', '?page=2');
    expect(names(second)).toEqual(['Klant 49', 'Klant 50', 'Klant 51', 'Klant 52', 'Klant 53', 'Klant 54']);
    expect(names(await ask('GET', '?search=zonder'))).toEqual(['Zonder limiet']);
    expect(names(await ask('GET', '?search=%25'))).toEqual([]);
    expect((await ask('GET', '?page=0')).status).toBe(400);
  });
});
