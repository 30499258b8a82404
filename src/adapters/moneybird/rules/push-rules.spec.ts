import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import { unwrap } from '../../../kernel/result.js';
import type { PushEntry } from '../../accounting-package.port.js';
import { toItem } from './invoice.js';
import { markerOfPayment, noteIdWithMarker, noteWithMarker, transactionIdentifier } from './marker.js';
import { canBePaused, isAlreadySo, isToDo, waitsForCollection, wantedPause } from './pause.js';
import { mayRegister, sameSettlement } from './payment-match.js';
import { parseItemRef } from './refs.js';

const MARKER = '7F3K2AB9QX';

describe('the marker in a note', () => {
  it('stands at the end and is found again', () => {
    const note = noteWithMarker('Herinnering 1 verstuurd.\nPer e-mail.', MARKER);
    expect(note).toBe('Herinnering 1 verstuurd.\nPer e-mail. [tg:7F3K2AB9QX]');
    expect(
      noteIdWithMarker(
        {
          notes: [
            { id: '1', note: null },
            { id: '2', note },
          ],
        },
        MARKER,
      ),
    ).toBe('2');
    expect(noteIdWithMarker({ notes: [{ id: '2', note }] }, '7F3K2AB9QY')).toBeNull();
    expect(noteIdWithMarker({}, MARKER)).toBeNull();
  });

  it('survives a text that is too long, which gives way', () => {
    const note = noteWithMarker('x'.repeat(5_000), MARKER);
    expect(note).toHaveLength(1_000);
    expect(note.endsWith('x… [tg:7F3K2AB9QX]')).toBe(true);
  });

  it('stands alone without a text', () => {
    expect(noteWithMarker('  ', MARKER)).toBe('[tg:7F3K2AB9QX]');
  });

  it.each([['short'], ['7f3k2ab9qx'], ['7F3K2AB9QX]'], ['']])('is never written as %j', (marker) => {
    expect(() => noteWithMarker('x', marker)).toThrow('not a marker');
    expect(() => transactionIdentifier(marker)).toThrow('not a marker');
  });

  it('is told from identifiers of others', () => {
    expect(markerOfPayment({ transaction_identifier: transactionIdentifier(MARKER) })).toBe(MARKER);
    expect(markerOfPayment({ transaction_identifier: 'ABCDEFGHIJ' })).toBeNull();
    expect(markerOfPayment({})).toBeNull();
  });
});

const payment = { id: '9', payment_date: '2026-09-30', price: '210.0', transaction_identifier: null };
const itemWith = (fields: object, payments: object[] = []) => {
  const record = {
    id: '5',
    contact_id: '6',
    invoice_id: '2026-0187',
    state: 'open',
    invoice_date: '2026-09-01',
    due_date: '2026-09-15',
    currency: 'EUR',
    total_price_incl_tax: '1210.0',
    total_price_incl_tax_base: '1210.0',
    total_unpaid: '1000.0',
    payments,
    ...fields,
  };
  const item = unwrap(toItem('sales_invoices', record));
  if (!item) throw new Error('no item');
  return item;
};
const wanted = { marker: MARKER, amount: 21_000, currency: 'EUR', paidOn: plainDate('2026-09-30') };

describe('sameSettlement', () => {
  it.each([
    ['our own, whatever else changed on it', { transaction_identifier: `tg:${MARKER}`, price: '1.0', payment_date: '2026-01-01' }, '9'],
    ['one a person registered, same day and amount', {}, '9'],
    ['one of a payment provider, same day and amount', { transaction_identifier: 'tr_7UhSN1zuXS' }, '9'],
    ['not one of another day', { payment_date: '2026-09-29' }, null],
    ['not one of another amount', { price: '210.01' }, null],
    ['not another payment of ours', { transaction_identifier: 'tg:AAAAAAAAAA' }, null],
    ['not a settlement with a credit invoice', { credit_invoice_id: '77' }, null],
  ])('recognizes %s', (_what, fields, ref) => {
    expect(sameSettlement(itemWith({}, [{ ...payment, ...fields }]), wanted)).toBe(ref);
  });

  it('prefers our own to a look-alike', () => {
    expect(sameSettlement(itemWith({}, [payment, { ...payment, id: '10', transaction_identifier: `tg:${MARKER}` }]), wanted)).toBe('10');
  });
});

