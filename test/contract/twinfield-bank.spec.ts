import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import type { StatementToImport } from '../../src/adapters/accounting-package.port.js';
import type { ReceiptBooking } from '../../src/adapters/twinfield/rules/receipt-booking.js';
import type { TwinfieldOptions, TwinfieldPackage } from '../../src/adapters/twinfield/twinfield.js';
import { receive } from '../../src/sandbox/twinfield/bookings.js';
import { addCustomer } from '../../src/sandbox/twinfield/customers.js';
import { TwinfieldHarness } from './support/twinfield-harness.js';

const on = plainDate('2026-11-20');
const IBAN = 'NL33TEGO0417164300';
const CUSTOMER = '00999';

/** Putting things into bank books, which is off unless somebody opened the book (§7.2, §7.3). */
describe('the bank books of Twinfield', () => {
  let harness: TwinfieldHarness;
  beforeEach(async () => {
    harness = new TwinfieldHarness();
    await harness.start();
    addCustomer(harness.books, { code: CUSTOMER, name: 'Ververij De Kuip' }, harness.clock.now());
  });
  afterEach(() => harness.stop());

  const OPEN = { ibans: [IBAN], daybooks: ['BNK'] };
  const connect = (bankImports: TwinfieldOptions['bankImports'] = OPEN): TwinfieldPackage =>
    harness.connect({ bankImports }) as TwinfieldPackage;

  describe('a statement', () => {
    const statement: StatementToImport = {
      ...{ iban: IBAN, from: on, on, currency: 'EUR', number: 231, opening: 100_000, closing: 180_500 },
      lines: [
        { contraIban: 'NL20INGB0001234567', type: 'N100', reference: 'NTRF-7781', amount: 81_500, description: 'fact 2025-0318 & meer <3' },
        { contraIban: null, type: 'N544', reference: 'NTRF-7782', amount: -1_000, description: 'kosten' },
      ],
    };
    const bring = (more: Partial<StatementToImport> = {}, by = connect()) =>
      by.importStatement(harness.administrationRef, { ...statement, ...more });

    it('comes in once, whole, and changes no open item', async () => {
      const open = [...harness.books.receivables()].map((line) => line.open);
      expect(await bring()).toMatchObject({ outcome: 'written' });
      expect(harness.books.statements).toMatchObject([
        {
          ...{ number: 231, date: on, opening: 100_000, closing: 180_500, transactionNumber: null },
          lines: [
            { contraIban: 'NL20INGB0001234567', amount: 81_500, description: 'fact 2025-0318 & meer <3' },
            { amount: -1_000, reference: 'NTRF-7782' },
          ],
        },
      ]);
      const writes = harness.writes();
      expect(await bring()).toMatchObject({ outcome: 'already-there' });
      expect([harness.writes(), harness.books.statements.length]).toEqual([writes, 1]);
      expect([...harness.books.receivables()].map((line) => line.open)).toEqual(open);
    });

    it.each(['loseAnswerOfWrite', 'loseNextWrite'] as const)('is there once although the connection breaks (%s)', async (trouble) => {
      harness[trouble](0);
      expect(await bring()).toMatchObject({ outcome: 'written' });
      expect(harness.books.statements).toHaveLength(1);
    });

    it('is uncertain when nobody can look, and there once in the end', async () => {
      harness.loseAnswerAndGoDown();
      await expect(bring()).rejects.toMatchObject({ kind: 'uncertain' });
      harness.recover();
      expect(await bring()).toMatchObject({ outcome: 'already-there' });
      expect(harness.books.statements).toHaveLength(1);
    });

    it('is not brought beside another one of its number: that is for a person', async () => {
      await bring();
      const [first] = statement.lines;
      const other = bring({ closing: 181_500, lines: first ? [first] : [] });
      await expect(other).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('another one') });
      expect(harness.books.statements).toHaveLength(1);
    });

    it('is not brought beside one of the same days, as a bank feed has it; the next of the day is', async () => {
      await bring();
      await expect(bring({ number: 77 })).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('of those days') });
      await expect(bring({ number: 11, from: plainDate('2026-11-01'), on: plainDate('2026-11-30') })).rejects.toMatchObject({
        kind: 'refused',
      });
      expect(await bring({ number: 232, opening: 180_500, closing: 261_000 })).toMatchObject({ outcome: 'written' });
      expect(harness.books.statements.map(({ number }) => number)).toEqual([231, 232]);
    });

    it.each([
      ['does not add up', { closing: 180_501 }],
      ['has no number', { number: 0 }],
    ])('that %s is not sent', async (_why, wrong) => {
      await expect(bring(wrong)).rejects.toMatchObject({ kind: 'refused' });
      expect(harness.requests).toEqual([]);
    });

    it.each([
      ['nobody opened any book', undefined],
      ['another account was opened', { ibans: ['NL13TEST0123456789'], daybooks: ['BNK'] }],
    ])('is not brought when %s', async (_why, imports) => {
      const by = harness.connect(imports && { bankImports: imports }) as TwinfieldPackage;
      await expect(bring({}, by)).rejects.toMatchObject({ kind: 'not-possible' });
      expect(harness.requests).toEqual([]);
    });
  });

  describe('a receipt', () => {
    const booking: ReceiptBooking = {
      ...{ mark: 'tg:AAAAAAAAA1', daybook: 'BNK', accounts: { bank: '1100', receivables: '1300' }, on, statementNumber: 52 },
      ...{ currency: 'EUR', opening: 0, amount: 81_500, customer: CUSTOMER, invoice: '2025-0318', destiny: 'final' },
      description: 'Betaling van een factuur met een omschrijving die veel te lang is',
    };
    const book = (more: Partial<ReceiptBooking> = {}, by = connect()) => by.bookReceipt(harness.administrationRef, { ...booking, ...more });
    const booked = () => [...harness.books.transactions.values()].filter(({ freetexts }) => freetexts[0]?.startsWith('tg:'));

    it('is booked once, on the customer, and can be matched by its ref', async () => {
      const first = await book();
      expect(first.outcome).toBe('written');
      const [transaction] = booked();
      expect(first.ref).toBe(`BNK/${transaction?.number}/2`);
      expect(transaction?.lines).toMatchObject([{ dim1: '1100', value: 81_500 }, { dim2: CUSTOMER, value: -81_500, open: -81_500 }]); // prettier-ignore
      expect(await book()).toMatchObject({ outcome: 'already-there', ref: first.ref });
      expect(booked()).toHaveLength(1);
    });

    it('is known by its mark alone: one as much of the same day is another', async () => {
      receive(harness.books, { customer: CUSTOMER, amount: 81_500, date: on }, harness.clock.now());
      expect(await book()).toMatchObject({ outcome: 'written' });
      expect(await book({ mark: 'tg:AAAAAAAAA2' })).toMatchObject({ outcome: 'written' });
      expect(booked()).toHaveLength(2);
    });

    it.each(['loseAnswerOfWrite', 'loseNextWrite'] as const)('is there once although the connection breaks (%s)', async (trouble) => {
      harness[trouble](0);
      expect(await book()).toMatchObject({ outcome: 'written', ref: expect.stringMatching(/^BNK\/\d+\/2$/) });
      expect(booked()).toHaveLength(1);
    });

    it('that Twinfield refuses is refused in its words', async () => {
      await expect(book({ customer: '09037' })).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('09037') });
      expect(booked()).toEqual([]);
    });

    it('is booked in no book that nobody opened, and not when it is no money in', async () => {
      await expect(book({ daybook: 'KAS' })).rejects.toMatchObject({ kind: 'not-possible' });
      await expect(book({}, connect({ ibans: [IBAN], daybooks: [] }))).rejects.toMatchObject({ kind: 'not-possible' });
      await expect(book({ amount: -100 })).rejects.toMatchObject({ kind: 'refused' });
      expect(harness.requests).toEqual([]);
    });
  });
});
