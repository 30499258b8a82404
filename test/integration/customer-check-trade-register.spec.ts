import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { kvkRegister } from '../../src/credit/registers/kvk.js';
import { CustomerChecks } from '../../src/credit/customer-checks.service.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { readRegisters } from '../../src/platform/config/registers.js';
import { CreditRegisterSandbox, SUBSCRIBER, TRADE_REGISTER_KEY } from '../../src/sandbox/credit-register/credit-register-sandbox.js';
import { type Company, DossierHouse, TODAY } from '../support/dossier-house.js';

const KVK = '12345678';
const sandbox = new CreditRegisterSandbox(new ManualClock(new Date(`${TODAY}T08:00:00Z`)));

beforeAll(() => sandbox.start());
afterAll(() => sandbox.stop());
afterEach(() => {
  sandbox.faults.clear();
  sandbox.unregistered.clear();
  sandbox.endedCompanies.clear();
  sandbox.log.clear();
});

describe('the Dutch trade register', () => {
  const answer = async (url = sandbox.kvkUrl, key: string = TRADE_REGISTER_KEY): Promise<unknown> => {
    const result = await kvkRegister({ url, key, cost: 2, timeoutMs: 1_500 }).ask(KVK);
    return result.ok ? result.value : result.error;
  };

  it('tells whether a company stands in it, and whether it has ended', async () => {
    expect(await answer()).toEqual({ what: 'trade-register', registered: true, active: true, name: `Bedrijf ${KVK}` });
    sandbox.endedCompanies.set(KVK, '20260930');
    expect(await answer()).toEqual({ what: 'trade-register', registered: true, active: false, name: `Bedrijf ${KVK}` });
    sandbox.unregistered.add(KVK);
    expect(await answer()).toEqual({ what: 'trade-register', registered: false, active: false, name: null });
  });

  it('a wrong key or address is no answer, and is not paid for', async () => {
    expect(await answer(sandbox.kvkUrl, 'wrong')).toMatchObject({ kind: 'refused', billed: false });
    // 404, and not because the number is unknown.
    expect(await answer(`${sandbox.kvkUrl}/elsewhere`)).toMatchObject({ kind: 'refused', billed: false });
  });

  it.each([
    ['silent', 'unavailable'],
    ['drop', 'unavailable'],
    ['down', 'unavailable'],
    ['too-many', 'too-many'],
    ['wrong-format', 'wrong-format'],
    ['elsewhere', 'wrong-format'],
  ] as const)('when it is %s: %s', async (fault, kind) => {
    sandbox.fault(fault);
    expect(await answer()).toMatchObject({ kind });
  });

  it('is set up by address and key, for two cents a question unless another price is given', () => {
    const set = { TEGOED_KVK_URL: 'https://api.kvk.example/', TEGOED_KVK_KEY: 'k' };
    expect(readRegisters(set)).toEqual({ registers: { kvk: { url: 'https://api.kvk.example', key: 'k', cost: 2 } }, mistakes: [] });
    expect(readRegisters({ ...set, TEGOED_KVK_COST: '3' }).registers.kvk?.cost).toBe(3);
    expect(readRegisters({ TEGOED_KVK_URL: set.TEGOED_KVK_URL }).mistakes).toEqual(['TEGOED_KVK_URL: needs TEGOED_KVK_KEY']);
    expect(readRegisters({ ...set, TEGOED_KVK_COST: 'veel' }).mistakes).toHaveLength(1);
  });
});

describe('a customer that is looked up in the trade register', () => {
  let house: DossierHouse;
  let company: Company;
  beforeAll(async () => {
    house = await DossierHouse.start({
      registers: {
        ...{ vies: { url: sandbox.viesUrl }, cir: { url: sandbox.cirUrl, ...SUBSCRIBER } },
        ...{ kvk: { url: sandbox.kvkUrl, key: TRADE_REGISTER_KEY, cost: 2 }, timeoutMs: 1_500 },
      },
    });
  });
  afterAll(() => house.stop());
  beforeEach(async () => {
    company = await house.company();
    await company.debtor('een', { country: 'NL', vatId: 'NL123456782B01', registryId: KVK, customerSince: TODAY });
  });

  const look = async (): Promise<{ outcome: string; terms: string; codes: string[] }> => {
    await house.service.app.get(CustomerChecks, { strict: false }).run(company.id, TODAY);
    const [check] = await company.done<{ outcome: string; terms: string; because: { code: string }[] }[]>('GET', 'credit/checks');
    return { outcome: check?.outcome ?? '', terms: check?.terms ?? '', codes: (check?.because ?? []).map(({ code }) => code) };
  };
  const budget = (monthlyBudget: string): Promise<unknown> =>
    company.done('PUT', 'credit/settings', { lookupsPerNight: 25, monthlyBudget, recipients: {} });

  it('is not asked about without a budget, and that alone makes nobody incomplete', async () => {
    expect(await look()).toMatchObject({ outcome: 'clean', terms: 'as-agreed' });
    expect(sandbox.asked('/api')).toBe(0);
  });

  it('is clean when it stands there, and one to be careful with when it has ended or was never there', async () => {
    await budget('1.00');
    const clean = await look();
    expect([clean.outcome, clean.codes.includes('trade-registered')]).toEqual(['clean', true]);
    company = await house.company();
    await budget('1.00');
    sandbox.endedCompanies.set(KVK, '20260930');
    await company.debtor('een', { country: 'NL', vatId: 'NL123456782B01', registryId: KVK, customerSince: TODAY });
    expect(await look()).toMatchObject({ outcome: 'caution', terms: 'prepayment' });
    company = await house.company();
    await budget('1.00');
    sandbox.unregistered.add(KVK);
    await company.debtor('een', { country: 'NL', vatId: 'NL123456782B01', registryId: KVK, customerSince: TODAY });
    const unknown = await look();
    expect([unknown.outcome, unknown.codes.includes('not-registered')]).toEqual(['caution', true]);
    expect(sandbox.asked('/api')).toBe(3);
  });

  it('when the register fails it is asked again, and never read as clean', async () => {
    await budget('1.00');
    // VIES and the insolvency register are asked before it.
    sandbox.fault('down', { match: ({ path }) => path.startsWith('/api'), times: 5 });
    expect(await look()).toMatchObject({ outcome: 'incomplete' });
  });
});
