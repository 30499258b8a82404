import { mkdtempSync, rmSync, writeFileSync, mkdirSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { plainDate as day } from '../../src/kernel/plain-date.js';
import { loadCalendars } from '../../src/platform/config/calendars.js';
import { configPath } from '../../src/platform/config/config-files.js';
import { managementFile } from '../../src/reporting/management.service.js';
import { managementPdf } from '../../src/reporting/management-pdf.js';
import { loadReportConfig } from '../../src/reporting/report-config.js';
import { type Management, managementSections } from '../../src/reporting/rules/management.js';
import { periodEnding } from '../../src/reporting/rules/period.js';
import { reportOf } from '../../src/reporting/rules/report.js';
import { trendOf, trendPeriods } from '../../src/reporting/rules/trend.js';
import { book, debtor, invoice, payment, promise } from '../dunning/support/books.js';
import { readPdf } from '../support/pdf.js';

const config = loadReportConfig();
const period = periodEnding(day('2026-11-20'), 90);

/** 1,600.00 sold, 600.00 of it paid after 40 days; 1,000.00 overdue, 300.00 of that disputed; a credit note of 50.00. */
const given = book({
  debtors: [debtor({ name: '=HYPERLINK("http://evil")', creditLimit: 1_200_00 })],
  invoices: [
    invoice({ id: 'a', amount: 1_000_00, dispute: { code: 'PRICE', since: day('2026-11-10'), amount: 300_00, resolved: null } }),
    invoice({ id: 'b', amount: 600_00, open: 0 }),
    invoice({ id: 'n', amount: -50_00 }),
  ],
  payments: [payment({ id: 'p', date: day('2026-11-10'), amount: 600_00, invoiceId: 'b' })],
  promises: [promise({ id: 'w', madeOn: day('2026-10-30'), dueDate: day('2026-11-10'), amount: 600_00, invoiceIds: ['b'] })],
});
const management: Management = {
  report: reportOf(given, period, loadCalendars().target),
  trend: trendOf(given, trendPeriods(period)),
  agencies: [
    { agency: 'Incasso A', cases: 2, ended: 1, principal: 2_000_00, recovered: 750_00, rate: 0.375, costs: 90_75, averageDays: 60 },
  ],
  benchmark: { national: { from: day('2025-01-01'), days: 32, assumed: true, source: 'none' }, targetDso: 45 },
};
const csv = async (language: 'nl' | 'fr' | 'en') => (await managementFile(management, config, language, 'csv')).content.toString('utf8');

describe('the management report', () => {
  it('names the year of a published average, and that an assumed one is no more than that', async () => {
    const published = { from: day('2020-07-01'), days: 39.3, assumed: false, source: 'a press release' };
    const { content } = await managementFile({ ...management, benchmark: { national: published, targetDso: null } }, config, 'nl', 'csv');
    expect(content.toString('utf8').split('\r\n')).toContain('Landelijk gemiddelde betaaltermijn (dagen), 2020;39,3');
  });

  it('has every table, in Dutch, with decimal commas', async () => {
    const text = await csv('nl');
    expect(text.startsWith('\ufeffDebiteurenrapport\r\n')).toBe(true);
    for (const line of [
      // 950 / 1,550 × 90 = 55.161; not due nothing, so all of it is late
      'DSO, eenvoudig (dagen);55,161',
      'DSO, eigen doel (dagen);45',
      'Landelijk gemiddelde betaaltermijn (aangenomen, niet nagegaan);32',
      'Gemiddelde betaaltermijn (dagen);40',
      '1–30;1000,00;1;300,00',
      "Creditnota's;-50,00;1;0,00",
      'Totaal;950,00;2;300,00',
      '"\'=HYPERLINK(""http://evil"")";N;950,00;1000,00;10;0;1200,00',
      '1;1;600,00;600,00;100,00',
      'PRICE;1;300,00;300,00;10',
      'Incasso A;2;2000,00;750,00;37,50;90,75;60',
    ]) {
      expect(text.split('\r\n')).toContain(line);
    }
    expect(text.split('\r\n').filter((line) => /^20\d\d-\d\d-\d\d;/.test(line))).toHaveLength(13);
  });

  it.each([
    ['fr', 'Rapport clients', 'Notes de crédit;-50,00;1;0,00'],
    ['en', 'Receivables report', 'Credit notes;-50,00;1;0,00'],
  ] as const)('is written in %s', async (language, title, line) => {
    const lines = (await csv(language)).slice(1).split('\r\n');
    expect(lines[0]).toBe(title);
    expect(lines).toContain(line);
  });

  it('as PDF says the same, inside its margins, and always the same bytes', async () => {
    const head = { title: 'Debiteurenrapport', administration: 'Crediteur BV', language: 'nl', on: period.to } as const;
    const sections = managementSections(management, config.words.nl);
    const file = await managementPdf(head, sections, { compress: false });
    const { lines, beyondMargin, title } = readPdf(file);
    expect(title).toBe('Debiteurenrapport Crediteur BV 2026-11-20');
    for (const text of ['Dertien maanden', '55,2', '1.000,00', '37,50%', '30-11-2025', '20-11-2026', '–']) expect(lines).toContain(text);
    expect(beyondMargin).toEqual([]);
    expect((await managementPdf(head, sections, { compress: false })).equals(file)).toBe(true);
  });

  it('leaves out tables of what there is nothing of, and says what is not known', () => {
    const empty = book({ debtors: [] });
    const nothing = {
      ...management,
      report: reportOf(empty, period, loadCalendars().target),
      trend: trendOf(empty, trendPeriods(period)),
      agencies: [],
    };
    const headings = managementSections(nothing, config.words.en).map(({ heading }) => heading);
    expect(headings).toEqual(['Key figures', 'Thirteen months', 'Ageing by due date', 'Notes']);
  });
});

describe('the configuration of reports', () => {
  const folder = `${mkdtempSync(join(tmpdir(), 'tegoed-report-'))}/`;
  afterAll(() => rmSync(folder, { recursive: true }));
  const withBenchmarks = (text: string) => {
    mkdirSync(`${folder}report`, { recursive: true });
    cpSync(configPath('report'), `${folder}report`, { recursive: true });
    writeFileSync(`${folder}benchmarks.yml`, text);
    return () => loadReportConfig(folder);
  };
  const term = (from: string, rest = "days: 30, assumed: true, source: 'x'") => `{ from: ${from}, ${rest} }`;

  it('is what it should be', () => {
    expect(withBenchmarks(`averageDaysToPay:\n  NL: [${term('2025-01-01')}, ${term('2026-01-01')}]\n`)().benchmarks['NL']).toHaveLength(2);
  });

  it.each([
    ['no source', `averageDaysToPay:\n  NL: [${term('2025-01-01', 'days: 30, assumed: true')}]\n`],
    ['no mark whether it was checked', `averageDaysToPay:\n  NL: [${term('2025-01-01', "days: 30, source: 'x'")}]\n`],
    ['no day', `averageDaysToPay:\n  NL: [${term('soon')}]\n`],
    ['terms out of order', `averageDaysToPay:\n  NL: [${term('2026-01-01')}, ${term('2025-01-01')}]\n`],
    ['something else', `averageDaysToPay: {}\nmore: 1\n`],
  ])('is refused with %s', (_, text) => {
    expect(withBenchmarks(text)).toThrow(expect.objectContaining({ code: 'invalid-report-config' }));
  });
});
