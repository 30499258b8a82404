import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CustomerChecks } from '../../src/credit/customer-checks.service.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { DebtorEntity } from '../../src/ledger/receivables.entity.js';
import { type Company, DossierHouse, TODAY } from '../support/dossier-house.js';

const WRONG = 'NL123456783B01';

interface Check {
  readonly debtorId: string;
  readonly outcome: string;
  readonly terms: string;
  readonly suggestedLimit: string | null;
  readonly awaitsDecision: boolean;
  readonly decision: { readonly terms: string; readonly amount: string | null; readonly by: string; readonly reason: string } | null;
}

describe('what a person decides about a customer', () => {
  let house: DossierHouse;
  let owner: Company;
  let clerk: Company;
  let controller: Company;

  beforeAll(async () => {
    house = await DossierHouse.start();
  });
  afterAll(() => house.stop());
  /** One with a number that cannot be right: prepayment is suggested. One without numbers: up to 500.00. */
  beforeEach(async () => {
    owner = await house.company();
    clerk = await house.open(owner.id, { role: 'clerk', releaseUpTo: null });
    controller = await house.open(owner.id, { role: 'controller', releaseUpTo: 100_00 });
    await owner.debtor('fout', { country: 'NL', vatId: WRONG, customerSince: TODAY });
    await owner.debtor('nieuw', { customerSince: TODAY });
    await house.service.app.get(CustomerChecks, { strict: false }).run(owner.id, TODAY);
  });

  const checks = (): Promise<Check[]> => owner.done<Check[]>('GET', 'credit/checks');
  const check = async (debtorId: string): Promise<Check | undefined> => (await checks()).find((one) => one.debtorId === debtorId);
  const decision = (terms: string, amount?: string): object => ({ terms, amount, reason: 'nagevraagd' });
  const path = (debtorId: string): string => `credit/checks/${debtorId}/decision`;
  const limit = async (debtorId: string): Promise<object> =>
    (await owner.done<{ effective: object }>('GET', `credit/debtors/${debtorId}/limits`)).effective;
  const entries = async (debtorId: string): Promise<unknown[]> =>
    (await owner.entries(debtorId)).filter(({ kind }) => kind !== 'customer-checked').map(({ kind, body }) => [kind, body]);

  it('waits for one, and each is kept with the limit that follows from it', async () => {
    expect(await check('fout')).toMatchObject({ outcome: 'caution', terms: 'prepayment', awaitsDecision: true, decision: null });
    expect(await check('nieuw')).toMatchObject({ terms: 'lower-limit', suggestedLimit: '500.00', awaitsDecision: true });
    await clerk.done('POST', path('fout'), decision('prepayment'));
    await clerk.done('POST', path('nieuw'), decision('lower-limit', '500.00'));
    expect(await limit('fout')).toEqual({ amount: '0.00', source: 'internal', expired: false });
    expect(await limit('nieuw')).toEqual({ amount: '500.00', source: 'internal', expired: false });
    expect(await check('fout')).toMatchObject({
      ...{ awaitsDecision: false, decision: { terms: 'prepayment', amount: null, currency: 'EUR', by: 'test', reason: 'nagevraagd' } },
    });
    expect(await entries('nieuw')).toMatchObject([
      [
        'customer-decided',
        { terms: 'lower-limit', amount: '500.00', outcome: 'incomplete', suggested: 'lower-limit', by: 'test', mode: 'live' },
      ],
      ['limit-changed', { kind: 'internal', amount: '500.00', by: 'test', reason: 'nagevraagd' }],
    ]);
  });

  it('what is looser than suggested takes a controller, and a limit that is raised his authority; what is refused leaves no trace', async () => {
    expect(await clerk.refusal('POST', path('fout'), decision('as-agreed'))).toEqual([403, 'role-too-low']);
    expect(await clerk.refusal('POST', path('nieuw'), decision('lower-limit', '500.01'))).toEqual([403, 'role-too-low']);
    await clerk.done('POST', path('fout'), decision('prepayment'));
    // From 0.00 to 100.01 is more than the controller's 100.00.
    expect(await controller.refusal('POST', path('fout'), decision('lower-limit', '100.01'))).toEqual([403, 'amount-too-high']);
    expect(await check('fout')).toMatchObject({ decision: { terms: 'prepayment' } });
    expect(await entries('fout')).toHaveLength(2);
    await controller.done('POST', path('fout'), decision('lower-limit', '100.00'));
    expect(await limit('fout')).toMatchObject({ amount: '100.00' });
    // As agreed leaves the limits as they are.
    await controller.done('POST', path('fout'), decision('as-agreed'));
    expect(await limit('fout')).toMatchObject({ amount: '100.00' });
  });

  it.each([
    ['fout', { terms: 'lower-limit', reason: 'x' }, 409, 'no-amount'],
    ['fout', { terms: 'prepayment', amount: '5.00', reason: 'x' }, 409, 'amount-not-asked'],
    ['fout', { terms: 'something', reason: 'x' }, 400, 'invalid-request'],
    ['fout', { terms: 'prepayment', reason: '' }, 400, 'invalid-request'],
    ['nobody', { terms: 'prepayment', reason: 'x' }, 404, 'not-checked'],
  ] as const)('%s %j is refused', async (debtorId, body, status, code) => {
    expect(await owner.refusal('POST', path(debtorId), body)).toEqual([status, code]);
    expect(await entries('fout')).toEqual([]);
  });

  it('is to be made again when something else is found', async () => {
    await clerk.done('POST', path('fout'), decision('prepayment'));
    await owner.within((manager) => manager.update(DebtorEntity, { administrationId: owner.id, id: 'fout' }, { vatId: 'NL123456782B01' }));
    await owner.goTo(plainDate('2026-12-23'));
    await house.service.app.get(CustomerChecks, { strict: false }).runFor(owner.id, 'fout', plainDate('2026-12-23'));
    expect(await check('fout')).toMatchObject({ outcome: 'incomplete', terms: 'lower-limit', awaitsDecision: true });
    expect(await check('fout')).toMatchObject({ decision: { terms: 'prepayment' } });
  });

  it('is not seen or made from another administration', async () => {
    await clerk.done('POST', path('fout'), decision('prepayment'));
    const other = await house.company();
    expect((await other.askOf(owner, 'POST', path('fout'), decision('prepayment'))).status).toBe(404);
    expect(await other.within((manager) => manager.query('SELECT 1 FROM customer_decision') as Promise<unknown[]>)).toEqual([]);
  });
});
