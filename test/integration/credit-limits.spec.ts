import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { type Company, DossierHouse } from '../support/dossier-house.js';

describe('limits and groups', () => {
  let house: DossierHouse;
  let owner: Company;
  let clerk: Company;
  let controller: Company;

  beforeAll(async () => {
    house = await DossierHouse.start();
  });
  afterAll(() => house.stop());
  /** A debtor with a limit of 100.00 in the package. */
  beforeEach(async () => {
    owner = await house.company();
    clerk = await house.open(owner.id, { role: 'clerk', releaseUpTo: null });
    controller = await house.open(owner.id, { role: 'controller', releaseUpTo: 50_00 });
    await owner.debtor('een', { creditLimit: 100_00 });
    await owner.debtor('twee');
    await owner.debtor('drie');
  });

  const path = (kind: string): string => `credit/debtors/een/limits/${kind}`;
  const asked = (amount: string, until?: string, from?: string): object => ({ amount, reason: 'afspraak', until, from });
  const effective = async (): Promise<object> => (await owner.done<{ effective: object }>('GET', 'credit/debtors/een/limits')).effective;

  describe('what a limit is raised from', () => {
    it('is the one that counts, not the package’s that it stands in for', async () => {
      await owner.done('PUT', path('internal'), asked('20.00'));
      // 20.00 counts, though the package says 100.00.
      expect(await clerk.refusal('PUT', path('temporary'), asked('90.00', '2026-12-31'))).toEqual([403, 'role-too-low']);
      expect(await controller.refusal('PUT', path('temporary'), asked('70.01', '2026-12-31'))).toEqual([403, 'amount-too-high']);
      await controller.done('PUT', path('temporary'), asked('70.00', '2026-12-31'));
      expect(await effective()).toEqual({ amount: '70.00', source: 'temporary', expired: false });
    });

    it('is nothing that has run out', async () => {
      await owner.done('PUT', path('temporary'), asked('900.00', '2026-11-22'));
      await owner.goTo(plainDate('2026-11-23'));
      expect(await clerk.refusal('PUT', path('temporary'), asked('800.00', '2026-12-31'))).toEqual([403, 'role-too-low']);
      expect(await controller.refusal('PUT', path('temporary'), asked('150.01', '2026-12-31'))).toEqual([403, 'amount-too-high']);
      expect(await effective()).toEqual({ amount: '100.00', source: 'internal', expired: false });
    });

    it('counts the days a limit gains, and a lower one that is taken away', async () => {
      await owner.done('PUT', path('temporary'), asked('900.00', '2026-11-30'));
      expect(await clerk.refusal('PUT', path('temporary'), asked('900.00', '2026-12-31'))).toEqual([403, 'role-too-low']);
      await clerk.done('PUT', path('temporary'), asked('10.00', '2026-12-31'));
      expect(await clerk.refusal('DELETE', path('temporary'), { reason: 'x' })).toEqual([403, 'role-too-low']);
      // 100.00 − 10.00 is more than the controller's 50.00.
      expect(await controller.refusal('DELETE', path('temporary'), { reason: 'x' })).toEqual([403, 'amount-too-high']);
      expect(await effective()).toEqual({ amount: '10.00', source: 'temporary', expired: false });
      expect((await owner.entries('een')).map(({ body }) => [body['amount'], body['until'], body['by']])).toEqual([
        ['900.00', '2026-11-30', 'test'],
        ['10.00', '2026-12-31', 'test'],
      ]);
    });
  });

  describe('a group', () => {
    const id = randomUUID();
    const group = (debtorIds: string[], given: object = {}): object => ({ name: 'Groep Proef', amount: '250.00', debtorIds, ...given });
    const said = async (debtorId: string): Promise<unknown[]> =>
      (await owner.entries(debtorId)).map(({ kind, body }) => [kind, body['from'], body['to'], body['by'], body['mode']]);
    const limit = { name: 'Groep Proef', amount: '250.00', from: null, until: null };

    it('who joins, stays while it changes, leaves or is left when it ends reads it in his dossier, once', async () => {
      await owner.done('PUT', `credit/groups/${id}`, group(['een', 'twee']));
      await owner.done('PUT', `credit/groups/${id}`, group(['een', 'twee']));
      await owner.done('PUT', `credit/groups/${id}`, group(['een', 'drie']));
      await owner.done('PUT', `credit/groups/${id}`, group(['een', 'drie'], { amount: '300.00' }));
      await owner.done('DELETE', `credit/groups/${id}`);
      const higher = { ...limit, amount: '300.00' };
      const change = (from: object | null, to: object | null): unknown[] => ['group-changed', from, to, 'test', 'live'];
      expect(await said('een')).toEqual([change(null, limit), change(limit, higher), change(higher, null)]);
      expect(await said('twee')).toEqual([change(null, limit), change(limit, null)]);
      expect(await said('drie')).toEqual([change(null, limit), change(limit, higher), change(higher, null)]);
    });

    it('what is refused leaves no trace', async () => {
      await clerk.done('PUT', `credit/groups/${id}`, group(['een', 'twee']));
      expect(await clerk.refusal('PUT', `credit/groups/${id}`, group(['een', 'twee'], { amount: '250.01' }))).toEqual([
        403,
        'role-too-low',
      ]);
      expect(await clerk.refusal('PUT', `credit/groups/${id}`, group(['een']))).toEqual([403, 'role-too-low']);
      expect(await clerk.refusal('DELETE', `credit/groups/${id}`)).toEqual([403, 'role-too-low']);
      expect(await owner.refusal('PUT', `credit/groups/${randomUUID()}`, group(['een', 'drie']))).toEqual([409, 'in-another-group']);
      expect(await owner.refusal('PUT', `credit/groups/${id}`, group(['een', 'twee', 'nobody']))).toEqual([404, 'unknown-debtor']);
      const turned = group(['een', 'twee'], { from: '2026-12-02', until: '2026-12-01' });
      expect(await owner.refusal('PUT', `credit/groups/${id}`, turned)).toEqual([409, 'ends-before-it-begins']);
      expect(await said('een')).toHaveLength(1);
      expect(await said('drie')).toEqual([]);
    });
  });
});
