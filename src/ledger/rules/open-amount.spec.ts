import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { type BookedAllocation, type KnownSettlement, beyondItem, notYetInPackage, openAmount } from './open-amount.js';

const day = plainDate('2026-11-10');
const allocation = (id: string, amount: number, rest: Partial<BookedAllocation> = {}): BookedAllocation => ({
  id,
  invoiceId: 'i',
  amount,
  marker: `M${id}`,
  settlementId: null,
  bookedOn: day,
  ...rest,
});
const settlement = (id: string, amount: number, marker: string | null = null, settledOn = day): KnownSettlement => ({
  id,
  invoiceId: 'i',
  amount,
  marker,
  settledOn,
});
const pendingIds = (allocations: readonly BookedAllocation[], settlements: readonly KnownSettlement[]): string[] =>
  notYetInPackage(allocations, settlements).map(({ id }) => id);

describe('what the package does not know of yet', () => {
  it('is an allocation without a settlement of its marker or id', () => {
    expect(
      pendingIds(
        [allocation('1', 100), allocation('2', 100), allocation('3', 100, { settlementId: 's9' })],
        [settlement('s1', 100, 'M1'), settlement('s9', 100, 'other')],
      ),
    ).toEqual(['2']);
  });

  it('is not one that a bookkeeper booked by hand a few days beside; each settlement answers for one', () => {
    expect(pendingIds([allocation('1', 100), allocation('2', 100)], [settlement('s1', 100, null, plainDate('2026-11-15'))])).toEqual(['2']);
    expect(pendingIds([allocation('1', 100)], [settlement('s1', 100, null, plainDate('2026-11-16'))])).toEqual(['1']);
  });

  it('takes a return that the bookkeeper booked as a negative payment for that return', () => {
    expect(pendingIds([allocation('1', 100), allocation('2', -100)], [settlement('s1', 100, 'M1'), settlement('s2', -100)])).toEqual([]);
  });
});

describe('what is left of an item', () => {
  const invoice = { amount: 100, packageOpen: 100 };

  it('is what the package says, less what it does not know of', () => {
    expect(openAmount(invoice, [allocation('1', 60)])).toBe(40);
    expect(openAmount(invoice, [allocation('1', 60), allocation('2', 60)])).toBe(0);
  });

  it('is whole again after a return, whether or not the package knew the payment', () => {
    expect(openAmount(invoice, [allocation('1', 100), allocation('2', -100)])).toBe(100);
    expect(openAmount({ amount: 100, packageOpen: 0 }, [allocation('2', -100)])).toBe(100);
  });

  it('is whole again after an undo the package was not told of, and never more than the item', () => {
    expect(openAmount({ amount: 100, packageOpen: 0 }, [], 100)).toBe(100);
    expect(openAmount(invoice, [], 100)).toBe(100);
  });

  it('is given anew to the same payment without becoming open', () => {
    expect(openAmount({ amount: 100, packageOpen: 0 }, [allocation('3', 100)], 100)).toBe(0);
  });

  it('tells by how much an item is beyond its bounds', () => {
    expect(beyondItem(invoice, [allocation('1', 100)], 0)).toBe(0);
    expect(beyondItem(invoice, [allocation('1', 100), allocation('2', 1)], 0)).toBe(-1);
    expect(beyondItem(invoice, [allocation('1', -1)], 0)).toBe(1);
  });

  it('mirrors that for a credit note', () => {
    expect(openAmount({ amount: -30, packageOpen: -30 }, [allocation('1', -30)])).toBe(0);
    expect(openAmount({ amount: -30, packageOpen: 0 }, [allocation('1', 30)])).toBe(-30);
  });
});
