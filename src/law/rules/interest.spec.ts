import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LAW } from '../../../test/law/law-fixture.js';
import { formatAmount, parseAmount } from '../../kernel/money.js';
import { addDays, addYears, plainDate } from '../../kernel/plain-date.js';
import { unwrap } from '../../kernel/result.js';
import { type Interest, type InterestQuestion, interest } from './interest.js';

function ask(question: Partial<InterestQuestion> & Pick<InterestQuestion, 'principal' | 'due' | 'until'>): Interest {
  return unwrap(interest(LAW, { regime: 'nl', capacity: 'business', payments: [], dayCount: 'act/365', ...question }));
}
const cents = (text: string): number => unwrap(parseAmount(text));
const shortly = ({ segments }: Interest): string[] =>
  segments.map(
    ({ days, basisPoints, amountTenThousandths }) => `${days} d ${formatAmount(basisPoints)} % ${Number(amountTenThousandths) / 10_000}`,
  );

/** §2.5. `due` is the last day before the first interest day of the table. */
const EXAMPLES = [
  { name: 'E1', capacity: 'business', principal: '1000.00', due: '2025-03-15', until: '2025-06-10', act365: '26.58', actAct: '26.58', segments: ['87 d 11.15 % 26.5767'] },
  { name: 'E2', capacity: 'business', principal: '4250.00', due: '2025-05-31', until: '2025-09-30', act365: '147.68', actAct: '147.68', segments: ['30 d 11.15 % 38.9486', '92 d 10.15 % 108.7301'] },
  { name: 'E3', capacity: 'business', principal: '10000.00', due: '2023-12-31', until: '2024-12-31', act365: '1240.82', actAct: '1237.43', segments: ['182 d 12.50 % 623.2877', '184 d 12.25 % 617.5342'] },
  { name: 'E4', capacity: 'business', principal: '5000.00', due: '2024-03-31', until: '2025-10-31', act365: '949.39', actAct: '948.05', segments: ['91 d 12.50 % 155.8219', '184 d 12.25 % 308.7671', '90 d 11.15 % 137.4658', '91 d 11.15 % 155.7293', '123 d 10.15 % 191.6131'] },
  { name: 'E5', capacity: 'consumer', principal: '850.00', due: '2025-11-19', until: '2026-02-15', act365: '10.15', actAct: '10.15', segments: ['42 d 6.00 % 5.8685', '46 d 4.00 % 4.2849'] },
  { name: 'E7', capacity: 'consumer', principal: '1200.00', due: '2022-11-30', until: '2025-06-30', act365: '191.07', actAct: '190.82', segments: null },
  { name: 'E8', capacity: 'business', principal: '7500.00', due: '2026-04-09', until: '2026-05-11', act365: '66.74', actAct: '66.74', segments: ['32 d 10.15 % 66.7397'] },
  { name: 'E9', capacity: 'business', principal: '1500.00', due: '2026-06-15', until: '2026-09-30', act365: '45.58', actAct: '45.58', segments: ['15 d 10.15 % 6.2568', '92 d 10.40 % 39.3205'] },
] as const; // prettier-ignore

