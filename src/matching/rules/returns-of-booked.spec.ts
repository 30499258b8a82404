import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { type BookedLine, returnsOfBooked } from './returns-of-booked.js';
import type { BankLine } from './vocabulary.js';

const OWN = 'NL91ABNA0417164300';
const line = (key: string, amount: number, rest: Partial<BankLine> = {}): BankLine => ({
  key, place: { file: 'f', statement: 's', statementIndex: 0, entry: 0, transaction: 0 }, message: 'camt.053', setAside: null, account: OWN, amount, currency: 'EUR',
  date: plainDate('2026-11-10'), code: { domain: 'PMNT', family: 'RCDT', subFamily: 'ESCT', proprietary: null }, reversal: false, endToEndId: null, mandateId: null,
  paymentInformationId: null, servicerReference: null, references: [], documentNumbers: [], text: [], name: 'Firma A', ultimateName: null, iban: 'NL18RABO0123459876',
  returned: null, chargesTaken: 0, original: null, batchSize: 1, ...rest,
}); // prettier-ignore
const back = (key: string, amount: number, rest: Partial<BankLine> = {}): BankLine =>
  line(key, amount, { date: plainDate('2026-11-14'), returned: { code: 'AM04', information: null }, ...rest });
const booked = (one: BankLine, parts: Record<string, number>): BookedLine => ({
  line: one,
  debtorId: 'a',
  parts: Object.entries(parts).map(([invoiceId, amount]) => ({ invoiceId, amount })),
});
const run = (waiting: BankLine[], earlier: BookedLine[], undone: { line: string; invoiceId: string }[] = []) =>
  returnsOfBooked(waiting, earlier, [OWN], undone).map(({ line: { key }, outcome, allocations, remainder, returnOf }) => ({
    key,
    outcome,
    gives: Object.fromEntries(allocations.map(({ invoiceId, amount }) => [invoiceId, amount])),
    left: remainder.amount,
    returnOf: returnOf?.key,
  }));

describe('a return of what was booked on an earlier day', () => {
  it('undoes exactly what was booked, whatever the invoices say', () => {
    // 97.00 of an invoice of 100.00 with discount, and a credit note of 7.00 netted
    const earlier = booked(line('p', 97_00, { endToEndId: 'E1' }), { i: 104_00, c: -7_00 });
    expect(run([back('r', -97_00, { endToEndId: 'E1' })], [earlier])).toEqual([
      { key: 'r', outcome: 'matched', gives: { i: -104_00, c: 7_00 }, left: 0, returnOf: 'p' },
    ]);
  });

  it('leaves the fee of the bank', () => {
    const earlier = booked(line('p', 97_00, { endToEndId: 'E1' }), { i: 97_00 });
    expect(run([back('r', -99_50, { endToEndId: 'E1' })], [earlier])).toMatchObject([
      { outcome: 'matched', gives: { i: -97_00 }, left: -2_50 },
    ]);
  });

  it('waits for a person when two payments of the payer could be meant', () => {
    const months = [booked(line('p1', 50_00, { date: plainDate('2026-10-10') }), { i1: 50_00 }), booked(line('p2', 50_00), { i2: 50_00 })];
    expect(run([back('r', -50_00)], months)).toMatchObject([{ outcome: 'proposed', gives: { i2: -50_00 }, returnOf: 'p2' }]);
    expect(run([back('r', -50_00)], months.slice(1))).toMatchObject([{ outcome: 'matched' }]);
  });

  it('is left to the whole when the payment itself still waits', () => {
    const waiting = [line('p', 50_00, { endToEndId: 'E1' }), back('r', -50_00, { endToEndId: 'E1' })];
    expect(run(waiting, [booked(line('old', 50_00, { date: plainDate('2026-10-10') }), { i: 50_00 })])).toEqual([]);
  });

  it('is not made of a payment of ours, a line between own accounts, or what a person undid', () => {
    const earlier = [booked(line('p', 50_00), { i: 50_00 })];
    expect(run([line('r', -50_00, { date: plainDate('2026-11-14') })], earlier)).toEqual([]);
    expect(run([back('r', -50_00, { iban: OWN })], earlier)).toEqual([]);
    expect(run([back('r', -50_00)], earlier, [{ line: 'r', invoiceId: 'i' }])).toEqual([]);
  });
});
