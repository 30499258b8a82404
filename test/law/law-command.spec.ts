import { Command, CommanderError } from 'commander';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { registerLaw } from '../../src/law/law.command.js';
import { catchingOutput } from '../support/output.js';

/** `tegoed law …` in this process over the shipped tables: what contracts.md promises to callers. */

let written = '';
beforeEach(() => {
  written = '';
});

async function run(line: string): Promise<string> {
  written = '';
  const program = new Command('tegoed').exitOverride().configureOutput({ writeErr: () => undefined });
  registerLaw(program);
  await catchingOutput(
    (text) => (written += text),
    () => program.parseAsync(['law', ...line.split(' ')], { from: 'user' }),
  );
  return written;
}
const json = async (line: string): Promise<Record<string, unknown>> => JSON.parse(await run(`${line} --json`)) as Record<string, unknown>;

describe('law costs', () => {
  it('answers in decimal strings, with reasons', async () => {
    expect(await json('costs --regime nl --capacity consumer --principal 1234.56 --vat-not-deductible --on 2026-11-21')).toEqual({
      fee: '185.18',
      vatUplift: '38.89',
      total: '224.07',
      base: '1234.56',
      scheme: 'nl-scale',
      because: expect.any(Array),
    });
  });

  it.each([
    ['nl --capacity consumer --principal 120 --principal 80 --principal 150', '52.50', '350.00'],
    ['nl --capacity consumer --principal 1000.00 --principal -400.00', '90.00', '600.00'],
    ['nl --capacity business --principal 1 --principal 1 --fixed-sum-per invoice', '80.00', '2.00'],
    ['be --capacity consumer --principal 300.00', '45.00', '300.00'],
    ['be --capacity consumer --principal 300.00 --no-clause', '0.00', '300.00'],
    ['be --capacity business --principal 300.00', '40.00', '300.00'],
    ['eu --capacity business --principal 300.00', '40.00', '300.00'],
    ['eu --capacity consumer --principal 300.00', '0.00', '300.00'],
  ])('%s', async (line, total, base) => {
    expect(await json(`costs --on 2026-11-21 --regime ${line}`)).toMatchObject({ total, base });
  });
});

describe('law interest', () => {
  it('answers with segments (E5)', async () => {
    const found = await json('interest --regime nl --capacity consumer --principal 850.00 --due 2025-11-19 --until 2026-02-15');
    expect(found).toMatchObject({
      interest: '10.15',
      balance: '860.15',
      provisional: false,
      segments: [
        { from: '2025-11-20', to: '2025-12-31', days: 42, base: '850.00', percent: '6.00', amount: '5.8685' },
        { from: '2026-01-01', to: '2026-02-15', days: 46, base: '850.00', percent: '4.00', amount: '4.2849' },
      ],
    });
  });

  it('takes payments and costs (E6) and the other day count (E3)', async () => {
    const e6 =
      'interest --regime nl --capacity business --principal 2400 --due 2025-12-31 --until 2026-07-31 --costs 360 --payment 2026-02-28:1000.00';
    expect(await json(e6)).toMatchObject({
      interest: '116.32',
      balance: '1876.32',
      paid: { costs: '360.00', interest: '39.38', principal: '600.62' },
    });
    const twice =
      'interest --regime be --capacity business --principal 100 --due 2026-05-31 --until 2026-08-31 --payment 2026-06-01:40 --payment 2026-06-01:60.03';
    expect(await json(twice)).toMatchObject({ balance: '0.00', interest: '0.03' });
    const e3 = 'interest --regime nl --capacity business --principal 10000.00 --due 2023-12-31 --until 2024-12-31 --day-count act/act';
    expect(await json(e3)).toMatchObject({ interest: '1237.43' });
  });

  it('shows four decimals of small amounts too', async () => {
    // 0.01 × 10.40 % / 365 = 0.0000028: rounds to 0.0000.
    const found = await json('interest --regime nl --capacity business --principal 0.01 --due 2026-07-31 --until 2026-08-01');
    expect(found.segments).toMatchObject([{ amount: '0.0000' }]);
  });
});