describe('the worked examples (collection-rules §2.5)', () => {
  it.each(EXAMPLES)('$name', ({ capacity, principal, due, until, act365, actAct, segments }) => {
    const question = { capacity, principal: cents(principal), due: plainDate(due), until: plainDate(until) };
    const found = ask(question);
    expect(formatAmount(found.interest)).toBe(act365);
    expect(found.balance).toBe(question.principal + found.interest);
    expect(found.provisional).toBe(false);
    if (segments) expect(shortly(found)).toEqual(segments);
    expect(formatAmount(ask({ ...question, dayCount: 'act/act' }).interest)).toBe(actAct);
  });

  it('E4 compounds on 1 April 2025 and is not the simple 912.07', () => {
    const found = ask({ principal: 5_000_00, due: plainDate('2024-03-31'), until: plainDate('2025-10-31') });
    expect(found.segments[3]).toMatchObject({ from: '2025-04-01', base: 5_602_05 });
    expect(found.interest).not.toBe(912_07);
  });

  it('E7 adds 56.02 and 87.10 to the principal', () => {
    const found = ask({ capacity: 'consumer', principal: 1_200_00, due: plainDate('2022-11-30'), until: plainDate('2025-06-30') });
    expect(shortly(found).map((segment) => segment.split(' % ')[0])).toEqual([
      '31 d 2.00',
      '181 d 4.00',
      '153 d 6.00',
      '31 d 6.00',
      '335 d 7.00',
      '31 d 7.00',
      '181 d 6.00',
    ]);
    expect([...new Set(found.segments.map(({ base }) => base))]).toEqual([1_200_00, 1_256_02, 1_343_12]);
  });

  it('E6 and §1.8: a payment goes to costs, interest, principal', () => {
    const found = ask({
      principal: 2_400_00,
      due: plainDate('2025-12-31'),
      until: plainDate('2026-07-31'),
      costs: 360_00,
      payments: [{ on: plainDate('2026-02-28'), amount: 1_000_00 }],
    });
    expect(found.paid).toEqual({ costs: 360_00, interest: 39_38, principal: 600_62 });
    expect(found.left).toEqual({ costs: 0, interest: 76_94, principal: 1_799_38 });
    expect(found.balance).toBe(1_876_32);
    expect(found.segments.map(({ days, base }) => [days, base])).toEqual([
      [59, 2_400_00],
      [122, 1_799_38],
      [31, 1_799_38],
    ]);
  });

  it('§1.8, the consumer: 800.00, costs 120.00, 300.00 on 2026-12-20 leaves 625.79', () => {
    const on = plainDate('2026-12-20');
    const payments = [{ on, amount: 300_00 }];
    const found = ask({ capacity: 'consumer', principal: 800_00, due: plainDate('2026-10-15'), until: on, costs: 120_00, payments });
    expect(found.paid).toEqual({ costs: 120_00, interest: 5_79, principal: 174_21 });
    expect(found.balance).toBe(625_79);
    expect(shortly(found)).toEqual(['66 d 4.00 % 5.7863']);
  });

  it('§4.1 and §4.3, Belgium', () => {
    const consumer = { regime: 'be', capacity: 'consumer', principal: 300_00, due: plainDate('2026-12-09') } as const;
    expect(ask({ ...consumer, until: plainDate('2027-01-08') })).toMatchObject({ interest: 2_59, provisional: true });
    const business = { regime: 'be', principal: 1_000_00, due: plainDate('2026-05-31'), until: plainDate('2026-08-31') } as const;
    expect(ask(business)).toMatchObject({ interest: 26_47, provisional: false });
  });
});

