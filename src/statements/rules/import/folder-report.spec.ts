import { describe, expect, it } from '@jest/globals';
import { InputError } from '../../../kernel/errors.js';
import { plainDate } from '../../../kernel/plain-date.js';
import { refusalReport, successReport } from './folder-report.js';

describe('the text beside a file', () => {
  it('says what was taken, what was not and what to look at', () => {
    const { imported, text } = successReport({
      statements: [{ iban: 'NL02ABNA0123456789', through: plainDate('2026-03-02'), newLines: 3, knownLines: 1 }],
      unassigned: [{ account: 'NL87PROF0000000025', owner: 'Bakker' }, { account: '12345', owner: null }], // prettier-ignore
      warnings: [{ message: 'it does not add up', path: 'statements[0]' }, { message: 'no date', path: 'statements[1].entries[3]' }, { message: 'odd', path: null }], // prettier-ignore
    });
    expect(imported).toBe(true);
    expect(text.split('\n')).toEqual([
      'NL02ABNA0123456789 through 2026-03-02: 3 new, 1 known',
      'NOT imported: NL87PROF0000000025 (Bakker) is an account of no administration. Add it to one and put this file back.',
      'NOT imported: 12345 is an account of no administration. Add it to one and put this file back.',
      'Warning: it does not add up (statement 1)',
      'Warning: no date (statement 2, entry 4)',
      'Warning: odd',
      '',
    ]);
  });

  it('says why it was refused, and where', () => {
    const refused = (place: object): string => refusalReport(new InputError('truncated', 'the file was cut off', place)).text;
    expect(refused({ line: 7, column: 3 })).toBe(
      'Not imported: the file was cut off (line 7, column 3)\nCode: truncated\nNothing of this file was stored.\n',
    );
    expect(refused({})).toContain('the file was cut off\n');
    expect(refusalReport(new InputError('truncated', 'x')).imported).toBe(false);
  });
});
