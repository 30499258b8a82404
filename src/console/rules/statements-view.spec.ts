import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { english } from '../texts.js';
import { formatFor } from './format.js';
import { showUploads } from './statements-view.js';

const statement = { iban: 'NL02ABNA0123456789', through: plainDate('2026-11-19'), reconciles: true, newLines: 12, knownLines: 3 };
const show = (...uploads: Parameters<typeof showUploads>[0]): ReturnType<typeof showUploads> =>
  showUploads(uploads, english, formatFor(english.locale));

describe('what became of uploaded files', () => {
  it('says it of each statement of a file', () => {
    expect(show({ file: 'day.xml', statements: [statement] })).toEqual([
      {
        file: 'day.xml',
        refused: null,
        statements: [
          {
            iban: 'NL02ABNA0123456789',
            through: 'Thu 19 Nov 2026',
            newLines: '12',
            knownLines: '3',
            balance: { tone: 'good', words: 'Adds up' },
          },
        ],
      },
    ]);
  });

  it.each([
    [false, 'bad', 'Does not add up'],
    [null, 'quiet', 'Not stated'],
  ] as const)('says when the balance is %s', (reconciles, tone, words) => {
    expect(show({ file: 'f', statements: [{ ...statement, reconciles }] })[0]?.statements[0]?.balance).toEqual({ tone, words });
  });

  it('says why a file was refused, and where in it', () => {
    expect(show({ file: 'f', refused: { message: 'this is no XML', line: 3 } })[0]?.refused).toBe('Not imported: this is no XML (line 3)');
    expect(show({ file: 'f', refused: { message: 'this is no XML' } })[0]?.refused).toBe('Not imported: this is no XML');
  });
});
