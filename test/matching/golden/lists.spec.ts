import { describe } from '@jest/globals';
import { book, golden, invoice, line, stranger } from '../support/golden.js';

// 100.10 + 20.20 + 3.30 + 40.40 = 164.00; without the last: 123.60
const four = book([
  invoice('2026-0042', 'jansen', '100.10'),
  invoice('2026-0043', 'jansen', '20.20'),
  invoice('2026-0044', 'jansen', '3.30'),
  invoice('2026-0045', 'jansen', '40.40'),
  invoice('2026-0046', 'devries', '5.00'),
]);
const three = { '2026-0042': '100.10', '2026-0043': '20.20', '2026-0044': '3.30' };
const all = { ...three, '2026-0045': '40.40' };
const of = (name: string, text: string | string[], gives: Record<string, string>, amount = '123.60') => ({
  name,
  why: 'the named items add up to the amount to the cent',
  book: four,
  lines: [line(amount, text, stranger)],
  expect: [{ outcome: 'matched', gives, left: '0.00' } as const],
});

describe('several numbers', () => {
  golden([
    of('with commas', '2026-0042, 2026-0043, 2026-0044', three),
    of('with words', 'facturen 2026-0042 2026-0043 en 2026-0044', three),
    of('with slashes and pluses', '2026-0042/2026-0043+2026-0044', three),
    of('prefix dropped after the first', '2026-0042, 43 en 44', three),
    of('prefix dropped, slashes', '2026-0042/43/44', three),
    of('serials only after the first', 'factuur 2026-0042, 0043 & 0044', three),
    of('a range in Dutch', '2026-0042 t/m 0045', all, '164.00'),
    of('a range in words', '2026-0042 tot en met 2026-0045', all, '164.00'),
    of('a range in German', 'Rechnungen 2026-0042 bis 45', all, '164.00'),
    of('a range with a dash', '2026-0042 - 0045', all, '164.00'),
    of('cut by the bank between the numbers', ['2026-0042, 2026-00', '43 en 2026-0044'], three),
    {
      name: 'a range across debtors',
      why: '0042 to 0046 names 0046 of De Vries too, but ranges are meant within the debtor: 164.00 is Jansen’s four',
      book: four,
      lines: [line('164.00', '2026-0042 t/m 0046')],
      expect: [{ outcome: 'matched', gives: all }],
    },
    {
      name: 'serials only, known account',
      why: '0042, 43 en 44 are serials of Jansen; 123.60 is their sum',
      book: four,
      lines: [line('123.60', 'facturen 0042, 43 en 44')],
      expect: [{ outcome: 'matched', gives: three }],
    },
    {
      name: 'two numbers glued together, known account',
      why: '2026004220260043 is exactly 20260042 and 20260043; 100.10 + 20.20',
      book: four,
      lines: [line('120.30', '2026004220260043')],
      expect: [{ outcome: 'matched', gives: { '2026-0042': '100.10', '2026-0043': '20.20' } }],
    },
    {
      name: 'named, but only one of them is paid',
      why: '20.20 is 0043 alone; why the others are named nobody knows',
      book: four,
      lines: [line('20.20', '2026-0042, 2026-0043')],
      expect: [{ outcome: 'proposed', gives: { '2026-0043': '20.20' } }],
    },
    {
      name: 'one named, two paid',
      why: '100.10 + 40.40 = 140.50: the second was not named, so a person looks',
      book: four,
      lines: [line('140.50', '2026-0042')],
      expect: [{ outcome: 'proposed', gives: { '2026-0042': '100.10', '2026-0045': '40.40' } }],
    },
    {
      name: 'a parent pays for two of its companies',
      why: '100.10 of Jansen and 5.00 of De Vries are both named: 105.10; no single debtor',
      book: four,
      lines: [line('105.10', '2026-0042 + 2026-0046', stranger)],
      expect: [{ outcome: 'matched', gives: { '2026-0042': '100.10', '2026-0046': '5.00' } }],
    },
    {
      name: 'several named, part paid',
      why: '110.00 of 123.60: which of the three is short it does not say',
      book: four,
      lines: [line('110.00', '2026-0042, 2026-0043, 2026-0044')],
      expect: [{ outcome: 'proposed', left: '0.00' }],
    },
  ]);
});
