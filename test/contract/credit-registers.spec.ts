import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cirRegister } from '../../src/credit/registers/cir.js';
import { creditInformationRegister } from '../../src/credit/registers/credit-information.js';
import type { Register } from '../../src/credit/registers/register.port.js';
import { viesRegister } from '../../src/credit/registers/vies.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { CreditRegisterSandbox, REPORT_KEY, SUBSCRIBER } from '../../src/sandbox/credit-register/credit-register-sandbox.js';
import type { Insolvency } from '../../src/sandbox/credit-register/insolvency-answers.js';

const clock = new ManualClock(new Date('2026-11-20T08:00:00Z'));
const sandbox = new CreditRegisterSandbox(clock);
const TIMEOUT = 2_500;

beforeAll(async () => {
  await sandbox.start();
});
afterAll(() => sandbox.stop());
afterEach(() => sandbox.faults.clear());

const vies = (): Register => viesRegister({ url: sandbox.viesUrl, timeoutMs: TIMEOUT });
const cir = (password: string = SUBSCRIBER.password): Register =>
  cirRegister({ url: sandbox.cirUrl, user: SUBSCRIBER.user, password, timeoutMs: TIMEOUT, clock });
const reports = (key: string = REPORT_KEY): Register =>
  creditInformationRegister({ url: sandbox.reportsUrl, key, cost: 250, timeoutMs: TIMEOUT });
const answer = async (register: Register, subject: string): Promise<unknown> => {
  const result = await register.ask(subject);
  return result.ok ? result.value : result.error;
};

const KVK = '12345678';
const bankruptcy = (words: string[], number = 'F.01/26/123', publication = '01.dha.26.123.F.1300.1.26'): Insolvency => ({
  publication,
  number,
  court: 'Rechtbank Den Haag',
  trustee: { titles: 'mr.', initials: 'A.B.', surname: 'Curator' },
  publications: words.map((each, at) => ({ date: `2026-11-0${at + 2}T00:00:00`, words: each })),
});

describe('what registers answer', () => {
  it('VIES: valid, not valid, and without a name where a member state tells none', async () => {
    sandbox.invalidVat.add('NL000099998B57');
    expect(await answer(vies(), 'NL 123456782B01')).toEqual({ what: 'vat', valid: true, name: 'BEDRIJF 123456782B01' });
    expect(await answer(vies(), 'NL 000099998B57')).toEqual({ what: 'vat', valid: false, name: null });
    expect(await answer(vies(), 'DE 136695976')).toEqual({ what: 'vat', valid: true, name: null });
  });

  it('the insolvency register: none, a bankruptcy with its trustee, and whether it ended', async () => {
    expect(await answer(cir(), '87654321')).toEqual({ what: 'insolvency', proceedings: [] });
    sandbox.insolvencies.set(KVK, [bankruptcy(['Uitspraak faillissement op 02 november 2026'])]);
    expect(await answer(cir(), KVK)).toEqual({
      what: 'insolvency',
      proceedings: [
        {
          kind: 'bankruptcy',
          number: 'F.01/26/123',
          since: '2026-11-02',
          court: 'Rechtbank Den Haag',
          trustee: 'mr. A.B. Curator',
          ended: false,
        },
      ],
    });
    sandbox.insolvencies.set(KVK, [
      bankruptcy(['Uitspraak surseance op 02 november 2026', 'Einde surseance van betaling'], 'S.01/26/9', 's'),
      bankruptcy(['Uitspraak schuldsanering'], 'R.01/26/9', 'r'),
    ]);
    expect(await answer(cir(), KVK)).toMatchObject({
      proceedings: [
        { kind: 'moratorium', ended: true },
        { kind: 'debt-restructuring', ended: false },
      ],
    });
  });

  it('a credit report', async () => {
    sandbox.companies.set(`nl-kvk/${KVK}`, { active: true, rating: 'B+', suggestedLimit: '12500.00', accountsOf: '2025-12-31' });
    expect(await answer(reports(), `nl-kvk ${KVK}`)).toEqual({
      what: 'credit-information',
      active: true,
      rating: 'B+',
      suggestedLimit: 12_500_00,
      accountsOf: '2025-12-31',
    });
  });

  it('nobody is asked what a register cannot know', () => {
    const nobody = { registry: null, vat: null, wrong: [] };
    for (const register of [vies(), cir(), reports()]) expect(register.subjectOf(nobody)).toBeNull();
    expect(cir().subjectOf({ ...nobody, registry: { scheme: 'be-kbo', id: '0403019261' } })).toBeNull();
  });
});

describe.each([
  ['VIES', vies, 'NL 123456782B01'],
  ['the insolvency register', cir, KVK],
  ['the provider of reports', reports, `nl-kvk ${KVK}`],
] as const)('what is no answer of %s', (_, register, subject) => {
  it.each([
    ['silent', { kind: 'unavailable', billed: true }],
    ['drop', { kind: 'unavailable', billed: true }],
    ['down', { kind: 'unavailable' }],
    ['member-state-unavailable', { kind: 'unavailable' }],
    ['too-many', { kind: 'too-many', billed: false, retryAfterSeconds: 7200 }],
    ['wrong-format', { kind: 'wrong-format' }],
    ['elsewhere', { kind: 'wrong-format' }],
  ] as const)('%s is a failure', async (fault, expected) => {
    sandbox.fault(fault);
    const result = await register().ask(subject);
    expect(result).toMatchObject({ ok: false, error: expected });
  });
});

it('wrong credentials are said, and nothing listening is known not to have been reached', async () => {
  expect(await answer(cir('other'), KVK)).toMatchObject({ kind: 'refused', message: expect.stringContaining('Security requirements') });
  expect(await answer(reports('other'), `nl-kvk ${KVK}`)).toMatchObject({ kind: 'refused', billed: false });
  const nowhere = viesRegister({ url: 'http://127.0.0.1:9', timeoutMs: TIMEOUT });
  expect(await answer(nowhere, 'NL 123456782B01')).toMatchObject({ kind: 'unavailable', billed: false });
});

it('a question that failed half way is no answer: the list came, the case did not', async () => {
  sandbox.insolvencies.set(KVK, [bankruptcy(['Uitspraak faillissement'])]);
  let seen = 0;
  sandbox.fault('wrong-format', { match: () => ++seen === 2 });
  expect(await answer(cir(), KVK)).toMatchObject({ kind: 'wrong-format' });
});