describe('mayRegister', () => {
  it.each([
    ['a part', {}, {}, null],
    ['exactly what is open', {}, { amount: 100_000 }, null],
    ['a cent more', {}, { amount: 100_001 }, 'above-open'],
    ['nothing', {}, { amount: 0 }, 'not-positive'],
    ['a negative amount', {}, { amount: -1 }, 'not-positive'],
    ['on a paid invoice', { state: 'paid', total_unpaid: '0.0' }, {}, 'above-open'],
    [
      'on a credit invoice',
      { total_price_incl_tax: '-363.0', total_price_incl_tax_base: '-363.0', total_unpaid: '-363.0' },
      {},
      'credit-note',
    ],
    ['in another currency', {}, { currency: 'USD' }, 'other-currency'],
    [
      'on an invoice in foreign currency',
      { currency: 'USD', total_price_incl_tax_base: '1100.0' },
      { currency: 'USD' },
      'foreign-currency',
    ],
  ])('%s', (_what, fields, changes, code) => {
    const result = mayRegister(itemWith(fields), { ...wanted, ...changes });
    expect(result.ok ? null : result.error.code).toBe(code);
  });
});

describe('pausing', () => {
  const base = { marker: MARKER, on: plainDate('2026-09-30'), text: 'x' };
  const about = { item: 'sales_invoices:5' };
  const entries: [PushEntry, boolean | null][] = [
    [{ ...base, kind: 'note', about }, null],
    [{ ...base, kind: 'reminder-sent', about }, null],
    [{ ...base, kind: 'dispute', about }, true],
    [{ ...base, kind: 'promise', about }, true],
    [{ ...base, kind: 'handover', about }, true],
    [{ ...base, kind: 'handover-status', about }, null],
    [{ ...base, kind: 'hold', about, action: 'pause' }, true],
    [{ ...base, kind: 'hold', about, action: 'resume' }, false],
  ];

  it.each(entries)('%j asks for %p', (entry, pause) => {
    expect(wantedPause(entry)).toBe(pause);
  });

  it('waits for the due date of an invoice that is collected by a mandate, when it is only about reminders', () => {
    const [about, on] = [{ item: 'sales_invoices:1' }, plainDate('2026-11-17')];
    const hold = (sparesCollection: boolean, action: 'pause' | 'resume' = 'pause'): PushEntry => ({
      ...{ kind: 'hold', marker: MARKER, about, action, on, text: '', sparesCollection },
    });
    const due = (due_date: string, contact: object = { direct_debit: true }) => ({ due_date, contact });
    expect(waitsForCollection(hold(true), due('2026-11-18'))).toBe(true);
    expect(waitsForCollection(hold(true), due('2026-11-18', { sepa_active: true, direct_debit: false }))).toBe(true);
    expect(waitsForCollection(hold(true), due('2026-11-17'))).toBe(false);
    expect(waitsForCollection(hold(true), due('2026-11-18', { sepa_active: false, direct_debit: false }))).toBe(false);
    // A person who stops everything stops the collection too.
    expect(waitsForCollection(hold(false), due('2026-11-18'))).toBe(false);
    expect(waitsForCollection(hold(true, 'resume'), due('2026-11-18'))).toBe(false);
  });

  it('goes along with a thing to do for a person, when a note says so', () => {
    const note = (more: object): PushEntry => ({
      ...{ kind: 'note', marker: MARKER, about: { item: 'sales_invoices:1' }, on: plainDate('2026-11-17'), text: '' },
      ...more,
    });
    expect([isToDo(note({})), isToDo(note({ isToDo: true }))]).toEqual([false, true]);
  });

  it('is for invoices that are still reminded, also in states we do not know', () => {
    expect(['open', 'late', 'reminded', 'novel'].map((state) => canBePaused({ state }))).toEqual([true, true, true, true]);
    expect(['paid', 'uncollectible', 'draft'].map((state) => canBePaused({ state }))).toEqual([false, false, false]);
  });

  it('knows the refusals that mean it is so already', () => {
    expect(isAlreadySo('Moneybird answered 400: The sales_invoice is already paused')).toBe(true);
    expect(isAlreadySo("Moneybird answered 400: The sales_invoice isn't paused")).toBe(true);
    expect(isAlreadySo('Moneybird answered 404: record not found')).toBe(false);
  });
});

describe('a ref of an item', () => {
  it('names its collection, because both have ids of their own', () => {
    expect(parseItemRef('sales_invoices:5')).toEqual({ collection: 'sales_invoices', id: '5' });
    expect(parseItemRef('external_sales_invoices:497001240817632145')?.collection).toBe('external_sales_invoices');
  });

  it.each([['5'], ['sales_invoices:'], ['sales_invoices:5:6'], ['sales_invoices:../contacts'], ['contacts:5'], ['']])(
    'is not %j',
    (ref) => {
      expect(parseItemRef(ref)).toBeNull();
    },
  );
});
