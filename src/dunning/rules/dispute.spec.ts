import { describe, expect, it } from '@jest/globals';
import { invoice } from '../../../test/dunning/support/books.js';
import { plainDate } from '../../kernel/plain-date.js';
import { disputeState, disputedPart, wasDelayOnly } from './dispute.js';

const on = plainDate('2026-11-20');
const disputed = (amount: number | null, resolved: string | null = null, since = '2026-11-10', settlesAt?: number) =>
  invoice({
    id: 'a',
    amount: 500_00,
    open: 300_00,
    dispute: {
      ...{ code: 'PRICE', since: plainDate(since), amount, resolved: resolved === null ? null : plainDate(resolved) },
      ...(settlesAt !== undefined && { settlesAt }),
    },
  });

describe('a dispute', () => {
  it.each([
    ['no amount', disputed(null), 'whole', 300_00],
    ['a part', disputed(120_00), 'part', 120_00],
    ['as much as is open', disputed(300_00), 'whole', 300_00],
    ['more than is open', disputed(450_00), 'whole', 300_00],
    ['nothing, which is no part', disputed(0), 'whole', 300_00],
    ['a negative part', disputed(-5_00), 'whole', 300_00],
    ['settled today', disputed(null, '2026-11-20'), 'settled', 0],
    ['credited, and the credit is not in the books', disputed(null, '2026-11-16', '2026-11-10', 0), 'whole', 300_00],
    ['credited for a part, and not in the books', disputed(120_00, '2026-11-16', '2026-11-10', 180_00), 'part', 120_00],
    ['credited, and so much was credited', disputed(120_00, '2026-11-16', '2026-11-10', 300_00), 'settled', 0],
    ['settled tomorrow', disputed(null, '2026-11-21'), 'whole', 300_00],
    ['dated after today, and there', disputed(null, null, '2026-12-01'), 'whole', 300_00],
    ['none', invoice({ id: 'a', open: 300_00 }), 'none', 0],
  ] as const)('%s', (_, item, state, part) => {
    expect(disputeState(item, on)).toBe(state);
    expect(disputedPart(item, on)).toBe(part);
  });

  it('may be about the invoice not being there rather than about owing it', () => {
    const code = (given: string) => invoice({ id: 'a', dispute: { code: given, since: on, amount: null, resolved: on } });
    expect(wasDelayOnly(code('INVOICE_NOT_RECEIVED'))).toBe(true);
    expect(wasDelayOnly(code('WRONG_ADDRESSEE'))).toBe(true);
    expect(wasDelayOnly(code('PRICE'))).toBe(false);
    expect(wasDelayOnly(invoice({ id: 'a' }))).toBe(false);
  });
});
