import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { InputError } from '../../src/kernel/errors.js';
import { registerMatch } from '../../src/matching/match.command.js';
import type { MatchJson } from '../../src/matching/rules/report-json.js';
import { catchingOutput } from '../support/output.js';

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/matching/${name}`, import.meta.url));

async function run(...words: string[]): Promise<string> {
  let written = '';
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  registerMatch(program);
  await catchingOutput(
    (text) => (written += text),
    () => program.parseAsync(['match', ...words], { from: 'user' }),
  );
  return written;
}

describe('tegoed match', () => {
  let folder = '';
  beforeEach(() => void (folder = mkdtempSync(`${tmpdir()}/match-`)));
  afterEach(() => rmSync(folder, { recursive: true }));
  const file = (name: string, content: string): string => {
    writeFileSync(`${folder}/${name}`, content);
    return `${folder}/${name}`;
  };

  it('prints the document of the contract for the sample', async () => {
    const report = JSON.parse(await run('--book', fixture('book.json'), '--statement', fixture('statement.xml'), '--json')) as MatchJson;
    expect(
      report.transactions.map(({ outcome, allocations, remainder }) => [
        outcome,
        allocations.map(({ invoiceId, amount }) => `${invoiceId} ${amount}`).join(),
        remainder.amount,
      ]),
    ).toEqual([
      ['matched', '2026-0042 121.00', '0.00'],
      ['matched', '2026-0043 80.00,2026-0044 12.50', '0.00'],
      // 64.10 − 10.00
      ['matched', '2026-0052 64.10,C2026-03 -10.00', '0.00'],
      ['matched', '2026-0051 75.30', '0.00'],
      ['matched', '2026-0060 500.00', '0.00'],
      ['unmatched', '', '17.00'],
      ['not-a-receipt', '', '-250.00'],
    ]);
    expect(report.transactions[0]).toMatchObject({
      file: fixture('statement.xml'), statement: 'NL91ABNA0417164300.2026-11-20', entry: 0, transaction: 0, amount: '121.00', currency: 'EUR', debtorId: 'jansen',
      remainder: { amount: '0.00', kind: null }, returnOf: null, alternatives: [],
    }); // prettier-ignore
    // 121.00 + 92.50 + 54.10 + 75.30 + 500.00 matched, 17.00 waits
    expect(report.totals).toEqual({
      transactions: 7, matched: 5, proposed: 0, unmatched: 1, notAReceipt: 1, amountMatched: '842.90', amountUnallocated: '17.00', otherCurrencies: [],
    }); // prettier-ignore
  });

  it('prints a table for people', async () => {
    const table = await run('--book', fixture('book.json'), '--statement', fixture('statement.xml'));
    expect(table).toContain('5 matched, 0 proposed, 1 unmatched, 1 no receipt; allocated 842.90, waiting 17.00');
  });

  it('takes several statements and books what is in both once', async () => {
    const both = ['--statement', fixture('statement.xml'), '--statement', fixture('statement.xml')];
    const report = JSON.parse(await run('--book', fixture('book.json'), ...both, '--json')) as MatchJson;
    expect(report.totals).toMatchObject({ transactions: 14, matched: 5, notAReceipt: 8 });
  });

  it.each<[string, (folder: { file: typeof file }) => string[], string, string]>([
    [
      'a book that is not there',
      () => ['--book', '/nowhere.json', '--statement', fixture('statement.xml')],
      'missing-file',
      '/nowhere.json',
    ],
    [
      'a book that is no JSON',
      (on) => ['--book', on.file('b.json', '{"format":'), '--statement', fixture('statement.xml')],
      'invalid-json',
      'b.json',
    ],
    [
      'a book that is none',
      (on) => ['--book', on.file('b.json', '{"format":"x"}'), '--statement', fixture('statement.xml')],
      'invalid-book',
      'b.json',
    ],
    [
      'a statement that is not there',
      () => ['--book', fixture('book.json'), '--statement', '/nowhere.xml'],
      'missing-file',
      '/nowhere.xml',
    ],
    [
      'a broken second statement',
      (on) => ['--book', fixture('book.json'), '--statement', fixture('statement.xml'), '--statement', on.file('s.xml', '<Document>')],
      '',
      's.xml',
    ],
  ])('refuses %s and prints nothing', async (_, words, code, name) => {
    const error = await run(...words({ file })).then(
      () => null,
      (cause: unknown) => cause,
    );
    expect(error).toBeInstanceOf(InputError);
    if (code !== '') expect((error as InputError).code).toBe(code);
    expect((error as InputError).place.file).toContain(name);
  });

  it('wants a statement', async () => {
    await expect(run('--book', fixture('book.json'))).rejects.toMatchObject({ code: 'commander.missingMandatoryOptionValue' });
  });
});
