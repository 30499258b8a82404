import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Settlement, type SettlementLine, checkSettlement } from '../../src/handover/rules/settlement/check-settlement.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { sampleDossier } from './support/sample-case.js';

/** Principal 1,787.25 (F-1 910.00, F-2 544.50, F-3 332.75), interest 60.47 to 23 November and 0.5092 a day after, costs 268.09. */
const dossier = sampleDossier();

function line(given: Partial<SettlementLine> = {}): SettlementLine {
  const parts = { principal: 910_00, interest: 0, costs: 0, courtCosts: 0, commission: 91_00, vatOnCommission: 19_11, ...given };
  const gross = parts.principal + parts.interest + parts.costs + parts.courtCosts;
  return {
    lineNo: 1,
    invoice: 'F-1',
    receivedOn: plainDate('2026-12-03'),
    gross,
    net: gross - parts.commission - parts.vatOnCommission,
    ownInterestFrom: null,
    ...parts,
    ...given,
  };
}
const settlement = (lines: SettlementLine[], given: Partial<Settlement> = {}): Settlement => ({
  settlementId: 's-1',
  remitted: lines.reduce((total, { net }) => total + net, 0),
  lines,
  ...given,
});
const codes = (given: Settlement, before: Settlement[] = []) => checkSettlement(dossier, given, before).findings.map(({ code }) => code);

describe('a settlement', () => {
  it('that adds up can be booked', () => {
    // Ten days after the 23rd: 60.47 + 10 × 0.5092 = 65.56 of interest.
    const lines = [
      line(),
      line({ lineNo: 2, invoice: 'F-2', principal: 544_50, interest: 65_56, costs: 268_09, ownInterestFrom: plainDate('2026-11-24') }),
    ];
    // 910.00 − 110.11, and 878.15 − 110.11.
    expect(checkSettlement(dossier, settlement(lines), [])).toEqual({ expected: 1567_93, received: 1567_93, difference: 0, findings: [] });
  });

  it('shows what is missing of it', () => {
    expect(checkSettlement(dossier, settlement([line()], { remitted: 799_88 }), [])).toMatchObject({
      expected: 799_89,
      received: 799_88,
      difference: -1,
      findings: [{ code: 'sum-differs', path: '/remitted' }],
    });
  });

  it.each<[string, Settlement, Settlement[], string]>([
    ['a line whose parts are not the whole', settlement([line({ gross: 910_01, net: 799_90 })]), [], 'sum-differs'],
    ['a line whose net is not what is left', settlement([line({ net: 800_00 })]), [], 'sum-differs'],
    ['an invoice that was not handed over', settlement([line({ invoice: 'F-9' })]), [], 'unknown-invoice'],
    ['a line twice', settlement([line({ principal: 1_00 }), line({ principal: 1_00 })]), [], 'line-twice'],
    ['the same settlement again', settlement([line()]), [settlement([line()])], 'settled-already'],
    ['more than was open', settlement([line({ principal: 910_01 })]), [], 'more-than-open'],
    ['more than was left', settlement([line({ principal: 1 })], { settlementId: 's-2' }), [settlement([line()])], 'more-than-open'],
    ['costs of the agency’s own', settlement([line({ costs: 268_10 })]), [], 'costs-twice'],
    [
      'the costs once more',
      settlement([line({ principal: 0, costs: 268_09 })], { settlementId: 's-2' }),
      [settlement([line({ costs: 268_09 })])],
      'costs-twice',
    ],
    ['interest from the last day of ours', settlement([line({ ownInterestFrom: plainDate('2026-11-23') })]), [], 'interest-twice'],
    ['a cent of interest too much', settlement([line({ interest: 65_57 })]), [], 'interest-above-expected'],
  ])('with %s is parked', (_what, given, before, code) => {
    expect(codes(given, before)).toEqual([code]);
  });

  it('never takes in more costs than the dossier has, however they are spread', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200_00 }), { minLength: 1, maxLength: 5 }), (costs) => {
        const all = costs.map((each, at) => settlement([line({ principal: 0, costs: each })], { settlementId: `s-${at}` }));
        const found = all.flatMap((each, at) => codes(each, all.slice(0, at)));
        expect(found.includes('costs-twice')).toBe(costs.reduce((a, b) => a + b, 0) > 268_09);
      }),
    );
  });
});
