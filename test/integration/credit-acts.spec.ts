import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ActEntity } from '../../src/dunning/act.entity.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { type Company, DossierHouse, TODAY } from '../support/dossier-house.js';

const MONDAY = plainDate('2026-11-23');
const NEXT_MONDAY = plainDate('2026-11-30');

describe('a proposed hold of deliveries', () => {
  let house: DossierHouse;
  let company: Company;

  beforeAll(async () => {
    house = await DossierHouse.start();
  });
  afterAll(() => house.stop());

  /** One debtor 21.00 above his limit, ten days late. */
  beforeEach(async () => {
    company = await house.company();
    await company.debtor('een', { creditLimit: 100_00 });
    await company.invoice('i-een', 'een');
    await company.runDay(TODAY);
  });

  const live = async (on: typeof MONDAY): Promise<void> => {
    await company.goTo(on);
    await company.runDay(on);
  };
  const holds = async (): Promise<ActEntity[]> => (await company.acts()).filter(({ kind }) => kind === 'credit-hold');
  const creditEntries = async (): Promise<string[]> =>
    (await company.entries('een')).map(({ kind }) => kind).filter((kind) => kind.startsWith('credit-'));
  const actId = async (): Promise<string> => (await holds())[0]?.id ?? '';

  it('waits while the reminder to the same debtor goes out', async () => {
    expect(await holds()).toMatchObject([{ state: 'awaiting-approval', total: 121_00, channel: null }]);
    expect(company.mailsTo('een')).toHaveLength(1);
    expect(await creditEntries()).toEqual([]);
    await live(MONDAY);
    expect(await holds()).toHaveLength(1);
  });

  it('that was approved is remembered, and nothing is proposed any more', async () => {
    await company.done('POST', `acts/${await actId()}/approve`);
    expect(await creditEntries()).toEqual(['credit-held']);
    expect(await company.refusal('POST', `acts/${await actId()}/approve`)).toEqual([409, 'not-waiting']);
    await live(MONDAY);
    expect(await holds()).toMatchObject([{ state: 'done' }]);
  });

  it('to which a person says no comes again after a week, while nothing is held', async () => {
    await company.done('POST', `acts/${await actId()}/reject`, { reason: 'een bekende' });
    await live(MONDAY);
    expect(await holds()).toMatchObject([{ state: 'cancelled' }]);
    await live(NEXT_MONDAY);
    expect((await holds()).map(({ state }) => state)).toEqual(['cancelled', 'awaiting-approval']);
    expect(await creditEntries()).toEqual([]);
  });

  it('that is no longer needed is cancelled by the next day', async () => {
    await company.pay('i-een', 100_00, TODAY);
    await live(MONDAY);
    expect(await holds()).toMatchObject([{ state: 'cancelled', endedBecause: 'Op 2026-11-23 niet meer nodig.' }]);
  });

  it('nor takes effect when it is approved after the payment', async () => {
    await company.pay('i-een', 100_00, TODAY);
    expect(await company.refusal('POST', `acts/${await actId()}/approve`)).toEqual([409, 'not-waiting']);
    expect(await holds()).toMatchObject([{ state: 'cancelled' }]);
    expect(await creditEntries()).toEqual([]);
  });

  it('is not cancelled by figures that are too old to tell', async () => {
    await company.pay('i-een', 100_00, TODAY);
    await company.goTo(NEXT_MONDAY, false);
    await company.runDay(NEXT_MONDAY);
    expect(await holds()).toMatchObject([{ state: 'awaiting-approval' }]);
  });

  it('a warning is told once, in one mail to the house, and ends without a word', async () => {
    await company.debtor('twee', { creditLimit: 150_00 });
    await company.invoice('i-twee', 'twee', { dueDate: plainDate('2026-12-10') });
    await live(MONDAY);
    await live(plainDate('2026-11-24'));
    expect((await company.acts()).filter(({ kind }) => kind === 'credit-warning')).toMatchObject([{ debtorId: 'twee', state: 'done' }]);
    expect(await company.effects('notice')).toHaveLength(2);
    await company.pay('i-twee', 100_00, plainDate('2026-11-24'));
    await live(plainDate('2026-11-25'));
    expect((await company.entries('twee')).map(({ kind }) => kind)).toEqual(['act-decided', 'credit-warned', 'credit-cleared']);
  });

  describe('told to the person it concerns', () => {
    const recipients = { limit: 'limiet@proef.example', insurance: 'verzekering@proef.example' };
    const notices = async (): Promise<(string | null)[]> =>
      (await company.effects('notice')).map(({ payload }) => (payload as { to: string | null }).to).sort();

    /** Insured, 46 days late on the 20th: 14 days before it has to be reported. */
    beforeEach(async () => {
      company = await house.company({ mode: 'shadow' });
      await company.done('PUT', 'credit/settings', { lookupsPerNight: 0, monthlyBudget: '0.00', recipients });
      await company.debtor('verzekerd');
      await company.invoice('i-verzekerd', 'verzekerd', { dueDate: plainDate('2026-10-05') });
      await company.done('PUT', 'credit/debtors/verzekerd/limits/insured', { amount: '5000.00', reason: 'polis' });
      await company.debtor('boven', { creditLimit: 100_00 });
      await company.invoice('i-boven', 'boven');
    });
    const alerts = async (): Promise<string[]> =>
      (await company.entries('verzekerd'))
        .filter(({ kind }) => kind === 'credit-alerted')
        .map(({ body }) => `${body['mode']} ${body['alert']}`);

    it('in shadow mode it is shown, once, and nobody is told', async () => {
      await company.runDay(TODAY);
      await company.runDay(TODAY);
      expect((await company.acts()).filter(({ step }) => step === 'credit-insurance')).toMatchObject([
        { state: 'shown', debtorId: 'verzekerd' },
      ]);
      expect(await alerts()).toEqual(['shadow credit-insurance']);
      expect(await notices()).toEqual([]);
    });

    it('live each is told of what is his, once, and again when the next day of telling comes', async () => {
      await company.change({ mode: 'live' });
      await company.runDay(TODAY);
      await company.runDay(TODAY);
      expect(await notices()).toEqual(['limiet@proef.example', 'verzekering@proef.example']);
      await live(MONDAY);
      expect(await alerts()).toEqual(['live credit-insurance']);
      // The 27th is seven days before the last day.
      await live(plainDate('2026-11-27'));
      expect(await alerts()).toEqual(['live credit-insurance', 'live credit-insurance']);
      expect(await notices()).toEqual(['limiet@proef.example', 'verzekering@proef.example', 'verzekering@proef.example']);
    });
  });
});
