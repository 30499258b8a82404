import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import type { BrowseRow } from './browse.js';
import { type KnownItem, isOfBooking, isPartMatched, isSame, lacksWords, toItem } from './item.js';
import type { ReceivableLine } from './transaction.js';

const row = (cells: BrowseRow['cells'] = {}): BrowseRow => ({
  key: { code: 'VRK', number: '202600318', line: '1' },
  cells: {
    customer: '00590',
    date: '20260301',
    due: '20260331',
    invoice: '2026-0318',
    currency: 'EUR',
    value: '1815.00',
    baseOpen: '815.00',
    matchStatus: 'available',
    ...cells,
  },
});
const known = (cells: BrowseRow['cells'] = {}, more: Partial<KnownItem> = {}): KnownItem => ({
  ...{ row: row(cells), line: null, paused: false, settled: false, markers: {}, parts: ['open'], ...more },
});
const mapped = (item: KnownItem) => toItem(item, 'EUR', []);

describe('an open item', () => {
  it.each([
    ['of a consumer, late', row(), null, false, true],
    ['of a business', row(), null, true, false],
    ['due today', row({ due: '20260401' }), null, false, false],
    ['that is a credit note', row({ value: '-10.00' }), null, false, false],
    ['looked up, and there were none', row(), known({}, { description: null }), false, false],
    ['known, and never looked up', row(), known(), false, true],
  ])('%s: whether it lacks words', (_name, its, before, isBusiness, lacks) => {
    expect(lacksWords(before, its, isBusiness, plainDate('2026-04-01'))).toBe(lacks);
  });

  it.each([
    ['paid in part', { baseOpen: '100.00' }, true],
    ['due later', { due: '20260430' }, true],
    ['of another amount', { value: '60.50' }, false],
    ['of another day', { date: '20260302' }, false],
    ['of another customer', { customer: '00591' }, false],
  ])('is another booking under a number that was used before: %s', (_name, cells, isOf) => {
    expect(isOfBooking(known(), row(cells))).toBe(isOf);
  });

  it('is what its row says', () => {
    expect(mapped(known({ open: '815.00' }))).toMatchObject({
      ok: true,
      value: {
        ref: 'VRK/202600318/1',
        number: '2026-0318',
        debtorRef: '00590',
        kind: 'invoice',
        dueDate: '2026-03-31',
        amount: 181_500,
        open: 81_500,
      },
    });
  });

  it.each([
    ['the office’s own currency', known(), 81_500],
    ['another, with nothing taken off', known({ currency: 'USD', baseValue: '815.00' }), 181_500],
    [
      'another, by its transaction',
      known({ currency: 'USD', baseValue: '1670.00' }, { line: { open: '-900.00', sets: [] } as unknown as ReceivableLine }),
      90_000,
    ],
  ])('has what is open without that column, in %s', (_name, item, open) => {
    expect(mapped(item)).toMatchObject({ ok: true, value: { open } });
  });

  it('cannot be read when nothing tells what is open', () => {
    expect(mapped(known({ currency: 'USD', baseValue: '1670.00' }))).toMatchObject({ ok: false, error: { code: 'unreadable-record' } });
  });

  it.each([
    ['value', { value: '1.815,00' }],
    ['open value', { open: '' }],
  ])('cannot be read with a broken %s', (field, cells) => {
    expect(mapped(known(cells))).toMatchObject({ ok: false, error: { message: expect.stringContaining(field) } });
  });

  it('falls due on its date when it says nothing else', () => {
    expect(mapped(known({ due: undefined }))).toMatchObject({ ok: true, value: { dueDate: '2026-03-01' } });
  });

  it('is being collected while it is proposed or in a run', () => {
    const collecting = (cells: BrowseRow['cells']) => mapped(known(cells));
    expect(collecting({ matchStatus: 'proposed' })).toMatchObject({ value: { collecting: true } });
    expect(collecting({ payRun: '12' })).toMatchObject({ value: { collecting: true } });
    expect(collecting({})).toMatchObject({ value: { collecting: false } });
  });
});

describe('whether a row says something new', () => {
  it('is not asked of the order of its cells', () => {
    const reordered = { key: row().key, cells: Object.fromEntries(Object.entries(row().cells).reverse()) };
    expect(isSame(known(), reordered, false)).toBe(true);
  });

  it('is so when anything in it differs, reminders were switched, or it was settled before', () => {
    expect(isSame(known(), row({ matchDate: '20260410' }), false)).toBe(false);
    expect(isSame(known(), row(), true)).toBe(false);
    expect(isSame(known({}, { settled: true }), row(), false)).toBe(false);
    expect(isSame(null, row(), false)).toBe(false);
  });
});

describe('whether something was taken off', () => {
  it.each([
    [{ open: '1815.00', value: '1815.0' }, false],
    [{ open: '815.00' }, true],
    [{ open: undefined, baseOpen: '1815.00' }, false],
    [{ open: undefined, baseOpen: '815.00', baseValue: '815.00' }, false],
    [{ open: undefined, baseOpen: '815.00', baseValue: '915.00' }, true],
  ])('%j: %s', (cells, expected) => {
    expect(isPartMatched(row(cells as BrowseRow['cells']))).toBe(expected);
  });
});
