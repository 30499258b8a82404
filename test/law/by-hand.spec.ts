import { describe, expect, it } from '@jest/globals';
import { loadLaw } from '../../src/law/law-tables.js';
import { collectionCosts } from '../../src/law/rules/collection-costs.js';
import { interest } from '../../src/law/rules/interest.js';
import { noticeDates } from '../../src/law/rules/notices.js';
import { formatAmount, parseAmount } from '../../src/kernel/money.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';

/**
 * Cases worked out from collection-rules.md by someone who had not read src/law, at every edge of its tables and over the shipped
 * config/law. The worked examples of the reference themselves stand beside the rules (src/law/rules/*.spec.ts).
 */
const law = loadLaw();
const cents = (text: string) => unwrap(parseAmount(text));

function fee(regime: 'nl' | 'be', ...principals: string[]): string {
  const question = {
    regime,
    capacity: 'consumer',
    principals: principals.map(cents),
    vatDeductible: true,
    on: plainDate('2026-11-21'),
    clause: regime === 'be' ? ({ kind: 'statutory-maximum' } as const) : null,
  } as const;
  return formatAmount(unwrap(collectionCosts(law, question)).total);
}

describe('costs at the edges', () => {
  it.each([
    ['266.68', '40.00'], // 40.002
    ['266.69', '40.00'], // 40.0035
    ['266.73', '40.01'], // 40.0095
    ['266.77', '40.02'], // 40.0155
    ['2500.04', '375.00'], // 375 + 0.004
    ['2500.05', '375.01'], // 375 + 0.005
    ['4999.94', '624.99'], // 375 + 249.994
    ['4999.99', '625.00'],
    ['5000.10', '625.01'], // 625 + 0.005
    ['9999.89', '874.99'], // 875 − 0.0055
    ['10000.50', '875.01'], // 875 + 0.005
    ['199999.49', '2774.99'], // 2,775 − 0.0051
    ['200000.99', '2775.00'], // 2,775 + 0.00495
    ['999998.99', '6774.99'], // 6,775 − 0.00505
    ['999999.00', '6775.00'], // 6,775 − 0.005
    ['1000000.01', '6775.00'],
    ['90000000000000.00', '6775.00'],
  ])('Netherlands: %s gives %s', (principal, expected) => {
    expect(fee('nl', principal)).toBe(expected);
  });

  it.each([
    ['0.01', '20.00'],
    ['149.99', '20.00'],
    ['150.04', '30.00'], // 30 + 0.004
    ['150.05', '30.01'], // 30 + 0.005
    ['499.94', '64.99'], // 30 + 34.994
    ['499.95', '65.00'], // 30 + 34.995
    ['500.10', '65.01'], // 65 + 0.005
    ['39199.00', '1999.95'], // 65 + 1,934.95
    ['39199.90', '2000.00'], // 65 + 1,934.995
    ['39200.01', '2000.00'],
  ])('Belgium, consumer: %s gives %s', (balance, expected) => {
    expect(fee('be', balance)).toBe(expected);
  });

  it('with nothing, or less than nothing, to collect there are none', () => {
    expect([fee('nl', '0.00'), fee('nl', '100', '-100'), fee('nl', '100', '-150'), fee('be', '100', '-150')]).toEqual(
      Array(4).fill('0.00'),
    );
    expect(fee('nl', '500', '-100')).toBe('60.00');
  });
});

type Case = readonly [
  principal: string,
  due: string,
  until: string,
  total: string,
  balance: string,
  payments?: readonly [string, string][],
];

function run(regime: 'nl' | 'be', capacity: 'business' | 'consumer', dayCount: 'act/365' | 'act/act', one: Case): unknown {
  const [principal, due, until, , , payments = []] = one;
  const question = {
    regime,
    capacity,
    principal: cents(principal),
    due: plainDate(due),
    until: plainDate(until),
    payments: payments.map(([on, amount]) => ({ on: plainDate(on), amount: cents(amount) })),
    dayCount,
  };
  const found = unwrap(interest(law, question));
  return [formatAmount(found.interest), formatAmount(found.balance)];
}

