import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  formatOgm,
  isBetalingskenmerk,
  isOgm,
  isQrr,
  isRf,
  isViite,
  normalizeReference,
  referenceKinds,
  toBetalingskenmerk,
  toOgm,
  toRf,
} from './payment-reference.js';

const digits = (maxLength: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${maxLength}}$`));
/** The text with the digit at a place raised by one. */
const raised = (text: string, at: number): string => `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`;

describe('the Dutch betalingskenmerk', () => {
  // Body 1234567: weights 2 4 8 5 10 9 7 from the right give 14+24+40+20+30+18+7 = 153, the length code 7 × 3 = 21 more: 174;
  // 174 mod 11 = 9 and 11 − 9 = 2. The length code is part of what is checked.
  it('has a length code in its short form', () => {
    expect(isBetalingskenmerk('271234567')).toBe(true);
    expect(isBetalingskenmerk('171234567')).toBe(false);
    expect(isBetalingskenmerk('281234567')).toBe(false);
  });

  // 000056789012345 from the right: 5×2 4×4 3×8 2×5 1×10 0 9×7 8×3 7×6 6×1 5×2 = 10+16+24+10+10+0+63+24+42+6+10 = 215; 215 mod 11 = 6; 11 − 6 = 5.
  it('has sixteen digits in its long form', () => {
    expect(toBetalingskenmerk('56789012345')).toBe('5000056789012345');
    expect(isBetalingskenmerk('5000056789012345')).toBe(true);
    expect(isBetalingskenmerk('6000056789012345')).toBe(false);
  });

  it('writes 10 as 1 and 11 as 0', () => {
    // 3 in the first place has weight 2, 1 in the ninth weight 6: 12 mod 11 = 1 and 11 − 1 = 10. Zeros leave 0: 11 − 0 = 11.
    expect(toBetalingskenmerk('100000003')[0]).toBe('1');
    expect(toBetalingskenmerk('0')[0]).toBe('0');
  });

  it.each(['', '1234567', '12345678', '123456789012345', '12345678901234567', '27123456a'])('does not know %j', (text) => {
    expect(isBetalingskenmerk(text)).toBe(false);
  });

  it('accepts what it makes and refuses bodies that do not fit', () => {
    fc.assert(fc.property(digits(15), (body) => isBetalingskenmerk(toBetalingskenmerk(body))));
    expect(() => toBetalingskenmerk('1234567890123456')).toThrow('not a body');
    expect(() => toBetalingskenmerk('12a')).toThrow('not a body');
  });
});

describe('the Belgian structured communication (collection-rules §4.4)', () => {
  it.each([
    ['0909337554', '+++090/9337/55493+++'],
    ['2026001234', '+++202/6001/23464+++'],
    ['0000000097', '+++000/0000/09797+++'],
    ['0000000001', '+++000/0000/00101+++'],
  ])('%s is written %s', (body, written) => {
    expect(formatOgm(toOgm(body))).toBe(written);
    expect(isOgm(normalizeReference(written))).toBe(true);
    expect(isOgm(raised(normalizeReference(written), 4))).toBe(false);
  });

  it('writes remainder zero as 97 and never as 00', () => {
    expect(isOgm('000000009700')).toBe(false);
    expect(isOgm('090933755')).toBe(false);
    expect(() => toOgm('12345678901')).toThrow('not a body');
  });
});

describe('the creditor reference of ISO 11649 (§4.4)', () => {
  it.each([
    ['539007547034', 'RF18539007547034'],
    ['INV20260042', 'RF73INV20260042'],
  ])('%s is %s', (body, reference) => {
    expect(toRf(body)).toBe(reference);
    expect(isRf(reference)).toBe(true);
  });

  it.each(['RF19539007547034', 'RF18', 'RF', 'XX18539007547034', 'RF18 5390 0754 7034', 'RF191234567890123456789012'])(
    '%s is none',
    (text) => {
      expect(isRf(text)).toBe(false);
    },
  );

  it('accepts what it makes and notices one changed check digit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{1,21}$/), (body) => {
        expect(isRf(toRf(body))).toBe(true);
        expect(isRf(raised(toRf(body), 3))).toBe(false);
      }),
    );
    expect(() => toRf('low')).toThrow('not a body');
    expect(() => toRf('A'.repeat(22))).toThrow('not a body');
  });
});

describe('references of other countries', () => {
  it('knows the Swiss QR reference', () => {
    expect(isQrr('210000000003139471430009017')).toBe(true);
    expect(isQrr('210000000003139471430009018')).toBe(false);
    expect(isQrr('21000000000313947143000901')).toBe(false);
  });

  // 123: 3×7 + 2×3 + 1×1 = 28, and 30 − 28 = 2.
  it('knows the Finnish viite', () => {
    expect(isViite('1232')).toBe(true);
    expect(isViite('1233')).toBe(false);
    expect(isViite('00001232')).toBe(true);
    expect(isViite('123')).toBe(false);
  });
});

describe('any reference', () => {
  it('is read without decoration', () => {
    expect(normalizeReference(' rf18 5390 0754 7034')).toBe('RF18539007547034');
    expect(normalizeReference('***090/9337/55493***')).toBe('090933755493');
  });

  it('may be valid as several kinds, or as none', () => {
    expect(referenceKinds('090933755493')).toContain('be-ogm');
    expect(referenceKinds('RF18539007547034')).toEqual(['rf']);
    expect(referenceKinds('hello')).toEqual([]);
    expect(referenceKinds('')).toEqual([]);
  });
});
