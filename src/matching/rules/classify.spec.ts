import { describe, expect, it } from '@jest/globals';
import { OWN_SAVINGS, book, line } from '../../../test/matching/support/golden.js';
import { classify, isReturn, otherIncome } from './classify.js';

const empty = book([]);
const coded = (family: string, subFamily: string) => ({ code: { domain: 'PMNT', family, subFamily, proprietary: null } }) as const;
const kind = (amount: string, rest: Parameters<typeof line>[2] = {}): string => classify(line(amount, '', rest), empty).kind;

describe('what a line is before invoices are looked at', () => {
  it.each([
    ['a transfer received', '10.00', {}, 'receipt'],
    ['our own collection', '10.00', coded('IDDT', 'ESDD'), 'receipt'],
    ['money going out', '-10.00', {}, 'not-a-receipt'],
    ['nothing', '0.00', {}, 'not-a-receipt'],
    ['a bounced collection', '-10.00', coded('IDDT', 'UPDD'), 'return'],
    ['money out with a return reason and no code', '-10.00', { returned: { code: 'AM04', information: null } }, 'return'],
    ['a reversed entry going out', '-10.00', { reversal: true }, 'return'],
    ['our own payment coming back', '10.00', coded('ICDT', 'RRTN'), 'own-return'],
    ['interest', '10.00', coded('MCOP', 'INTR'), 'not-a-receipt'],
    ['from our savings account', '10.00', { iban: OWN_SAVINGS }, 'not-a-receipt'],
    ['pending', '10.00', { setAside: 'it is not booked yet' }, 'not-a-receipt'],
  ])('%s', (_, amount, rest, expected) => expect(kind(amount, rest)).toBe(expected));

  it('says why a line is set aside in the words of the reader, before anything else', () => {
    expect(classify(line('-10.00', '', { setAside: 'a copy', ...coded('IDDT', 'UPDD') }), empty)).toEqual({
      kind: 'not-a-receipt',
      because: 'a copy',
    });
  });

  it('sees an own account before a return: a transfer back and forth is nobody’s payment', () => {
    expect(kind('-10.00', { iban: OWN_SAVINGS, ...coded('RCDT', 'RRTN') })).toBe('not-a-receipt');
  });

  it('takes a line for a return by its reason, its flag or its code', () => {
    expect([
      isReturn(line('-1.00', '')),
      isReturn(line('-1.00', '', { reversal: true })),
      isReturn(line('-1.00', '', coded('RDDT', 'PRDD'))),
    ]).toEqual([false, true, true]);
  });
});

describe('income that is no receivable, when no item explains it', () => {
  it.each([
    ['BELASTINGDIENST', /tax office/],
    ['FOD Financiën', /tax office/],
    ['voorbeeld leveranties b.v.', /our own name/],
  ])('%s', (name, why) => expect(otherIncome(line('10.00', '', { name }), empty)).toMatch(why));

  it.each(['Belastingadvies Jansen', 'Jansen Bouw', ''])('not %j', (name) =>
    expect(otherIncome(line('10.00', '', { name }), empty)).toBeNull(),
  );
});
