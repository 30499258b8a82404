import { describe, expect, it } from '@jest/globals';
import { contradicts, signFrom, signLike, signOfMost, witnessAmong } from './sign.js';

const ENTRY = 'b2c20000-0000-4000-8000-000000000201';
const term = (AmountDC: number, TransactionType = 20, more: object = {}) => ({
  AmountDC,
  TransactionType,
  TransactionEntryID: ENTRY,
  ...more,
});

describe('the sign of an endpoint', () => {
  it('is found by the sales entry behind a term', () => {
    // The sample of the sheet (§7.4 and §7.5): the term is -710.00, the entry +1210.00.
    expect(signFrom([term(-710)], ENTRY, 1210)).toEqual({ ok: true, value: -1 });
    expect(signFrom([term(710)], ENTRY, 1210)).toEqual({ ok: true, value: 1 });
    // An invoice of a negative amount.
    expect(signFrom([term(710)], ENTRY, -710)).toEqual({ ok: true, value: -1 });
  });

  it('is not guessed from terms that contradict each other', () => {
    expect(signFrom([term(-710), term(500)], ENTRY, 1210)).toMatchObject({ ok: false, error: { code: 'signs-unclear' } });
    expect(signFrom([term(0)], ENTRY, 1210).ok).toBe(false);
  });

  it('is asked of an invoice, not of a credit note, a receipt or a reversal', () => {
    const others = [term(95.5, 40), term(121, 21), term(500, 20, { TransactionIsReversal: true }), term(0)];
    expect(witnessAmong(others)).toBeNull();
    expect(witnessAmong([...others, term(-710)])).toBe(ENTRY);
  });

  it('is told by a term that is known from another endpoint, when its amount is still the same', () => {
    expect(signLike({ record: term(-710), sign: -1 }, term(-710))).toBe(-1);
    expect(signLike({ record: term(-710), sign: -1 }, term(710))).toBe(1);
    expect(signLike({ record: term(-710), sign: -1 }, term(500))).toBeNull();
    expect(signLike({ record: term(0), sign: -1 }, term(0))).toBeNull();
  });

  it('is that of most invoices where no entry can be looked at', () => {
    expect(signOfMost([term(-1), term(-2), term(3)])).toBe(-1);
    expect(signOfMost([term(1), term(2), term(-5, 21)])).toBe(1);
    expect(signOfMost([term(1), term(-1)])).toBeNull();
    expect(signOfMost([term(95.5, 40)])).toBeNull();
  });

  it('is contradicted by an endpoint that turned round, and not by one odd invoice', () => {
    expect(contradicts([term(710), term(500), term(-1)], -1)).toBe(true);
    expect(contradicts([term(710), term(-500), term(-1)], -1)).toBe(false);
    expect(contradicts([term(710)], -1)).toBe(false);
    expect(contradicts([term(12, 21), term(13, 21)], -1)).toBe(false);
    expect(contradicts([term(-12, 21), term(-13, 21)], -1)).toBe(true);
  });
});
