import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unwrap } from '../../kernel/result.js';
import { type CreditTransfer, epcPayload, paymentReferenceOf } from './epc-qr.js';

/** The payloads below are written by hand from the twelve lines of reference/collection-rules.md §6.8. */
const transfer: CreditTransfer = {
  name: 'Voorbeeld Installaties BV',
  iban: 'NL91ABNA0417164300',
  bic: 'ABNANL2A',
  amount: 123_456,
  remittance: { kind: 'structured', reference: 'RF18539007547034' },
};

const codeOf = (change: Partial<CreditTransfer>): string => {
  const result = epcPayload({ ...transfer, ...change });
  return result.ok ? 'accepted' : result.error.code;
};

describe('epcPayload', () => {
  it('carries a structured reference on line 10 and nothing after it', () => {
    expect(unwrap(epcPayload(transfer))).toBe(
      ['BCD', '002', '1', 'SCT', 'ABNANL2A', 'Voorbeeld Installaties BV', 'NL91ABNA0417164300', 'EUR1234.56', '', 'RF18539007547034'].join(
        '\n',
      ),
    );
  });

  it('leaves line 10 empty when text stands on line 11', () => {
    const payload = unwrap(epcPayload({ ...transfer, bic: null, remittance: { kind: 'text', text: '2026-0042 2026-0043' } }));
    expect(payload).toBe('BCD\n002\n1\nSCT\n\nVoorbeeld Installaties BV\nNL91ABNA0417164300\nEUR1234.56\n\n\n2026-0042 2026-0043');
  });

  it('ends with the amount when nothing follows it, down to one cent', () => {
    const payload = unwrap(epcPayload({ ...transfer, bic: null, amount: 1, remittance: null }));
    expect(payload).toBe('BCD\n002\n1\nSCT\n\nVoorbeeld Installaties BV\nNL91ABNA0417164300\nEUR0.01');
  });

  it('writes the largest amount without separators', () => {
    expect(unwrap(epcPayload({ ...transfer, amount: 99_999_999_999 })).split('\n')[7]).toBe('EUR999999999.99');
  });

  it('takes an IBAN with blanks and writes it without', () => {
    expect(unwrap(epcPayload({ ...transfer, iban: 'be68 5390 0754 7034' })).split('\n')[6]).toBe('BE68539007547034');
  });

  it.each([
    ['an empty name', { name: ' ' }, 'invalid-name'],
    ['a name of 71 characters', { name: 'n'.repeat(71) }, 'invalid-name'],
    ['a name with a line break, which would shift every line after it', { name: 'A\nNL00' }, 'invalid-name'],
    ['an IBAN with a wrong check digit', { iban: 'NL92ABNA0417164300' }, 'invalid-iban'],
    ['a BIC of nine characters', { bic: 'ABNANL2AX' }, 'invalid-bic'],
    ['no amount', { amount: 0 }, 'invalid-amount'],
    ['a negative amount', { amount: -1 }, 'invalid-amount'],
    ['a thousand million euro', { amount: 100_000_000_000 }, 'invalid-amount'],
    ['half a cent', { amount: 0.5 }, 'invalid-amount'],
    ['a reference of 36 characters', { remittance: { kind: 'structured', reference: 'R'.repeat(36) } }, 'invalid-reference'],
    ['a reference with a blank', { remittance: { kind: 'structured', reference: 'RF18 5390' } }, 'invalid-reference'],
    ['a text of 141 characters', { remittance: { kind: 'text', text: 't'.repeat(141) } }, 'invalid-text'],
    ['a text with a line break', { remittance: { kind: 'text', text: 'a\r\nb' } }, 'invalid-text'],
    ['an empty text', { remittance: { kind: 'text', text: '' } }, 'invalid-text'],
  ] as const)('refuses %s', (_what, change, code) => {
    expect(codeOf(change)).toBe(code);
  });

  it('accepts 70 characters of name and 140 of text, counted as characters', () => {
    expect(codeOf({ name: 'n'.repeat(70), remittance: { kind: 'text', text: 't'.repeat(140) } })).toBe('accepted');
  });

  it('refuses what does not fit 331 bytes: characters of four bytes fill it before their number does', () => {
    // 70 × 4 bytes of name and 140 of text, with the lines around them (63 bytes), are more than 331.
    expect(codeOf({ name: '𝔸'.repeat(70), remittance: { kind: 'text', text: 't'.repeat(140) } })).toBe('payload-too-long');
  });

  it('gives a payload that reads back line by line, or refuses: never one with a line too many', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ unit: 'binary', maxLength: 150 }), (name, text) => {
        const result = epcPayload({ ...transfer, name, remittance: { kind: 'text', text } });
        if (!result.ok) return;
        const lines = result.value.split('\n');
        expect(lines).toHaveLength(11);
        expect([lines[5], lines[10]]).toEqual([name, text]);
      }),
    );
  });
});

describe('paymentReferenceOf', () => {
  const item = (number: string, paymentReference: string | null): { number: string; paymentReference: string | null } => ({
    number,
    paymentReference,
  });

  it('sends an ISO 11649 reference structured and shows it in groups of four', () => {
    expect(paymentReferenceOf([item('1', 'RF18539007547034')])).toEqual({
      remittance: { kind: 'structured', reference: 'RF18539007547034' },
      display: 'RF18 5390 0754 7034',
    });
  });

  it('sends a Belgian structured communication as its twelve digits and shows it the Belgian way', () => {
    expect(paymentReferenceOf([item('1', '+++090/9337/55493+++')])).toEqual({
      remittance: { kind: 'structured', reference: '090933755493' },
      display: '+++090/9337/55493+++',
    });
  });

  it('sends a Dutch betalingskenmerk as text', () => {
    expect(paymentReferenceOf([item('1', '5000056789012345')])?.remittance).toEqual({ kind: 'text', text: '5000056789012345' });
  });

  it('sends a reference with a wrong check digit as text, since a bank refuses it structured', () => {
    expect(paymentReferenceOf([item('1', 'RF19539007547034')])?.remittance).toEqual({ kind: 'text', text: 'RF19539007547034' });
  });

  it('keeps a reference that all items share', () => {
    expect(paymentReferenceOf([item('1', 'RF18539007547034'), item('2', 'RF18539007547034')])?.remittance.kind).toBe('structured');
  });

  it('names the invoices when their references differ, because one reference would pay only its own', () => {
    expect(paymentReferenceOf([item('2026-1', 'RF18539007547034'), item('2026-2', null)])?.remittance).toEqual({
      kind: 'text',
      text: '2026-1 2026-2',
    });
  });

  it('names as many whole invoice numbers as fit 140 characters', () => {
    // 9 characters and a blank each: fourteen take 14 × 9 + 13 = 139, a fifteenth does not fit.
    const items = Array.from({ length: 20 }, (_, at) => item(`F20260${String(at).padStart(3, '0')}`, null));
    expect(paymentReferenceOf(items)?.display.split(' ')).toEqual(items.slice(0, 14).map(({ number }) => number));
  });

  it('has nothing to say about no items', () => {
    expect(paymentReferenceOf([])).toBeNull();
  });
});
