import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unwrap } from '../../../kernel/result.js';
import { type Document, documentIn, toItems, withTerms, withoutTerms } from './document.js';
import type { VendorRecord } from './record.js';
import { originOf, originRef, parseItemRef } from './refs.js';

const ACCOUNT = '3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d001';
const ENTRY = 'b2c20000-0000-4000-8000-000000000201';
const REF = `entry:${ENTRY}`;
const id = (nth: number): string => `a1d1f1c0-0000-4000-8000-${String(nth).padStart(12, '0')}`;
const day = (iso: string): string => `/Date(${Date.parse(`${iso}T00:00:00Z`)})/`;
const NONE: Document = new Map();

/** The partly paid invoice of the sheet (§7.4): 710.00 left of 1210.00. */
const term = (nth: number, AmountFC: number, more: VendorRecord = {}): VendorRecord => ({
  ID: id(nth),
  Account: ACCOUNT,
  AmountDC: AmountFC,
  AmountFC,
  Currency: 'EUR',
  Description: 'Levering september',
  DueDate: day('2026-10-01'),
  InvoiceDate: day('2026-09-01'),
  InvoiceNumber: 26700123,
  Status: 20,
  TransactionAmountFC: 1210,
  TransactionEntryID: ENTRY,
  TransactionType: 20,
  ...more,
});
const matched = (nth: number, AmountFC: number, on: string, more: VendorRecord = {}): VendorRecord =>
  term(nth, AmountFC, { Status: 50, IsFullyPaid: true, LastPaymentDate: day(on), ...more });

const itemsOf = (document: Document, wasKnown = false, ref = REF) => unwrap(toItems(ref, document, wasKnown, 'EUR'));
const stored = (document: Document): Document => {
  const [first] = itemsOf(document, true).items;
  return documentIn(JSON.parse(JSON.stringify(first?.raw))) ?? NONE;
};

describe('an invoice, made of its terms', () => {
  it('is the sample of the sheet', () => {
    const document = withTerms(NONE, [term(1, -710, { PaymentReference: '8000 0000 2670 0123', YourRef: 'PO-441' })], -1);
    const { items, outstanding } = itemsOf(document);
    expect(items).toMatchObject([
      {
        ref: REF,
        number: '26700123',
        debtorRef: ACCOUNT,
        kind: 'invoice',
        issueDate: '2026-09-01',
        dueDate: '2026-10-01',
        amount: 121_000,
        open: 71_000,
        currency: 'EUR',
        paymentReference: '8000000026700123',
        description: 'Levering september',
        collecting: false,
        settlements: [],
      },
    ]);
    expect(outstanding).toEqual({ all: 71_000, documents: 71_000, receivable: 71_000 });
  });

  it('carries what was matched, the oldest first', () => {
    const document = withTerms(NONE, [term(3, -710), matched(2, -300, '2026-10-20'), matched(1, -200, '2026-10-05')], -1);
    expect(itemsOf(document).items[0]).toMatchObject({
      amount: 121_000,
      open: 71_000,
      settlements: [
        { ref: id(1), date: '2026-10-05', amount: 20_000, kind: 'payment', marker: null },
        { ref: id(2), date: '2026-10-20', amount: 30_000 },
      ],
    });
  });

  it('is the same from an endpoint with the other sign', () => {
    const flipped = withTerms(NONE, [term(1, 710)], 1);
    expect(itemsOf(flipped).items[0]).toMatchObject({ amount: 121_000, open: 71_000 });
  });

  it('is paid when every term is matched', () => {
    const { items, outstanding } = itemsOf(withTerms(NONE, [matched(1, -1210, '2026-10-05')], -1));
    expect(items[0]).toMatchObject({ amount: 121_000, open: 0 });
    expect(outstanding.all).toBe(0);
  });

  it('is a credit note when it is negative', () => {
    const note = term(1, 121, { TransactionType: 21, TransactionAmountFC: -121 });
    expect(itemsOf(withTerms(NONE, [note], -1)).items[0]).toMatchObject({ kind: 'credit-note', amount: -12_100, open: -12_100 });
  });

  it('is in its own currency, and counted in that of the administration', () => {
    const dollars = term(1, -500, { Currency: 'USD', AmountDC: -460, TransactionAmountFC: 500 });
    const { items, outstanding } = itemsOf(withTerms(NONE, [dollars], -1));
    expect(items[0]).toMatchObject({ currency: 'USD', amount: 50_000, open: 50_000 });
    expect(outstanding.all).toBe(46_000);
  });

  it('keeps everything that came of it, for the next time', () => {
    const document = withTerms(NONE, [term(1, -710, { SomethingNew: 'x' }), matched(2, -500, '2026-10-05')], -1);
    expect(stored(document)).toEqual(document);
  });

  it('cannot be read when a term cannot, or when its terms are in two currencies', () => {
    expect(toItems(REF, withTerms(NONE, [term(1, -710, { AmountFC: 'x' })], -1), false, 'EUR')).toMatchObject({ ok: false });
    const both = withTerms(NONE, [term(1, -710), term(2, -5, { Currency: 'USD' })], -1);
    expect(toItems(REF, both, false, 'EUR')).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('more than one currency') },
    });
  });
});

