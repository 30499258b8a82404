import { describe, expect, it } from '@jest/globals';
import { unwrap } from '../../../kernel/result.js';
import { receivableLine } from './transaction.js';
import { parseXml } from './xml.js';

const line = (id: number, type: string, description: string): string =>
  `<line type="${type}" id="${id}"><dim1>1300</dim1><dim2>1037</dim2><description>${description}</description></line>`;
const descriptionOf = (id: string, ...lines: readonly string[]) =>
  receivableLine(unwrap(parseXml(`<transaction><header/><lines>${lines.join('')}</lines></transaction>`)), id)?.description;

describe('what an invoice is for', () => {
  it.each([
    ['its own words', [line(1, 'total', 'Montage'), line(2, 'detail', 'Advies')], 'Montage'],
    ['those of the first line that says anything', [line(1, 'total', ''), line(2, 'detail', ''), line(3, 'detail', 'Advies')], 'Advies'],
    ['nothing, when nobody wrote any', [line(1, 'total', ''), line(2, 'detail', ' ')], null],
  ])('is %s', (_name, lines, words) => {
    expect(descriptionOf('1', ...lines)).toBe(words);
  });

  it('is never what another line of a bank booking says: that is about another customer', () => {
    expect(descriptionOf('2', line(1, 'total', ''), line(2, 'detail', ''), line(3, 'detail', 'van iemand anders'))).toBeNull();
  });
});
