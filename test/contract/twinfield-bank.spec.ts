import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import type { StatementToImport } from '../../src/adapters/accounting-package.port.js';
import type { TwinfieldOptions, TwinfieldPackage } from '../../src/adapters/twinfield/twinfield.js';
import { TwinfieldHarness } from './support/twinfield-harness.js';

const on = plainDate('2026-11-20');
const IBAN = 'NL33TEGO0417164300';

/** Putting statements into bank books, which is off unless somebody opened the account (§7.3). */
describe('the bank books of Twinfield', () => {
  let harness: TwinfieldHarness;
  beforeEach(async () => {
    harness = new TwinfieldHarness();
    await harness.start();
  });
  afterEach(() => harness.stop());

  const OPEN = { ibans: [IBAN] };
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
      ['another account was opened', { ibans: ['NL13TEST0123456789'] }],
    ])('is not brought when %s', async (_why, imports) => {
      const by = harness.connect(imports && { bankImports: imports }) as TwinfieldPackage;
      await expect(bring({}, by)).rejects.toMatchObject({ kind: 'not-possible' });
      expect(harness.requests).toEqual([]);
    });
  });
});
