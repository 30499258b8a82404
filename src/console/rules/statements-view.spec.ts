import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { english } from '../texts.js';
import { formatFor } from './format.js';
import { type StatementsFacts, type UploadFacts, showStatements, showUnassigned, showUploads } from './statements-view.js';

const format = formatFor(english.locale);
const statement = { iban: 'NL02ABNA0123456789', through: plainDate('2026-11-19'), reconciles: true, newLines: 12, knownLines: 3 };
const taken = { file: 'day.xml', statements: [statement], unassigned: [], warnings: [] };
const show = (...uploads: UploadFacts[]): ReturnType<typeof showUploads> => showUploads(uploads, english, format);

describe('what became of uploaded files', () => {
  it('says it of each statement of a file', () => {
    expect(show(taken)).toEqual([
      {
        file: 'day.xml',
        remarks: [],
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
    expect(show({ ...taken, statements: [{ ...statement, reconciles }] })[0]?.statements[0]?.balance).toEqual({ tone, words });
  });

  it('says why a file was refused, and where in it', () => {
    const words = (error: { message: string; line?: number }): string | undefined => show({ file: 'f', error })[0]?.remarks[0]?.words;
    expect(words({ message: 'this is no XML', line: 3 })).toBe('Not imported: this is no XML (line 3)');
    expect(words({ message: 'this is no XML' })).toBe('Not imported: this is no XML');
  });

  it('says what was kept aside and what the reader noticed', () => {
    const warnings = [
      { message: 'a sum is off', path: 'statements[0]' },
      { message: 'a newer version', path: null },
    ];
    expect(show({ ...taken, unassigned: [{ account: 'NL91' }], warnings })[0]?.remarks).toEqual([
      {
        tone: 'attention',
        words: 'NL91 is no account of this administration; its statements were kept aside, to be assigned or discarded.',
      },
      { tone: 'quiet', words: 'a sum is off (statements[0])' },
      { tone: 'quiet', words: 'a newer version' },
    ]);
  });
});

describe('the statements of an administration', () => {
  const stored = {
    file: 'day.xml',
    bankId: 'B7',
    iban: 'NL02ABNA0123456789',
    sequence: null,
    from: plainDate('2026-11-18'),
    through: plainDate('2026-11-19'),
    closing: '1250.00',
    currency: 'EUR',
    reconciles: true,
    lines: 1_200,
    supersededBy: null,
    importedAt: '2026-11-20T05:30:00Z',
  };
  const found = { id: 'f1', iban: stored.iban, message: 'one is missing', knownThrough: plainDate('2026-11-16'), acceptedAt: null };
  const shown = (facts: Partial<StatementsFacts>): unknown =>
    showStatements({ statements: [], findings: [], pending: [], ...facts }, english, format);

  it('are told with number, period and balance; one that was corrected says so', () => {
    const whole = { ...stored, sequence: 7, from: stored.through, closing: null, supersededBy: 'other' };
    expect(shown({ statements: [stored, whole] })).toMatchObject({
      statements: [
        { number: 'B7', period: 'Wed 18 Nov 2026 – Thu 19 Nov 2026', closing: '€1,250.00', lines: '1,200', balance: { words: 'Adds up' }, imported: '20 Nov 2026, 06:30' },
        { number: 7, period: 'Thu 19 Nov 2026', closing: '—', balance: { tone: 'quiet', words: 'Corrected later' } },
      ],
    }); // prettier-ignore
  });

  it('say what is missing and what it holds up, until somebody accepted it', () => {
    expect(shown({ findings: [found, { ...found, id: 'f2', acceptedAt: '2026-11-20T05:30:00Z' }] })).toMatchObject({
      findings: [
        {
          id: 'f1',
          message: 'one is missing',
          holds: 'Bookings are known through Mon 16 Nov 2026 only; until this is settled nothing is asked of anyone.',
        },
      ],
    });
    expect(shown({ findings: [{ ...found, knownThrough: null }] })).toMatchObject({ findings: [{ holds: null }] });
  });

  it('name the accounts that wait for an owner', () => {
    const files = [{ file: 'x.xml', statements: 2, keptAt: '2026-11-20T05:30:00Z' }];
    expect(showUnassigned([{ account: 'NL91', owner: null, files }], english, format)).toEqual([
      { account: 'NL91', owner: '—', files: ['x.xml, 2 statements, 20 Nov 2026, 06:30'] },
    ]);
  });
});