/** 36,500.00 earns its percentage in euro a day: 10.40 % is 10.40. */
describe('interest at the edges', () => {
  it.each<Case>([
    ['36500.00', '2026-07-31', '2026-07-31', '0.00', '36500.00'],
    ['36500.00', '2026-07-31', '2026-08-01', '10.40', '36510.40'],
    // 30 June at 10.15, 1 July at 10.40.
    ['36500.00', '2026-06-29', '2026-07-01', '20.55', '36520.55'],
    // The last published day, and one beyond it at the same rate.
    ['36500.00', '2026-12-30', '2027-01-01', '20.80', '36520.80'],
    // Paid before and on the due date: 26,500.00 is left for the one day, 26,500 × 0.104 / 365 = 7.5507.
    ['36500.00', '2026-07-31', '2026-08-01', '7.55', '26507.55', [['2026-07-31', '10000.00']]],
    ['36500.00', '2026-07-31', '2026-08-01', '7.55', '26507.55', [['2026-07-01', '10000.00']]],
    // A payment takes effect the day after: 10.40, then 36,500 − (10,000 − 10.40) = 26,510.40 × 0.104 / 365 = 7.5536.
    ['36500.00', '2026-07-31', '2026-08-02', '17.95', '26517.95', [['2026-08-01', '10000.00']]],
    // Less than the interest: 4.00 of 10.40 is paid, the principal stays and earns as before.
    ['36500.00', '2026-07-31', '2026-08-02', '20.80', '36516.80', [['2026-08-01', '4.00']]],
    // One receipt too much: nothing is owed, nothing runs any more.
    ['36500.00', '2026-07-31', '2026-08-31', '10.40', '0.00', [['2026-08-01', '40000.00']]],
    // After the last day: not yet known then.
    ['36500.00', '2026-07-31', '2026-08-01', '10.40', '36510.40', [['2026-08-02', '100.00']]],
  ])('a Dutch business: %s due %s until %s', (...one) => {
    expect(run('nl', 'business', 'act/365', one)).toEqual([one[3], one[4]]);
  });

  it.each<Case>([
    // 31 December 2025 at 6, 1 January 2026 at 4.
    ['36500.00', '2025-12-30', '2026-01-01', '10.00', '36510.00'],
  ])('a Dutch consumer: %s due %s until %s', (...one) => {
    expect(run('nl', 'consumer', 'act/365', one)).toEqual([one[3], one[4]]);
  });

  /** From 29 February 2024 the year is full on 1 March 2025: 366 days from 2024-02-29 through 2025-02-28. */
  it.each<Case>([
    // 123 d × 12.50 + 184 d × 12.25 + 59 d × 11.15 = 1,537.50 + 2,254.00 + 657.85 = 4,449.35; one more day before the year is full.
    ['36500.00', '2024-02-28', '2025-02-28', '4449.35', '40949.35'],
    // On 1 March 4,449.35 is added: 40,949.35 × 0.1115 / 365 = 12.5092.
    ['36500.00', '2024-02-28', '2025-03-01', '4461.86', '40961.86'],
  ])('29 February: %s due %s until %s', (...one) => {
    expect(run('nl', 'business', 'act/365', one)).toEqual([one[3], one[4]]);
  });

  it('Belgian interest never compounds: 1,095 days from 1 July 2023', () => {
    // 184 d × 12.0 + 366 d × 12.5 + 181 d × 11.5 + 184 d × 10.5 + 181 d × 10.5 = 2,208 + 4,575 + 2,081.50 + 1,932 + 1,900.50 = 12,697.00
    expect(run('be', 'business', 'act/365', ['36500.00', '2023-06-30', '2026-06-30', '', ''])).toEqual(['12697.00', '49197.00']);
  });
});

/** [sent, received, first day, last day, rolled, costs from] */
type Dates = readonly [string, string | null, string, string, string, string];

