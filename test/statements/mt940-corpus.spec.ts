import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { InputError } from '../../src/kernel/errors.js';
import { collectStatements } from '../../src/statements/collect.js';
import { sameValue } from '../../src/statements/rules/decimal.js';
import type { Entry } from '../../src/statements/rules/statement.js';

/** Samples of many banks with what another library reads in them; not part of this repository. */
const corpus = fileURLToPath(new URL('../../../shared/corpus/mt940/wolph+mt940/mt940_tests/', import.meta.url));
const present = existsSync(corpus);
if (!present) process.stderr.write(`mt940-corpus.spec: skipped, there is no corpus at ${corpus}\n`);

const samples = present
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.sta'))
      .sort()
  : [];

/** What stands in the samples but is no statement: single fields, an interim report, an account changed halfway, entries outside. */
const REFUSED = new Set([
  ...['amount_formats', 'currency_in_25', 'empty_86', 'empty_entry_date', 'empty_line', 'missing_crlf_at_end', 'sepa_snippet_broken'].map(
    (name) => `betterplace/${name}.sta`,
  ),
  ...['account_balance_credit', 'account_balance_debit', 'account_identification_iban', 'account_identification_legacy'].map(
    (name) => `cmxl/${name}.sta`,
  ),
  ...['available_balance', 'closing_balance', 'reference', 'statement_details', 'statement_line', 'statement_number'].map(
    (name) => `cmxl/${name}.sta`,
  ),
  ...['account_identification', 'empty_non_swift', 'gv_codes', 'invalid_statement', 'mt942', 'multiline', 'sparkassen'].map(
    (name) => `self-provided/${name}.sta`,
  ),
]);

interface Sample {
  readonly amount: { readonly amount: readonly [string] };
  readonly date: readonly [Uint8Array];
  readonly bank_reference: string | null;
  readonly status: string;
}

/** Year in two bytes, month, day. */
const day = ([bytes]: readonly [Uint8Array]): string =>
  [String((bytes[0] as number) * 256 + (bytes[1] as number)), String(bytes[2]).padStart(2, '0'), String(bytes[3]).padStart(2, '0')].join(
    '-',
  );

const read = (name: string): ReturnType<typeof collectStatements> => collectStatements(name, [readFileSync(corpus + name)]);

(present ? describe : describe.skip)('the shared corpus of MT940', () => {
  it.each(samples.filter((name) => REFUSED.has(name)))('refuses %s, which is no whole statement', async (name) => {
    await expect(read(name)).rejects.toBeInstanceOf(InputError);
  });

  it.each(samples.filter((name) => !REFUSED.has(name)))('reads %s as the other library does', async (name) => {
    const [file] = await read(name);
    if (name.endsWith('sepa_mt9401.sta')) expect(file?.statements.every(({ reconciles }) => reconciles)).toBe(true);
    const entries = file?.statements.flatMap((statement) => statement.entries) ?? [];
    const text = readFileSync(corpus + name.replace(/\.sta$/, '.yml'), 'utf8');
    const { transactions } = parse(text, { logLevel: 'silent', maxAliasCount: -1 }) as { transactions: { data: Sample }[] };
    const samplesRead = transactions.map(({ data }) => data).filter((data) => data.amount !== undefined);
    expect(entries).toHaveLength(samplesRead.length);
    samplesRead.forEach((sample, index) => {
      const entry = entries[index] as Entry;
      // That library takes RC for a credit; then the balances of its own sample do not add up, and with a debit they do.
      const amount = sample.status === 'RC' ? `-${sample.amount.amount[0]}` : sample.amount.amount[0];
      if (!sameValue(entry.amount, amount)) expect({ index, amount: entry.amount }).toEqual({ index, amount });
      expect(entry.valueDate).toBe(day(sample.date));
      expect(entry.reversal).toBe(sample.status.startsWith('R'));
    });
  });
});
