import { describe, expect, it } from '@jest/globals';
import { invoice } from '../../../test/dunning/support/books.js';
import { plainDate } from '../../kernel/plain-date.js';
import type { Dispute } from '../../ledger/rules/book.js';
import { DisputeRecord, disputeOn } from './dispute-record.js';
import { periodEnding } from './period.js';

const day = plainDate;
/** November 2026. */
const november = periodEnding(day('2026-11-30'), 30);
const dispute = (given: Partial<Dispute> = {}): Dispute => ({
  code: 'PRICE',
  since: day('2026-11-10'),
  amount: null,
  resolved: null,
  ...given,
});

function rows(...disputed: [Dispute, number][]) {
  const record = new DisputeRecord(november);
  for (const [at, [one, open]] of disputed.entries()) record.add(invoice({ id: String(at), amount: 100_00, open, dispute: one }), one);
  return record.rows();
}

describe('dispute reasons', () => {
  it('adds up amounts and days lost by reason, largest first', () => {
    expect(
      rows(
        [dispute(), 80_00], // 10th to 30th: 20 days; the open 80
        [dispute({ amount: 30_00, since: day('2026-10-01'), resolved: day('2026-11-05') }), 0], // 35 days
        [dispute({ code: 'QUANTITY', resolved: day('2026-11-20') }), 100_00], // settled, 10 days; the whole invoice of 100
        [dispute({ code: 'QUANTITY', amount: 25_00 }), 100_00], // part of it, 20 days
      ),
    ).toEqual([
      { code: 'QUANTITY', invoices: 2, amount: 125_00, open: 25_00, daysLost: 30 },
      { code: 'PRICE', invoices: 2, amount: 110_00, open: 80_00, daysLost: 55 },
    ]);
  });

  it('leaves out what was settled before the period, and what nobody knows the end of', () => {
    expect(rows([dispute({ since: day('2026-10-01'), resolved: day('2026-10-31') }), 100_00], [dispute(), 0])).toEqual([]);
    expect(rows([dispute({ since: day('2026-10-01'), resolved: day('2026-11-01') }), 100_00])).toHaveLength(1);
  });

  it('knows a dispute only from its day, and its end only from then', () => {
    const raised = invoice({ id: 'i', dispute: dispute({ resolved: day('2026-11-20') }) });
    expect(disputeOn(raised, day('2026-11-09'))).toBeNull();
    expect(disputeOn(raised, day('2026-11-10'))).not.toBeNull();
    expect(disputeOn(raised, day('2026-11-19'))).toMatchObject({ resolved: null });
    expect(disputeOn(raised, day('2026-11-20'))).toMatchObject({ resolved: '2026-11-20' });
    expect(disputeOn(invoice({ id: 'i' }), day('2026-11-20'))).toBeNull();
  });
});
