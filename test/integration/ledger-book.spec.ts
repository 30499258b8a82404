import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { AllocationEntity, SettlementEntity } from '../../src/ledger/receivables.entity.js';
import type { PullBatch, PulledItem } from '../../src/adapters/accounting-package.port.js';
import { loadCalendars } from '../../src/platform/config/calendars.js';
import { periodEnding } from '../../src/reporting/rules/period.js';
import { storedReport } from '../../src/reporting/stored-report.js';
import { pull, pulledItem } from '../support/pulled.js';
import { BankDeskHouse, type Desk, TODAY } from '../support/bank-desk.js';

describe('the book while the package does not know a payment yet', () => {
  let house: BankDeskHouse;
  let desk: Desk;

  beforeAll(async () => {
    house = await BankDeskHouse.start();
  });
  afterAll(() => house.stop());
  beforeEach(async () => {
    desk = await house.administration();
    await desk.debtor('bakker', { name: 'Bakkerij Korenaar B.V.' });
    await desk.invoice('2026-0101', 'bakker', 121_00);
    await desk.invoice('2026-0102', 'bakker', 60_50);
  });

  const settle = (id: string, given: Partial<SettlementEntity> = {}, packageOpen = 0): Promise<void> =>
    house.tenancy.within(desk.id, async (manager) => {
      const invoiceId = '2026-0101';
      await manager.insert(SettlementEntity, {
        administrationId: desk.id,
        invoiceId,
        id,
        settledOn: plainDate('2026-11-18'),
        amount: 121_00,
        kind: 'payment',
        marker: null,
        ...given,
      });
      await manager.query('UPDATE invoice SET package_open = $2 WHERE id = $1', [invoiceId, packageOpen]);
    });
  const allocations = (): Promise<AllocationEntity[]> =>
    house.tenancy.within(desk.id, (manager) => manager.find(AllocationEntity, { order: { amount: 'ASC' } }));
  const paid = async (): Promise<number[]> => (await desk.book()).payments.map(({ amount }) => amount).sort((a, b) => a - b);
  /** Of each debtor: the invoices somebody would be asked for today. */
  const asked = async (): Promise<string[]> => {
    const { acts } = await desk.done<{ acts: { kind: string; invoiceIds: string[] }[] }>('GET', `plan?day=${TODAY}`);
    return acts
      .filter(({ kind }) => kind !== 'statement')
      .flatMap(({ invoiceIds }) => invoiceIds)
      .sort();
  };

  it('would ask for both, had nobody paid', async () => {
    await desk.line({ amount: -5_00, text: 'kosten' });
    await desk.match();
    expect(await asked()).toEqual(['2026-0101', '2026-0102']);
  });

  it('takes it off at once, and asks for the rest only', async () => {
    await desk.line({ amount: 121_00, text: 'factuur 2026-0101', name: 'Bakkerij Korenaar B.V.' });
    expect(await desk.match()).toMatchObject({ matched: 1 });
    expect(await desk.open()).toEqual({ '2026-0102': 60_50 });
    expect(await paid()).toEqual([121_00]);
    expect(await asked()).toEqual(['2026-0102']);
  });

  it.each([
    ['with our marker', (own: AllocationEntity) => ({ marker: own.marker })],
    ['by hand, without one, a few days beside it', () => ({ settledOn: plainDate('2026-11-20') })],
  ])('counts it once when the package has it too: %s', async (_how, given) => {
    await desk.line({ amount: 121_00, text: 'factuur 2026-0101', name: 'Bakkerij Korenaar B.V.' });
    await desk.match();
    const [own] = await allocations();
    if (!own) throw new Error('nothing was booked');
    await settle('p1', given(own));
    expect(await desk.open()).toEqual({ '2026-0102': 60_50 });
    expect(await paid()).toEqual([121_00]);
  });

  it('counts both when the package has another payment of that amount, too far off to be the same', async () => {
    await desk.line({ amount: 60_00, text: 'deel van factuur 2026-0101', name: 'Bakkerij Korenaar B.V.' });
    await desk.match();
    const [line] = await desk.done<{ id: string }[]>('GET', 'bank-lines');
    await desk.ask('POST', `bank-lines/${line?.id}/allocate`, { allocations: [{ invoiceId: '2026-0101', amount: '60.00' }] });
    const booked = (await allocations()).reduce((sum, { amount }) => sum + amount, 0);
    expect(booked).toBe(60_00);
    await settle('p1', { amount: 60_00, settledOn: plainDate('2026-10-20') }, 61_00);
    expect((await desk.open())['2026-0101']).toBe(1_00);
  });

  it('does not ask for what a line that waits for a person may have paid', async () => {
    await desk.debtor('slager', { name: 'Slagerij Ossenhaas B.V.' });
    await desk.invoice('2026-0103', 'slager', 242_00);
    await desk.line({ amount: 242_00, text: '', name: 'P. Onbekend' });
    const { matched, proposed } = await desk.match();
    expect({ matched, proposed }).toEqual({ matched: 0, proposed: 1 });
    expect(await allocations()).toEqual([]);
    // Open it stays, for nothing is booked; but the money is the debtor's until a person says otherwise.
    expect((await desk.open())['2026-0103']).toBe(242_00);
    expect(await desk.unallocated()).toEqual({ slager: 242_00 });
    expect(await asked()).toEqual(['2026-0101', '2026-0102']);
  });

  it('adds nothing when it is matched again, and never gives out more than the line', async () => {
    await desk.line({ amount: 121_00, text: 'factuur 2026-0101', name: 'Bakkerij Korenaar B.V.' });
    await desk.line({ amount: 60_50, text: '2026-0102', name: 'Bakkerij Korenaar B.V.' });
    await desk.match();
    const first = await allocations();
    expect(first.map(({ amount }) => amount)).toEqual([60_50, 121_00]);
    expect(await desk.match()).toMatchObject({ matched: 0, proposed: 0, open: 0 });
    expect(await allocations()).toEqual(first);

    const [one] = first;
    const twice = house.tenancy.within(desk.id, (manager) =>
      manager.insert(AllocationEntity, { ...one, id: desk.id, marker: 'AAAAAAAAAA', invoiceId: '2026-0101' } as AllocationEntity),
    );
    await expect(twice).rejects.toThrow(/exceed the bank line/);
  });

  const brings = (batch: Partial<PullBatch>): Promise<unknown> =>
    pull({ id: desk.id, within: (work) => house.tenancy.within(desk.id, work) }, batch, house.clock.now());
  const item = (ref: string, debtorRef: string, given: Partial<PulledItem> = {}): PulledItem =>
    pulledItem(ref, debtorRef, { number: ref, issueDate: plainDate('2026-10-01'), dueDate: plainDate('2026-10-31'), ...given });
  /** What would be asked today of these invoices, all together. */
  const amounts = async (): Promise<string[]> =>
    (await desk.done<{ acts: { amount: string }[] }>('GET', `plan?day=${TODAY}`)).acts.map(({ amount }) => amount);
  /** Unallocated, all together, as the report says. */
  const reported = (): Promise<number> =>
    house.tenancy.within(desk.id, async (manager) => {
      const asked = { administrationId: desk.id, asOf: TODAY, periods: [periodEnding(TODAY, 90)] as const, segment: null, debtors: 10 };
      return (await storedReport(manager, asked, loadCalendars().target)).totals.unallocated;
    });

  describe('what was paid too much on an invoice in the package', () => {
    it('is the debtor’s money: it is taken off what he is asked for', async () => {
      await settle('p1', { amount: 150_00 }, -29_00);
      expect(await desk.open()).toEqual({ '2026-0102': 60_50 });
      expect(await desk.unallocated()).toEqual({ bakker: 29_00 });
      expect((await paid()).reduce((sum, amount) => sum + amount, 0)).toBe(150_00);
      await desk.line({ amount: -5_00, text: 'kosten' });
      await desk.match();
      expect(await amounts()).toEqual(['31.50']);
      expect((await desk.bookOf('bakker')).payments).toEqual((await desk.book()).payments);
    });

    it('counts once when it is left of the bank line that paid it', async () => {
      const line = await desk.line({ amount: 150_00, text: 'factuur 2026-0101', name: 'Bakkerij Korenaar B.V.' });
      await desk.match();
      await desk.ask('POST', `bank-lines/${line}/allocate`, {
        allocations: [{ invoiceId: '2026-0101', amount: '121.00' }],
        restOf: 'bakker',
      });
      expect([await desk.unallocated(), (await allocations()).map(({ amount }) => amount)]).toEqual([{ bakker: 29_00 }, [121_00]]);
      await settle('p1', { amount: 150_00 }, -29_00);
      expect(await desk.unallocated()).toEqual({ bakker: 29_00 });
    });

    it('is unallocated in the figures too, once', async () => {
      await settle('p1', { amount: 150_00 }, -29_00);
      expect(await reported()).toBe(29_00);
    });
  });

  describe('when the books are rearranged', () => {
    it('nobody is asked for an invoice he paid that was deleted and made again', async () => {
      await desk.line({ amount: 121_00, text: 'factuur 2026-0101', name: 'Bakkerij Korenaar B.V.' });
      await desk.match();
      await brings({ items: [item('again', 'bakker', { number: '2026-0101' })], deletedItemRefs: ['2026-0101'] });
      expect(await desk.open()).toEqual({ '2026-0102': 60_50 });
      expect(await paid()).toEqual([121_00]);
      // And the package may have booked the payment on it by then, by hand.
      const booked = { ref: 'p9', date: plainDate('2026-11-20'), amount: 121_00, kind: 'payment' as const, marker: null };
      await brings({ items: [item('again', 'bakker', { number: '2026-0101', open: 0, settlements: [booked] })] });
      expect([await desk.open(), await paid()]).toEqual([{ '2026-0102': 60_50 }, [121_00]]);
    });

    it('money of a debtor who is merged into another is the other’s', async () => {
      await desk.debtor('slager');
      const line = await desk.line({ amount: 150_00, text: 'factuur 2026-0101', name: 'Bakkerij Korenaar B.V.' });
      await desk.match();
      await desk.ask('POST', `bank-lines/${line}/allocate`, {
        allocations: [{ invoiceId: '2026-0101', amount: '121.00' }],
        restOf: 'bakker',
      });
      await brings({ items: [item('2026-0102', 'slager', { amount: 60_50 })], deletedDebtorRefs: ['bakker'] });
      expect(await desk.unallocated()).toEqual({ slager: 29_00 });
      expect((await desk.bookOf('slager')).payments).toEqual((await desk.book()).payments);
      expect(await reported()).toBe(29_00);
    });
  });
});
