import { describe, expect, it } from '@jest/globals';
import { JANSEN_BV, book, debtor, invoice } from '../../../test/matching/support/golden.js';
import { BookIndex } from './book-index.js';
import { readNumbers, withoutOtherCustomers } from './number-hits.js';
import { readText } from './text.js';
import { NO_EVIDENCE } from './vocabulary.js';

const index = new BookIndex(
  book(
    ['2026-0042', '2026-0043', '2026-0044', 'F26.00512', '700145', '10023-014']
      .map((number) => invoice(number, 'jansen', '10.00'))
      .concat(invoice('1814', 'other', '10.00')),
    { debtors: [JANSEN_BV, debtor('other', 'Ander BV', { number: '700145' })] },
  ),
);
/** Numbers found, with the doubt about them when there is one. */
function found(...text: string[]): string[] {
  const { hits } = readNumbers(readText(text, []).atoms, index, NO_EVIDENCE);
  return hits.map(({ invoice: at, doubt }) => index.invoice(at).number + (doubt === null ? '' : ' ?')).sort();
}

describe('invoice numbers in a text', () => {
  it.each([
    ['2026-0042', '2026-0042'],
    ['20260042', '2026-0042'],
    ['2026/42', '2026-0042'],
    ['2026 0042', '2026-0042'],
    ['F26 00512', 'F26.00512'],
    ['f2600512', 'F26.00512'],
    ['2600512', 'F26.00512'],
    ['10023-14', '10023-014'],
  ])('%s is %s', (text, number) => expect(found(`factuur ${text}`)).toEqual([number]));

  it.each(['12026-0042', '2026-00421', '814', 'X181', '2026-004', '26-42'])('%s is none of ours: whole numbers only', (text) =>
    expect(found(text)).toEqual([]),
  );

  it('goes on over the end of a line', () => expect(found('betreft 2026-00', '42')).toEqual(['2026-0042']));

  it.each([
    ['order 20260042', '2026-0042 ?'],
    ['KvK 20260042', '2026-0042 ?'],
    ['EUR 2600512', 'F26.00512 ?'],
    ['1814 AB', '1814 ?'],
    ['AB20260042', '2026-0042 ?'],
    ['700145', '700145 ?'],
  ])('doubts %s', (text, number) => expect(found(text)).toEqual([number]));

  it('does not doubt a customer number that stands as an invoice', () => expect(found('factuur 700145')).toEqual(['700145']));

  it('reads lists and ranges within the debtor', () => {
    expect(found('2026-0042, 43 en 44')).toEqual(['2026-0042', '2026-0043', '2026-0044']);
    expect(found('2026-0042 t/m 0044')).toEqual(['2026-0042', '2026-0043', '2026-0044']);
    expect(found('2026-0042 - 0044')).toEqual(['2026-0042', '2026-0043', '2026-0044']);
  });

  it('tells a number like ours that is not in the book', () => {
    const { unknown } = readNumbers(readText(['factuur 2026-0999'], []).atoms, index, NO_EVIDENCE);
    expect(unknown.map(({ written }) => written)).toEqual(['2026-0999']);
  });

  it('takes the doubt from a customer number once the payer is known to be the debtor of the invoice, and not the customer', () => {
    const reading = readNumbers(readText(['700145'], []).atoms, index, NO_EVIDENCE);
    const doubts = (payer: string): (string | null)[] =>
      withoutOtherCustomers(reading, (at) => index.debtor(at).id === payer, index).hits.map(({ doubt }) => doubt);
    expect(doubts('jansen')).toEqual([null]);
    expect(doubts('other')).toEqual(['it is also a customer number']);
    expect(doubts('nobody')).toEqual(['it is also a customer number']);
  });
});
