import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, describe, expect, it } from '@jest/globals';
import { registerPlan } from '../../src/dunning/plan.command.js';
import { registerSimulate } from '../../src/dunning/simulate.command.js';
import { configPath } from '../../src/platform/config/config-files.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { bookToJson } from '../../src/ledger/rules/book-json.js';
import { book, debtor, invoice } from './support/books.js';
import { catchingOutput } from '../support/output.js';

/** `tegoed plan` and `tegoed simulate` in this process over the shipped policies: what contracts.md promises to callers. */

const folder = mkdtempSync(join(tmpdir(), 'tegoed-plan-'));
const file = join(folder, 'book.json');
writeFileSync(
  file,
  JSON.stringify(
    bookToJson(
      book({
        debtors: [debtor(), debtor({ id: 'd2', capacity: 'consumer' })],
        invoices: [
          invoice({ id: 'a' }),
          invoice({ id: 'b', debtorId: 'd2', dueDate: plainDate('2026-12-01') }),
          invoice({ id: 'n', debtorId: 'd2', amount: -25_00 }),
        ],
      }),
    ),
  ),
);
afterAll(() => rmSync(folder, { recursive: true }));

let written = '';

async function run(...args: string[]): Promise<string> {
  written = '';
  const program = new Command('tegoed').exitOverride().configureOutput({ writeErr: () => undefined });
  registerPlan(program);
  registerSimulate(program);
  await catchingOutput(
    (text) => (written += text),
    () => program.parseAsync(args, { from: 'user' }),
  );
  return written;
}
const policy = (name: string): string => configPath(`policies/${name}.yml`);

describe('tegoed plan', () => {
  it('prints one document', async () => {
    const plan = JSON.parse(await run('plan', '--book', file, '--policy', policy('default'), '--on', '2026-11-20', '--json')) as Record<
      string,
      unknown[]
    >;
    expect(Object.keys(plan)).toEqual(['date', 'policy', 'held', 'acts', 'skipped', 'credit']);
    expect(plan['acts']).toMatchObject([{ debtorId: 'd1', invoiceIds: ['a'], total: '100.00' }]);
    expect(plan['skipped']).toMatchObject([
      { invoiceId: 'b', reason: 'not-due' },
      { invoiceId: 'n', reason: 'covered-by-credit' },
    ]);
  });

  it('prints a table with the reasons, and says when everything is held', async () => {
    const table = await run('plan', '--book', file, '--policy', policy('starter'), '--on', '2026-11-20');
    expect(table).toContain('friendly-reminder');
    expect(table).toContain('1 acts; 2 open items left alone: 1 covered-by-credit, 1 not-due');
    expect(await run('plan', '--book', file, '--policy', policy('starter'), '--on', '2026-12-20')).toContain(
      'HELD: stale-pull, figures of 2026-11-20',
    );
  });

  it.each([
    ['no such day', ['--book', file, '--policy', policy('starter'), '--on', '2026-02-30'], 'invalid-date'],
    ['no such book', ['--book', join(folder, 'none.json'), '--policy', policy('starter'), '--on', '2026-11-20'], 'missing-file'],
    ['no such policy', ['--book', file, '--policy', join(folder, 'none.yml'), '--on', '2026-11-20'], 'missing-file'],
    ['a policy that is none', ['--book', file, '--policy', file, '--on', '2026-11-20'], 'invalid-policy'],
    [
      'a book that is none',
      ['--book', configPath('policies/starter.yml'), '--policy', policy('starter'), '--on', '2026-11-20'],
      'invalid-json',
    ],
  ])('refuses %s', async (_, args, code) => {
    await expect(run('plan', ...args)).rejects.toMatchObject({ name: 'InputError', code });
    expect(written).toBe('');
  });

  it('wants all it needs', async () => {
    await expect(run('plan', '--book', file)).rejects.toMatchObject({ name: 'CommanderError' });
  });
});

describe('tegoed simulate', () => {
  const period = ['--from', '2026-11-02', '--to', '2026-12-31'];

  it('compares policies in one document, the same one every time', async () => {
    const args = ['simulate', '--book', file, '--policy', policy('default'), '--policy', policy('starter'), ...period, '--json'];
    const once = await run(...args);
    expect(await run(...args)).toBe(once);
    const { from, to, policies } = JSON.parse(once) as Record<string, unknown>;
    // D+4 of 10 November is Saturday the 14th, so the 16th; three working days after it is Friday the 13th.
    expect({ from, to, policies }).toMatchObject({
      from: '2026-11-02',
      to: '2026-12-31',
      policies: [
        { policy: { name: 'default', version: 1 }, contacts: [{ debtorId: 'd1' }, { debtorId: 'd2' }], projectedDso: null },
        { policy: { name: 'starter', version: 1 }, acts: { reminder: 4, demand: 2 } },
      ],
    });
  });

  it('prints a table', async () => {
    const table = await run('simulate', '--book', file, '--policy', policy('starter'), ...period);
    expect(table).toContain('starter v1');
    expect(table).toContain('debtors contacted');
  });

  it('refuses a period that runs backwards', async () => {
    const args = ['--book', file, '--policy', policy('starter'), '--from', '2026-12-31', '--to', '2026-11-02'];
    await expect(run('simulate', ...args)).rejects.toMatchObject({ code: 'invalid-period' });
  });
});
