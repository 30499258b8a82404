import { type CalendarTable, calendarOf } from '../../src/kernel/calendar.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import type { FixedSum, Law, LawSettings, LimitationRules, PaymentTerms, RateTable } from '../../src/law/rules/law.js';

/**
 * The law as objects, for specs without I/O: typed over by hand from collection-rules.md (appendix, §2.2, §4.3, §6.9), not read
 * from config/law. test/law/law-tables.spec.ts holds the shipped tables against it, so each figure is written down twice.
 */

const sourced = { source: 'collection-rules.md', status: 'published' } as const;

/** Rows of [from, percent] or [from, percent, percent for older contracts]. */
function rates(article: string, contractSplit: string | null, rows: readonly (readonly [string, number, number?])[]): RateTable {
  return {
    article,
    publishedUntil: plainDate('2026-12-31'),
    contractSplit: contractSplit === null ? null : plainDate(contractSplit),
    rows: rows.map(([from, percent, older]) => ({
      ...sourced,
      from: plainDate(from),
      basisPoints: Math.round(percent * 100),
      ...(older !== undefined && { olderContractsBasisPoints: Math.round(older * 100) }),
    })),
  };
}

const fixedSum = (from: string, article: string): FixedSum => ({ ...sourced, from: plainDate(from), article, amount: 40_00 });

const terms = (article: string, longerIfExpresslyAgreed: boolean, largeDebtorDays: number | null): PaymentTerms => ({
  ...sourced,
  article,
  defaultDays: 30,
  maximumDays: 60,
  longerIfExpresslyAgreed,
  publicBodyDays: 30,
  largeDebtorDays,
});

const limitation = (rules: Omit<LimitationRules, 'warnDays' | 'supposed'>): LimitationRules => ({
  warnDays: [180, 90, 30],
  supposed: { business: 'contract', consumer: 'consumer-sale' },
  ...rules,
});

const NL_CALENDAR: CalendarTable = {
  name: 'nl',
  source: '§6.9',
  weekend: [6, 7],
  fixed: [
    { date: '01-01', name: 'New Year' },
    { date: '04-27', name: "King's Day", sundayMovesTo: '04-26' },
    { date: '05-05', name: 'Liberation Day' },
    { date: '12-25', name: 'Christmas' },
    { date: '12-26', name: 'Boxing Day' },
  ],
  easter: [
    { offsetDays: -2, name: 'Good Friday' },
    { offsetDays: 1, name: 'Easter Monday' },
    { offsetDays: 39, name: 'Ascension' },
    { offsetDays: 50, name: 'Whit Monday' },
  ],
};

const BE_CALENDAR: CalendarTable = {
  name: 'be',
  source: '§6.9',
  weekend: [6, 7],
  fixed: ['01-01', '05-01', '07-21', '08-15', '11-01', '11-11', '12-25'].map((date) => ({ date, name: date })),
  easter: [1, 39, 50].map((offsetDays) => ({ offsetDays, name: `Easter ${offsetDays}` })),
};