describe('the edges (§2.5)', () => {
  const due = plainDate('2026-03-31');

  it('is nothing up to and including the due date, and exactly one day the day after', () => {
    expect(ask({ principal: 1_000_00, due, until: due })).toMatchObject({ interest: 0, balance: 1_000_00, segments: [] });
    expect(ask({ principal: 1_000_00, due, until: plainDate('2026-01-01') })).toMatchObject({ interest: 0, segments: [] });
    // 1,000.00 × 10.15 % / 365 = 0.2781
    expect(ask({ principal: 1_000_00, due, until: addDays(due, 1) })).toMatchObject({ interest: 28, segments: [{ days: 1 }] });
  });

  it('is nothing when paid on the due date', () => {
    const found = ask({ principal: 1_000_00, due, until: plainDate('2026-12-31'), payments: [{ on: due, amount: 1_000_00 }] });
    expect(found).toMatchObject({ interest: 0, balance: 0, paid: { principal: 1_000_00 } });
  });

  // First interest day 15 January 2024, so the first full year ends on 14 January 2025.
  it('capitalises before a payment on the anniversary is allocated', () => {
    const anniversary = plainDate('2025-01-15');
    const question = { principal: 1_000_00, due: plainDate('2024-01-14'), until: anniversary };
    const year = ask({ ...question, until: addDays(anniversary, -1) }).interest;
    const found = ask({ ...question, payments: [{ on: anniversary, amount: 100_00 }] });
    const [last] = found.segments.slice(-1);
    expect(last).toMatchObject({ from: anniversary, days: 1, base: 1_000_00 + year });
    // One day over about 1,123: 0.34, paid before the principal.
    expect(found.paid).toEqual({ costs: 0, interest: 34, principal: 99_66 });
    expect(found.left.principal).toBe(1_000_00 + year - 99_66);
  });

  it('adds to the principal only what the year left unpaid', () => {
    const question = { principal: 1_000_00, due: plainDate('2024-12-31'), until: plainDate('2026-01-01') };
    const unpaid = ask({ ...question, payments: [{ on: plainDate('2025-12-31'), amount: 10_00 }] });
    const year = ask({ ...question, until: plainDate('2025-12-31') }).interest;
    expect(unpaid.segments.at(-1)).toMatchObject({ from: '2026-01-01', base: 1_000_00 + year - 10_00 });
  });

  it('has the anniversary of 29 February on 1 March', () => {
    const found = ask({ principal: 1_000_00, due: plainDate('2024-02-28'), until: plainDate('2025-03-01') });
    expect(found.segments.filter(({ base }) => base > 1_000_00)).toMatchObject([{ from: '2025-03-01', days: 1 }]);
  });

  it('does not split where the rate did not change', () => {
    expect(ask({ principal: 1_000_00, due: plainDate('2025-10-31'), until: plainDate('2026-02-28') }).segments).toHaveLength(1);
  });

  it('never guesses a rate: beyond the last one it goes on with that and says so', () => {
    const found = ask({ principal: 1_000_00, due: plainDate('2026-11-30'), until: plainDate('2027-01-31') });
    expect(found.provisional).toBe(true);
    expect(found.segments).toMatchObject([
      { to: '2026-12-31', provisional: false, basisPoints: 1040 },
      { from: '2027-01-01', provisional: true, basisPoints: 1040 },
    ]);
    expect(found.because.join()).toContain('Provisional');
  });

  it('is provisional on an assumed rate', () => {
    const rows = LAW.nl.commercialRates.rows.map((row) => ({ ...row, status: 'assumed' as const }));
    const law = { ...LAW, nl: { ...LAW.nl, commercialRates: { ...LAW.nl.commercialRates, rows } } };
    const question = {
      regime: 'nl',
      capacity: 'business',
      principal: 1_00,
      due,
      until: addDays(due, 9),
      payments: [],
      dayCount: 'act/365',
    } as const;
    expect(interest(law, question)).toMatchObject({ ok: true, value: { provisional: true } });
  });

  it('takes the older rates for a contract of before 16 March 2013', () => {
    const question = { principal: 1_000_00, due: plainDate('2013-06-30'), until: plainDate('2013-12-31') };
    expect(ask(question).segments[0]?.basisPoints).toBe(850);
    expect(ask({ ...question, contractedOn: plainDate('2013-03-15') }).segments[0]?.basisPoints).toBe(750);
    expect(ask({ ...question, contractedOn: plainDate('2013-03-16') }).segments[0]?.basisPoints).toBe(850);
    // What was due before the split was agreed before it.
    expect(ask({ ...question, due: plainDate('2013-03-10') }).segments.map(({ basisPoints }) => basisPoints)).toEqual([775, 750]);
  });

  it('counts payments of one day once each, in any order, and shows what is too much', () => {
    const payments = [
      { on: plainDate('2026-06-30'), amount: 900_00 },
      { on: plainDate('2026-04-30'), amount: 200_00 },
      { on: plainDate('2026-04-30'), amount: 200_00 },
      { on: plainDate('2027-06-30'), amount: 1_00 },
    ];
    const found = ask({ principal: 1_000_00, due, until: plainDate('2026-12-31'), payments });
    expect(found.balance).toBe(0);
    // 30 d on 1,000.00 = 8.3425; then 61 d on 608.34 = 10.3192: 18.66 in all; 1,300.00 was paid.
    expect(found.interest).toBe(18_66);
    expect(found.unallocated).toBe(1_300_00 - 1_000_00 - 18_66);
    expect(found.segments).toHaveLength(2);
  });

  it('refuses what it cannot reckon with', () => {
    const base = { regime: 'nl', capacity: 'business', due, until: due, payments: [], dayCount: 'act/365', principal: 1 } as const;
    expect(interest(LAW, { ...base, principal: -1 })).toMatchObject({ ok: false, error: { code: 'not-positive' } });
    expect(interest(LAW, { ...base, payments: [{ on: due, amount: 0 }] })).toMatchObject({ ok: false, error: { code: 'not-positive' } });
    expect(interest(LAW, { ...base, due: plainDate('2001-01-01') })).toMatchObject({ ok: false, error: { code: 'no-rate' } });
    expect(interest(LAW, { ...base, principal: Number.MAX_SAFE_INTEGER, until: plainDate('2999-12-31') })).toMatchObject({
      ok: false,
      error: { code: 'amount-too-large' },
    });
  });
});

