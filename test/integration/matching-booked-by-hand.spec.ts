import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BankLineView } from '../../src/matching/bank-line-view.js';
import { BankDeskHouse, type Desk } from '../support/bank-desk.js';

const PAYER = 'NL18RABO0123459876';

let house: BankDeskHouse;
beforeAll(async () => {
  house = await BankDeskHouse.start();
});
afterAll(() => house.stop());

/** The bookkeeper gave the invoice a payment in the package, of which we know by pulling it. */
async function paidInPackage(amount = 121_00): Promise<Desk> {
  const desk = await house.administration();
  await desk.debtor('bakker', { name: 'Bakkerij Korenaar B.V.', ibans: [PAYER] });
  await desk.invoice('2026-0101', 'bakker', 121_00, { packageOpen: 121_00 - amount });
  await desk.query(`INSERT INTO settlement (administration_id, invoice_id, id, settled_on, amount, kind, marker)
                    VALUES ('${desk.id}', '2026-0101', 'pay-1', '2026-11-17', ${amount}, 'payment', NULL)`);
  return desk;
}

describe('a payment the bookkeeper booked in the package first', () => {
  it('is linked to that payment: nothing is open, nothing overpaid, nothing told to the package', async () => {
    const desk = await paidInPackage();
    await desk.line({ amount: 121_00, text: 'factuur 2026-0101', iban: PAYER });
    expect(await desk.match()).toMatchObject({ matched: 1, proposed: 0 });
    const [line] = await desk.done<BankLineView[]>('GET', 'bank-lines');
    expect(line).toMatchObject({ outcome: 'matched', unallocated: '0.00', allocations: [{ invoiceId: '2026-0101', amount: '121.00' }] });
    expect(await desk.query('SELECT settlement_id FROM allocation')).toEqual([{ settlement_id: 'pay-1' }]);
    const { invoices, payments } = await desk.book();
    expect(invoices.map(({ open }) => open)).toEqual([0]);
    expect(payments.map(({ id, amount }) => [id, amount])).toEqual([['pay-1', 121_00]]);
    expect(await desk.match()).toMatchObject({ matched: 0, proposed: 0 });
  });

  it('is not the second payment as well', async () => {
    const desk = await paidInPackage();
    await desk.line({ amount: 121_00, text: 'factuur 2026-0101', iban: PAYER });
    await desk.line({ amount: 121_00, text: 'factuur 2026-0101', iban: PAYER, day: '2026-11-19' });
    await desk.match();
    const lines = await desk.done<BankLineView[]>('GET', 'bank-lines');
    expect(lines.map(({ outcome, unallocated }) => [outcome, unallocated]).sort()).toEqual([
      ['matched', '0.00'],
      ['proposed', '121.00'],
    ]);
  });

  it('stays in the package when a person undoes the link, and is not linked again', async () => {
    const desk = await paidInPackage();
    const line = await desk.line({ amount: 121_00, text: 'factuur 2026-0101', iban: PAYER });
    await desk.match();
    await desk.done('POST', `bank-lines/${line}/undo`, { why: 'twee keer betaald' });
    await desk.match();
    expect((await desk.done<BankLineView[]>('GET', 'bank-lines'))[0]).toMatchObject({ unallocated: '121.00', allocations: [] });
    expect((await desk.book()).invoices.map(({ open }) => open)).toEqual([0]);
  });
});
