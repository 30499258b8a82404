import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { loadLaw } from '../../src/law/law-tables.js';
import type { Law, RateTable } from '../../src/law/rules/law.js';
import { configPath } from '../../src/platform/config/config-files.js';
import { LAW } from './law-fixture.js';

const shipped = loadLaw();

/** A table without what only people read: where a figure comes from and how an article is cited. */
const figures = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, item: unknown) => (['source', 'status', 'article'].includes(key) ? undefined : item))) as unknown;

const allRates = ({ nl, be, eu }: Law): RateTable[] => [
  nl.commercialRates,
  nl.consumerRates,
  be.commercialRates,
  eu.profile.commercialRates,
  ...Object.values(eu.countries).map(({ commercialRates }) => commercialRates),
];

describe('config/law against the figures typed over by hand', () => {
  it.each(['costScales', 'instalment', 'fixedSums', 'commercialRates', 'consumerRates', 'terms'] as const)('nl: %s', (table) => {
    expect(figures(shipped.nl[table])).toEqual(figures(LAW.nl[table]));
  });

  it('nl: notices', () => {
    expect(figures([shipped.nl.fourteenDayLetter, shipped.nl.noticeOfDefault])).toEqual(
      figures([LAW.nl.fourteenDayLetter, LAW.nl.noticeOfDefault]),
    );
  });

  it.each(['consumerCaps', 'fixedSums', 'firstReminder', 'commercialRates', 'terms'] as const)('be: %s', (table) => {
    expect(figures(shipped.be[table])).toEqual(figures(LAW.be[table]));
  });

  it('eu: the default and the countries', () => {
    expect(figures(shipped.eu)).toEqual(figures(LAW.eu));
  });

  it('settings are the careful ones', () => {
    expect(shipped.settings).toEqual(LAW.settings);
  });

  it.each(['nl', 'be'] as const)('%s: limitation', (regime) => {
    const { rows, ...rules } = LAW[regime].limitation;
    const { rows: all, ...shippedRules } = shipped[regime].limitation;
    expect(shippedRules).toEqual(rules);
    expect(figures(all)).toEqual(expect.arrayContaining(figures(rows) as unknown[]));
  });
});

describe('config/law', () => {
  it('names a source for every row, and the status of every rate', () => {
    for (const { rows } of allRates(shipped))
      for (const row of rows) expect(row).toMatchObject({ source: expect.any(String), status: expect.any(String) });
  });

  it('is published until the end of 2026, as the reference says', () => {
    for (const { publishedUntil } of allRates(shipped)) expect(publishedUntil).toBe('2026-12-31');
  });
});

describe('a table that is not right', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  /** config/law with one file changed. */
  function changed(file: string, change: (text: string) => string): string {
    const folder = mkdtempSync(join(tmpdir(), 'law-'));
    folders.push(folder);
    for (const name of ['nl.yml', 'be.yml', 'eu.yml', 'settings.yml']) {
      const text = readFileSync(configPath(`law/${name}`), 'utf8');
      const written = name === file ? change(text) : text;
      if (name === file && written === text) throw new Error(`nothing was changed in ${file}`);
      writeFileSync(join(folder, name), written);
    }
    return folder;
  }

  it.each([
    ['an unknown field', 'nl.yml', (text: string) => `${text}\nrounding: up\n`, /must NOT have additional properties/],
    [
      'a percentage that is a number',
      'nl.yml',
      (text: string) => text.replace("percent: '10.40'", 'percent: 10.40'),
      /percent must be string/,
    ],
    ['an amount without cents', 'be.yml', (text: string) => text.replace("'7.50'", "'7.5'"), /laterReminderMaximum must match pattern/],
    ['a day that does not exist', 'nl.yml', (text: string) => text.replace('2026-07-01', '2026-06-31'), /from must match format "date"/],
    ['an unknown status', 'eu.yml', (text: string) => text.replace('status: derived', 'status: guessed'), /status must be equal to one of/],
    [
      'rows out of order',
      'be.yml',
      (text: string) => text.replace('from: 2025-07-01', 'from: 2023-07-01'),
      /row of 2023-07-01 must come after/,
    ],
    [
      'a setting that is missing',
      'settings.yml',
      (text: string) => text.replace('beSaturdayCounts: false', ''),
      /must have required property 'beSaturdayCounts'/,
    ],
    ['no YAML', 'be.yml', () => 'a: [', /be\.yml/],
  ])('%s is refused by name', (_, file, change, message) => {
    expect(() => loadLaw(changed(file, change))).toThrow(message);
  });

  it('is refused when the file is missing', () => {
    expect(() => loadLaw('/nowhere')).toThrow(expect.objectContaining({ name: 'InputError', code: 'missing-file' }));
  });
});