describe('direct debit', () => {
  const collecting = (more: VendorRecord, before: Document = NONE): boolean =>
    itemsOf(withTerms(before, [term(1, -710, more)], -1)).items[0]?.collecting ?? false;

  it('is under way once it is selected, and before that when the method says so', () => {
    expect([collecting({ Status: 30 }), collecting({ Status: 40 }), collecting({ PaymentMethod: 'I' })]).toEqual([true, true, true]);
    expect([collecting({ PaymentMethod: 'B' }), collecting({ PaymentMethod: 'V' })]).toEqual([false, false]);
  });

  it('is over when it bounced, whether the record says so or forgot it', () => {
    expect(collecting({ PaymentMethod: 'I', EndToEndID: 'INC1-1' })).toBe(false);
    const sent = withTerms(NONE, [term(1, -710, { PaymentMethod: 'I', Status: 40 })], -1);
    expect(collecting({ PaymentMethod: 'I' }, stored(sent))).toBe(false);
  });
});

describe('instalments', () => {
  const first = term(1, -400, { DueDate: day('2026-10-01') });
  const second = term(2, -810, { DueDate: day('2026-11-01') });
  const both = withTerms(NONE, [second, first], -1);

  it('are items of their own, so that nothing is asked before it is due', () => {
    expect(itemsOf(both).items).toMatchObject([
      { ref: REF, dueDate: '2026-10-01', amount: 40_000, open: 40_000, number: '26700123' },
      { ref: `${REF}#2`, dueDate: '2026-11-01', amount: 81_000, open: 81_000, number: '26700123' },
    ]);
  });

  it('keep their refs when one is paid, and when a due date moves', () => {
    const later = withTerms(stored(both), [matched(1, -400, '2026-10-02', { DueDate: day('2026-10-01') })], -1);
    expect(itemsOf(later).items.map(({ ref, open }) => [ref, open])).toEqual([[REF, 0], [`${REF}#2`, 81_000]]); // prettier-ignore
    const moved = withTerms(stored(both), [term(1, -400, { DueDate: day('2026-12-31') })], -1);
    expect(itemsOf(moved).items.map(({ ref, dueDate }) => [ref, dueDate])).toEqual([[REF, '2026-12-31'], [`${REF}#2`, '2026-11-01']]); // prettier-ignore
  });

  it('are none when an invoice is paid in part and what is left gets another day in the same night, whichever row keeps its id', () => {
    const whole = stored(withTerms(NONE, [term(1, -1210)], -1));
    const rest = { DueDate: day('2026-12-31') };
    const newIsRest = withTerms(whole, [matched(1, -500, '2026-10-05'), term(2, -710, rest)], -1);
    const newIsPaid = withTerms(whole, [matched(2, -500, '2026-10-05'), term(1, -710, rest)], -1);
    for (const document of [newIsRest, newIsPaid]) {
      expect(itemsOf(document).items).toMatchObject([{ ref: REF, dueDate: '2026-12-31', amount: 121_000, open: 71_000 }]);
    }
  });

  it('leave a document that is still found when the first of them is deleted', () => {
    const left = withoutTerms(stored(both), [id(1)]);
    expect(itemsOf(left).items).toMatchObject([{ ref: REF, dueDate: '2026-11-01', open: 81_000 }]);
  });
});

