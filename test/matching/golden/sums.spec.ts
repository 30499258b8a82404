import { describe } from '@jest/globals';
import { plainDate } from '../../../src/kernel/plain-date.js';
import { book, golden, invoice, line, named } from '../support/golden.js';

const due = (day: string) => ({ dueDate: plainDate(day) });
// oldest first 111.11 + 222.23 = 333.34, + 47.50 = 380.84, + 900.02 = 1280.86 (all)
const items = [
  invoice('2026-0001', 'jansen', '111.11', due('2026-08-01')),
  invoice('2026-0002', 'jansen', '222.23', due('2026-09-01')),
  invoice('2026-0003', 'jansen', '47.50', due('2026-10-01')),
  invoice('2026-0004', 'jansen', '900.02', due('2026-12-01')),
];
const four = book(items);
const credited = book([...items, invoice('C2026-01', 'jansen', '-30.07', due('2026-09-15'))]);

/** 100 items of 100.01, 101.08, 102.15 … (7 % of a cent apart in no round step), due one day after the other. */
const hundred = Array.from({ length: 100 }, (_, at) =>
  invoice(
    `2026-${String(at + 1).padStart(4, '0')}`,
    'jansen',
    `${100 + at}.${String((at * 7 + 1) % 100).padStart(2, '0')}`,
    due(at < 50 ? '2026-06-01' : '2026-12-24'),
  ),
);
const totalOf = (from: number, to: number): string => (hundred.slice(from, to).reduce((sum, { open }) => sum + open, 0) / 100).toFixed(2);
const numbers = (from: number, to: number): Record<string, string> =>
  Object.fromEntries(hundred.slice(from, to).map(({ number, open }) => [number, (open / 100).toFixed(2)]));

