import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { bookToJson } from '../../src/ledger/rules/book-json.js';
import { registerReport } from '../../src/reporting/report.command.js';
import { book, debtor, invoice, payment } from '../dunning/support/books.js';
import { catchingOutput } from '../support/output.js';

/** `tegoed report` in this process: what contracts.md promises to callers. */

const folder = mkdtempSync(join(tmpdir(), 'tegoed-report-'));
const write = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const file = write(
  'book.json',
  bookToJson(
    book({
      debtors: [debtor({ name: 'Een BV', creditLimit: 120_00 }), debtor({ id: 'd2', name: 'Twee BV' })],
      invoices: [
        invoice({ id: 'a' }),
        invoice({
          id: 'b',
          debtorId: 'd2',
          amount: 50_00,
          open: 0,
          dispute: { code: 'PRICE', since: plainDate('2026-11-01'), amount: null, resolved: plainDate('2026-11-11') },
        }),
      ],
      payments: [payment({ id: 'p', debtorId: 'd2', date: plainDate('2026-11-12'), amount: 50_00, invoiceId: 'b' })],
    }),
  ),
);
afterAll(() => rmSync(folder, { recursive: true }));

let written = '';

async function run(...args: string[]): Promise<string> {
  written = '';
  const program = new Command('tegoed').exitOverride().configureOutput({ writeErr: () => undefined });
  registerReport(program);
  await catchingOutput(
    (text) => (written += text),
    () => program.parseAsync(['report', ...args], { from: 'user' }),
  );
  return written;
}

describe('tegoed report', () => {
  it('prints one document with the fields of the contract', async () => {
    const document = JSON.parse(await run('--book', file, '--on', '2026-11-20', '--days', '60', '--json')) as Record<string, unknown>;
    // 150.00 sold in the 60 days, 100.00 open and overdue: 100 / 150 × 60; nothing not due
    expect(document).toMatchObject({
      dso: { simple: 40, countback: 40.667, bestPossible: 0 },
      averageDaysDelinquent: 40,
      averageDaysToPay: 42,
      collectionEffectiveness: 33.333,
      promisesKept: null,
      disputeReasons: [{ code: 'PRICE', amount: '50.00', daysLost: 10 }],
    });
    expect(document['ageing']).toContainEqual({ bucket: '1-30', amount: '100.00', invoices: 1, disputed: '0.00' });
    expect(document['debtors']).toMatchObject([
      {
        debtorId: 'd1',
        open: '100.00',
        overdue: '100.00',
        oldestDays: 10,
        averageDaysLate: null,
        exposure: '100.00',
        creditLimit: '120.00',
        utilisation: 0.8333,
        riskClass: 'N',
        suggestedLimit: null,
      },
      { debtorId: 'd2', open: '0.00', averageDaysLate: 2, creditLimit: null, utilisation: null },
    ]);
  });

  it('looks at ninety days unless told otherwise', async () => {
    const document = JSON.parse(await run('--book', file, '--on', '2026-11-20', '--json')) as Record<string, unknown>;
    expect(document['period']).toEqual({ from: '2026-08-23', to: '2026-11-20', days: 90 });
  });

  it('prints tables for people, the largest overdue first', async () => {
    const table = await run('--book', file, '--on', '2026-11-20');
    for (const text of ['DSO, countback', '40.667', 'credit-notes', 'PRICE', '83.3%', '! The period begins on'])
      expect(table).toContain(text);
    expect(table.indexOf('Een BV')).toBeLessThan(table.indexOf('Twee BV'));
  });

  const large = bookToJson(book({ invoices: [invoice({ id: 'a', amount: Number.MAX_SAFE_INTEGER })] }));
  it.each([
    ['a day that does not exist', ['--book', file, '--on', '2026-02-30'], 'invalid-date'],
    ['no such file', ['--book', join(folder, 'none.json'), '--on', '2026-11-20'], 'missing-file'],
    ['no JSON', ['--book', write('broken.json', '{"format":'), '--on', '2026-11-20'], 'invalid-json'],
    ['no book', ['--book', write('other.json', { format: 'else' }), '--on', '2026-11-20'], 'invalid-book'],
    ['amounts nobody can add up', ['--book', write('large.json', large), '--on', '2026-11-20'], 'amounts-too-large'],
  ])('refuses %s', async (_, args, code) => {
    await expect(run(...args)).rejects.toMatchObject({ name: 'InputError', code });
    expect(written).toBe('');
  });

  it.each([
    [['--on', '2026-11-20']],
    [['--book', 'x']],
    [['--book', 'x', '--on', '2026-11-20', '--days', '0']],
    [['--book', 'x', '--on', '2026-11-20', '--days', '1.5']],
    [['--book', 'x', '--on', '2026-11-20', '--else']],
  ])('is used wrongly with %j', async (args) => {
    await expect(run(...args)).rejects.toMatchObject({ name: 'CommanderError' });
  });
});