describe('what is no invoice', () => {
  /** The receipt of the sheet (§7.4). */
  const receipt = (more: VendorRecord = {}): VendorRecord =>
    term(9, 95.5, {
      TransactionType: 40,
      InvoiceNumber: null,
      EntryNumber: 26200044,
      TransactionAmountFC: -95.5,
      TransactionID: id(77),
      ...more,
    });

  it('a receipt nobody allocated is a credit of the debtor', () => {
    const { items, outstanding } = itemsOf(withTerms(NONE, [receipt()], -1), false, `line:${id(77)}`);
    expect(items).toMatchObject([{ ref: `line:${id(77)}`, kind: 'credit-note', amount: -9_550, open: -9_550, number: '26200044' }]);
    expect(outstanding).toEqual({ all: -9_550, documents: 0, receivable: 0 });
  });

  it('a receipt that was allocated is nothing, unless it was seen open before', () => {
    const allocated = withTerms(NONE, [receipt({ Status: 50 })], -1);
    expect(itemsOf(allocated).items).toEqual([]);
    expect(itemsOf(allocated, true).items).toMatchObject([{ open: 0 }]);
  });

  it('what has no debtor is not counted, because the ledger does not keep it', () => {
    expect(itemsOf(withTerms(NONE, [receipt({ Account: null })], -1)).outstanding.all).toBe(0);
  });
});

describe('what a term is of', () => {
  it('is the entry of a sale, the line of anything else, and the term itself where neither is told', () => {
    const refOf = (record: VendorRecord): string | null => {
      const origin = originOf(record);
      return origin && originRef(origin);
    };
    expect(refOf(term(1, -1))).toBe(REF);
    // An opening balance has a hundred invoices in one entry.
    expect(refOf(term(1, -1, { TransactionType: 10, TransactionID: id(5) }))).toBe(`line:${id(5)}`);
    expect(refOf(term(1, -1, { TransactionType: 40 }))).toBe(`term:${id(1)}`);
    expect(refOf({})).toBeNull();
  });

  it('is read back from a ref, and from nothing else', () => {
    expect(parseItemRef(`${REF}#2`)).toEqual({ kind: 'entry', id: ENTRY, instalment: 2 });
    for (const ref of ['nothing', 'entry:x', `entry:${ENTRY}#0`, `entry:${ENTRY}/..`, `invoice:${ENTRY}`])
      expect(parseItemRef(ref)).toBeNull();
  });
});

it('the order of terms, of their fields and of the pages they come on changes nothing', () => {
  const records = [term(1, -210), term(2, -500), matched(3, -300, '2026-10-05'), matched(4, -200, '2026-10-09')];
  const expected = itemsOf(withTerms(NONE, records, -1));
  const shuffled = fc.shuffledSubarray(records, { minLength: records.length }).chain((some) => fc.tuple(fc.constant(some), fc.nat(4)));
  fc.assert(
    fc.property(shuffled, fc.boolean(), ([some, cut], reversed) => {
      const turned = some.map((record) => (reversed ? Object.fromEntries(Object.entries(record).reverse()) : record));
      const paged = withTerms(withTerms(NONE, turned.slice(0, cut), -1), turned.slice(cut), -1);
      expect(itemsOf(paged)).toEqual(expected);
    }),
  );
});
