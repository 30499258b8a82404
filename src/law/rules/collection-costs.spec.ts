import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LAW, lawWith } from '../../../test/law/law-fixture.js';
import { type Minor, formatAmount, parseAmount, sum } from '../../kernel/money.js';
import { plainDate } from '../../kernel/plain-date.js';
import { unwrap } from '../../kernel/result.js';
import { type CollectionCosts, type CostsQuestion, collectionCosts } from './collection-costs.js';
import type { Law } from './law.js';

const cents = (text: string): Minor => unwrap(parseAmount(text.replaceAll(',', '')));

function ask(question: Partial<CostsQuestion>, law: Law = LAW): CollectionCosts {
  const defaults = {
    regime: 'nl',
    capacity: 'consumer',
    principals: [],
    vatDeductible: true,
    on: plainDate('2026-11-21'),
    clause: null,
  } as const;
  return unwrap(collectionCosts(law, { ...defaults, ...question }));
}
const feeOver = (principals: readonly Minor[], question: Partial<CostsQuestion> = {}, law: Law = LAW): Minor =>
  ask({ ...question, principals }, law).fee;

const clause = { kind: 'statutory-maximum' } as const;

describe('the Dutch scale (collection-rules §1.5)', () => {
  it.each([
    ['0.01', '40.00', '48.40'],
    ['100.00', '40.00', '48.40'],
    ['266.66', '40.00', '48.40'],
    ['266.67', '40.00', '48.40'],
    ['266.70', '40.01', '48.41'],
    ['300.00', '45.00', '54.45'],
    ['1,000.00', '150.00', '181.50'],
    ['1,234.56', '185.18', '224.07'],
    ['2,499.99', '375.00', '453.75'],
    ['2,500.00', '375.00', '453.75'],
    ['2,500.10', '375.01', '453.76'],
    ['3,750.00', '500.00', '605.00'],
    ['5,000.00', '625.00', '756.25'],
    ['5,000.20', '625.01', '756.26'],
    ['7,500.00', '750.00', '907.50'],
    ['10,000.00', '875.00', '1058.75'],
    ['10,001.00', '875.01', '1058.76'],
    ['25,000.00', '1025.00', '1240.25'],
    ['200,000.00', '2775.00', '3357.75'],
    ['200,001.00', '2775.01', '3357.76'],
    ['500,000.00', '4275.00', '5172.75'],
    ['999,999.99', '6775.00', '8197.75'],
    ['1,000,000.00', '6775.00', '8197.75'],
    ['2,000,000.00', '6775.00', '8197.75'],
  ])('principal %s gives %s, with VAT %s', (principal, fee, withVat) => {
    expect(formatAmount(ask({ principals: [cents(principal)] }).total)).toBe(fee);
    const uplifted = ask({ principals: [cents(principal)], vatDeductible: false });
    expect(formatAmount(uplifted.fee)).toBe(fee);
    expect(formatAmount(uplifted.total)).toBe(withVat);
    expect(uplifted.vatUplift).toBe(uplifted.total - uplifted.fee);
  });

  it('charges nothing over nothing', () => {
    expect(ask({ principals: [0] })).toMatchObject({ fee: 0, total: 0, base: 0, scheme: 'none' });
    expect(ask({ principals: [100_00, -250_00] })).toMatchObject({ fee: 0, base: 0 });
    expect(ask({ principals: [] })).toMatchObject({ fee: 0, base: 0 });
  });

  it('adds the principals of one demand (§1.5: 120 + 80 + 150 gives 52.50, not three times 40)', () => {
    expect(ask({ principals: [120_00, 80_00, 150_00] })).toMatchObject({ base: 350_00, fee: 52_50, scheme: 'nl-scale' });
  });

  it('is reckoned again over what is left (§1.5: 800 announced 120; 300 paid inside the term leaves 75)', () => {
    expect(feeOver([800_00])).toBe(120_00);
    expect(feeOver([500_00])).toBe(75_00);
  });

  it('is reckoned again over a capitalised principal (§1.5: 5,602.05 gives 655.10)', () => {
    expect(feeOver([5_602_05])).toBe(655_10);
  });

  it('lets a credit note lower the base', () => {
    expect(ask({ principals: [1_000_00, -400_00] })).toMatchObject({ base: 600_00, fee: 90_00 });
  });

  it('says why, with the article', () => {
    expect(ask({ principals: [100_00] }).because.join()).toContain('art. 6:96(5) BW');
    expect(ask({ principals: [100_00], capacity: 'unknown' }).because.join()).toContain('treated as a consumer');
  });

  it('has no scale before 1 July 2012', () => {
    const before = {
      regime: 'nl',
      capacity: 'consumer',
      principals: [1],
      vatDeductible: true,
      on: plainDate('2012-06-30'),
      clause: null,
    } as const;
    expect(collectionCosts(LAW, before)).toMatchObject({ ok: false, error: { code: 'no-table' } });
  });

  it('refuses principals that leave the range of amounts together', () => {
    const huge = Number.MAX_SAFE_INTEGER;
    const question = {
      regime: 'nl',
      capacity: 'consumer',
      principals: [huge, 1],
      vatDeductible: true,
      on: plainDate('2026-01-01'),
      clause: null,
    } as const;
    expect(collectionCosts(LAW, question)).toMatchObject({ ok: false, error: { code: 'amount-too-large' } });
  });

  it('caps costs with VAT at the maximum only by setting (§1.4)', () => {
    const over = { principals: [2_000_000_00], vatDeductible: false };
    expect(ask(over).total).toBe(8_197_75);
    expect(ask(over, lawWith({ nlMaximumIncludesVat: true }))).toMatchObject({ fee: 6_775_00, vatUplift: 0, total: 6_775_00 });
    // 700,000 gives 2775 + 2500 = 5275, with 21 % 6382.75: still below the maximum.
    expect(ask({ ...over, principals: [700_000_00] }, lawWith({ nlMaximumIncludesVat: true })).total).toBe(6_382_75);
  });
});

