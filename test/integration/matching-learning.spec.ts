import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BankLineView } from '../../src/matching/bank-line-view.js';
import type { EvidenceView } from '../../src/matching/match-evidence.service.js';
import { BankDeskHouse, type Desk } from '../support/bank-desk.js';

const PAYER = 'NL18RABO0123459876';

describe('what matching learns from people', () => {
  let house: BankDeskHouse;
  let desk: Desk;

  beforeAll(async () => {
    house = await BankDeskHouse.start();
  });
  afterAll(() => house.stop());
  beforeEach(async () => {
    desk = await house.administration();
    await desk.debtor('bakker', { name: 'Bakkerij Korenaar B.V.' });
    await desk.debtor('slager', { name: 'Slagerij Ossenhaas B.V.' });
  });

  const outcome = async (id: string): Promise<BankLineView['outcome']> =>
    (await desk.done<BankLineView>('GET', `bank-lines/${id}`)).outcome;
  const evidence = (): Promise<EvidenceView> => desk.done('GET', 'match-evidence');
  const revoke = (body: object) => desk.ask('POST', 'match-evidence/revoke', body);
  const give = (id: string, invoiceId: string, amount: string) =>
    desk.done('POST', `bank-lines/${id}/correct`, { allocations: [{ invoiceId, amount }] });

  /** A monthly payment of an accountant nobody knows: exactly one open invoice of this amount, and no word about it. */
  async function month(number: string, debtorId = 'bakker', amount = 302_50): Promise<string> {
    await desk.invoice(number, debtorId, amount);
    const id = await desk.line({ amount, iban: PAYER, name: 'Administratie De Zuil', text: 'zoals afgesproken' });
    await desk.match();
    return id;
  }

  it('books the third payment of an account that two people-made matches have tied to a debtor, until that is revoked', async () => {
    for (const number of ['2026-0201', '2026-0202']) {
      const id = await month(number);
      expect(await outcome(id)).toBe('proposed');
      await desk.done('POST', `bank-lines/${id}/confirm`, {});
    }
    expect((await evidence()).ibanLinks).toMatchObject([
      { iban: PAYER, debtorId: 'bakker', debtor: 'Bakkerij Korenaar B.V.', confirmations: 2, counts: true },
    ]);
    const third = await month('2026-0203');
    expect(await outcome(third)).toBe('matched');
    expect((await desk.done<BankLineView>('GET', `bank-lines/${third}`)).decidedBy).toBeNull();

    const link = { kind: 'iban-link', iban: PAYER, debtorId: 'bakker', why: 'de rekening is van de accountant' };
    expect((await revoke(link)).status).toBe(204);
    expect(await revoke(link)).toMatchObject({ status: 409, body: { code: 'nothing-to-revoke' } });
    expect((await evidence()).ibanLinks).toEqual([]);
    expect(await outcome(await month('2026-0204'))).toBe('proposed');
  });

  it('does not learn from what it booked itself', async () => {
    await desk.done('PUT', 'match-settings', { confirmationsForIban: 1 });
    await desk.done('POST', `bank-lines/${await month('2026-0201')}/confirm`, {});
    expect(await outcome(await month('2026-0202'))).toBe('matched');
    expect((await evidence()).ibanLinks).toMatchObject([{ confirmations: 1 }]);
  });

  it('forgets what an undone decision had taught', async () => {
    const id = await month('2026-0201');
    await desk.done('POST', `bank-lines/${id}/confirm`, {});
    await desk.done('POST', `bank-lines/${id}/undo`, { why: 'verkeerd' });
    const { ibanLinks, undone } = await evidence();
    expect(ibanLinks).toEqual([]);
    expect(undone).toMatchObject([{ bankLineId: id, invoiceId: '2026-0201', invoice: '2026-0201' }]);
  });

  it('forgets on contradiction: an account that pays for another debtor stands for neither for sure', async () => {
    for (const number of ['2026-0201', '2026-0202']) await desk.done('POST', `bank-lines/${await month(number)}/confirm`, {});
    const other = await month('2026-0203');
    expect(await outcome(other)).toBe('matched');
    await desk.invoice('2026-0301', 'slager', 302_50);
    await give(other, '2026-0301', '302.50');
    expect((await evidence()).ibanLinks).toMatchObject([{ debtorId: 'slager', confirmations: 1, counts: false }]);
    expect(await outcome(await month('2026-0204'))).toBe('proposed');
  });

  it('learns nothing of the account when it paid for several at once', async () => {
    await desk.invoice('2026-0201', 'bakker', 100_00);
    await desk.invoice('2026-0202', 'slager', 50_00);
    const id = await desk.line({ amount: 150_00, iban: PAYER, text: 'verzamelbetaling' });
    await desk.done('POST', `bank-lines/${id}/correct`, {
      allocations: [
        { invoiceId: '2026-0201', amount: '100.00' },
        { invoiceId: '2026-0202', amount: '50.00' },
      ],
    });
    expect((await evidence()).ibanLinks).toEqual([]);
  });

  it('learns what letters of payers mean, after two of them', async () => {
    const pay = async (number: string): Promise<string> => {
      await desk.invoice(`2026-${number}`, 'bakker', 100_00 + Number(number));
      await desk.invoice(`2025-9${number.slice(1)}`, 'slager', 100_00 + Number(number));
      const id = await desk.line({ amount: 100_00 + Number(number), iban: null, name: null, text: `ZX ${number}` });
      await desk.match();
      return id;
    };
    for (const number of ['0201', '0202']) {
      const id = await pay(number);
      expect(await outcome(id)).toBe('proposed');
      await give(id, `2026-${number}`, `102.0${number.at(-1)}`);
    }
    expect((await evidence()).prefixes).toMatchObject([{ written: 'ZX', series: '2026', confirmations: 2, counts: true }]);
    const third = await desk.done<BankLineView>('GET', `bank-lines/${await pay('0203')}`);
    expect([third.outcome, third.allocations[0]?.invoice]).toEqual(['matched', '2026-0203']);

    expect((await revoke({ kind: 'prefix', written: 'ZX', series: '2026', why: 'toeval' })).status).toBe(204);
    expect(await outcome(await pay('0204'))).toBe('proposed');
  });

  it('takes it from a person that an account stands for nobody', async () => {
    for (const number of ['2026-0201', '2026-0202']) await desk.done('POST', `bank-lines/${await month(number)}/confirm`, {});
    expect((await desk.ask('POST', 'match-evidence/neutral-ibans', { iban: 'NL00RABO0123459876' })).body).toMatchObject({
      code: 'invalid-iban',
    });
    expect((await desk.ask('POST', 'match-evidence/neutral-ibans', { iban: 'NL18 RABO 0123 4598 76' })).status).toBe(204);
    expect(await evidence()).toMatchObject({ ibanLinks: [], neutralIbans: [{ iban: PAYER }] });
    const id = await month('2026-0203');
    expect(await outcome(id)).toBe('proposed');
    await desk.done('POST', `bank-lines/${id}/confirm`, {});
    expect((await evidence()).ibanLinks).toEqual([]);
  });

  it('proposes an undone pair again once a person takes that back', async () => {
    const id = await month('2026-0201');
    await desk.done('POST', `bank-lines/${id}/dismiss`, { reason: 'unknown' });
    await desk.match();
    expect(await outcome(id)).toBe('unmatched');
    expect((await revoke({ kind: 'undone', bankLineId: id, invoiceId: '2026-0201', why: 'toch wel' })).status).toBe(204);
    await desk.match();
    expect(await outcome(id)).toBe('proposed');
  });

  it.each([
    ['a kind nobody knows', { kind: 'name', why: 'x' }],
    ['half a subject', { kind: 'iban-link', iban: PAYER, why: 'x' }],
    ['no reason', { kind: 'neutral-iban', iban: PAYER }],
    ['a line that is none', { kind: 'undone', bankLineId: 'x', invoiceId: 'y', why: 'x' }],
  ])('refuses to revoke with %s', async (_, body) => {
    expect((await revoke(body)).status).toBe(400);
  });

  it('keeps each administration’s evidence and settings to itself', async () => {
    await desk.done('PUT', 'match-settings', { bookFrom: 0.99 });
    await desk.done('POST', `bank-lines/${await month('2026-0201')}/confirm`, {});
    const other = await house.administration();
    expect(await other.done<EvidenceView>('GET', 'match-evidence')).toMatchObject({ ibanLinks: [], undone: [] });
    expect(await other.done('GET', 'match-settings')).toMatchObject({ bookFrom: 0.97, set: [] });
  });
});

