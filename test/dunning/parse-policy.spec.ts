import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from '../../src/dunning/rules/parse-policy.js';
import type { Policy } from '../../src/dunning/rules/policy.js';
import { InputError } from '../../src/kernel/errors.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { context, policies } from './support/house.js';

const include = (name: string): Policy => policies.get(name);
const parse = (text: string): Policy => parsePolicy(text, 'own.yml', { law: context.law, on: plainDate('2026-11-20'), include });

/** What refuses a policy: code, line, column and message. */
function refusal(text: string): { code: string; line: number | undefined; column: number | undefined; message: string } {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof InputError)
      return { code: error.code, line: error.place.line, column: error.place.column, message: error.message };
    throw error;
  }
  throw new Error('the policy was accepted');
}

const head = 'name: own\nversion: 1\n';
const step = (fields: string): string => `${head}steps:\n  - { step: a, kind: reminder, afterDue: 4 days, channels: [email]${fields} }\n`;

describe('the shipped policies', () => {
  it('can all be read', () => {
    expect(policies.names()).toEqual(['be-business', 'be-consumer', 'default', 'nl-business', 'nl-consumer', 'starter']);
    policies.checkAll();
  });

  it('keep the cadence of collection-rules.md §6.1', () => {
    const cadence = (name: string) =>
      policies
        .get(name)
        .tracks[0]?.steps.filter(({ trigger }) => trigger === null)
        .map(({ kind, afterDue }) => [kind, afterDue?.days ?? null]);
    expect(cadence('nl-business')).toEqual([
      ['reminder', 4],
      ['call', 7],
      ['reminder', 12],
      ['call', 17],
      ['demand', 22],
      ['propose-handover', 35],
    ]);
    expect(cadence('nl-consumer')).toEqual([
      ['reminder', 4],
      ['reminder', 12],
      ['fourteen-day-letter', 20],
      ['propose-handover', 40],
    ]);
    expect(cadence('be-business')).toEqual([
      ['reminder', 5],
      ['call', 7],
      ['reminder', 14],
      ['call', 15],
      ['notice-of-default', 25],
      ['propose-handover', 40],
    ]);
    expect(cadence('be-consumer')).toEqual([
      ['be-first-reminder', 4],
      ['reminder', null],
      ['notice-of-default', 30],
      ['propose-handover', 40],
    ]);
  });

  it('default holds one track for each kind of debtor and one for the rest', () => {
    expect(policies.get('default').tracks.map(({ name }) => name)).toEqual([
      'nl-consumer',
      'be-consumer',
      'nl-business',
      'be-business',
      'starter',
    ]);
  });
});