describe('the Dutch scale, for any principal', () => {
  const principal = fc.integer({ min: 1, max: 3_000_000_00 });

  it('never falls when the principal rises', () => {
    fc.assert(fc.property(principal, principal, (a, b) => feeOver([Math.min(a, b)]) <= feeOver([Math.max(a, b)])));
  });

  it('stays between minimum and maximum', () => {
    fc.assert(
      fc.property(principal, (p) => {
        const fee = feeOver([p]);
        return fee >= 40_00 && fee <= 6_775_00;
      }),
    );
  });

  // Rounding once on the total may give up to half a cent per claim more than rounding each: the law adds the principals first.
  it('costs for one demand no more than a demand for each, but for the rounding', () => {
    fc.assert(
      fc.property(fc.array(principal, { minLength: 1, maxLength: 8 }), (principals) => {
        const each = sum(principals.map((p) => feeOver([p])));
        return feeOver(principals) <= each + Math.ceil(principals.length / 2);
      }),
    );
  });
});

describe('between businesses (§1.8, §4.2, §5)', () => {
  it('asks at least € 40', () => {
    expect(feeOver([1_00], { capacity: 'business' })).toBe(40_00);
    expect(feeOver([2_400_00], { capacity: 'sole-trader' })).toBe(360_00);
  });

  it('counts the fixed sum per invoice only by setting', () => {
    const three = { capacity: 'business', principals: [10_00, 10_00, 10_00] } as const;
    expect(ask(three).fee).toBe(40_00);
    expect(ask(three, lawWith({ b2bFixedSumPer: 'invoice' })).fee).toBe(120_00);
    expect(ask({ ...three, capacity: 'consumer' }, lawWith({ b2bFixedSumPer: 'invoice' })).fee).toBe(40_00);
  });

  it('lets an agreed tariff replace the scale, not the floor', () => {
    const tariff = { kind: 'tariff', basisPoints: 1500, minimum: 25_00, maximum: null } as const;
    expect(ask({ capacity: 'business', clause: tariff, principals: [10_000_00] })).toMatchObject({ fee: 1_500_00, scheme: 'nl-agreed' });
    expect(ask({ capacity: 'business', clause: tariff, principals: [100_00] }).fee).toBe(40_00);
    expect(ask({ capacity: 'consumer', clause: tariff, principals: [10_000_00] })).toMatchObject({ fee: 875_00, scheme: 'nl-scale' });
  });

  it('is € 40 in Belgium, or the agreed compensation when that is more', () => {
    const business = { regime: 'be', capacity: 'business', principals: [1_000_00] } as const;
    expect(ask(business)).toMatchObject({ fee: 40_00, vatUplift: 0, scheme: 'be-business' });
    const tenPercent = { kind: 'tariff', basisPoints: 1000, minimum: 0, maximum: null } as const;
    expect(ask({ ...business, clause: tenPercent }).fee).toBe(100_00);
    expect(ask({ ...business, principals: [100_00], clause: tenPercent }).fee).toBe(40_00);
  });

  it('is € 40 elsewhere, and nothing against a consumer', () => {
    expect(ask({ regime: 'eu', capacity: 'public-body', principals: [5_000_00] })).toMatchObject({ fee: 40_00, scheme: 'eu-fixed-sum' });
    expect(ask({ regime: 'eu', capacity: 'consumer', principals: [5_000_00], clause })).toMatchObject({ fee: 0, scheme: 'none' });
  });
});

