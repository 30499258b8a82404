import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InputError } from '../../src/kernel/errors.js';
import { collectStatements } from '../../src/statements/collect.js';
import type { Statement, StatementFile } from '../../src/statements/rules/statement.js';
import {
  type GeneratedStatement,
  OWN_IBAN,
  centsOf,
  creditCents,
  debitCents,
  decimal,
  dialects,
  render,
  statements,
} from './generated-statement.js';

const signed = (cents: number, debit: boolean): string => decimal(debit && cents !== 0 ? -cents : cents);

/** What a reader must find in a generated statement. */
const expected = (generated: GeneratedStatement): unknown => ({
  id: generated.id,
  iban: OWN_IBAN,
  opening: decimal(generated.openingCents),
  closing: decimal(generated.openingCents + creditCents(generated) - debitCents(generated)),
  credit: decimal(creditCents(generated)),
  debit: decimal(debitCents(generated)),
  reconciles: true,
  entries: generated.entries.map((entry) => ({
    amount: signed(centsOf(entry), entry.debit),
    status: entry.status,
    day: entry.day,
    reference: entry.reference,
    batch: entry.transactions.length > 1,
    transactions:
      entry.transactions.length === 0
        ? [{ amount: signed(entry.cents, entry.debit), endToEndId: null, name: null, iban: null, text: [] }]
        : entry.transactions.map(({ cents, endToEndId, name, iban, text }) => ({
            amount: signed(cents, entry.debit),
            endToEndId,
            name,
            iban,
            text,
          })),
  })),
});

const found = (statement: Statement): unknown => ({
  id: statement.id,
  iban: statement.account.iban,
  opening: statement.opening?.amount,
  closing: statement.closing?.amount,
  credit: statement.bookedCredit,
  debit: statement.bookedDebit,
  reconciles: statement.reconciles,
  entries: statement.entries.map((entry) => ({
    amount: entry.amount,
    status: entry.status,
    day: entry.bookingDate,
    reference: entry.entryReference,
    batch: entry.batch,
    transactions: entry.transactions.map(({ amount, endToEndId, counterparty, unstructured }) => ({
      amount,
      endToEndId,
      name: counterparty?.name ?? null,
      iban: counterparty?.iban ?? null,
      text: unstructured,
    })),
  })),
});

const read = async (bytes: Iterable<Uint8Array>): Promise<StatementFile> => {
  const files = await collectStatements('generated', bytes);
  return files[0] as StatementFile;
};

describe('statements written in any dialect', () => {
  it('read back to what was written', async () => {
    await fc.assert(
      fc.asyncProperty(statements, dialects, async (generated, dialect) => {
        const file = await read([render(generated, dialect)]);
        expect(file.version).toBe(dialect.version === null ? null : `001.${dialect.version}`);
        expect(file.statements.map(found)).toEqual(generated.map(expected));
      }),
      { numRuns: 300 },
    );
  });

  it('read the same in whatever pieces the bytes come', async () => {
    await fc.assert(
      fc.asyncProperty(
        statements,
        dialects,
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 }),
        async (generated, dialect, sizes) => {
          const bytes = render(generated, dialect);
          const pieces: Buffer[] = [];
          for (let at = 0, index = 0; at < bytes.length; index += 1) {
            const size = sizes[index % sizes.length] as number;
            pieces.push(bytes.subarray(at, at + size));
            at += size;
          }
          expect(await read(pieces)).toEqual(await read([bytes]));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('are refused when cut at any byte', async () => {
    await fc.assert(
      fc.asyncProperty(statements, dialects, fc.nat(), async (generated, dialect, place) => {
        const bytes = render(generated, dialect);
        const cut = bytes.subarray(0, place % bytes.length);
        await expect(collectStatements('cut', [cut])).rejects.toBeInstanceOf(InputError);
      }),
      { numRuns: 500 },
    );
  });

  it('are refused when cut at every single byte of one', async () => {
    const [generated] = fc.sample(statements, { seed: 7, numRuns: 1 }) as [readonly GeneratedStatement[]];
    const [dialect] = fc.sample(dialects, { seed: 7, numRuns: 1 });
    const bytes = render(generated, dialect as never);
    for (let length = 0; length < bytes.length; length += 1) {
      await expect(collectStatements('cut', [bytes.subarray(0, length)])).rejects.toBeInstanceOf(InputError);
    }
    await expect(collectStatements('whole', [bytes])).resolves.toHaveLength(1);
  });
});
