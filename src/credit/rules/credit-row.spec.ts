import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { creditRow } from './credit-row.js';

const ON = plainDate('2026-11-20');
const until = (day: string, amount = 500_00) => ({ amount, from: null, until: plainDate(day) });
const none = { internal: null, temporary: null, insured: null, group: null };

describe('what a debtor’s credit comes to', () => {
  it('is the example of §7.1: 47,000 on a limit of 50,000', () => {
    expect(creditRow({ creditLimit: 50_000_00, blocked: false }, 47_000_00, ON)).toEqual({
      ...{ limit: { amount: 50_000_00, source: 'internal', expired: false }, until: null },
      ...{ exposure: 47_000_00, utilisation: 0.94, headroom: 3_000_00 },
    });
  });

  it('tells the last day of the limit that counts', () => {
    const row = (limits: object) => creditRow({ creditLimit: 100_00, limits: { ...none, ...limits }, blocked: false }, 50_00, ON);
    expect(row({}).until).toBeNull();
    expect(row({ temporary: until('2026-12-31') }).until).toBe('2026-12-31');
    expect(row({ internal: until('2026-11-01') })).toMatchObject({ limit: { amount: 0, expired: true }, until: '2026-11-01' });
    expect(row({ insured: { ...until('2027-01-01', 10_00), only: true } })).toMatchObject({ until: '2027-01-01', headroom: -40_00 });
    expect(row({ group: { ...until('2027-02-01', 90_00), usedByOthers: 30_00 } })).toMatchObject({ until: '2027-02-01', headroom: 10_00 });
    // One that gives way to another says nothing.
    expect(row({ temporary: until('2026-11-01') }).until).toBeNull();
  });

  it('without a limit there is nothing to use, and of a limit of zero no part', () => {
    expect(creditRow({ creditLimit: null, blocked: false }, 50_00, ON)).toMatchObject({ until: null, utilisation: null, headroom: null });
    expect(creditRow({ creditLimit: 0, blocked: false }, 50_00, ON)).toMatchObject({ utilisation: null, headroom: -50_00 });
  });
});
