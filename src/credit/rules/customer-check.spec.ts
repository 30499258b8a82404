import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { type Asked, judgeCustomer } from './customer-check.js';
import { waitAfterFailure } from './findings.js';
import { identityOf } from './identity.js';
import { tellCredit } from './reasons.js';

const ON = plainDate('2026-11-20');
const GOOD = identityOf({ country: 'NL', vatId: 'NL123456782B01', registryId: '12345678' });
const until = plainDate('2027-02-18');
const vat = (valid: boolean): Asked => ({
  what: 'vat',
  register: 'vies',
  state: 'answered',
  finding: { what: 'vat', valid, name: 'X B.V.' },
  validUntil: until,
});
const insolvency = (...ended: boolean[]): Asked => ({
  what: 'insolvency',
  register: 'cir',
  state: 'answered',
  finding: {
    what: 'insolvency',
    proceedings: ended.map((each, at) => ({
      kind: 'bankruptcy',
      number: `F.01/26/${at}`,
      since: plainDate('2026-11-02'),
      court: 'Rechtbank Den Haag',
      trustee: 'mr. Curator',
      ended: each,
    })),
  },
  validUntil: plainDate('2026-11-27'),
});
const waits = (what: 'vat' | 'insolvency'): Asked => ({
  what,
  register: 'r',
  state: 'waits',
  why: 'failed',
  retryOn: plainDate('2026-11-21'),
});
const report = (active: boolean, suggestedLimit: number | null): Asked => ({
  what: 'credit-information',
  register: 'reports',
  state: 'answered',
  finding: { what: 'credit-information', active, rating: 'B', suggestedLimit, accountsOf: null },
  validUntil: plainDate('2027-05-19'),
});
const codes = (asked: Asked[], identity = GOOD): string[] => judgeCustomer(identity, asked, ON).because.map(({ code }) => code);

describe('who a customer says to be', () => {
  it.each([
    [{ country: 'NL', vatId: 'NL123456782B01', registryId: '12345678' }, 'nl-kvk 12345678', []],
    [{ country: 'NL', vatId: null, registryId: '1234567' }, null, ['registry']],
    [{ country: 'NL', vatId: 'NL123456783B01', registryId: '12345678' }, 'nl-kvk 12345678', ['vat']],
    [{ country: 'BE', vatId: 'BE 0403.019.261', registryId: null }, 'be-kbo 0403019261', []],
    [{ country: 'BE', vatId: 'BE0403019261', registryId: '0403.019.261' }, 'be-kbo 0403019261', []],
    // 0202239951: 97 − (02022399 mod 97) = 97 − 46 = 51.
    [{ country: 'BE', vatId: 'BE0403019261', registryId: '0202.239.951' }, 'be-kbo 0202239951', ['mismatch']],
    [{ country: 'DE', vatId: 'DE136695976', registryId: 'HRB 1' }, null, []],
    [{ country: 'NL', vatId: null, registryId: null }, null, []],
  ])('%j', (numbers, registry, wrong) => {
    const identity = identityOf(numbers);
    expect(identity.registry && `${identity.registry.scheme} ${identity.registry.id}`).toBe(registry);
    expect(identity.wrong).toEqual(wrong);
  });
});

