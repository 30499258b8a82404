import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKeys } from '../../src/platform/auth/api-keys.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { type Company, DossierHouse } from '../support/dossier-house.js';

const KVK = '12345678';
const VAT = 'NL123456782B01';
const IBAN = 'NL02ABNA0123456789';

interface View {
  readonly debtors: {
    administrationId: string;
    debtorId: string;
    matchedBy: string[];
    open: string;
    overdue: string;
    exposure: string;
    limit: string | null;
  }[];
  readonly totals: object[];
}

describe('one debtor over several administrations', () => {
  let house: DossierHouse;
  let [one, two, three] = [] as Company[] as [Company, Company, Company];

  beforeAll(async () => {
    house = await DossierHouse.start();
    [one, two, three] = [await house.company(), await house.company(), await house.company()];
    await one.debtor('a', { registryId: ' 1234 5678 ', creditLimit: 500_00, name: 'Bakkerij' });
    await one.invoice('i-a', 'a');
    await two.debtor('b', { vatId: VAT, registryId: KVK });
    await two.invoice('i-b', 'b', { amount: 300_00, dueDate: plainDate('2026-12-10') });
    await two.debtor('c', { ibans: [IBAN] });
    await three.debtor('d', { registryId: KVK });
    await three.invoice('i-d', 'd', { amount: 999_00 });
    // Namesakes by a number of another country's register, or by one that cannot be right.
    await one.debtor('german', { registryId: KVK, country: 'DE' });
    await one.debtor('wrong', { vatId: 'NL123456783B01' });
  });
  afterAll(() => house.stop());

  const ask = async (companies: Company[], query: string): Promise<{ status: number; body: View }> => {
    const key = await house.service.app.get(ApiKeys).issue(
      'group',
      companies.map(({ id }) => id),
      { role: 'reader', releaseUpTo: null },
    );
    const answer = (await house.service.app.inject({
      method: 'GET',
      url: `/api/v1/one-debtor?${query}`,
      headers: { authorization: `Bearer ${key}` },
    })) as { statusCode: number; body: string };
    return { status: answer.statusCode, body: JSON.parse(answer.body) as View };
  };
  const found = async (companies: Company[], query: string): Promise<string[]> =>
    (await ask(companies, query)).body.debtors.map(({ debtorId }) => debtorId).sort();

  it('is found by number, VAT number or IBAN, with what he owes in each and together', async () => {
    expect(await found([one, two, three], `registry=${KVK}`)).toEqual(['a', 'b', 'd']);
    expect(await found([one, two, three], `vat=${VAT}`)).toEqual(['b']);
    expect(await found([one, two, three], `iban=${IBAN}`)).toEqual(['c']);
    expect(await found([one, two, three], `registry=${KVK}&vat=${VAT}&iban=${IBAN}`)).toEqual(['a', 'b', 'c', 'd']);
    const { body } = await ask([one, two], `registry=${KVK}`);
    expect(body.debtors.find(({ debtorId }) => debtorId === 'a')).toMatchObject({
      ...{ administrationId: one.id, matchedBy: [`nl-kvk:${KVK}`], open: '121.00', overdue: '121.00', exposure: '121.00', limit: '500.00' },
    });
    expect(body.totals).toEqual([{ currency: 'EUR', open: '421.00', overdue: '121.00', exposure: '421.00' }]);
  });

  it('a key for some sees those alone, and nothing tells of the others', async () => {
    const some = await ask([one, two], `registry=${KVK}`);
    expect(some.body.debtors.map(({ debtorId }) => debtorId).sort()).toEqual(['a', 'b']);
    expect(JSON.stringify(some.body)).not.toContain(three.id);
    // Where only the others know him the answer is that of a number nobody has.
    const unknown = await ask([await house.company()], `registry=${KVK}`);
    const nobody = await ask([await house.company()], 'registry=87654321');
    expect({ ...unknown.body, soughtBy: [] }).toEqual({ ...nobody.body, soughtBy: [] });
    expect(await found([], `registry=${KVK}`)).toEqual([]);
  });

  it('a number that cannot be right is refused, before anybody is looked at', async () => {
    for (const query of ['', 'registry=123', 'vat=NL123456783B01', 'iban=NL00ABNA0123456789']) {
      const { status, body } = await ask([one], query);
      expect([status, (body as unknown as { code: string }).code]).toEqual([422, 'no-number']);
    }
  });

  it('is a page of the console too, which escapes what it was asked', async () => {
    const key = await house.service.app.get(ApiKeys).issue('group', [one.id]);
    const page = async (query: string): Promise<string> => {
      const answer = await house.service.app.inject({
        method: 'GET',
        url: `/console/one-debtor${query}`,
        headers: { authorization: `Bearer ${key}` },
      });
      expect((answer as { statusCode: number }).statusCode).toBe(200);
      return (answer as { body: string }).body;
    };
    expect(await page('')).not.toContain('Bakkerij');
    const html = await page(`?registry=${KVK}&vat=${encodeURIComponent('"><b>')}`);
    expect(html).toContain('Bakkerij');
    expect(html).toContain('€121.00');
    expect(html).not.toContain('"><b>');
    expect(await page(`?registry=${randomUUID().slice(0, 8).replace(/\D/g, '1')}`)).toContain('No administration of yours');
  });
});
