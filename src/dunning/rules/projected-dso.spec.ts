import { describe, expect, it } from '@jest/globals';
import { book, contact, invoice, payment } from '../../../test/dunning/support/books.js';
import { plainDate } from '../../kernel/plain-date.js';
import { projectedDso } from './projected-dso.js';

const day = plainDate;
/** November, 30 days; 600.00 sold in it, 400.00 before. B was paid on the 24th, four days after its first contact. */
const given = book({
  asOf: day('2026-11-30'),
  invoices: [
    invoice({ id: 'a', issueDate: day('2026-11-02'), amount: 600_00, open: 600_00 }),
    invoice({ id: 'b', issueDate: day('2026-10-02'), amount: 400_00, open: 0 }),
  ],
  payments: [payment({ id: 'p', date: day('2026-11-24'), amount: 400_00, invoiceId: 'b' })],
  contacts: [contact({ id: 'c', step: 'first', sentOn: day('2026-11-20'), invoiceIds: ['b'] })],
});
const simulated = (sentOn: string) => [contact({ id: 's', step: 'first', sentOn: day(sentOn), invoiceIds: ['b'] })];
const dso = (contacts: ReturnType<typeof simulated>) => projectedDso(given, contacts, day('2026-11-01'), day('2026-11-30'));

describe('projected DSO', () => {
  it('is receivables over sales of the period times its days', () => {
    // 600 / 600 × 30
    expect(dso(simulated('2026-11-20'))).toEqual({ asPaid: 30, projected: 30 });
  });

  it('moves a payment with the contact it answered', () => {
    // Contact on the 28th, answered four days later, on 2 December: 1000 / 600 × 30
    expect(dso(simulated('2026-11-28'))).toEqual({ asPaid: 30, projected: 50 });
  });

  it('leaves a payment that answered nothing where it is', () => {
    expect(dso([]).projected).toBe(30);
    const late = { ...given, contacts: [contact({ id: 'c', step: 'first', sentOn: day('2026-11-09'), invoiceIds: ['b'] })] };
    expect(projectedDso(late, simulated('2026-11-28'), day('2026-11-01'), day('2026-11-30')).projected).toBe(30);
  });

  it('is not there without sales', () => {
    expect(projectedDso(given, [], day('2026-09-01'), day('2026-09-30'))).toEqual({ asPaid: null, projected: null });
  });

  it('counts payments that are still to come by their day', () => {
    // Seen on 20 November: B is open, and on the 30th it is paid.
    const before = { ...given, asOf: day('2026-11-20'), invoices: given.invoices.map((one) => ({ ...one, open: one.amount })) };
    expect(projectedDso(before, [], day('2026-11-01'), day('2026-11-30')).asPaid).toBe(30);
  });
});