describe('what is made of a customer', () => {
  it.each([
    ['all answered, nothing found', [vat(true), insolvency()], 'clean', 'as-agreed', null],
    ['an insolvency that ended', [vat(true), insolvency(true)], 'clean', 'as-agreed', null],
    ['a report with a limit', [vat(true), insolvency(), report(true, 12_500_00)], 'clean', 'lower-limit', 12_500_00],
    ['a report without', [vat(true), insolvency(), report(true, null)], 'clean', 'as-agreed', null],
    // A failure is never read as clean, whatever else was answered.
    ['VIES is down', [waits('vat'), insolvency()], 'incomplete', 'lower-limit', 500_00],
    ['the insolvency register is down', [vat(true), waits('insolvency')], 'incomplete', 'lower-limit', 500_00],
    ['nothing is set up', [], 'incomplete', 'lower-limit', 500_00],
    ['no insolvency register is set up', [vat(true)], 'incomplete', 'lower-limit', 500_00],
    ['the VAT number is not valid', [vat(false), insolvency()], 'caution', 'prepayment', null],
    ['struck off', [vat(true), insolvency(), report(false, 12_500_00)], 'caution', 'prepayment', null],
    ['bankrupt, whatever else', [waits('vat'), insolvency(true, false)], 'insolvent', 'prepayment', null],
  ] as const)('%s', (_, asked, outcome, terms, suggestedLimit) => {
    expect(judgeCustomer(GOOD, asked, ON)).toMatchObject({ outcome, terms, suggestedLimit });
  });

  it('wrong numbers call for caution before anybody is asked', () => {
    const identity = identityOf({ country: 'NL', vatId: 'NL1', registryId: '12345678' });
    expect(judgeCustomer(identity, [insolvency()], ON)).toMatchObject({ outcome: 'caution', terms: 'prepayment' });
  });

  it('says why, what is suggested and what to do', () => {
    expect(codes([vat(true), insolvency()])).toEqual(['vat-valid', 'no-insolvency', 'terms-as-agreed']);
    expect(codes([vat(false), insolvency()])).toEqual(['vat-not-valid', 'no-insolvency', 'terms-prepayment', 'do-caution']);
    expect(codes([vat(true), insolvency(false)])).toEqual(['vat-valid', 'bankruptcy', 'terms-prepayment', 'do-insolvent']);
    expect(codes([waits('vat')])).toEqual(['lookup-failed', 'not-asked', 'terms-lower-limit']);
    expect(codes([], identityOf({ country: 'NL', vatId: null, registryId: null }))).toEqual([
      'no-number',
      'not-asked',
      'not-asked',
      'terms-lower-limit',
    ]);
  });

  it('in three languages, with everything filled in', () => {
    for (const asked of [[vat(true), insolvency(true, false), report(false, 1)], [waits('vat')], [vat(false)]]) {
      for (const reason of judgeCustomer(GOOD, asked, ON).because)
        for (const language of ['nl', 'fr', 'en'] as const) expect(tellCredit(reason, language)).not.toMatch(/[{}]/);
    }
    const [, bankruptcy] = judgeCustomer(GOOD, [vat(true), insolvency(false)], ON).because;
    expect(bankruptcy && tellCredit(bankruptcy, 'nl')).toBe(
      'Faillissement F.01/26/0 sinds 2026-11-02, Rechtbank Den Haag; curator: mr. Curator.',
    );
  });

  it('counts until the first answer runs out, or can be had', () => {
    expect(judgeCustomer(GOOD, [vat(true), insolvency()], ON).validUntil).toBe('2026-11-27');
    expect(judgeCustomer(GOOD, [waits('vat'), insolvency()], ON).validUntil).toBe('2026-11-20');
    expect(judgeCustomer(GOOD, [], ON).validUntil).toBe('2026-12-20');
  });
});

describe('asking again after a failure', () => {
  const failure = (kind: 'unavailable' | 'wrong-format' | 'too-many', retryAfterSeconds: number | null = null) => ({
    kind,
    message: '',
    billed: false,
    retryAfterSeconds,
  });
  it.each([
    [failure('unavailable'), 1, 1],
    [failure('unavailable'), 3, 4],
    [failure('unavailable'), 60, 168],
    [failure('wrong-format'), 1, 24],
    [failure('too-many', 7200), 1, 2],
    // What a register asks for is at most a week.
    [failure('too-many', 9_999_999), 1, 168],
  ])('%j, the %ith in a row: %i hours', (each, inARow, hours) => {
    expect(waitAfterFailure(each, inARow)).toBe(hours * 3600_000);
  });
});