describe('law notice', () => {
  it.each([
    [
      'nl --kind fourteen-day-letter --sent 2026-11-26 --channel letter',
      ['2026-11-28', '2026-11-29', '2026-12-12', '2026-12-14', '2026-12-15'],
    ],
    [
      'nl --kind fourteen-day-letter --sent 2026-12-23 --channel email',
      ['2026-12-29', '2026-12-30', '2027-01-12', '2027-01-12', '2027-01-13'],
    ],
    [
      'nl --kind fourteen-day-letter --sent 2026-11-23 --channel email --received 2026-11-23',
      ['2026-11-23', '2026-11-24', '2026-12-07', '2026-12-07', '2026-12-08'],
    ],
    ['be --kind be-first-reminder --sent 2026-12-23 --channel letter', [null, '2026-12-29', '2027-01-11', '2027-01-11', '2027-01-12']],
    [
      'be --kind be-first-reminder --sent 2026-12-23 --channel letter --saturday-counts',
      [null, '2026-12-28', '2027-01-10', '2027-01-10', '2027-01-11'],
    ],
    [
      'be --kind be-first-reminder --sent 2026-12-23 --channel email',
      ['2026-12-23', '2026-12-24', '2027-01-06', '2027-01-06', '2027-01-07'],
    ],
  ])('%s', async (line, [receivedOn, firstDay, lastDay, lastDayRolled, costsFrom]) => {
    expect(await json(`notice --regime ${line}`)).toEqual({
      receivedOn,
      firstDay,
      lastDay,
      lastDayRolled,
      costsFrom,
      because: expect.any(Array),
    });
  });
});

describe('without --json', () => {
  it('prints a table and the reasons', async () => {
    const text = await run('interest --regime nl --capacity business --principal 1000.00 --due 2025-03-15 --until 2025-06-10');
    expect(text).toContain('26.5767');
    expect(text).toContain('balance      1026.58');
    expect(text).toContain('6:119a');
  });

  it('prints fields that are absent as a dash', async () => {
    expect(await run('notice --regime be --kind be-first-reminder --sent 2026-11-23 --channel letter')).toContain('receivedOn     -');
  });
});

describe('what cannot be used', () => {
  it.each([
    ['costs --regime nl --capacity consumer --principal 12,50', 'not-a-decimal'],
    ['costs --regime nl --capacity consumer --principal 12.505', 'too-many-decimals'],
    ['costs --regime nl --capacity consumer --principal 1 --on 2026-02-30', 'invalid-date'],
    ['costs --regime nl --capacity consumer --principal 1 --on 2010-01-01', 'no-table'],
    ['interest --regime nl --capacity business --principal -1 --due 2026-01-01 --until 2026-02-01', 'not-positive'],
    ['interest --regime nl --capacity business --principal 1 --due 1990-01-01 --until 2026-02-01', 'no-rate'],
    ['interest --regime nl --capacity business --principal 1 --due 2026-01-01 --until 2026-02-01 --payment 5.00', 'invalid-payment'],
    ['interest --regime nl --capacity business --principal 1 --due 2026-01-01 --until 2026-02-01 --payment 2026-01-15:0', 'not-positive'],
    ['notice --regime nl --kind be-first-reminder --sent 2026-11-23 --channel letter', 'notice-unknown-to-regime'],
    ['notice --regime nl --kind fourteen-day-letter --sent 23-11-2026 --channel letter', 'invalid-date'],
  ])('%s is input that cannot be used: %s', async (line, code) => {
    await expect(run(line)).rejects.toMatchObject({ name: 'InputError', code });
    expect(written).toBe('');
  });

  it.each([
    ['costs --regime fr --capacity consumer --principal 1'],
    ['costs --regime nl --capacity consumer'],
    ['costs --regime nl --capacity nobody --principal 1'],
    ['interest --regime nl --capacity business --principal 1 --due 2026-01-01'],
    ['interest --regime nl --capacity business --principal 1 --due 2026-01-01 --until 2026-02-01 --day-count 30/360'],
    ['notice --regime eu --kind fourteen-day-letter --sent 2026-11-23 --channel letter'],
    ['notice --regime nl --kind fourteen-day-letter --sent 2026-11-23 --channel pigeon'],
    ['costs --regime nl --capacity consumer --principal 1 --colour red'],
  ])('%s is wrong usage', async (line) => {
    await expect(run(line)).rejects.toThrow(CommanderError);
  });
});