describe('sums of several items', () => {
  golden([
    {
      name: 'all open items, nothing named',
      why: '111.11 + 222.23 + 47.50 + 900.02 = 1280.86 from a known account',
      book: four,
      lines: [line('1280.86', '')],
      expect: [
        {
          outcome: 'matched',
          gives: { '2026-0001': '111.11', '2026-0002': '222.23', '2026-0003': '47.50', '2026-0004': '900.02' },
          says: /all 4 open items/,
        },
      ],
    },
    {
      name: 'all items due',
      why: '111.11 + 222.23 + 47.50 = 380.84; the fourth is due in December',
      book: four,
      lines: [line('380.84', '')],
      expect: [
        { outcome: 'matched', gives: { '2026-0001': '111.11', '2026-0002': '222.23', '2026-0003': '47.50' }, says: /all 3 items due/ },
      ],
    },
    {
      name: 'the two oldest',
      why: '111.11 + 222.23 = 333.34',
      book: four,
      lines: [line('333.34', '')],
      expect: [{ outcome: 'matched', gives: { '2026-0001': '111.11', '2026-0002': '222.23' } }],
    },
    {
      name: 'any two, and no other two',
      why: '222.23 + 900.02 = 1122.25; of the sixteen sets of four items no other fits, and by accident hardly one would (16 in 128,086)',
      book: four,
      lines: [line('1122.25', '')],
      expect: [{ outcome: 'matched', gives: { '2026-0002': '222.23', '2026-0004': '900.02' } }],
    },
    {
      name: 'all open items, known by name only',
      why: 'name and sum are one signal too few',
      book: book([invoice('1', 'muller', '111.11'), invoice('2', 'muller', '222.23')]),
      lines: [line('333.34', '', named('Müller Metallbau'))],
      expect: [{ outcome: 'proposed', gives: { '1': '111.11', '2': '222.23' } }],
    },
    {
      name: 'a sum with two solutions',
      why: '10.00 + 40.00 = 20.00 + 30.00',
      book: book([
        invoice('1', 'jansen', '10.00', due('2026-08-01')),
        invoice('2', 'jansen', '20.00', due('2026-09-01')),
        invoice('3', 'jansen', '30.00', due('2026-10-01')),
        invoice('4', 'jansen', '40.00'),
      ]),
      lines: [line('50.00', '')],
      expect: [{ outcome: 'proposed', alsoWeighs: { '2': '20.00', '3': '30.00' } }],
    },
    {
      name: 'amounts in round steps',
      why: '200.00 + 300.00 = 500.00 is the only pair, but in steps of a hundred a fit by accident is likely (32 sets, 26 possible sums)',
      book: book(
        ['200.00', '300.00', '700.00', '1100.00', '350.00'].map((amount, at) =>
          invoice(String(at + 1), 'jansen', amount, due(`2026-0${at + 3}-01`)),
        ),
      ),
      lines: [line('1400.00', '')],
      expect: [{ outcome: 'proposed', gives: { '2': '300.00', '4': '1100.00' } }],
    },
    {
      name: 'invoice minus a credit note, both named',
      why: '900.02 − 30.07 = 869.95',
      book: credited,
      lines: [line('869.95', '2026-0004 minus C2026-01')],
      expect: [{ outcome: 'matched', gives: { '2026-0004': '900.02', 'C2026-01': '-30.07' }, left: '0.00' }],
    },
    {
      name: 'invoice named, credit note not',
      why: '222.23 − 30.07 = 192.16 and there is one open credit note',
      book: credited,
      lines: [line('192.16', '2026-0002')],
      expect: [{ outcome: 'matched', gives: { '2026-0002': '222.23', 'C2026-01': '-30.07' } }],
    },
    {
      name: 'invoice named, two credit notes of the same amount',
      why: 'which of them was netted nobody knows',
      book: book([
        invoice('2026-0002', 'jansen', '222.23'),
        invoice('C1', 'jansen', '-30.07', due('2026-09-15')),
        invoice('C2', 'jansen', '-30.07'),
      ]),
      lines: [line('192.16', '2026-0002')],
      expect: [{ outcome: 'proposed', gives: { '2026-0002': '222.23', C1: '-30.07' } }],
    },
    {
      name: 'all open items with the credit note netted',
      why: '1280.86 − 30.07 = 1250.79',
      book: credited,
      lines: [line('1250.79', 'saldo')],
      expect: [
        {
          outcome: 'matched',
          gives: { '2026-0001': '111.11', '2026-0002': '222.23', '2026-0003': '47.50', '2026-0004': '900.02', 'C2026-01': '-30.07' },
        },
      ],
    },
    {
      name: 'all of a hundred open items',
      why: 'everything that is open needs no search',
      book: book(hundred),
      lines: [line(totalOf(0, 100), '')],
      expect: [{ outcome: 'matched', gives: numbers(0, 100) }],
    },
    {
      name: 'the oldest fifty of a hundred, all due',
      why: 'orderly, but a hundred items have more sets than can be tried: the bound is hit and a person is asked',
      book: book(hundred),
      lines: [line(totalOf(0, 50), '')],
      expect: [{ outcome: 'proposed', gives: numbers(0, 50), says: /could not be ruled out/ }],
    },
    {
      name: 'three named of a hundred open items',
      why: 'names decide, however many are open: 100.01 + 109.64 + 199.94 = 409.59',
      book: book(hundred),
      lines: [line('409.59', '2026-0001, 2026-0010, 2026-0100')],
      expect: [{ outcome: 'matched', gives: { '2026-0001': '100.01', '2026-0010': '109.64', '2026-0100': '199.94' } }],
    },
    {
      name: 'all there is, in round amounts',
      why: '4200.00 + 1425.00 = 5625.00 is all Jansen owes: paying everything is no accident, though round sums come easily',
      book: book([invoice('2026-0001', 'jansen', '4200.00'), invoice('2026-0002', 'jansen', '1425.00')]),
      lines: [line('5625.00', '')],
      expect: [{ outcome: 'matched', gives: { '2026-0001': '4200.00', '2026-0002': '1425.00' } }],
    },
    {
      name: 'a year at the end of the text',
      why: '2026 is no beginning of 20260798 and its like: two of three months of 142.60 are 285.20, and which two nobody says',
      book: book(['20260798', '20263377', '20264410'].map((number) => invoice(number, 'jansen', '142.60'))),
      lines: [line('285.20', 'november 2026')],
      expect: [{ outcome: 'proposed' }],
    },
  ]);
});
