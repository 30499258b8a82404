import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import { type ItemNow, changesOf, toldAtHandover } from './changes.js';

const now = (given: Partial<ItemNow> = {}): ItemNow => ({
  ...{ principal: 70_00, open: 100_00, credited: 0, banked: 0, remitted: 0, dispute: null },
  ...given,
});
const dispute = { code: 'PRICE', since: plainDate('2026-11-01'), amount: 30_00, resolved: null };
const begun = (given: Partial<ItemNow> = {}) => ({ ...toldAtHandover(now(given)), open: 70_00 });

describe('what an agency is told of an item', () => {
  it('tells each amount by where it came from, once', () => {
    const paid = now({ open: 30_00, credited: 10_00, banked: 40_00, remitted: 15_00 });
    const { changes, told } = changesOf({ ...begun(), open: 100_00 }, { ...paid, principal: 100_00 });
    expect(changes).toEqual([
      { event: 'collection.case.credit_note_issued', amount: 10_00 },
      { event: 'collection.case.direct_payment', amount: 40_00 },
      { event: 'collection.case.payment_received', amount: 5_00 },
    ]);
    expect(changesOf(told, { ...paid, principal: 100_00 }).changes).toEqual([]);
  });

  it('leaves the part that was disputed at the handover with the creditor, and raises the claim only for money that came back', () => {
    const known = begun({ dispute });
    const paid = changesOf(known, now({ dispute, open: 70_00, banked: 30_00 }));
    expect(paid.changes).toEqual([{ event: 'collection.case.direct_payment', amount: 30_00 }]);
    expect(paid.told.open).toBe(40_00);
    const resolved = { ...dispute, resolved: plainDate('2026-11-20') };
    const settled = changesOf(paid.told, now({ dispute: resolved, open: 70_00, banked: 30_00 }));
    expect(settled.changes).toEqual([{ event: 'collection.case.dispute_received', dispute: resolved }]);
    expect(settled.told.open).toBe(40_00);
    expect(changesOf(settled.told, now({ dispute: resolved, open: 100_00 })).changes).toEqual([
      { event: 'collection.case.direct_payment', amount: -30_00 },
    ]);
  });
});
