import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sum } from '../../../kernel/money.js';
import { plainDate } from '../../../kernel/plain-date.js';
import { unwrap } from '../../../kernel/result.js';
import { maskedIban, statedIbans, withoutSay } from './no-say.js';
import { type PlanTerms, instalmentsOf, planStanding } from './plan-terms.js';
import { signedRequest } from './signed-request.js';
import { DEPTH_MAX, isTooDeep, storable } from './storable.js';

describe('a plan', () => {
  const even = (given: object = {}) =>
    ({ instalments: 4, amount: '530.00', currency: 'EUR', first: plainDate('2026-10-31'), interval: 'P1M', ...given }) as PlanTerms;

  it('has its instalments at the ends of months, each counted from the first', () => {
    expect(unwrap(instalmentsOf(even())).map(({ dueDate, amount }) => [dueDate, amount])).toEqual([
      ['2026-10-31', 530_00],
      ['2026-11-30', 530_00],
      ['2026-12-31', 530_00],
      ['2027-01-31', 530_00],
    ]);
    expect(unwrap(instalmentsOf(even({ interval: 'P2W', instalments: 2 }))).map(({ dueDate }) => dueDate)).toEqual([
      '2026-10-31',
      '2026-11-14',
    ]);
  });

  it.each([{ interval: 'P1Y' }, { interval: 'monthly' }, { amount: '0.00' }, { amount: '1.005' }])('is none with %j', (given) => {
    expect(instalmentsOf(even(given))).toMatchObject({ ok: false, error: { code: 'invalid-plan' } });
  });

  it('is filled from the first on, and loses nothing of what was received', () => {
    const instalments = unwrap(instalmentsOf(even()));
    expect(planStanding(instalments, [700_00], plainDate('2026-12-31')).map(({ paid, state }) => [paid, state])).toEqual([
      [530_00, 'paid'],
      [170_00, 'late'],
      [0, 'due'],
      [0, 'due'],
    ]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900_00 })), (received) => {
        const paid = sum(planStanding(instalments, received, plainDate('2026-12-31')).map((each) => each.paid));
        expect(paid).toBe(Math.min(sum(received), 2120_00));
      }),
    );
  });
});

describe('what an agency has no say in', () => {
  it('is named, and its accounts are found wherever they stand', () => {
    const data = { caseId: 'x', Creditor: { iban: 'nl91 abna 0417 1643 00' }, principal: '1', settlementIban: 'BE68539007547034', debtorIban: 'NL02ABNA0123456789' };
    expect(withoutSay(data)).toEqual(['Creditor', 'principal', 'settlementIban']);
    expect(statedIbans(data)).toEqual(['BE68539007547034', 'NL91ABNA0417164300']);
    expect(maskedIban('NL91ABNA0417164300')).toBe('…4300');
  }); // prettier-ignore
});

describe('JSON of others', () => {
  it('is kept without what the database or the language stumbles over', () => {
    const json: unknown = JSON.parse('{"a\\u0000":["\\ud800x\\u0000",{"__proto__":1,"constructor":{"x":2},"b":3}],"n":null}');
    expect(storable(json)).toEqual({ a: ['\ufffdx', { b: 3 }], n: null });
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(storable(value))).not.toMatch(/\\u0000|\\ud[89a-f]/i);
      }),
    );
  });

  it('is too deep from a depth on', () => {
    const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`);
    expect(isTooDeep(nested(DEPTH_MAX + 1))).toBe(false);
    expect(isTooDeep(nested(DEPTH_MAX + 2))).toBe(true);
    expect(isTooDeep(nested(50_000))).toBe(true);
  });
});

describe('a signed request', () => {
  it('is its method, its address and its body, and never the body of a callback', () => {
    const text = (body: string): string => new TextDecoder().decode(signedRequest('get', '/agencies/a/events?after=b', new TextEncoder().encode(body)));
    expect(text('')).toBe('GET /agencies/a/events?after=b');
    expect(text('{}')).toBe('GET /agencies/a/events?after=b\n{}');
    expect(() => void JSON.parse(text('{}'))).toThrow(SyntaxError);
  }); // prettier-ignore
});