describe('other regimes', () => {
  const question = { principal: 1_000_00, due: plainDate('2024-12-31'), until: plainDate('2026-06-30') };

  it('does not compound in Belgium or under the directive', () => {
    expect(new Set(ask({ ...question, regime: 'be' }).segments.map(({ base }) => base))).toEqual(new Set([1_000_00]));
    expect(new Set(ask({ ...question, regime: 'eu' }).segments.map(({ base }) => base))).toEqual(new Set([1_000_00]));
  });

  it('gives a consumer under the directive none, and still counts his payments', () => {
    const payments = [{ on: plainDate('2025-06-30'), amount: 400_00 }];
    expect(ask({ ...question, regime: 'eu', capacity: 'consumer', payments })).toMatchObject({
      interest: 0,
      balance: 600_00,
      segments: [],
    });
  });

  it("takes a country's own profile where there is one", () => {
    const late = { principal: 1_000_00, due: plainDate('2026-05-31'), until: plainDate('2026-06-30'), regime: 'eu' } as const;
    expect(ask({ ...late, country: 'DE' }).segments[0]?.basisPoints).toBe(1027);
    expect(ask({ ...late, country: 'FR' }).segments[0]?.basisPoints).toBe(1015);
  });
});

describe('interest, for any claim', () => {
  const start = plainDate('2014-01-01');
  const day = fc.integer({ min: 0, max: 4_000 }).map((days) => addDays(start, days));
  const principal = fc.integer({ min: 1, max: 100_000_00 });

  // Each part is rounded to the cent once, so two parts may differ from the whole by one.
  it('adds up over adjoining periods without an anniversary', () => {
    const lengths = fc.tuple(fc.integer({ min: 1, max: 180 }), fc.integer({ min: 1, max: 180 }));
    fc.assert(
      fc.property(
        principal,
        day,
        lengths,
        fc.constantFrom('business', 'consumer'),
        fc.constantFrom('act/365', 'act/act'),
        (p, due, [a, b], capacity, dayCount) => {
          const part = (from: typeof due, until: typeof due): Interest => ask({ principal: p, due: from, until, capacity, dayCount });
          const middle = addDays(due, a);
          const end = addDays(middle, b);
          const exact = (found: Interest): bigint =>
            found.segments.reduce((total, { amountTenThousandths }) => total + amountTenThousandths, 0n);
          const [whole, first, second] = [part(due, end), part(due, middle), part(middle, end)];
          expect(Math.abs(whole.interest - first.interest - second.interest)).toBeLessThanOrEqual(1);
          expect(Math.abs(Number(exact(whole) - exact(first) - exact(second)))).toBeLessThanOrEqual(3);
        },
      ),
    );
  });

  it('rises with time, and compounding never gives less than simple interest', () => {
    fc.assert(
      fc.property(principal, day, fc.integer({ min: 1, max: 1_500 }), (p, due, days) => {
        const nl = ask({ principal: p, due, until: addDays(due, days) });
        expect(nl.interest).toBeGreaterThanOrEqual(ask({ principal: p, due, until: addDays(due, days - 1) }).interest);
        const simple = nl.segments.reduce((total, { days: d, basisPoints }) => total + (p * d * basisPoints) / 3_650_000, 0);
        expect(nl.interest).toBeGreaterThanOrEqual(Math.floor(simple) - 1);
      }),
    );
  });

  it('loses no cent: principal, costs and interest are paid, left, or paid back', () => {
    const payments = fc.array(fc.record({ on: day, amount: fc.integer({ min: 1, max: 20_000_00 }) }), { maxLength: 5 });
    fc.assert(
      fc.property(principal, fc.integer({ min: 0, max: 500_00 }), day, day, payments, (p, costs, due, until, receipts) => {
        const found = ask({ principal: p, costs, due, until, payments: receipts });
        const received = receipts.filter(({ on }) => on <= until).reduce((total, { amount }) => total + amount, 0);
        const paid = found.paid.costs + found.paid.interest + found.paid.principal;
        expect(paid + found.unallocated).toBe(received);
        expect(found.balance).toBe(p + costs + found.interest - paid);
      }),
    );
  });

  it('covers each day from the day after due to the end once, while something is owed', () => {
    fc.assert(
      fc.property(principal, day, fc.integer({ min: 1, max: 3_000 }), (p, due, days) => {
        const { segments } = ask({ principal: p, due, until: addDays(due, days) });
        let next = addDays(due, 1);
        for (const segment of segments) {
          expect(segment.from).toBe(next);
          next = addDays(segment.to, 1);
        }
        expect(next).toBe(addDays(due, days + 1));
      }),
    );
  });

  it('never gives more than the yearly rate over one calendar year in act/act', () => {
    for (const year of [2023, 2024]) {
      const due = plainDate(`${year - 1}-12-31`);
      const found = ask({ regime: 'be', principal: 10_000_00, due, until: addYears(due, 1), dayCount: 'act/act' });
      const highest = Math.max(...found.segments.map(({ basisPoints }) => basisPoints));
      expect(found.interest).toBeLessThanOrEqual(highest * 100);
    }
  });
});