describe('settings of matching', () => {
  let house: BankDeskHouse;
  let desk: Desk;

  beforeAll(async () => {
    house = await BankDeskHouse.start();
    desk = await house.administration();
    await desk.debtor('bakker', { name: 'Bakkerij Korenaar B.V.', ibans: [PAYER] });
  });
  afterAll(() => house.stop());

  it('are the defaults until they are set, and again when they are left out', async () => {
    expect(await desk.done('GET', 'match-settings')).toMatchObject({ bookFrom: 0.97, bankChargesMax: '50.00', discounts: [], set: [] });
    const set = { bookFrom: 0.99, bankChargesMax: '12.50', discounts: [{ percent: 2, days: 14 }] };
    expect(await desk.done('PUT', 'match-settings', set)).toMatchObject({ ...set, set: ['bankChargesMax', 'bookFrom', 'discounts'] });
    expect(await desk.done('PUT', 'match-settings', {})).toMatchObject({ bookFrom: 0.97, bankChargesMax: '50.00', set: [] });
  });

  it.each([
    [{ bookFrom: 0.5 }, 400],
    [{ bookFrom: 0.9, proposeFrom: 0.95 }, 422],
    [{ discounts: [{ percent: 90, days: 8 }] }, 400],
    [{ discounts: [{ percent: 2 }] }, 400],
    [{ bankChargesMax: '-1' }, 400],
    [{ bankChargesMax: 50 }, 400],
    [{ confirmationsForIban: 0 }, 400],
    [{ sums: { itemsMax: 1 } }, 400],
  ])('refuse %j', async (body, status) => {
    expect((await desk.ask('PUT', 'match-settings', body)).status).toBe(status);
    expect(await desk.done('GET', 'match-settings')).toMatchObject({ set: [] });
  });

  it('count from the next matching on: a discount that is granted is booked', async () => {
    await desk.invoice('2026-0401', 'bakker', 100_00, { issueDate: '2026-11-10' as never });
    const id = await desk.line({ amount: 98_00, iban: PAYER, text: '2026-0401', day: '2026-11-18' });
    await desk.match();
    const before = await desk.done<BankLineView>('GET', `bank-lines/${id}`);
    expect(before.outcome).toBe('proposed');
    await desk.done('PUT', 'match-settings', { discounts: [{ percent: 2, days: 14 }] });
    await desk.match();
    const after = await desk.done<BankLineView>('GET', `bank-lines/${id}`);
    // only the money is booked: the 2.00 are for the bookkeeper to write off
    expect(after).toMatchObject({ outcome: 'matched', allocations: [{ amount: '98.00' }], unallocated: '0.00' });
    expect(await desk.open()).toEqual({ '2026-0401': 2_00 });
  });
});
