import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readText } from './text.js';

const numbers = (...lines: string[]): string[] =>
  readText(lines, [])
    .atoms.filter(({ isNumber }) => isNumber)
    .map(({ text, doubt, labelled }) => `${text}${doubt === null ? '' : ` ${doubt}`}${labelled ? ' labelled' : ''}`);

describe('reading a text', () => {
  it('keeps runs of digits whole', () => expect(numbers('1814 en 14')).toEqual(['1814', '14']));
  it('knows a date', () => expect(numbers('d.d. 20-11-2026')).toEqual(['20 date', '11 date', '2026 date']));
  it('knows a compact date', () => expect(numbers('20261120 31122026')).toEqual(['20261120 date', '31122026 date']));
  it('does not take an invoice number for a date', () => expect(numbers('20260042')).toEqual(['20260042']));
  it('knows a month by name', () => expect(numbers('5 november')).toEqual(['5 date']));
  it('knows an amount', () => expect(numbers('1.234,56 en EUR 100')).toEqual(['1 amount', '234 amount', '56 amount', '100 amount']));
  it('does not take a list for an amount', () => expect(numbers('2026-0042,43')).toEqual(['2026 year', '0042', '43']));
  it('knows a telephone number', () => expect(numbers('0612345678')).toEqual(['0612345678 phone']));
  it('knows a postcode', () => expect(numbers('1234 AB')).toEqual(['1234 postcode']));
  it('knows a customer number by the word before it', () =>
    expect(numbers('klantnr. 10023 2026-0042')).toEqual(['10023 customer', '2026 year', '0042']));
  it('knows a company number in two groups', () => expect(numbers('KvK 1234 5678')).toEqual(['1234 registry', '5678 registry']));
  it('believes the word "factuur"', () => expect(numbers('factuur nr 20261120')).toEqual(['20261120 labelled']));
  it('lets a word reach no further than the next one', () => expect(numbers('klant van vorige keer 4711')).toEqual(['4711']));

  it('takes account numbers out, also with a word after them', () => {
    expect(readText(['NL91 ABNA 0417 1643 00 dank'], [])).toMatchObject({ ibans: ['NL91ABNA0417164300'], atoms: [{ text: 'DANK' }] });
  });

  it('marks identifiers as technical and lets nothing run on into them', () => {
    const { atoms } = readText(['2026'], ['0042']);
    expect(atoms.map(({ text, gap, technical }) => [text, gap, technical])).toEqual([
      ['2026', 'break', false],
      ['0042', 'break', true],
    ]);
  });

  it('loses no digit of a text without account numbers, and invents none', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom(...'0123456789 -/.,abc€\n') }), { maxLength: 4 }), (lines) => {
        const digits = readText(lines, []).atoms.map(({ text }) => text.replace(/\D/g, ''));
        expect(digits.join('')).toBe(lines.join('').replace(/\D/g, ''));
      }),
    );
  });

  it('takes any text', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 200 })), (lines) => void readText(lines, lines)));
  });
});
