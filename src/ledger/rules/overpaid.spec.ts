import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sum } from '../../kernel/money.js';
import { addDays, plainDate } from '../../kernel/plain-date.js';
import type { Payment } from './book.js';
import type { KnownSettlement } from './open-amount.js';
import { type Overpaid, alreadyOnLines, overpaidBy, withExcessApart } from './overpaid.js';

const DAY = plainDate('2026-11-10');
const ISSUED = plainDate('2026-10-01');

const invoice = (over: number, given: Partial<Overpaid> = {}): Overpaid => ({
  invoiceId: 'i',
  debtorId: 'a',
  amount: 12_100,
  over,
  settlements: [],
  lineIds: new Set(),
  ...given,
});
const settlement = (amount: number, settledOn = DAY, marker: string | null = null): KnownSettlement => ({
  id: 's',
  invoiceId: 'i',
  amount,
  settledOn,
  marker,
});
const paid = (id: string, amount: number, date = DAY): Payment => ({ id, debtorId: 'a', date, amount, invoiceId: 'i' });
const rest = (id: string, amount: number, given: Partial<Payment> = {}): Payment => ({ ...paid(id, amount), invoiceId: null, ...given });
const told = (payments: readonly Payment[]): unknown[] => payments.map(({ id, invoiceId, amount }) => [id, invoiceId, amount]);

describe('what was paid too much on an invoice', () => {
  it.each([
    ['open', 12_100, 12_100, false, 0],
    ['settled', 12_100, 0, false, 0],
    ['overpaid', 12_100, -2_900, false, 2_900],
    ['overpaid and written off', 12_100, -2_900, true, 0],
    ['a credit note, open', -5_000, -5_000, false, 0],
  ])('%s', (_what, amount, packageOpen, writtenOff, over) => {
    expect(overpaidBy({ amount, packageOpen, writtenOff })).toBe(over);
  });

  it('is not what the package still counts of a payment that was undone here', () => {
    expect(overpaidBy({ amount: 12_100, packageOpen: -2_900, writtenOff: false }, 15_000)).toBe(0);
  });
});

describe('what of it stands on a bank line here already', () => {
  const inAll = (invoices: readonly Overpaid[], rests: readonly Payment[]): [string, number][] => [...alreadyOnLines(invoices, rests)];

  it('is the rest of a line that paid it: the bookkeeper booked the whole line on it', () => {
    expect(inAll([invoice(2_900, { lineIds: new Set(['l1']) })], [rest('l1', 2_900)])).toEqual([['i', 2_900]]);
  });

  it('is a line of the debtor that the package has on it without a marker of ours, within five days', () => {
    const twice = invoice(12_100, { settlements: [settlement(12_100, addDays(DAY, 5))] });
    expect(inAll([twice], [rest('l2', 12_100)])).toEqual([['i', 12_100]]);
    expect(inAll([twice], [rest('l2', 12_100, { date: addDays(DAY, -1) })])).toEqual([]);
    expect(inAll([twice], [rest('l2', 12_100, { debtorId: 'b' })])).toEqual([]);
    expect(inAll([twice], [rest('l2', 12_100, { currency: 'USD' })])).toEqual([]);
    expect(inAll([invoice(12_100, { settlements: [settlement(12_100, DAY, 'OURS')] })], [rest('l2', 12_100)])).toEqual([]);
  });

  it('is never more than the rest, nor than is too much, and a line answers once', () => {
    const both = [invoice(5_000, { lineIds: new Set(['l1']) }), invoice(5_000, { invoiceId: 'j', lineIds: new Set(['l1']) })];
    expect(inAll(both, [rest('l1', 7_000)])).toEqual([
      ['i', 5_000],
      ['j', 2_000],
    ]);
    expect(inAll([invoice(1_000, { lineIds: new Set(['l1']) })], [rest('l1', -500)])).toEqual([]);
  });
});

describe('the payments of an overpaid invoice', () => {
  it('stand on it up to what it is; what is too much, of the last ones, stands on none', () => {
    expect(told(withExcessApart(invoice(2_900), ISSUED, [paid('p1', 10_000), paid('p2', 5_000, addDays(DAY, 1))], 0))).toEqual([
      ['p1', 'i', 10_000],
      ['p2/excess', null, 2_900],
      ['p2', 'i', 2_100],
    ]);
  });

  it('leaves to a bank line what is on it', () => {
    expect(told(withExcessApart(invoice(2_900), ISSUED, [paid('p1', 15_000)], 2_900))).toEqual([['p1', 'i', 12_100]]);
    expect(told(withExcessApart(invoice(2_900), ISSUED, [paid('p1', 15_000)], 900))).toEqual([
      ['p1/excess', null, 2_000],
      ['p1', 'i', 12_100],
    ]);
  });

  it('is a payment of its own when it is all too much', () => {
    expect(told(withExcessApart(invoice(12_100), ISSUED, [paid('p1', 12_100), paid('p2', 12_100)], 0))).toEqual([
      ['p1', 'i', 12_100],
      ['p2/excess', null, 12_100],
    ]);
  });

  it('counts what the package took off without saying how as paid when the invoice was issued', () => {
    expect(withExcessApart(invoice(2_900), ISSUED, [], 0)).toEqual([
      { id: 'i/unsaid/excess', debtorId: 'a', date: ISSUED, amount: 2_900, invoiceId: null },
    ]);
  });

  it('keeps the currency of an invoice that is not in the book’s', () => {
    expect(withExcessApart(invoice(100, { currency: 'USD' }), ISSUED, [paid('p1', 12_200)], 0)[0]).toMatchObject({ currency: 'USD' });
  });

  it('is conserved to the cent, whatever was paid and given back', () => {
    const cents = fc.integer({ min: 1, max: 1_000_000 });
    const movements = fc.array(fc.record({ amount: fc.integer({ min: -500_000, max: 1_000_000 }), days: fc.nat(30) }), { maxLength: 8 });
    fc.assert(
      fc.property(cents, cents, movements, fc.nat(1_200_000), (amount, over, moved, onLines) => {
        const payments = moved.map((one, at) => paid(`p${at}`, one.amount, addDays(DAY, one.days)));
        const elsewhere = Math.min(onLines, over);
        const given = withExcessApart({ invoiceId: 'i', debtorId: 'a', amount, over }, ISSUED, payments, elsewhere);
        const came = sum(payments.map((payment) => payment.amount));
        const unsaid = Math.min(over, Math.max(0, amount + over - came));
        expect(sum(given.map((payment) => payment.amount))).toBe(came + unsaid - elsewhere);
        const loose = given.filter(({ invoiceId }) => invoiceId === null);
        expect(loose.every((payment) => payment.amount > 0)).toBe(true);
        expect(sum(loose.map((payment) => payment.amount))).toBe(over - elsewhere);
        expect(new Set(given.map(({ id }) => id)).size).toBe(given.length);
      }),
    );
  });
});