describe('Belgian consumers (§4.1)', () => {
  const be = { regime: 'be', capacity: 'consumer', clause } as const;

  it.each([
    ['50.00', '20.00'],
    ['150.00', '20.00'],
    ['150.01', '30.00'],
    ['150.10', '30.01'],
    ['300.00', '45.00'],
    ['500.00', '65.00'],
    ['500.01', '65.00'],
    ['500.20', '65.01'],
    ['750.00', '77.50'],
    ['1,000.00', '90.00'],
    ['5,000.00', '290.00'],
    ['39,200.00', '2000.00'],
    ['39,200.01', '2000.00'],
    ['1,000,000.00', '2000.00'],
  ])('balance %s gives at most %s', (balance, cap) => {
    expect(formatAmount(ask({ ...be, principals: [cents(balance)] }).total)).toBe(cap);
  });

  it('owe nothing without a clause, and nothing by a clause above the caps', () => {
    expect(ask({ ...be, clause: null, principals: [300_00] })).toMatchObject({ fee: 0, scheme: 'none' });
    const fixed = (minimum: Minor) => ({ kind: 'tariff', basisPoints: 0, minimum, maximum: null }) as const;
    expect(feeOver([300_00], { ...be, clause: fixed(45_00) })).toBe(45_00);
    expect(feeOver([300_00], { ...be, clause: fixed(45_01) })).toBe(0);
  });

  it('never pay VAT on it', () => {
    expect(ask({ ...be, principals: [300_00], vatDeductible: false }).vatUplift).toBe(0);
  });

  // Two debts of 150: 20 each when asked apart; the cap over 300 would be 45.
  it('pay for one demand over several debts no more than for each', () => {
    expect(feeOver([150_00, 150_00], be)).toBe(40_00);
    const principals = fc.array(fc.integer({ min: 1, max: 60_000_00 }), { minLength: 1, maxLength: 6 });
    fc.assert(fc.property(principals, (all) => feeOver(all, be) <= sum(all.map((one) => feeOver([one], be)))));
  });

  it('are protected by Book XIX from September 2023 only', () => {
    const before = { ...be, principals: [1], vatDeductible: true, on: plainDate('2023-08-31') } as const;
    expect(collectionCosts(LAW, before)).toMatchObject({ ok: false, error: { code: 'no-table' } });
  });
});