export const LAW: Law = {
  nl: {
    costScales: [
      {
        ...sourced,
        from: plainDate('2012-07-01'),
        article: 'art. 6:96(5) BW',
        tiers: [
          { width: 2_500_00, basisPoints: 1500 },
          { width: 2_500_00, basisPoints: 1000 },
          { width: 5_000_00, basisPoints: 500 },
          { width: 190_000_00, basisPoints: 100 },
          { width: null, basisPoints: 50 },
        ],
        minimum: 40_00,
        maximum: 6_775_00,
        vatBasisPoints: 2100,
      },
    ],
    instalment: {
      ...sourced,
      from: plainDate('2024-10-01'),
      article: 'Besluit 2024',
      steps: [40_00, 20_00, 20_00, 20_00, 20_00, 20_00],
      windowMonths: 6,
      windowCap: 140_00,
      instalmentMaximum: 266_67,
    },
    fixedSums: [fixedSum('2013-03-16', 'art. 6:96(4) BW')],
    fourteenDayLetter: {
      ...sourced,
      article: 'art. 6:96(6) BW',
      termDays: 14,
      deliveryDays: 2,
      deliveryWeekdays: [2, 3, 4, 5, 6],
      bufferDays: 2,
    },
    noticeOfDefault: { ...sourced, article: 'art. 6:82 BW', termDays: 14 },
    commercialRates: rates('art. 6:119a BW', '2013-03-16', [
      ['2008-07-01', 11.07],
      ['2009-01-01', 9.5],
      ['2009-07-01', 8],
      ['2011-07-01', 8.25],
      ['2012-01-01', 8],
      ['2013-01-01', 7.75],
      ['2013-03-16', 8.75, 7.75],
      ['2013-07-01', 8.5, 7.5],
      ['2014-01-01', 8.25, 7.25],
      ['2014-07-01', 8.15, 7.15],
      ['2015-01-01', 8.05, 7.05],
      ['2016-07-01', 8, 7],
      ['2023-01-01', 10.5, 9.5],
      ['2023-07-01', 12, 11],
      ['2024-01-01', 12.5, 11.5],
      ['2024-07-01', 12.25, 11.25],
      ['2025-01-01', 11.15, 10.15],
      ['2025-07-01', 10.15, 9.15],
      ['2026-01-01', 10.15, 9.15],
      ['2026-07-01', 10.4, 9.4],
    ]),
    consumerRates: rates('art. 6:119 BW', null, [
      ['2007-01-01', 6],
      ['2009-07-01', 4],
      ['2010-01-01', 3],
      ['2011-07-01', 4],
      ['2012-07-01', 3],
      ['2015-01-01', 2],
      ['2023-01-01', 4],
      ['2023-07-01', 6],
      ['2024-01-01', 7],
      ['2025-01-01', 6],
      ['2026-01-01', 4],
    ]),
    terms: terms('art. 6:119a BW', true, 30),
    limitation: limitation({
      renewedBy: ['written-demand', 'acknowledgement', 'lawsuit', 'formal-notice'],
      renewedYearsMaximum: 5,
      extendedOnceBy: null,
      rows: [
        { ...sourced, claim: 'contract', years: 5, article: 'art. 3:307 BW' },
        { ...sourced, claim: 'consumer-sale', years: 2, article: 'art. 7:28 BW' },
        { ...sourced, claim: 'judgment', years: 20, article: 'art. 3:324 BW' },
      ],
    }),
  },
  be: {
    consumerCaps: [
      {
        ...sourced,
        from: plainDate('2023-09-01'),
        article: 'art. XIX.4 WER',
        caps: [
          { upTo: 150_00, fixed: 20_00, basisPoints: 0, over: 0, maximum: null },
          { upTo: 500_00, fixed: 30_00, basisPoints: 1000, over: 150_00, maximum: null },
          { upTo: null, fixed: 65_00, basisPoints: 500, over: 500_00, maximum: 2_000_00 },
        ],
      },
    ],
    fixedSums: [fixedSum('2002-08-07', 'art. 6 law of 2 August 2002')],
    firstReminder: {
      ...sourced,
      article: 'art. XIX.2 WER',
      termDays: 14,
      letterStartsOnWorkingDay: 3,
      freeRemindersPerYear: 3,
      laterReminderMaximum: 7_50,
    },
    commercialRates: rates('art. 5 law of 2 August 2002', '2013-03-16', [
      ['2009-01-01', 9.5],
      ['2009-07-01', 8],
      ['2011-07-01', 8.5],
      ['2012-01-01', 8],
      ['2013-01-01', 8],
      ['2013-03-16', 9, 8],
      ['2013-07-01', 8.5, 7.5],
      ['2015-07-01', 8.5],
      ['2016-07-01', 8],
      ['2023-01-01', 10.5],
      ['2023-07-01', 12],
      ['2024-01-01', 12.5],
      ['2025-01-01', 11.5],
      ['2025-07-01', 10.5],
      ['2026-01-01', 10.5],
      ['2026-07-01', 10.5],
    ]),
    terms: terms('art. 4 law of 2 August 2002', false, null),
    limitation: limitation({
      renewedBy: ['acknowledgement', 'lawsuit'],
      renewedYearsMaximum: null,
      extendedOnceBy: { kind: 'formal-notice', years: 1 },
      rows: [
        { ...sourced, claim: 'contract', years: 10, article: 'art. 2262bis old Civil Code' },
        { ...sourced, claim: 'consumer-sale', years: 1, article: 'art. 2272 old Civil Code' },
      ],
    }),
  },
  eu: {
    profile: {
      country: 'EU',
      commercialRates: rates('art. 3 Directive 2011/7/EU', null, [
        ['2013-03-16', 8.75],
        ['2013-07-01', 8.5],
        ['2014-01-01', 8.25],
        ['2014-07-01', 8.15],
        ['2015-01-01', 8.05],
        ['2016-07-01', 8],
        ['2023-01-01', 10.5],
        ['2023-07-01', 12],
        ['2024-01-01', 12.5],
        ['2024-07-01', 12.25],
        ['2025-01-01', 11.15],
        ['2025-07-01', 10.15],
        ['2026-07-01', 10.4],
      ]),
      compounding: 'none',
      fixedSums: [fixedSum('2013-03-16', 'art. 6 Directive 2011/7/EU')],
      terms: terms('art. 3 and 4 Directive 2011/7/EU', true, null),
    },
    countries: {
      DE: {
        country: 'DE',
        commercialRates: rates('§ 288 BGB', null, [
          ['2026-01-01', 10.27],
          ['2026-07-01', 10.52],
        ]),
        compounding: 'none',
        fixedSums: [fixedSum('2014-07-29', '§ 288(5) BGB')],
        terms: terms('§ 271a and § 286 BGB', true, null),
      },
    },
  },
  settings: {
    b2bFixedSumPer: 'demand',
    nlMaximumIncludesVat: false,
    nlInstalmentRule: false,
    beSaturdayCounts: false,
    dayCount: 'act/365',
  },
  calendars: { nl: calendarOf(NL_CALENDAR), be: calendarOf(BE_CALENDAR) },
};

/** The same law under other settings. */
export const lawWith = (settings: Partial<LawSettings>): Law => ({ ...LAW, settings: { ...LAW.settings, ...settings } });
