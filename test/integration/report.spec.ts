import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import { ApiKeys } from '../../src/platform/auth/api-keys.js';
import type { Portfolio } from '../../src/reporting/rules/portfolio.js';
import type { ReportJson } from '../../src/reporting/rules/report-json.js';
import { type Company, DossierHouse, TODAY } from '../support/dossier-house.js';

/** The figures of a connected administration: the rules of `tegoed report` over the stored book, and nobody else's. */
describe('the report of an administration over HTTP', () => {
  let house: DossierHouse;
  let company: Company;
  let other: Company;

  beforeAll(async () => {
    house = await DossierHouse.start();
    [company, other] = [await house.company(), await house.company()];
    await company.debtor('kade', { name: 'Kade B.V.', creditLimit: 200_00, segment: 'bouw' });
    await company.debtor('werf', { name: 'Werf B.V.' });
    await company.invoice('a', 'kade');
    await company.invoice('b', 'werf', { amount: 300_00, packageOpen: 300_00 });
    await company.pay('b', 100_00, plainDate('2026-11-16'));
    await company.invoice('c', 'werf', { amount: 50_00, packageOpen: 50_00, dueDate: addDays(TODAY, 5) });
    await other.debtor('vreemd', { name: 'Van een ander' });
    await other.invoice('x', 'vreemd', { amount: 9_999_00, packageOpen: 9_999_00 });
  });
  afterAll(() => house.stop());

  const get = async (url: string) => {
    const key = await house.service.app.get(ApiKeys).issue('reader', [company.id]);
    const answer = await house.service.app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${key}` } });
    return { status: answer.statusCode, headers: answer.headers, body: answer.rawPayload };
  };
  const file = (path: string) => get(`/api/v1/administrations/${company.id}/${path}`);
  const report = (query = '') => company.done<ReportJson>('GET', `report${query}`);

  it('is of today and of this administration alone', async () => {
    // Sold 121 + 300 + 50 = 471; open 371, of which 50 not due: 371 / 471 × 90 = 70.89, 50 / 471 × 90 = 9.55
    const today = await report();
    expect(today).toMatchObject({
      on: TODAY,
      period: { days: 90 },
      dso: { simple: 70.892, bestPossible: 9.554 },
      averageDaysToPay: 36,
      receivables: { sales: '471.00', closing: '371.00', overdue: '321.00' },
    });
    expect(today.debtors).toMatchObject([
      { debtorId: 'kade', open: '121.00', utilisation: 0.605, credit: 'ok' },
      { debtorId: 'werf', open: '250.00', averageDaysLate: 6, creditLimit: null },
    ]);
  });

  it('shows a past day as it was', async () => {
    // The day before the payment: all 471 open, due since five days
    const past = await report('?on=2026-11-15&days=60');
    expect(past).toMatchObject({
      on: '2026-11-15',
      period: { from: '2026-09-17', days: 60 },
      receivables: { closing: '471.00', overdue: '421.00' },
    });
    expect(past.averageDaysToPay).toBeNull();
  });

  it.each(['?on=2026-02-30', '?days=0', '?days=1.5', '?days=many', '?days=4000', '?until=2026-11-20'])('refuses %s', async (query) => {
    expect(await company.refusal('GET', `report${query}`)).toEqual([400, 'invalid-request']);
  });

  it('can be of a segment, of one debtor, and of fewer debtors than there are', async () => {
    const bouw = await report('?segment=bouw');
    expect([bouw.receivables.closing, bouw.debtorCount, bouw.debtors.map(({ debtorId }) => debtorId)]).toEqual(['121.00', 1, ['kade']]);
    expect(bouw.segments).toMatchObject([{ segment: 'bouw', debtors: 1, open: '121.00' }]);
    const werf = await report('?debtor=werf');
    expect([werf.receivables.closing, werf.dso.simple]).toEqual(['250.00', 64.286]); // 250 / 350 × 90
    const fewer = await report('?debtors=1');
    expect([fewer.debtors.map(({ debtorId }) => debtorId), fewer.debtorCount, fewer.receivables.closing]).toEqual([['werf'], 2, '371.00']);
    expect(await company.refusal('GET', 'report?debtor=vreemd')).toEqual([422, 'unknown-debtor']);
  });

  it('comes as a file, in the language of the administration, with its target', async () => {
    await company.done('PATCH', '', { targetDso: 45 });
    const csv = await file('report/csv');
    expect([csv.status, csv.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(csv.body.toString().split('\r\n')).toEqual(
      expect.arrayContaining([
        '\ufeffDebiteurenrapport',
        'DSO, eenvoudig (dagen);70,892',
        'DSO, eigen doel (dagen);45',
        'Werf B.V.;N;250,00;200,00;10;6;',
      ]),
    );
    const pdf = await file('report/pdf');
    expect([pdf.status, pdf.headers['content-type'], pdf.body.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    expect((await file('report/xls')).status).toBe(400);
  });

  it('together with other administrations of the key, and without those that are not', async () => {
    const portfolio = JSON.parse((await get('/api/v1/portfolio/report')).body.toString()) as Portfolio;
    expect(portfolio.administrations.map(({ id, closing }) => [id, closing])).toEqual([[company.id, '371.00']]);
    expect(portfolio.totals).toMatchObject([{ currency: 'EUR', administrations: 1, closing: '371.00', dso: { simple: 70.892 } }]);
  });

  it('does not exist for somebody else', async () => {
    expect((await company.askOf(other, 'GET', 'report')).status).toBe(404);
  });
});
