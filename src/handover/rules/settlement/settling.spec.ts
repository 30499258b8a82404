import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sum } from '../../../kernel/money.js';
import { plainDate } from '../../../kernel/plain-date.js';
import { bookingProposal } from './booking-proposal.js';
import type { SettlementLine } from './check-settlement.js';
import { type BankCredit, findCredit } from './remittance.js';
import { checkCommission } from './tariff.js';

const line = (given: Partial<SettlementLine> = {}): SettlementLine => ({
  lineNo: 1,
  invoice: 'F-1',
  receivedOn: plainDate('2026-12-03'),
  gross: 100_00,
  principal: 80_00,
  interest: 5_00,
  costs: 15_00,
  courtCosts: 0,
  commission: 10_00,
  vatOnCommission: 2_10,
  net: 87_90,
  ownInterestFrom: null,
  ...given,
});

describe('a booking proposal', () => {
  it('comes to nothing, or there is none', () => {
    expect(bookingProposal([line()], 87_90)?.map(({ account, amount }) => [account, amount])).toEqual([
      ['bank', 87_90],
      ['commission', 10_00],
      ['vat-on-commission', 2_10],
      ['receivable', -80_00],
      ['interest-income', -5_00],
      ['recovered-costs', -15_00],
    ]);
    expect(bookingProposal([line()], 87_91)).toBeNull();
    const amount = fc.integer({ min: -500_00, max: 500_00 });
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, amount, amount, amount), { minLength: 1, maxLength: 5 }), (parts) => {
        const lines = parts.map(([principal, interest, costs, commission], at) => {
          const gross = principal + interest + costs;
          return line({ lineNo: at, principal, interest, costs, commission, vatOnCommission: 0, gross, net: gross - commission });
        });
        const entries = bookingProposal(lines, sum(lines.map(({ net }) => net)));
        expect(sum((entries ?? [{ amount: 1 }]).map((entry) => entry.amount))).toBe(0);
      }),
    );
  });
});

describe('commission', () => {
  it('is of what was received or of the principal, rounded half up, to the cent', () => {
    const gross = { of: 'GROSS', commission: 1_000, vat: 2_100 } as const;
    expect(checkCommission(gross, [line()])).toEqual([]);
    expect(checkCommission({ ...gross, of: 'PRINCIPAL' }, [line()])).toEqual([
      { code: 'tariff-differs', path: '/lines/0/commission', message: 'commission: 10.00 is kept, 8.00 is agreed' },
    ]);
    // 10 % of 0.05 is half a cent.
    expect(checkCommission(gross, [line({ gross: 5, commission: 1, vatOnCommission: 0 })])).toEqual([]);
    expect(checkCommission(gross, [line({ vatOnCommission: 2_11 })]).map(({ path }) => path)).toEqual(['/lines/0/vatOnCommission']);
  });
});

describe('the credit of a settlement', () => {
  const awaited = {
    settlementId: '2026/48',
    remittanceReference: 'AFR-48',
    remitted: 87_90,
    currency: 'EUR',
    receivedOn: plainDate('2026-12-04'),
  };
  const credit = (id: string, given: Partial<BankCredit> = {}): BankCredit => ({
    id, bookedOn: plainDate('2026-12-05'), amount: 87_90, currency: 'EUR', text: '', ...given,
  }); // prettier-ignore

  it.each<[string, BankCredit[], object]>([
    ['the only one of its amount', [credit('a'), credit('b', { amount: 87_91 })], { kind: 'found', id: 'a' }],
    ['the one that names it', [credit('a'), credit('b', { text: 'afr 48' })], { kind: 'found', id: 'b' }],
    ['none of two', [credit('a'), credit('b')], { kind: 'none' }],
    ['none of dollars', [credit('a', { currency: 'USD' })], { kind: 'none' }],
    ['none of last spring', [credit('a', { bookedOn: plainDate('2026-04-05') })], { kind: 'none' }],
    ['another amount under its name', [credit('a', { text: 'x2026-48y', amount: 87_89 })], { kind: 'differs', id: 'a', amount: 87_89 }],
  ])('is %s', (_what, credits, expected) => {
    expect(findCredit(awaited, credits)).toEqual(expected);
  });

  it('is not named by a reference of a few letters', () => {
    const short = { ...awaited, settlementId: '48', remittanceReference: null };
    expect(findCredit(short, [credit('a', { text: 'order 48' }), credit('b')])).toEqual({ kind: 'none' });
  });
});
