import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CustomerCheckEntity, RegisterLookupEntity } from '../../src/credit/credit.entity.js';
import { CustomerChecks } from '../../src/credit/customer-checks.service.js';
import { Notices } from '../../src/correspondence/notices.service.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import { HoldEntity } from '../../src/ledger/receivables.entity.js';
import { CreditRegisterSandbox, REPORT_KEY, SUBSCRIBER } from '../../src/sandbox/credit-register/credit-register-sandbox.js';
import { type Company, DossierHouse, TODAY } from '../support/dossier-house.js';

const MONDAY = plainDate('2026-11-23');
const KVK = '12345678';
const NUMBERS = { country: 'NL', vatId: 'NL123456782B01', registryId: KVK } as const;

describe('a new customer', () => {
  const sandbox = new CreditRegisterSandbox(new ManualClock(new Date('2026-11-20T08:00:00Z')));
  let house: DossierHouse;
  let company: Company;

  beforeAll(async () => {
    await sandbox.start();
    house = await DossierHouse.start({
      registers: {
        vies: { url: sandbox.viesUrl },
        cir: { url: sandbox.cirUrl, ...SUBSCRIBER },
        creditInformation: { url: sandbox.reportsUrl, key: REPORT_KEY, cost: 250 },
        timeoutMs: 1500,
      },
    });
  });
  afterAll(async () => {
    await house.stop();
    await sandbox.stop();
  });
  beforeEach(async () => {
    company = await house.company();
    sandbox.log.clear();
  });
  afterEach(() => {
    sandbox.faults.clear();
    sandbox.insolvencies.clear();
    sandbox.invalidVat.clear();
    sandbox.companies.clear();
  });

  /** A debtor whose one invoice is of this month, ten days late. */
  const newcomer = async (id: string, given: object = NUMBERS): Promise<void> => {
    await company.debtor(id, given);
    await company.invoice(`i-${id}`, id, { issueDate: plainDate('2026-10-11') });
  };
  const bankrupt = (kvk: string): void =>
    void sandbox.insolvencies.set(kvk, [
      {
        publication: `p-${kvk}`,
        number: 'F.01/26/123',
        court: 'Rechtbank Den Haag',
        trustee: { titles: 'mr.', initials: 'A.', surname: 'Curator' },
        publications: [{ date: '2026-11-02', words: 'Uitspraak faillissement op 02 november 2026' }],
      },
    ]);
  const checks = (): CustomerChecks => house.service.app.get(CustomerChecks, { strict: false });
  const outcome = async (debtorId: string): Promise<CustomerCheckEntity | null> =>
    company.within((manager) => manager.findOneBy(CustomerCheckEntity, { administrationId: company.id, debtorId }));
  const lookups = (): Promise<RegisterLookupEntity[]> =>
    company.within((manager) =>
      manager.find(RegisterLookupEntity, { where: { administrationId: company.id }, order: { askedAt: 'ASC', register: 'ASC' } }),
    );
  const kinds = async (debtorId: string): Promise<string[]> => (await company.entries(debtorId)).map(({ kind }) => kind);
  const notices = async (): Promise<{ to: readonly string[]; text: string }[]> => {
    const before = house.mailbox.mails.length;
    await house.service.app.get(Notices, { strict: false }).run(company.id);
    return house.mailbox.mails.slice(before).map(({ to, text }) => ({ to, text }));
  };
  const settings = (given: object): Promise<unknown> =>
    company.done('PUT', 'credit/settings', { lookupsPerNight: 25, monthlyBudget: '0.00', recipients: {}, ...given });

  it('is looked up once, and the answer is used again while it counts', async () => {
    await newcomer('een');
    await checks().run(company.id, TODAY);
    await checks().run(company.id, TODAY);
    expect(await outcome('een')).toMatchObject({ outcome: 'clean', terms: 'as-agreed', suggestedLimit: null, validUntil: '2026-11-27' });
    expect(await lookups()).toMatchObject([
      { register: 'cir', subject: KVK, state: 'answered', cost: 0, validUntil: '2026-11-27', answer: { proceedings: [] } },
      { register: 'vies', subject: 'NL 123456782B01', state: 'answered', cost: 0, validUntil: '2027-02-18' },
    ]);
    // Another debtor that goes by the same numbers, and a look by hand: nobody is asked again.
    await newcomer('twee');
    await checks().run(company.id, TODAY);
    await company.done('POST', 'credit/checks/een');
    expect(await outcome('twee')).toMatchObject({ outcome: 'clean' });
    expect(sandbox.log.count()).toBe(2);
    // What ran out is asked again, the rest is not.
    await company.goTo(plainDate('2026-11-30'));
    await checks().run(company.id, plainDate('2026-11-30'));
    expect([sandbox.asked('/cir'), sandbox.asked('/taxation')]).toEqual([2, 1]);
    expect(await kinds('een')).toEqual(['customer-checked']);
  });

  it('an old customer who pays is not looked up, one who is late is, a consumer never', async () => {
    await company.debtor('old', { ...NUMBERS, customerSince: plainDate('2020-01-01') });
    await company.invoice('i-old', 'old', { issueDate: plainDate('2026-01-01'), dueDate: plainDate('2026-11-10') });
    await company.debtor('late', { ...NUMBERS, customerSince: plainDate('2020-01-01') });
    await company.invoice('i-late', 'late', { issueDate: plainDate('2026-01-01'), dueDate: plainDate('2026-11-06') });
    await company.debtor('consumer', { ...NUMBERS, capacity: 'consumer', customerSince: TODAY });
    await company.debtor('contact', { ...NUMBERS, customerSince: plainDate('2026-11-19') });
    await checks().run(company.id, TODAY);
    const seen = await Promise.all(['old', 'late', 'consumer', 'contact'].map(async (id) => (await outcome(id))?.outcome ?? null));
    expect(seen).toEqual([null, 'clean', null, 'clean']);
  });

  it.each(['silent', 'member-state-unavailable', 'wrong-format', 'too-many', 'drop', 'down'] as const)(
    'a register that is %s is asked again later, and never read as clean',
    async (fault) => {
      await newcomer('een');
      sandbox.fault(fault, { times: 50 });
      await checks().run(company.id, TODAY);
      expect(await outcome('een')).toMatchObject({ outcome: 'incomplete', terms: 'lower-limit', suggestedLimit: 500_00 });
      expect((await lookups()).map(({ state }) => state)).toEqual(['failed', 'failed']);
      const asked = sandbox.log.count();
      // Run again in the same night it waits; by hand too.
      await checks().run(company.id, TODAY);
      await company.done('POST', 'credit/checks/een');
      expect(sandbox.log.count()).toBe(asked);
      sandbox.faults.clear();
      await company.goTo(plainDate('2026-11-24'));
      await checks().run(company.id, plainDate('2026-11-24'));
      expect(await outcome('een')).toMatchObject({ outcome: 'clean' });
      expect(await kinds('een')).toEqual(['customer-checked', 'customer-checked']);
    },
  );

  it('in shadow mode nobody is asked; the numbers are looked at, and asked once it is live', async () => {
    await company.change({ mode: 'shadow' });
    await newcomer('een');
    await company.runDay(TODAY);
    expect(await company.refusal('POST', 'credit/checks/een')).toEqual([409, 'not-checked']);
    expect(sandbox.log.count()).toBe(0);
    expect(await outcome('een')).toMatchObject({ outcome: 'incomplete' });
    expect(await kinds('een')).toEqual([]);
    await company.change({ mode: 'live' });
    await checks().run(company.id, MONDAY);
    expect(await outcome('een')).toMatchObject({ outcome: 'clean' });
  });

  it('a night has so many questions, and the rest another night', async () => {
    await settings({ lookupsPerNight: 3 });
    await newcomer('een');
    await newcomer('twee', { country: 'NL', vatId: 'NL000099998B57', registryId: '87654321' });
    await checks().run(company.id, TODAY);
    await checks().run(company.id, TODAY);
    expect(sandbox.log.count()).toBe(3);
    expect(await outcome('een')).toMatchObject({ outcome: 'clean' });
    expect(await outcome('twee')).toMatchObject({ outcome: 'incomplete' });
    await company.goTo(MONDAY);
    await checks().run(company.id, MONDAY);
    expect(sandbox.log.count()).toBe(4);
    expect(await outcome('twee')).toMatchObject({ outcome: 'clean' });
  });

  it('a register that keeps failing is left alone for the night', async () => {
    for (let at = 0; at < 6; at++) await newcomer(`d${at}`, { country: 'NL', vatId: null, registryId: `1000000${at}` });
    sandbox.fault('down', { times: 50 });
    await checks().run(company.id, TODAY);
    expect(sandbox.asked('/cir')).toBe(3);
    for (let at = 0; at < 6; at++) expect(await outcome(`d${at}`)).toMatchObject({ outcome: 'incomplete' });
  });

  it('paid questions need a budget, never go beyond it, and cost nothing when they were not answered for sure', async () => {
    const spent = async (): Promise<number> => (await lookups()).reduce((sum, { cost }) => sum + cost, 0);
    const OTHER = '87654321';
    for (const kvk of [KVK, OTHER]) sandbox.companies.set(`nl-kvk/${kvk}`, { active: true, rating: 'B', suggestedLimit: '12500.00' });
    await newcomer('een');
    await checks().run(company.id, TODAY);
    expect(sandbox.asked('/reports')).toBe(0);
    expect(await outcome('een')).toMatchObject({ outcome: 'clean', terms: 'as-agreed' });
    expect((await outcome('een'))?.because.map(({ code }) => code)).toContain('lookup-budget');
    // EUR 4.00: one report of 2.50, not two.
    await settings({ monthlyBudget: '4.00' });
    await newcomer('twee', { country: 'NL', vatId: 'NL000099998B57', registryId: OTHER });
    await checks().run(company.id, TODAY);
    expect(await outcome('twee')).toMatchObject({ outcome: 'clean', terms: 'lower-limit', suggestedLimit: 12_500_00 });
    await company.done('POST', 'credit/checks/een');
    expect([sandbox.asked('/reports'), await spent()]).toEqual([1, 250]);
    // In December there is a budget again.
    await company.goTo(plainDate('2026-12-01'));
    await company.done('POST', 'credit/checks/een');
    expect([sandbox.asked('/reports'), await spent()]).toEqual([2, 500]);
    // Whom the provider does not know costs nothing, and is incomplete.
    await settings({ monthlyBudget: '10.00' });
    await newcomer('drie', { country: 'NL', vatId: null, registryId: '11111111' });
    await company.done('POST', 'credit/checks/drie');
    expect([sandbox.asked('/reports'), await spent()]).toEqual([3, 500]);
    expect(await outcome('drie')).toMatchObject({ outcome: 'incomplete' });
  });

  it('a question whose worker vanished is counted, and asked again when it is surely lost', async () => {
    await newcomer('een');
    await company.within((manager) =>
      manager.insert(RegisterLookupEntity, {
        ...{ administrationId: company.id, id: '8f0c0000-0000-4000-8000-000000000001', debtorId: 'een' },
        ...{ what: 'insolvency', register: 'cir', subject: KVK, state: 'asked', askedAt: house.clock.now(), cost: 0 },
        ...{ answer: null, validUntil: null, failure: null, detail: null, retryAt: null },
      } as never),
    );
    await checks().run(company.id, TODAY);
    expect(sandbox.asked('/cir')).toBe(0);
    expect(await outcome('een')).toMatchObject({ outcome: 'incomplete' });
    house.clock.advance(20 * 60_000);
    await company.done('POST', 'credit/checks/een');
    expect(sandbox.asked('/cir')).toBe(1);
    expect(await outcome('een')).toMatchObject({ outcome: 'clean' });
  });

  it('found bankrupt: no reminder leaves from that day on, the package hears it, and people are told once what to do', async () => {
    await settings({ recipients: { insolvency: 'jurist@proef.example' } });
    await newcomer('een');
    bankrupt(KVK);
    await company.runDay(TODAY);
    expect(company.mailsTo('een')).toEqual([]);
    expect(await company.standing('i-een')).toBe('insolvency');
    expect(await kinds('een')).toEqual(['customer-checked', 'insolvency-found', 'hold-set']);
    const [notice, ...more] = await notices();
    expect(more).toEqual([]);
    expect(notice?.to).toEqual(['jurist@proef.example']);
    expect(notice?.text).toContain('Faillissement F.01/26/123 sinds 2026-11-02, Rechtbank Den Haag; curator: mr. A. Curator.');
    expect(notice?.text).toContain('dien de vordering in bij de curator');
    // The day again, another day, a look by hand: nothing is said or set twice.
    await company.runDay(TODAY);
    await company.goTo(plainDate('2026-12-01'));
    await company.runDay(plainDate('2026-12-01'));
    await company.done('POST', 'credit/checks/een');
    expect(await notices()).toEqual([]);
    expect((await kinds('een')).filter((kind) => kind === 'hold-set')).toHaveLength(1);
  });

  it('a hold that a person ended is not set again for the same proceeding', async () => {
    await newcomer('een');
    bankrupt(KVK);
    await checks().run(company.id, TODAY);
    const [hold] = await company.within((manager) => manager.findBy(HoldEntity, { administrationId: company.id }));
    expect(hold).toMatchObject({ debtorId: 'een', kind: 'insolvency', reason: 'BANKRUPTCY', startsOn: TODAY, until: null });
    await company.done('POST', `holds/${hold?.id}/end`, { reason: 'een naamgenoot' });
    await company.goTo(plainDate('2026-12-01'));
    await checks().run(company.id, plainDate('2026-12-01'));
    const holds = await company.within((manager) => manager.findBy(HoldEntity, { administrationId: company.id }));
    expect(holds).toMatchObject([{ until: addDays(TODAY, -1) }]);
  });

  it('with a wrong number: prepayment is suggested, with reasons in three languages, and people are told once', async () => {
    await newcomer('een', { ...NUMBERS, vatId: 'NL123456783B01' });
    await checks().run(company.id, TODAY);
    const [check] = await company.done<
      { because: { code: string; nl: string; fr: string; en: string }[]; outcome: string; terms: string; lookups: object[] }[]
    >('GET', 'credit/checks');
    expect(check).toMatchObject({ outcome: 'caution', terms: 'prepayment' });
    expect(check?.because[0]).toMatchObject({
      code: 'number-wrong',
      en: 'The btw/TVA/VAT number in the books cannot be right: its form or check digit is wrong.',
    });
    expect(check?.because.every(({ nl, fr, en }) => new Set([nl, fr, en]).size === 3)).toBe(true);
    expect(sandbox.asked('/taxation')).toBe(0);
    expect(await notices()).toHaveLength(1);
    await company.goTo(plainDate('2026-12-01'));
    await checks().run(company.id, plainDate('2026-12-01'));
    expect(await notices()).toEqual([]);
  });

  it('what one administration asked is not seen from another', async () => {
    await newcomer('een');
    await checks().run(company.id, TODAY);
    const other = await house.company();
    expect(await other.done('GET', 'credit/checks')).toEqual([]);
    expect((await other.askOf(company, 'GET', 'credit/checks')).status).toBe(404);
    expect(await other.within((manager) => manager.count(RegisterLookupEntity))).toBe(0);
  });
});