describe('reading a policy', () => {
  it('fills in careful defaults', () => {
    const { freshness, dailyCap, tracks } = parse(step(''));
    expect({ freshness, dailyCap }).toEqual({
      freshness: { pullBankingDays: 1, statementBankingDays: 1 },
      dailyCap: { email: null, letter: null, phone: null },
    });
    expect(tracks[0]).toMatchObject({
      minimumAmount: 10_00,
      minimumGap: { days: 3, unit: 'working' },
      clause: null,
      termAgreed: false,
      statement: null,
      quietDays: [],
    });
    expect(tracks[0]?.steps[0]).toMatchObject({
      costs: 'none',
      interest: 'none',
      approval: false,
      template: 'reminder',
      tone: 'neutral',
      minimumAmount: 0,
    });
  });

  it('reads what is said', () => {
    const { tracks, dailyCap } = parse(`${head}
dailyCap: { email: 100 }
minimumAmount: 12.50
quietDays: [12-24..01-02]
terms: { agreed: true, clause: { percent: '15', minimum: '75.00', maximum: '1000.00' } }
audience: [{ capacity-in: { capacities: [business] } }, { country-not-in: { countries: [BE] } }]
statement: { weekday: monday, minimumItems: 3 }
steps:
  - { step: early, kind: reminder, afterDue: -5 days, channels: [email], enabled: false }
  - { step: a, kind: reminder, afterDue: 2 working days, channels: [email, letter], when: [{ amount-at-least: { amount: '5000' } }] }
`);
    expect(dailyCap).toEqual({ email: 100, letter: null, phone: null });
    expect(tracks[0]).toMatchObject({
      minimumAmount: 12_50,
      quietDays: [{ from: '12-24', to: '01-02' }],
      clause: { kind: 'tariff', basisPoints: 1500, minimum: 75_00, maximum: 1000_00 },
      statement: { weekday: 1, minimumItems: 3, fromDaysOverdue: 14, channels: ['email'] },
    });
    expect(tracks[0]?.steps.map((one) => [one.step, one.afterDue, one.when])).toEqual([
      ['a', { days: 2, unit: 'working' }, [{ code: 'amount-at-least', args: { amount: 5000_00 } }]],
    ]);
  });

  it.each([
    ['no YAML', 'name: [', 'invalid-yaml', 1],
    ['not a mapping', '- a', 'invalid-policy', 1],
    ['a missing field', 'name: own\nsteps: []', 'invalid-policy', 1, 'needs the field "version"'],
    ['no steps', `${head}steps: []`, 'invalid-policy', 3, 'steps has no steps'],
    [
      'a misspelt setting',
      `${head}minimumAmmount: 5\nsteps:\n  - { step: a, kind: reminder, afterDue: 4 days, channels: [email] }`,
      'invalid-policy',
      3,
      'minimumAmmount is not a setting here',
    ],
    ['a misspelt setting of a step', step(', chanels: [letter]'), 'invalid-policy', 4, 'steps[0].chanels'],
    [
      'an unknown kind',
      step('').replace('kind: reminder', 'kind: threat'),
      'invalid-policy',
      4,
      'is "threat", expected one of reminder, demand',
    ],
    ['a delay without a unit', step('').replace('4 days', '4'), 'invalid-policy', 4, 'expected for example "4 days" or "3 working days"'],
    ['too fine an amount', step(', minimumAmount: 5.001'), 'invalid-policy', 4, 'more than the 2 decimals'],
    ['a negative amount', step(', minimumAmount: "-5"'), 'invalid-policy', 4, 'must not be below zero'],
    ['an unknown condition', step(', when: [{ full-moon: {} }]'), 'invalid-policy', 4, 'is no condition; known are: capacity-in'],
    ['a condition without its argument', step(', when: [{ amount-at-least: {} }]'), 'invalid-policy', 4, 'needs "amount"'],
    [
      'two conditions in one',
      step(', when: [{ large-company: {}, segment-in: { segments: [a] } }]'),
      'invalid-policy',
      4,
      'must be one condition',
    ],
    [
      'an audience that changes with the day',
      `${head}audience: [{ amount-at-least: { amount: '5' } }]\nsteps:\n  - { step: a, kind: reminder, afterDue: 4 days, channels: [email] }`,
      'invalid-policy',
      3,
      'only a step may use it',
    ],
    ['a step by phone that is no call', step('').replace('[email]', '[phone]'), 'invalid-policy', 4, 'a call goes by phone'],
    [
      'a step that never comes',
      step('').replace('afterDue: 4 days, ', ''),
      'invalid-policy',
      4,
      'needs afterDue, afterPrevious or a trigger',
    ],
    [
      'a step twice',
      `${step('')}  - { step: a, kind: reminder, afterDue: 9 days, channels: [email] }`,
      'invalid-policy',
      5,
      'which is there twice',
    ],
    ['a demand without a day to pay by', step('').replace('kind: reminder', 'kind: demand'), 'invalid-policy', 4, 'needs a term'],
    [
      'charges before the due date',
      step(', costs: charge').replace('4 days', '-4 days'),
      'invalid-policy',
      4,
      'only a reminder without charges may',
    ],
    [
      'a courtesy after a reminder',
      `${step('')}  - { step: b, kind: reminder, afterDue: -5 days, channels: [email] }`,
      'invalid-policy',
      5,
      'comes before the due date',
    ],
    ['figures a week old', `${head}freshness: { pullBankingDays: 5 }\nsteps: []`, 'invalid-policy', 3, 'older than 2 banking days'],
    ['statements of today', `${head}freshness: { statementBankingDays: 0 }\nsteps: []`, 'invalid-policy', 3, 'at least 1'],
    [
      'a handover without a person',
      `${step('').replace('kind: reminder', 'kind: demand').replace('channels', 'term: 8 days, channels')}  - { step: h, kind: propose-handover, afterDue: 40 days, approval: false }`,
      'invalid-policy',
      5,
      'needs the approval of a person',
    ],
    [
      'a day that does not exist',
      `${head}quietDays: [13-01..01-02]\nsteps:\n  - { step: a, kind: reminder, afterDue: 4 days, channels: [email] }`,
      'invalid-policy',
      3,
      'expected for example "12-24..01-02"',
    ],
    ['the same key twice', `${head}name: again\nsteps: []`, 'invalid-yaml', 3],
  ] as [string, string, string, number, string?][])('refuses %s, with its line', (_, text, code, line, message = '') => {
    const refused = refusal(text);
    expect([refused.code, refused.line]).toEqual([code, line]);
    expect(refused.message).toContain(message);
    expect(refused.message).toContain(`own.yml:${line}:`);
  });

  it('survives whatever text it is given', () => {
    for (const text of [
      '',
      '0',
      'null',
      '[]',
      '{}',
      'name: {}',
      '? [a]\n: b',
      `${head}steps: 5`,
      `${head}steps: [5]`,
      `${head}audience: [[]]\nsteps: []`,
      `${head}include: [5]`,
    ]) {
      expect(refusal(text).code).toMatch(/^(invalid-policy|invalid-yaml|missing-file)$/);
    }
  });
});

