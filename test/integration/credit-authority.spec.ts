import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ActEntity } from '../../src/dunning/act.entity.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { ApiKeys } from '../../src/platform/auth/api-keys.js';
import type { Authority } from '../../src/platform/auth/rules/authority.js';
import { type Company, DossierHouse, TODAY } from '../support/dossier-house.js';

const MONDAY = plainDate('2026-11-23');
const UNTIL = plainDate('2026-12-07');

describe('who may let more be delivered', () => {
  let house: DossierHouse;
  let owner: Company;
  let reader: Company;
  let clerk: Company;
  let controller: Company;

  beforeAll(async () => {
    house = await DossierHouse.start();
  });
  afterAll(() => house.stop());

  const as = (role: Authority['role'], releaseUpTo: number | null = null): Promise<Company> => house.open(owner.id, { role, releaseUpTo });

  /** A debtor 21.00 above his limit of 100.00, whose hold waits. */
  beforeEach(async () => {
    owner = await house.company();
    [reader, clerk, controller] = await Promise.all([as('reader'), as('clerk'), as('controller', 50_00)]);
    await owner.debtor('een', { creditLimit: 100_00 });
    await owner.invoice('i-een', 'een', { dueDate: plainDate('2026-12-10') });
    await owner.runDay(TODAY);
  });

  const holds = async (): Promise<ActEntity[]> => (await owner.acts()).filter(({ kind }) => kind === 'credit-hold');
  const hold = async (): Promise<string> => (await holds())[0]?.id ?? '';
  const creditEntries = async (debtorId = 'een'): Promise<{ kind: string; body: Record<string, unknown> }[]> =>
    (await owner.entries(debtorId)).filter(({ kind }) => kind.startsWith('credit-'));
  const on = async (day: typeof MONDAY): Promise<void> => {
    await owner.goTo(day);
    await owner.runDay(day);
  };
  const release = { until: UNTIL, reason: 'betaling toegezegd' };

  it('a reader looks and does nothing, in the API and in the console', async () => {
    expect((await reader.ask('GET', 'acts')).status).toBe(200);
    for (const [method, path] of [
      ['POST', `acts/${await hold()}/approve`],
      ['POST', 'disputes'],
      ['PATCH', 'debtors/een'],
      ['POST', 'days/run'],
      ['PUT', 'credit/debtors/een/limits/temporary'],
    ] as const)
      expect(await reader.refusal(method, path, {})).toEqual([403, 'role-too-low']);
    expect(await holds()).toMatchObject([{ state: 'awaiting-approval' }]);
  });

  it('a clerk approves no act, ends no hold and releases nothing, however the path is written', async () => {
    const id = await hold();
    expect(await clerk.refusal('POST', `acts/${id}/approve`)).toEqual([403, 'role-too-low']);
    expect(await clerk.refusal('POST', `acts/${id}/approv%65`)).toEqual([403, 'role-too-low']);
    expect(await clerk.refusal('POST', 'acts/approve', { day: TODAY, kind: 'credit-hold' })).toEqual([403, 'role-too-low']);
    expect(await clerk.refusal('POST', `acts/${id}/reject`, { reason: 'een bekende' })).toEqual([403, 'role-too-low']);
    expect(await clerk.refusal('POST', 'credit/debtors/een/release', release)).toEqual([403, 'role-too-low']);
    expect(await clerk.refusal('POST', `holds/${randomUUID()}/end`, { reason: 'x' })).toEqual([403, 'role-too-low']);
    expect(await holds()).toMatchObject([{ state: 'awaiting-approval' }]);
    // His own work he does: saying no to another act, calls, disputes.
    expect((await clerk.ask('POST', 'disputes', { invoiceId: 'i-een', code: 'PRICE' })).status).toBe(201);
  });

  it('a controller releases as much as his key says, and no more', async () => {
    const careful = await as('controller', 20_99);
    expect(await careful.refusal('POST', 'credit/debtors/een/release', release)).toEqual([403, 'amount-too-high']);
    expect(await careful.refusal('POST', `acts/${await hold()}/reject`, { reason: 'x' })).toEqual([403, 'amount-too-high']);
    await controller.done('POST', 'credit/debtors/een/release', release);
    expect(await holds()).toMatchObject([{ state: 'cancelled', notAgainBefore: UNTIL }]);
    expect(await creditEntries()).toMatchObject([
      {
        kind: 'credit-released',
        body: { to: 'free', exposure: '121.00', limit: '100.00', because: release.reason, by: 'test', until: UNTIL },
      },
    ]);
  });

  it('a hold in force that was released is not proposed again before its day, and then it is', async () => {
    await controller.done('POST', `acts/${await hold()}/approve`);
    await controller.done('POST', 'credit/debtors/een/release', release);
    expect(await controller.refusal('POST', 'credit/debtors/een/release', release)).toEqual([409, 'not-held']);
    await on(MONDAY);
    expect((await holds()).map(({ state }) => state)).toEqual(['done']);
    expect((await creditEntries()).map(({ kind }) => kind)).toEqual(['credit-held', 'credit-released']);
    await on(UNTIL);
    expect((await holds()).map(({ state }) => state)).toEqual(['done', 'awaiting-approval']);
  });

  it('nothing is released that is not held, nor until a day that has passed', async () => {
    await owner.debtor('twee');
    expect(await owner.refusal('POST', 'credit/debtors/twee/release', release)).toEqual([409, 'not-held']);
    expect(await owner.refusal('POST', 'credit/debtors/nobody/release', release)).toEqual([404, 'unknown-debtor']);
    expect(await owner.refusal('POST', 'credit/debtors/een/release', { ...release, until: TODAY })).toEqual([409, 'in-the-past']);
  });

  it('a limit is lowered by a clerk, raised by a controller as far as his key says, taken away by an owner', async () => {
    expect((await clerk.ask('PATCH', 'debtors/een', { creditLimit: '90.00' })).status).toBe(200);
    expect(await clerk.refusal('PATCH', 'debtors/een', { creditLimit: '90.01' })).toEqual([403, 'role-too-low']);
    // Forgetting what was set brings the package's 100.00 back: a raise.
    expect(await clerk.refusal('PATCH', 'debtors/een', { creditLimit: null })).toEqual([403, 'role-too-low']);
    expect(await controller.refusal('PATCH', 'debtors/een', { creditLimit: '140.01' })).toEqual([403, 'amount-too-high']);
    expect((await controller.ask('PATCH', 'debtors/een', { creditLimit: '140.00' })).status).toBe(200);
    expect((await clerk.ask('PATCH', 'debtors/een', { segment: 'key' })).status).toBe(200);
  });

  it('a raise is measured from the limit in force, not from the package’s alone', async () => {
    await owner.debtor('twee', { creditLimit: 1000_00 });
    await owner.done('PUT', 'credit/debtors/twee/limits/internal', { amount: '100.00', reason: 'afgesproken' });
    // Less than the package's 1000.00, and more than the 100.00 that count: step by step it would be back there.
    for (const amount of ['100.01', '500.00', '999.99'])
      expect(await clerk.refusal('PATCH', 'debtors/twee', { creditLimit: amount })).toEqual([403, 'role-too-low']);
    expect(await controller.refusal('PATCH', 'debtors/twee', { creditLimit: '150.01' })).toEqual([403, 'amount-too-high']);
    expect((await clerk.ask('PATCH', 'debtors/twee', { creditLimit: '100.00' })).status).toBe(200);
    expect((await clerk.ask('PATCH', 'debtors/twee', { creditLimit: '80.00' })).status).toBe(200);
    expect(await clerk.refusal('PATCH', 'debtors/twee', { creditLimit: '80.01' })).toEqual([403, 'role-too-low']);

    // One for a time is no ground either: what is left when it ends was raised.
    await owner.debtor('drie', { creditLimit: 100_00 });
    await owner.done('PUT', 'credit/debtors/drie/limits/temporary', { amount: '900.00', until: '2026-12-31', reason: 'seizoen' });
    expect(await clerk.refusal('PATCH', 'debtors/drie', { creditLimit: '150.00' })).toEqual([403, 'role-too-low']);
    expect((await clerk.ask('PATCH', 'debtors/drie', { segment: 'key' })).status).toBe(200);
  });

  it('what only an owner does', async () => {
    for (const company of [clerk, controller]) {
      expect((await company.ask('PATCH', '', { mode: 'shadow' })).status).toBe(403);
      expect(await company.refusal('PUT', 'credit/settings', { lookupsPerNight: 1, monthlyBudget: '0.00', recipients: {} })).toEqual([
        403,
        'role-too-low',
      ]);
    }
    expect((await owner.ask('PUT', 'credit/settings', { lookupsPerNight: 1, monthlyBudget: '0.00', recipients: {} })).status).toBe(200);
  });

  it('keys are an owner’s unless said otherwise, and a role changed counts from the next request on', async () => {
    const keys = house.service.app.get(ApiKeys);
    const key = await keys.issue('later', [owner.id]);
    expect(await keys.check(key)).toMatchObject({ role: 'owner', releaseUpTo: null });
    expect(await keys.entrust(key.split('_')[1] ?? '', { role: 'clerk', releaseUpTo: 5_00 })).toBe(true);
    expect(await keys.check(key)).toMatchObject({ role: 'clerk', releaseUpTo: 5_00 });
    expect(await keys.entrust('nobody', { role: 'owner', releaseUpTo: null })).toBe(false);
  });

  it('a key that was not given an administration learns nothing, whatever its role', async () => {
    const other = await house.company();
    const stranger = await house.open(other.id, { role: 'reader', releaseUpTo: null });
    expect((await stranger.askOf(owner, 'POST', `acts/${await hold()}/approve`)).status).toBe(404);
  });
});

