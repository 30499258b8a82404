import { describe, expect, it } from '@jest/globals';
import { book, debtor, invoice, payment } from '../../../test/dunning/support/books.js';
import { plainDate } from '../../kernel/plain-date.js';
import type { Book } from '../../ledger/rules/book.js';
import { loadCalendars } from '../../platform/config/calendars.js';
import { periodEnding } from '../../reporting/rules/period.js';
import { reportOf } from '../../reporting/rules/report.js';
import { reportToJson } from '../../reporting/rules/report-json.js';
import { english } from '../texts.js';
import { showFigures } from './figures-view.js';
import { formatFor } from './format.js';

const on = plainDate('2026-11-20');
const show = (given: Partial<Book>, days = 60) =>
  showFigures(reportToJson(reportOf(book(given), periodEnding(on, days), loadCalendars().target)), english, formatFor('en-GB'));

describe('the page of figures', () => {
  it('writes days, amounts and parts as people read them', () => {
    // 1,600.00 sold in 60 days, of which 600.00 paid after 40 days; 1,000.00 overdue: 37.5 days
    const shown = show({
      debtors: [debtor({ name: 'Kade B.V.', creditLimit: 1_200_00 })],
      invoices: [invoice({ id: 'a', amount: 1_000_00 }), invoice({ id: 'b', amount: 600_00, open: 0 })],
      payments: [payment({ id: 'p', date: plainDate('2026-11-10'), amount: 600_00, invoiceId: 'b' })],
    });
    expect(shown).toMatchObject({
      on: '2026-11-20',
      words: '60 days, from Tue 22 Sept 2026 to Fri 20 Nov 2026.',
      tiles: [{ value: '37.5' }, { value: '39.4' }, { value: '0' }, { value: '37.5' }, { value: '40' }, { value: '37.5%' }],
      ageing: [{}, { bucket: '1–30', amount: '€1,000.00', invoices: '1', disputed: '€0.00' }, {}, {}, {}, {}, { bucket: 'Credit notes' }],
      debtors: [
        {
          name: 'Kade B.V.',
          credit: { tone: 'attention', words: 'Nearly full' },
          utilisation: '83.3%',
          creditLimit: '€1,200.00',
          suggestedLimit: '—',
        },
      ],
      shown: '1 of 1 debtors, the most overdue first.',
    });
  });

  it('offers the usual periods, and the one that was asked for', () => {
    const periods = show({}, 45) as { periods: { days: number; chosen: boolean }[] };
    expect(periods.periods.map(({ days, chosen }) => [days, chosen])).toEqual([
      [30, false],
      [45, true],
      [90, false],
      [180, false],
      [365, false],
    ]);
  });

  it('shows what is not known as such, and what is in no figure beside them', () => {
    const shown = show({ invoices: [invoice({ id: 'yen', currency: 'JPY', amount: 50_000, dueDate: plainDate('2026-11-01') })] });
    expect(shown).toMatchObject({
      tiles: [{ value: '—' }, { value: '—' }, { value: '—' }, { value: '—' }, { value: '—' }, { value: '—' }],
    });
    expect((shown as { warnings: string[] }).warnings).toContain(
      'Besides, in another currency: JP¥50,000 open, of which JP¥50,000 overdue.',
    );
  });

  it('shows fifty debtors, the most overdue first', () => {
    const names = Array.from({ length: 60 }, (_, at) => `d${at}`);
    const shown = show({
      debtors: names.map((id) => debtor({ id, name: id })),
      invoices: names.map((id, at) => invoice({ id, debtorId: id, amount: 100 + at })),
    }) as { debtors: { name: string }[]; shown: string };
    expect([shown.debtors.length, shown.debtors[0]?.name, shown.shown]).toEqual([50, 'd59', '50 of 60 debtors, the most overdue first.']);
  });
});
