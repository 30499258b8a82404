import { describe, expect, it } from '@jest/globals';
import { csvDecimal, csvFile, csvText } from './csv.js';

describe('a CSV file', () => {
  it.each([
    ['plain', 'plain'],
    ['=1+1', "'=1+1"],
    ['+31 20', "'+31 20"],
    ['-12,50', "'-12,50"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\ttab', "'\ttab"],
    ['\r=1', `"'\r=1"`],
    ['a;b', '"a;b"'],
    ['say "no"', '"say ""no"""'],
    ['=cmd;"x"', `"'=cmd;""x"""`],
    ['', ''],
  ])('writes the text %j so that no spreadsheet runs it', (text, cell) => {
    expect(csvText(text)).toBe(cell);
  });

  it('writes amounts as numbers, with a comma', () => {
    expect([csvDecimal('-1234.50'), csvDecimal('7')]).toEqual(['-1234,50', '7']);
  });

  it('has its mark, semicolons and whole lines', () => {
    expect(csvFile([['a', 'b'], [], ['c']])).toBe('\ufeffa;b\r\n\r\nc\r\n');
  });
});
