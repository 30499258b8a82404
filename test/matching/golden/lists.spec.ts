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

/** Jansen's are 100.10, 20.20 and 3.30 (123.60), De Vries' one lies between them. */
const series = book([
  invoice('F20250980', 'jansen', '100.10'),
  invoice('F20260003', 'devries', '64.00'),
  invoice('F20260007', 'jansen', '20.20'),
  invoice('F20260015', 'jansen', '3.30'),
]);

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
    of('a range in French', 'facture 2026-0042 à 0045', all, '164.00'),
    of('a range in German with a word more', 'RG-NR 2026-0042 bis einschl. 2026-0045', all, '164.00'),
    {
      name: 'a range of numbers with letters, over the turn of the year',
      why: '100.10 + 20.20 + 3.30: all that Jansen owes from F20250980 to F20260015; De Vries’ F20260003 is not meant',
      book: series,
      lines: [line('123.60', 'F20250980 t/m F20260015', stranger), line('123.60', 'F20250980 au 0015', stranger)],
      expect: [{ outcome: 'matched', gives: { F20250980: '100.10', F20260007: '20.20', F20260015: '3.30' } }, { outcome: 'proposed' }],
    },
    {
      name: 'the end of a range without its year',
      why: '0015 after F20250980 can only be F20260015: Jansen has no other that ends so',
      book: series,
      lines: [line('123.60', 'Factuur F20250980 tm 0015')],
      expect: [{ outcome: 'matched', gives: { F20250980: '100.10', F20260007: '20.20', F20260015: '3.30' } }],
    },
    {
      name: 'a credit note inside a range',
      why: '100.10 + 20.20 + 3.30; who wants the credit note of 9.90 netted says so',
      book: book([...series.invoices, invoice('F20260009', 'jansen', '-9.90')]),
      lines: [line('123.60', 'F20250980 t/m F20260015')],
      expect: [{ outcome: 'matched', gives: { F20250980: '100.10', F20260007: '20.20', F20260015: '3.30' } }],
    },
    {
      name: 'last digits across a hundred',
      why: '13 after 0998 is 1013, since Jansen has no 0913: 650.00 + 1573.00',
      book: book([
        invoice('F20260998', 'jansen', '650.00'),
        invoice('F20261013', 'jansen', '1573.00'),
        invoice('F20260777', 'jansen', '11.00'),
      ]),
      lines: [line('2223.00', 'Nota nr F20260998/13')],
      expect: [{ outcome: 'matched', gives: { F20260998: '650.00', F20261013: '1573.00' } }],
    },
    {
      name: 'last digits that two open items have',
      why: '08 after 3671 is 3608 or 3708, and both ask 453.75: a coin would have to be tossed',
      book: book([invoice('INV3671', 'jansen', '453.75'), invoice('INV3608', 'jansen', '453.75'), invoice('INV3708', 'jansen', '453.75')]),
      lines: [line('907.50', 'Uw factuur INV3671 & 08 dank')],
      expect: [{ outcome: 'proposed' }],
    },
    {
      name: 'a shortened list that does not add up',
      why: '1110 and 19 give 2089.00 of 3420.00: the rest is no overpayment while 19 may mean another item',
      book: book([
        invoice('F20261110', 'jansen', '1000.00'),
        invoice('F20261119', 'jansen', '1089.00'),
        invoice('F20261000', 'jansen', '77.00'),
      ]),
      lines: [line('3420.00', 'F20261110 + 19')],
      expect: [{ outcome: 'proposed' }],
    },
  ]);
});