describe('limits beside the package’s own', () => {
  let house: DossierHouse;
  let company: Company;

  beforeAll(async () => {
    house = await DossierHouse.start();
  });
  afterAll(() => house.stop());
  beforeEach(async () => {
    company = await house.company();
    await company.debtor('een', { creditLimit: 100_00 });
    await company.invoice('i-een', 'een', { dueDate: plainDate('2026-12-10') });
  });

  const kinds = async (day = TODAY): Promise<string[]> => {
    const { acts } = await company.done<{ acts: { kind: string; debtorId: string }[] }>('GET', `plan?day=${day}`);
    return acts.filter(({ kind }) => kind.startsWith('credit-')).map(({ kind, debtorId }) => `${kind} ${debtorId}`);
  };
  const set = (kind: string, body: object, debtorId = 'een'): Promise<{ effective: object; limits: object[] }> =>
    company.done('PUT', `credit/debtors/${debtorId}/limits/${kind}`, { reason: 'afgesproken', ...body });

  it('a temporary limit stands in while it lasts, and gives way again', async () => {
    expect(await kinds()).toEqual(['credit-hold een']);
    expect(await set('temporary', { amount: '500.00', until: '2026-11-22' })).toMatchObject({
      effective: { amount: '500.00', source: 'temporary', expired: false },
      creditLimit: '100.00',
    });
    expect(await kinds()).toEqual([]);
    await company.goTo(MONDAY);
    expect(await kinds(MONDAY)).toEqual(['credit-hold een']);
    expect((await company.entries('een')).map(({ kind, body }) => [kind, body['amount'], body['reason']])).toEqual([
      ['limit-changed', '500.00', 'afgesproken'],
    ]);
  });

  it('an insured limit counts where nothing beyond it is sold, and as 0 when it ran out', async () => {
    await set('internal', { amount: '10000.00' });
    await set('insured', { amount: '50.00' });
    expect(await kinds()).toEqual([]);
    expect(await set('insured', { amount: '50.00', insuredOnly: true })).toMatchObject({
      effective: { amount: '50.00', source: 'insured' },
    });
    expect(await kinds()).toEqual(['credit-hold een']);
    await company.runDay(TODAY);
    const [act] = await company.acts();
    expect(await company.done('GET', `acts/${act?.id}/explain`)).toMatchObject({ agrees: true });
    expect(act?.because[0]).toContain('op een limiet van EUR 50.00');
    const removed = await company.done<object>('DELETE', 'credit/debtors/een/limits/insured', { reason: 'polis beëindigd' });
    expect(removed).toMatchObject({ effective: { amount: '10000.00', source: 'internal' } });
  });

  it('a group shares its limit: what the others owe leaves less', async () => {
    await company.debtor('zus');
    await company.invoice('i-zus', 'zus', { dueDate: plainDate('2026-12-10') });
    await set('internal', { amount: '10000.00' });
    const id = randomUUID();
    const group = { name: 'Groep Proef', amount: '250.00', debtorIds: ['een', 'zus'] };
    await company.done('PUT', `credit/groups/${id}`, group);
    // 250.00 − 121.00 = 129.00 for each of 121.00: 94%.
    expect(await kinds()).toEqual(['credit-warning een', 'credit-warning zus']);
    expect(await company.done('GET', 'credit/debtors/een/limits')).toMatchObject({
      effective: { amount: '129.00', source: 'group' },
      group: { name: 'Groep Proef', amount: '250.00', usedByOthers: '121.00', members: ['een', 'zus'] },
    });
    await company.invoice('i-zus-2', 'zus', { amount: 60_00, dueDate: plainDate('2026-12-10') });
    expect(await kinds()).toEqual(['credit-hold een', 'credit-hold zus']);
    // What is approved for one alone is judged with the others too.
    await company.runDay(TODAY);
    const [act] = (await company.acts()).filter(({ debtorId, kind }) => debtorId === 'een' && kind === 'credit-hold');
    expect((await company.ask('POST', `acts/${act?.id}/approve`)).status).toBe(204);
    expect(await company.refusal('PUT', `credit/groups/${randomUUID()}`, group)).toEqual([409, 'in-another-group']);
    expect(await company.refusal('PUT', `credit/groups/${id}`, { ...group, debtorIds: ['een', 'nobody'] })).toEqual([
      404,
      'unknown-debtor',
    ]);
    await company.done('DELETE', `credit/groups/${id}`);
    expect(await company.done('GET', 'credit/debtors/een/limits')).toMatchObject({ effective: { source: 'internal' }, group: null });
  });

  it.each([
    ['temporary', { amount: '500.00' }, 409, 'no-end'],
    ['temporary', { amount: '500.00', until: '2026-11-01' }, 409, 'in-the-past'],
    ['temporary', { amount: '500.00', until: '2028-11-01' }, 409, 'not-temporary'],
    ['internal', { amount: '500.00', from: '2026-12-02', until: '2026-12-01' }, 409, 'ends-before-it-begins'],
    ['internal', { amount: '500.00', insuredOnly: true }, 409, 'not-insured'],
    ['other', { amount: '500.00' }, 404, 'unknown-limit'],
    ['internal', { amount: '-1' }, 422, 'invalid'],
  ] as const)('%s %j is refused', async (kind, body, status, code) => {
    const answer = await company.ask<{ code: string }>('PUT', `credit/debtors/een/limits/${kind}`, { reason: 'x', ...body });
    expect(answer.status === 400 ? 422 : answer.status).toBe(status);
    if (status !== 422) expect(answer.body.code).toBe(code);
    expect(await company.done('GET', 'credit/debtors/een/limits')).toMatchObject({ limits: [] });
  });

  it('no limit is seen or set from another administration', async () => {
    await set('internal', { amount: '10000.00' });
    const other = await house.company();
    expect((await other.askOf(company, 'GET', 'credit/debtors/een/limits')).status).toBe(404);
    expect(await other.refusal('GET', 'credit/debtors/een/limits')).toEqual([404, 'unknown-debtor']);
  });
});
