import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fill, textTable } from './text-table.js';

describe('textTable', () => {
  it('aligns, rules off and indents remarks', () => {
    const table = textTable(
      [
        { heading: 'Invoice', align: 'left' },
        { heading: 'Open', align: 'right' },
      ],
      [{ cells: ['1', '1.234,56'], note: 'Repair' }, { cells: ['2026-0042', '5,00'] }],
    );
    expect(table).toBe(['Invoice        Open', '---------  --------', '1          1.234,56', '  Repair', '2026-0042      5,00'].join('\n'));
  });

  it('has no head without headings', () => {
    const columns = [
      { heading: '', align: 'left' },
      { heading: '', align: 'right' },
    ] as const;
    expect(textTable(columns, [{ cells: ['Costs', '40'] }, { cells: ['To pay', '1040'] }])).toBe('Costs     40\nTo pay  1040');
  });

  it('counts characters, not code units', () => {
    expect(textTable([{ heading: '', align: 'right' }], [{ cells: ['😀'] }, { cells: ['ab'] }])).toBe(' 😀\nab');
  });
});

describe('fill', () => {
  it('breaks before the word that does not fit', () => {
    expect(fill('one two three four', 9)).toBe('one two\nthree\nfour');
  });

  it('never breaks an amount', () => {
    expect(fill('pay €\u00a01.234,56', 6)).toBe('pay\n€\u00a01.234,56');
  });

  it('keeps every word, in lines within the width unless a word alone is longer', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/)), (words) => {
        const lines = fill(words.join(' '), 10).split('\n');
        expect(lines.join(' ')).toBe(words.join(' '));
        for (const line of lines) expect(line.length <= 10 || !line.includes(' ')).toBe(true);
      }),
    );
  });
});
