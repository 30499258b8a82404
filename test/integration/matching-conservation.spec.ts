import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatAmount } from '../../src/kernel/money.js';
import type { Book } from '../../src/ledger/rules/book.js';
import type { BankLineView } from '../../src/matching/bank-line-view.js';
import { BankDeskHouse, type Desk } from '../support/bank-desk.js';

const PAYER = 'NL18RABO0123459876';
const INVOICES = [
  ['2026-0101', 'bakker', 121_00],
  ['2026-0102', 'bakker', 60_50],
  ['2026-0103', 'slager', 242_00],
  ['2026-0104', 'slager', -20_00],
  ['2026-0105', 'visser', 121_00],
  ['2026-0106', 'visser', 33],
] as const;
const LINES = [
  { amount: 121_00, text: 'factuur 2026-0101', iban: PAYER, name: 'Bakkerij Korenaar', endToEndId: 'E1', day: '2026-11-10' },
  { amount: 121_00, text: 'zomaar' },
  { amount: 222_00, text: '2026-0103 min 2026-0104' },
  { amount: 300_00, text: 'voorschot' },
  { amount: 34, text: '2026-0106' },
  {
    amount: -121_00,
    text: 'Storno',
    iban: PAYER,
    name: 'Bakkerij Korenaar',
    endToEndId: 'E1',
    returned: 'AM04',
    subFamily: 'UPDD',
    day: '2026-11-18',
  },
] as const;

const cents = (text: string): number => Math.round(Number(text) * 100);

/** What a person might try next; much of it is refused. */
const action = fc.oneof(
  fc.record({ do: fc.constant('confirm' as const), alternative: fc.option(fc.nat(1)) }),
  fc.record({
    do: fc.constant('correct' as const),
    parts: fc.array(fc.tuple(fc.nat(INVOICES.length - 1), fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    do: fc.constant('split' as const),
    invoice: fc.nat(INVOICES.length - 1),
    cents: fc.integer({ min: 1, max: 150_00 }),
    debtor: fc.constantFrom('bakker', 'slager', 'visser'),
  }),
  fc.record({ do: fc.constant('dismiss' as const), reason: fc.constantFrom('unknown', 'not-a-receivable') }),
  fc.record({ do: fc.constant('undo' as const) }),
  fc.record({ do: fc.constant('match' as const) }),
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

let house: BankDeskHouse;
beforeAll(async () => {
  house = await BankDeskHouse.start();
});
afterAll(() => house.stop());

async function administration(): Promise<{ desk: Desk; lines: string[]; before: Book }> {
  const desk = await house.administration();
  await desk.debtor('bakker', { name: 'Bakkerij Korenaar B.V.', ibans: [PAYER] });
  await desk.debtor('slager', { name: 'Slagerij Ossenhaas B.V.' });
  await desk.debtor('visser', { name: 'Visserij Zoutwater VOF' });
  for (const [number, debtor, amount] of INVOICES) await desk.invoice(number, debtor, amount);
  const before = await desk.book();
  const lines: string[] = [];
  for (const line of LINES) lines.push(await desk.line(line));
  return { desk, lines, before };
}

function request(one: Action, lineAmount: number): [string, object] {
  const direction = Math.sign(lineAmount);
  switch (one.do) {
    case 'confirm':
      return ['confirm', one.alternative === null ? {} : { alternative: one.alternative }];
    case 'correct': {
      const allocations = one.parts.map(([at, quarter]) => {
        const [invoiceId, , amount] = INVOICES[at] as (typeof INVOICES)[number];
        return { invoiceId, amount: formatAmount(direction * Math.ceil((amount * quarter) / 4)) };
      });
      return ['correct', { allocations }];
    }
    case 'split': {
      const [invoiceId] = INVOICES[one.invoice] as (typeof INVOICES)[number];
      const parts = [{ invoiceId, amount: formatAmount(direction * one.cents) }];
      return ['split', { parts, rest: { debtorId: one.debtor, amount: formatAmount(lineAmount - direction * one.cents) } }];
    }
    case 'dismiss':
      return ['dismiss', { reason: one.reason, why: 'een gok' }];
    case 'undo':
      return ['undo', { why: 'terug' }];
    case 'match':
      return ['match', {}];
  }
}

/** Every cent of every line is allocated or visibly left; every invoice has open what nobody gave it. */
async function conserved(desk: Desk): Promise<void> {
  const lines = await desk.done<BankLineView[]>('GET', 'bank-lines');
  const { invoices, payments } = await desk.book();
  const given = new Map<string, number>();
  for (const line of lines) {
    const [amount, left] = [cents(line.amount), cents(line.unallocated)];
    const parts = line.allocations.map(({ invoiceId, amount: part }) => [invoiceId, cents(part)] as const);
    const total = parts.reduce((sum, [, part]) => sum + part, 0);
    expect(total + left).toBe(amount);
    expect(total * Math.sign(amount)).toBeGreaterThanOrEqual(0);
    expect(left * Math.sign(amount)).toBeGreaterThanOrEqual(0);
    if (line.outcome !== 'matched') expect(parts).toEqual([]);
    if (line.outcome === 'matched' && left > 0) expect(line.debtorId).not.toBeNull();
    for (const [id, part] of parts) given.set(id, (given.get(id) ?? 0) + part);
  }
  expect(Object.fromEntries(invoices.map(({ id, open }) => [id, open]))).toEqual(
    Object.fromEntries(invoices.map(({ id, amount }) => [id, amount - (given.get(id) ?? 0)])),
  );
  for (const { open, amount } of invoices) {
    expect(open * Math.sign(amount)).toBeGreaterThanOrEqual(0);
    expect(Math.abs(open)).toBeLessThanOrEqual(Math.abs(amount));
  }
  const onInvoices = payments.filter(({ invoiceId }) => invoiceId !== null).reduce((sum, { amount }) => sum + amount, 0);
  expect(onInvoices).toBe([...given.values()].reduce((sum, part) => sum + part, 0));
}

it('loses and invents no cent whatever people do, and undoing everything restores the ledger as it was', async () => {
  let accepted = 0;
  const sequence = fc.array(fc.tuple(fc.nat(LINES.length - 1), action), { minLength: 4, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(sequence, async (steps) => {
      const { desk, lines, before } = await administration();
      await desk.match();
      for (const [at, one] of steps) {
        const [name, body] = request(one, LINES[at]?.amount ?? 0);
        const { status } = await desk.ask('POST', name === 'match' ? 'bank-lines/match' : `bank-lines/${lines[at]}/${name}`, body);
        expect([200, 409, 422]).toContain(status);
        if (status === 200) accepted++;
        await conserved(desk);
      }
      // What others built upon is refused, and done in a later round.
      for (let round = 0; round < LINES.length; round++) {
        for (const id of lines) await desk.ask('POST', `bank-lines/${id}/undo`, { why: 'alles terug' });
      }
      await desk.query(`UPDATE bank_line SET outcome = 'unmatched', debtor_id = NULL WHERE outcome = 'proposed'`);
      const after = await desk.book();
      expect({ ...after, freshness: null }).toEqual({ ...before, freshness: null });
    }),
    { numRuns: 8, endOnFailure: true },
  );
  // Otherwise the property would say nothing.
  expect(accepted).toBeGreaterThan(8);
});
