import { describe, expect, it } from '@jest/globals';
import { DEVRIES, GROUP, JANSEN, JANSEN_BV, OWN, STRANGER, book, debtor, from, line } from '../../../test/matching/support/golden.js';
import { BookIndex } from './book-index.js';
import { isProvider, readPayer, relationOf } from './payer.js';
import { type BankLine, type Evidence, NO_EVIDENCE } from './vocabulary.js';

const debtors = [
  JANSEN_BV,
  debtor('devries', 'De Vries Schilders VOF', { ibans: [DEVRIES] }),
  debtor('north', 'Bakker Noord BV', { ibans: [GROUP] }),
  debtor('south', 'Bakker Zuid BV', { ibans: [GROUP] }),
  debtor('muller', 'Müller Metallbau GmbH'),
  debtor('twin-1', 'Kaptein Transport B.V.'),
  debtor('twin-2', 'Kaptein Transport VOF'),
];
const index = new BookIndex(book([], { debtors }));
function relation(one: BankLine, id: string, given: { ibans?: string[]; customers?: string[]; evidence?: Partial<Evidence> } = {}): string {
  const at = (debtorId: string): number => index.debtorPosition(debtorId) as number;
  const customers = (given.customers ?? []).map((debtorId) => ({ debtor: at(debtorId) }));
  const payer = readPayer(one, given.ibans ?? [], customers, index, { ...NO_EVIDENCE, ...given.evidence });
  return relationOf(payer, at(id), index).relation;
}

describe('what a payer has to do with a debtor', () => {
  it.each([
    ['its own account', line('1.00', ''), 'jansen', 'known'],
    ['an account of another debtor', line('1.00', ''), 'devries', 'other'],
    ['that account with exactly his name', line('1.00', '', from(JANSEN, 'De Vries Schilders')), 'devries', 'mentioned'],
    ['that account and his name in the text', line('1.00', 'voor De Vries Schilders'), 'devries', 'mentioned'],
    ['a shared account', line('1.00', '', from(GROUP, 'Familie Bakker')), 'north', 'shared'],
    ['a shared account with his name', line('1.00', '', from(GROUP, 'Bakker Noord')), 'north', 'known'],
    ['his name, whole', line('1.00', '', from(STRANGER, 'MULLER METALLBAU')), 'muller', 'named'],
    ['a name that two debtors have', line('1.00', '', from(STRANGER, 'Kaptein Transport')), 'twin-1', 'resembles'],
    ['a name one letter off', line('1.00', '', from(STRANGER, 'Mutler Metallbau')), 'muller', 'near'],
    ['his name in the text of a stranger', line('1.00', 'namens Müller Metallbau', from(STRANGER, 'Holding X')), 'muller', 'mentioned'],
    ['nothing', line('1.00', '', from(STRANGER, 'Holding X')), 'muller', 'stranger'],
  ])('%s', (_, one, id, expected) => expect(relation(one, id)).toBe(expected));

  it('is mentioned by customer number, or by a person’s link too young to count', () => {
    const unknown = line('1.00', '', from(STRANGER, 'Holding X'));
    expect(relation(unknown, 'muller', { customers: ['muller'] })).toBe('mentioned');
    expect(relation(unknown, 'muller', { evidence: { ibanLinks: [{ iban: STRANGER, debtorId: 'muller', confirmations: 1 }] } })).toBe(
      'mentioned',
    );
  });

  it('reads the account in the text only when the paying account stands for nobody', () => {
    expect(relation(line('1.00', '', from(STRANGER, 'AAB INZ TIKKIE')), 'jansen', { ibans: [JANSEN] })).toBe('known');
    expect(relation(line('1.00', '', from(STRANGER, 'Holding X')), 'jansen', { ibans: [JANSEN] })).toBe('stranger');
    expect(relation(line('1.00', '', from(STRANGER, 'AAB INZ TIKKIE')), 'jansen', { ibans: [OWN] })).toBe('stranger');
  });

  it('forgets the holders of an account that a person marked as standing for nobody', () => {
    expect(relation(line('1.00', '', from(DEVRIES, 'Factor')), 'devries', { evidence: { neutralIbans: [DEVRIES] } })).toBe('stranger');
  });
});

describe('payment providers', () => {
  it.each(['Stichting Mollie Payments', 'ADYEN N.V.', 'Buckaroo Stichting Derdengelden', 'Pay.nl'])('%s is one', (name) =>
    expect(isProvider(name)).toBe(true),
  );
  it.each(['Pompstation Ede', 'Stripes Mode', 'Jansen Bouw'])('%s is none', (name) => expect(isProvider(name)).toBe(false));
});
