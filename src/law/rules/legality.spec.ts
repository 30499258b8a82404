import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LAW } from '../../../test/law/law-fixture.js';
import { plainDate } from '../../kernel/plain-date.js';
import { capOf, scaleFee, tariffFee } from './cost-scale.js';
import type { CostClause, LegalBreach } from './law.js';
import {
  type Audience,
  type PlannedStep,
  costTariffBreaches,
  interestRateBreaches,
  stepOrderBreaches,
  termDaysBreaches,
} from './legality.js';

const on = plainDate('2026-11-21');
const NL: Audience = { regime: 'nl', capacity: 'consumer' };
const BE: Audience = { regime: 'be', capacity: 'consumer' };
const EU: Audience = { regime: 'eu', capacity: 'consumer' };
const NL_BUSINESS: Audience = { regime: 'nl', capacity: 'business' };
const codes = (breaches: readonly LegalBreach[]): string[] => breaches.map(({ code }) => code);

type Tariff = Extract<CostClause, { kind: 'tariff' }>;
const tariff = (basisPoints: number, minimum: number, maximum: number | null = null): Tariff => ({
  kind: 'tariff',
  basisPoints,
  minimum,
  maximum,
});

describe('a tariff of costs', () => {
  it.each([
    ['the scale itself', NL, { kind: 'statutory-maximum' }, []],
    ['€ 40 fixed', NL, tariff(0, 40_00), []],
    ['€ 40.01 fixed', NL, tariff(0, 40_01), ['costs-above-scale']],
    ['15 % up to € 375', NL, tariff(1500, 40_00, 375_00), []],
    // Over 5,000 the scale gives 625, fifteen percent 750.
    ['15 % without maximum', NL, tariff(1500, 40_00), ['costs-above-scale']],
    ['15 % without maximum, someone unknown', { regime: 'nl', capacity: 'unknown' }, tariff(1500, 40_00), ['costs-above-scale']],
    ['15 % without maximum between businesses', NL_BUSINESS, tariff(1500, 40_00), []],
    ['€ 20 fixed in Belgium', BE, tariff(0, 20_00), []],
    ['€ 40 fixed in Belgium', BE, tariff(0, 40_00), ['costs-above-scale']],
    ['10 % in Belgium, at 10,000 above 540', BE, tariff(1000, 0), ['costs-above-scale']],
    ['anything elsewhere', EU, tariff(0, 1), ['costs-without-rule']],
  ] as const)('%s', (_, audience, clause, expected) => {
    expect(codes(costTariffBreaches(LAW, audience, clause, on))).toEqual(expected);
  });

  it('may be higher when it is meant for larger principals only', () => {
    // Over 1,000 and more the scale gives at least 150.
    expect(costTariffBreaches(LAW, NL, tariff(0, 150_00), on, 1_000_00)).toEqual([]);
    expect(codes(costTariffBreaches(LAW, NL, tariff(0, 150_01), on, 1_000_00))).toEqual(['costs-above-scale']);
  });

  it('names the article and an example', () => {
    const [breach] = costTariffBreaches(LAW, NL, tariff(0, 50_00), on);
    expect(breach).toMatchObject({ article: 'art. 6:96(5) BW' });
    expect(breach?.message).toContain('€ 50.00');
  });

  it('cannot be lawful where there is no table', () => {
    expect(codes(costTariffBreaches(LAW, NL, tariff(0, 1), plainDate('2012-06-30')))).toEqual(['no-table']);
  });

  it('finds an excess whenever one exists', () => {
    const anyTariff = fc.record({
      basisPoints: fc.integer({ min: 0, max: 2_000 }),
      minimum: fc.integer({ min: 0, max: 60_00 }),
      maximum: fc.option(fc.integer({ min: 60_00, max: 8_000_00 })),
    });
    const scale = LAW.nl.costScales[0]!;
    const caps = LAW.be.consumerCaps[0]!;
    fc.assert(
      fc.property(anyTariff, fc.integer({ min: 1, max: 2_000_000_00 }), ({ basisPoints, minimum, maximum }, principal) => {
        const clause = tariff(basisPoints, minimum, maximum);
        const asked = tariffFee(clause, principal);
        if (asked > scaleFee(scale, principal)) expect(costTariffBreaches(LAW, NL, clause, on)).toHaveLength(1);
        if (asked > capOf(caps, principal)) expect(costTariffBreaches(LAW, BE, clause, on)).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a rate of interest', () => {
  it.each([
    [NL, 400, []],
    [NL, 401, ['interest-above-rate']],
    [BE, 1050, []],
    [BE, 1051, ['interest-above-rate']],
    [EU, 1, ['interest-without-rule']],
    [EU, 0, []],
    [NL_BUSINESS, 2000, []],
  ] as const)('%j at %d basis points', (audience, basisPoints, expected) => {
    expect(codes(interestRateBreaches(LAW, audience, basisPoints, on))).toEqual(expected);
  });
});

describe('the term of a legal notice', () => {
  it.each([
    ['fourteen-day-letter', 14, []],
    ['fourteen-day-letter', 10, ['art. 6:96(6) BW']],
    ['be-first-reminder', 13, ['art. XIX.2 WER']],
    ['be-first-reminder', 20, []],
    ['reminder', 3, []],
  ] as const)('%s of %d days', (kind, days, articles) => {
    expect(termDaysBreaches(LAW, kind, days).map(({ article }) => article)).toEqual(articles);
  });
});

describe('the order of steps', () => {
  const step = (kind: PlannedStep['kind'], more: Partial<PlannedStep> = {}): PlannedStep => ({
    step: kind,
    kind,
    chargesCosts: false,
    chargesInterest: false,
    daysAfterPrevious: 20,
    ...more,
  });
  const ask = (audience: Audience, ...steps: PlannedStep[]): string[] => codes(stepOrderBreaches(LAW, audience, steps));

  it.each([
    ['NL consumer, the usual way', NL, [step('reminder'), step('fourteen-day-letter'), step('handover')], []],
    ['NL consumer without a letter', NL, [step('reminder'), step('demand'), step('handover')], ['handover-before-demand']],
    [
      'NL consumer, fourteen days after the letter',
      NL,
      [step('fourteen-day-letter'), step('handover', { daysAfterPrevious: 14 })],
      ['handover-too-early'],
    ],
    ['NL consumer, fifteen', NL, [step('fourteen-day-letter'), step('handover', { daysAfterPrevious: 15 })], []],
    [
      'NL consumer, seven and eight',
      NL,
      [step('fourteen-day-letter'), step('call', { daysAfterPrevious: 7 }), step('handover', { daysAfterPrevious: 8 })],
      [],
    ],
    ['NL consumer, costs in the letter', NL, [step('fourteen-day-letter', { chargesCosts: true })], ['charges-in-notice']],
    [
      'NL consumer, costs in a reminder',
      NL,
      [step('reminder', { chargesCosts: true }), step('fourteen-day-letter')],
      ['charges-before-notice'],
    ],
    [
      'NL consumer, costs ten days on',
      NL,
      [step('fourteen-day-letter'), step('demand', { chargesCosts: true, daysAfterPrevious: 10 })],
      ['charges-too-early'],
    ],
    ['NL consumer, interest in a reminder', NL, [step('reminder', { chargesInterest: true })], []],
    ['unknown capacity', { regime: 'nl', capacity: 'unknown' }, [step('handover')], ['handover-before-demand']],
    ['NL business after a demand', NL_BUSINESS, [step('demand', { chargesCosts: true }), step('handover', { daysAfterPrevious: 1 })], []],
    ['NL business after reminders only', NL_BUSINESS, [step('reminder'), step('handover')], ['handover-before-demand']],
    ['nothing handed over', NL_BUSINESS, [step('reminder'), step('other')], []],
    [
      'BE consumer, the usual way',
      BE,
      [step('be-first-reminder'), step('demand', { chargesCosts: true, chargesInterest: true }), step('handover')],
      [],
    ],
    ['BE consumer, interest in the first reminder', BE, [step('be-first-reminder', { chargesInterest: true })], ['charges-in-notice']],
    ['BE consumer, a call first', BE, [step('call'), step('be-first-reminder')], ['collection-before-first-reminder']],
    ['BE consumer, handover without', BE, [step('reminder'), step('handover')], ['handover-before-demand']],
    ['EU consumer, costs', EU, [step('demand', { chargesCosts: true }), step('handover')], ['charges-without-rule']],
    ['EU consumer, no demand', EU, [step('handover')], ['handover-before-demand']],
  ] as const)('%s', (_, audience, steps, expected) => {
    expect(ask(audience, ...steps)).toEqual(expected);
  });

  it('leaves to the day itself what cannot be known beforehand', () => {
    expect(ask(NL, step('fourteen-day-letter'), step('handover', { daysAfterPrevious: null }))).toEqual([]);
  });

  it('names the article', () => {
    expect(stepOrderBreaches(LAW, NL, [step('handover')])[0]?.article).toBe('art. 6:96(6) BW');
    expect(stepOrderBreaches(LAW, BE, [step('handover')])[0]?.article).toBe('art. XIX.2 WER');
    expect(stepOrderBreaches(LAW, NL_BUSINESS, [step('handover')])[0]?.article).toBe('art. 6:96(2) BW');
  });
});