describe('notices at the edges', () => {
  const dates = (regime: 'nl' | 'be', channel: 'letter' | 'email', sentOn: string): unknown => {
    const kind = regime === 'nl' ? 'fourteen-day-letter' : 'be-first-reminder';
    const found = unwrap(noticeDates(law, { regime, kind, channel, sentOn: plainDate(sentOn), receivedOn: null }));
    return [found.receivedOn, found.firstDay, found.lastDay, found.lastDayRolled, found.costsFrom];
  };

  it.each<Dates>([
    // Friday; the Saturday counts, Monday 27 April is King's Day and no delivery day anyway.
    ['2026-04-24', '2026-04-28', '2026-04-29', '2026-05-12', '2026-05-12', '2026-05-13'],
    // King's Day on a Tuesday: delivered Wednesday and Thursday.
    ['2027-04-24', '2027-04-29', '2027-04-30', '2027-05-13', '2027-05-13', '2027-05-14'],
    // King's Day kept on Saturday the 26th (2025, and 2031).
    ['2025-04-24', '2025-04-29', '2025-04-30', '2025-05-13', '2025-05-13', '2025-05-14'],
    ['2031-04-24', '2031-04-29', '2031-04-30', '2031-05-13', '2031-05-13', '2031-05-14'],
    // The first day is Ascension Day: that does not matter.
    ['2026-05-11', '2026-05-13', '2026-05-14', '2026-05-27', '2026-05-27', '2026-05-28'],
    // Ends on the Saturday before Whit Sunday, rolls over Whit Monday.
    ['2026-05-07', '2026-05-09', '2026-05-10', '2026-05-23', '2026-05-26', '2026-05-27'],
    // Ends on Liberation Day, on Christmas Day, on Good Friday.
    ['2026-04-17', '2026-04-21', '2026-04-22', '2026-05-05', '2026-05-06', '2026-05-07'],
    ['2026-12-09', '2026-12-11', '2026-12-12', '2026-12-25', '2026-12-28', '2026-12-29'],
    ['2026-03-18', '2026-03-20', '2026-03-21', '2026-04-03', '2026-04-07', '2026-04-08'],
    // Over New Year; sent on a Sunday.
    ['2026-12-30', '2027-01-02', '2027-01-03', '2027-01-16', '2027-01-18', '2027-01-19'],
    ['2026-11-22', '2026-11-25', '2026-11-26', '2026-12-09', '2026-12-09', '2026-12-10'],
  ])('a fourteen-day letter of %s', (sent, ...expected) => {
    expect(dates('nl', 'letter', sent)).toEqual(expected);
    expect(dates('nl', 'email', sent)).toEqual(expected);
  });

  it.each<Dates>([
    // The national holiday of 21 July, Whit Monday, All Saints on a Sunday, Armistice Day: none is a working day.
    ['2026-07-20', null, '2026-07-24', '2026-08-06', '2026-08-06', '2026-08-07'],
    ['2026-05-21', null, '2026-05-27', '2026-06-09', '2026-06-09', '2026-06-10'],
    ['2026-10-29', null, '2026-11-03', '2026-11-16', '2026-11-16', '2026-11-17'],
    ['2026-11-09', null, '2026-11-13', '2026-11-26', '2026-11-26', '2026-11-27'],
  ])('a Belgian first reminder by letter of %s', (sent, ...expected) => {
    expect(dates('be', 'letter', sent)).toEqual(expected);
  });

  it.each<Dates>([
    // Calendar days, whatever day they end on (§4.1 ends one on Sunday 10 January 2027).
    ['2026-11-28', '2026-11-28', '2026-11-29', '2026-12-12', '2026-12-12', '2026-12-13'],
    ['2026-12-11', '2026-12-11', '2026-12-12', '2026-12-25', '2026-12-25', '2026-12-26'],
  ])('a Belgian first reminder by e-mail of %s', (sent, ...expected) => {
    expect(dates('be', 'email', sent)).toEqual(expected);
  });
});