describe('what the law forbids', () => {
  const consumer = 'audience: [{ capacity-in: { capacities: [consumer] } }, { country-in: { countries: [NL] } }]\n';
  const belgian = consumer.replace('[NL]', '[BE]');
  const business = 'audience: [{ capacity-in: { capacities: [business] } }, { country-in: { countries: [NL] } }]\n';
  const letter = '  - { step: letter, kind: fourteen-day-letter, afterDue: 20 days, channels: [letter], costs: announce }\n';
  const agreed = 'terms: { agreed: true }\n';

  it.each([
    [
      'a fourteen-day step of ten days',
      `${head}${consumer}${agreed}steps:\n${letter.replace('costs', 'term: 10 days, costs')}`,
      6,
      '6:96(6)',
      'gives at least 14 days; this one gives 10',
    ],
    [
      'a Belgian reminder of ten days',
      `${head}${belgian}steps:\n  - { step: r, kind: be-first-reminder, afterDue: 4 days, channels: [email], term: 10 days }\n`,
      5,
      'XIX.2',
      'at least 14',
    ],
    [
      'costs above the scale for consumers',
      `${head}${consumer}terms: { agreed: true, clause: { percent: '20', minimum: '40.00' } }\nsteps:\n${letter}`,
      4,
      '6:96(5)',
      'of a consumer',
    ],
    [
      'a minimum above the scale for consumers',
      `${head}${consumer}terms: { agreed: true, clause: { percent: '0.5', minimum: '75.00' } }\nsteps:\n${letter}`,
      4,
      '6:96(5)',
      'of a consumer',
    ],
    [
      'costs above the Belgian caps',
      `${head}${belgian}terms: { clause: { percent: '10', minimum: '50.00' } }\nsteps:\n  - { step: r, kind: be-first-reminder, afterDue: 4 days, channels: [email] }\n`,
      4,
      'XIX.4',
      'of a consumer',
    ],
    [
      'costs before the letter',
      `${head}${consumer}${agreed}steps:\n  - { step: r, kind: reminder, afterDue: 9 days, channels: [email], costs: charge }\n`,
      6,
      '6:96(6)',
      'before a fourteen-day-letter was sent',
    ],
    [
      'costs in the letter itself',
      `${head}${consumer}${agreed}steps:\n${letter.replace('announce', 'charge')}`,
      6,
      '6:96(6)',
      'only the principal',
    ],
    [
      'handover of a consumer without a letter',
      `${head}${consumer}${agreed}steps:\n  - { step: r, kind: demand, afterDue: 9 days, channels: [email], term: 8 days }\n  - { step: h, kind: propose-handover, afterDue: 40 days }\n`,
      7,
      '6:96(6)',
      'before a fourteen-day-letter',
    ],
    [
      'handover inside the fourteen days',
      `${head}${consumer}${agreed}steps:\n${letter}  - { step: h, kind: propose-handover, afterPrevious: 10 days }\n`,
      7,
      '6:96(6)',
      '10 days after',
    ],
    [
      'handover of a business before a demand',
      `${head}${business}steps:\n  - { step: r, kind: reminder, afterDue: 9 days, channels: [email] }\n  - { step: h, kind: propose-handover, afterDue: 40 days }\n`,
      6,
      '6:96(2)',
      'before any demand',
    ],
    ['a letter to who is not in default', `${head}${consumer}steps:\n${letter}`, 5, '6:82', 'before he is in default'],
    [
      'a call to a Belgian consumer before the free reminder',
      `${head}${belgian}steps:\n  - { step: c, kind: call, afterDue: 4 days }\n`,
      5,
      'XIX.2',
      'before the be-first-reminder',
    ],
    ['all of that in a policy for everyone', step(', costs: charge'), 4, '6:96(6)', 'a consumer in NL'],
    [
      'a fourteen-day step of ten days in a policy for everyone',
      `${head}steps:\n${letter.replace('costs', 'term: 10 days, costs')}`,
      4,
      '6:96(6)',
      'gives at least 14 days; this one gives 10',
    ],
  ] as const)('%s is refused with the article', (_, text, line, article, message) => {
    const refused = refusal(text);
    expect([refused.code, refused.line]).toEqual(['illegal-policy', line]);
    expect(refused.message).toContain(article);
    expect(refused.message).toContain(message);
  });

  it('names the clause of the terms and its line', () => {
    const clause = 'terms:\n  agreed: true\n  clause: { percent: "20", minimum: "40.00" }\n';
    const refused = refusal(`${head}${consumer}${clause}steps:\n${letter}`);
    expect(refused.line).toBe(6);
    expect(refused.message).toContain('terms.clause is not allowed for a consumer in NL');
  });

  it.each([
    ['term', 'term: 10 days'],
    ['costs', 'costs: charge'],
    ['interest', 'interest: charge'],
  ])('names the field %s of a step and its line', (field, setting) => {
    const first = `  - step: f\n    kind: be-first-reminder\n    channels: [email]\n    ${setting}\n    afterDue: 4 days\n`;
    const refused = refusal(`${head}${belgian}steps:\n${first}`);
    expect([refused.code, refused.line]).toEqual(['illegal-policy', 8]);
    expect(refused.message).toContain(`steps[0].${field} is not allowed for a consumer in BE`);
  });

  it.each([
    ['kind', 6, '  - step: h\n    kind: propose-handover\n    afterDue: 40 days\n', 'before any demand'],
    [
      'afterPrevious',
      10,
      '  - { step: l, kind: fourteen-day-letter, afterDue: 20 days, channels: [letter] }\n  - step: h\n    kind: propose-handover\n\n    afterPrevious: 10 days\n',
      'its 14 days must be over',
    ],
  ])('names the field %s of a handover', (field, line, steps, message) => {
    const terms = field === 'kind' ? business : `${consumer}${agreed}`;
    const refused = refusal(`${head}${terms}steps:\n${steps}`);
    expect([refused.code, refused.line]).toEqual(['illegal-policy', line]);
    expect(refused.message).toContain(`.${field} is not allowed`);
    expect(refused.message).toContain(message);
  });

  it('is not refused where it is allowed', () => {
    // Between businesses a tariff is free, costs need no notice, and a fourteen-day letter is not needed for a handover.
    const text = `${head}${business}terms: { clause: { percent: '20', minimum: '75.00' } }\nsteps:\n  - { step: d, kind: demand, afterDue: 9 days, channels: [email], term: 8 days, costs: charge }\n  - { step: h, kind: propose-handover, afterDue: 40 days, costs: charge }\n`;
    expect(parse(text).tracks[0]?.steps).toHaveLength(2);
    expect(parse(`${head}${consumer}${agreed}steps:\n${letter.replace('costs', 'term: 14 days, costs')}`).tracks[0]?.steps).toHaveLength(1);
  });
});
