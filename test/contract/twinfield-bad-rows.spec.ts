import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import { bookInvoice, payInvoice } from '../../src/sandbox/twinfield/bookings.js';
import { addCustomer } from '../../src/sandbox/twinfield/customers.js';
import type { LineRow } from '../../src/sandbox/twinfield/records.js';
import { LedgerDouble } from './support/ledger-double.js';
import { TwinfieldHarness, refOf } from './support/twinfield-harness.js';

const on = plainDate('2026-11-20');

/** Rows that clients have stumbled over (§0, §6.3), all in one office, read through each of the lists an office may have. */
describe.each([{ missing: [] }, { missing: ['130_3'] }, { missing: ['130_3', '130_1'] }] as const)(
  'bad rows of Twinfield ($missing)',
  ({ missing }) => {
    let harness: TwinfieldHarness;
    let ledger: LedgerDouble;
    beforeEach(async () => {
      harness = new TwinfieldHarness();
      ledger = new LedgerDouble();
      await harness.start();
      for (const code of missing) harness.books.switches.browseCodes.delete(code);
    });
    afterEach(() => harness.stop());

    const now = () => harness.clock.now();
    const invoice = (more: object = {}): LineRow =>
      bookInvoice(harness.books, { customer: '00591', date: on, amount: 10_000, ...more }, now());
    const pull = async () => {
      const { cursor, control } = await harness.connect().pull(harness.administrationRef, ledger.cursor, ledger.sink, ledger.memory);
      ledger.cursor = JSON.parse(JSON.stringify(cursor));
      expect(control?.ours).toBe(control?.theirs);
    };
    const item = (line: LineRow) => ledger.item(refOf(line));
    const pay = (line: LineRow, amount: number, more: object = {}) => payInvoice(harness.books, line, { amount, date: on, ...more }, now());

    it('an empty invoice number gives way to the number of the booking; two of them stay two', async () => {
      const [one, two] = [invoice({ invoiceNumber: '' }), invoice({ invoiceNumber: '', amount: 20_000 })];
      await pull();
      expect([item(one), item(two)]).toMatchObject([
        { number: `VRK ${one.transaction.number}`, open: 10_000 },
        { number: `VRK ${two.transaction.number}`, open: 20_000 },
      ]);
    });

    it('a number used again in another year is another item: paying the one leaves the other', async () => {
      const [old, fresh] = [invoice({ invoiceNumber: '17', date: addDays(on, -365) }), invoice({ invoiceNumber: '17' })];
      await pull();
      pay(old, 10_000);
      await pull();
      expect([item(old), item(fresh)]).toMatchObject([
        { number: '17', open: 0 },
        { number: '17', open: 10_000 },
      ]);
    });

    it('codes keep their leading zeros: 7, 07 and 007 are three customers', async () => {
      const codes = ['7', '07', '007'];
      const lines = codes.map((code) => {
        addCustomer(harness.books, { code, name: `Klant ${code}` }, now());
        return invoice({ customer: code, invoiceNumber: `0${code}` });
      });
      await pull();
      expect(lines.map((line) => [item(line).debtorRef, item(line).number])).toEqual(codes.map((code) => [code, `0${code}`]));
      expect(codes.map((code) => ledger.book().debtors.find(({ ref }) => ref === code)?.name)).toEqual(
        codes.map((code) => `Klant ${code}`),
      );
    });

    it('several part payments stand in one cell as a list of matches: each is told, and what is left stays open', async () => {
      const line = invoice();
      await pull();
      for (const amount of [1_000, 2_000, 3_000]) pay(line, amount);
      expect(line.sets.map(({ number }) => number)).toHaveLength(3);
      await pull();
      expect(item(line)).toMatchObject({ open: 4_000, settlements: [{ amount: 1_000 }, { amount: 2_000 }, { amount: 3_000 }] });
      pay(line, 4_000);
      await pull();
      expect(item(line).open).toBe(0);
      expect(item(line).settlements).toHaveLength(4);
    });

    it('another currency keeps its own amounts, whatever the rate did in between', async () => {
      const line = invoice({ currency: 'USD', rateMicro: 920_000 });
      await pull();
      expect(item(line)).toMatchObject({ currency: 'USD', amount: 10_000, open: 10_000 });
      pay(line, 4_000, { rateMicro: 930_000 });
      await pull();
      expect(item(line)).toMatchObject({ currency: 'USD', amount: 10_000, open: 6_000 });
      // The difference of the rate is none in the currency of the invoice.
      expect(item(line).settlements.map(({ amount, kind }) => [amount, kind])).toEqual([[4_000, 'payment'], [0, 'other']]); // prettier-ignore
    });
  },
);
