import { describe } from '@jest/globals';
import { DEVRIES, book, debtor, from, golden, invoice, line, named, stranger } from '../support/golden.js';

const one = book([invoice('2026-0042', 'jansen', '121.00'), invoice('2026-0051', 'jansen', '75.30')]);
const compact = book([invoice('20260042', 'jansen', '121.00'), invoice('20260051', 'jansen', '75.30')]);
const letters = book([invoice('F26.00042', 'jansen', '121.00'), invoice('F26.00051', 'jansen', '75.30')]);
const plain = book([invoice('700042', 'jansen', '121.00'), invoice('700051', 'jansen', '75.30')]);
const paid = (number: string) => ({ outcome: 'matched', gives: { [number]: '121.00' }, left: '0.00' }) as const;
const asked = (number: string) => ({ outcome: 'proposed', gives: { [number]: '121.00' } }) as const;

const written = (name: string, text: string | string[], number: string, of = one) => ({
  name,
  why: 'the whole number is there, and the amount: booked whoever pays',
  book: of,
  lines: [line('121.00', text, stranger)],
  expect: [paid(number)],
});

describe('numbers in free text', () => {
  golden([
    written('clean', 'factuur 2026-0042', '2026-0042'),
    written('another separator', 'fact. 2026/0042', '2026-0042'),
    written('no separator', 'INV20260042', '2026-0042'),
    written('blank instead of separator', 'Rechnung 2026 0042 vielen Dank', '2026-0042'),
    written('a blank inside', 'fact 2026-00 42', '2026-0042'),
    written('cut by the bank inside the number', ['betaling factuur 2026-00', '42 dank u'], '2026-0042'),
    written('zeros dropped', '2026-42', '2026-0042'),
    written('zeros added', '2026-00042', '2026-0042'),
    written('lower case and glued to a word', 'factuurnr.2026-0042', '2026-0042'),
    written('without its letters', '26.00042', 'F26.00042', letters),
    written('letters and blanks', 'f 26 00042', 'F26.00042', letters),
    written('letters, zeros dropped', 'F26.42', 'F26.00042', letters),
    written('compact number with a separator', '2026-0042', '20260042', compact),
    written('compact number with a zero in front', '020260042', '20260042', compact),
    written('beside a date and a telephone number', '20-11-2026 factuur 700042 tel 0612345678', '700042', plain),
    {
      name: 'inside a longer number',
      why: '14 is not in 1814, and 700042 not in 17000421: nothing names the invoice; the amount alone is a weak hint',
      book: plain,
      lines: [line('121.00', '17000421', stranger)],
      expect: [{ outcome: 'proposed', says: /^121.00 EUR: the amount is what is open/m }],
    },
    {
      name: 'inside a longer number, another amount',
      why: 'neither number nor amount: nothing',
      book: plain,
      lines: [line('99.00', '17000421', stranger)],
      expect: [{ outcome: 'unmatched', gives: {}, left: '99.00' }],
    },
    {
      name: 'part of a longer number with separators',
      why: '1234-2026-0042 is somebody’s order number; with an unknown payer that is not enough',
      book: one,
      lines: [line('121.00', '1234-2026-0042', stranger)],
      expect: [asked('2026-0042')],
    },
    {
      name: "another supplier's series",
      why: 'PX26.00042 has a series that is not ours in front of our digits; known account and unique amount decide instead',
      book: letters,
      lines: [line('121.00', 'PX26.00042', stranger), line('75.30', 'PX26.00042')],
      expect: [asked('F26.00042'), { outcome: 'matched', gives: { 'F26.00051': '75.30' } }],
    },
    {
      name: 'an amount that nothing explains',
      why: 'number without its amount, from a stranger: somebody else may use the same number',
      book: one,
      lines: [line('50.00', '2026-0042', stranger)],
      expect: [{ outcome: 'proposed', gives: { '2026-0042': '50.00' } }],
    },
    {
      name: 'an amount larger than open, stranger',
      why: 'it may be another supplier’s number',
      book: one,
      lines: [line('5000.00', '2026-0042', stranger)],
      expect: [{ outcome: 'proposed', gives: { '2026-0042': '121.00' }, left: '4879.00', kind: 'overpayment' }],
    },
    {
      name: 'only the serial, known account',
      why: 'four digits count with debtor and amount together',
      book: one,
      lines: [line('121.00', 'factuur 0042')],
      expect: [paid('2026-0042')],
    },
    {
      name: 'only the serial, stranger',
      why: 'a serial names nothing by itself',
      book: one,
      lines: [line('121.00', 'factuur 0042', stranger)],
      expect: [asked('2026-0042')],
    },
    {
      name: 'two digits swapped, known account',
      why: '2026-0402 is 2026-0042 with neighbours swapped; account and unique amount agree',
      book: one,
      lines: [line('121.00', '2026-0402')],
      expect: [paid('2026-0042')],
    },
    {
      name: 'another year, known account',
      why: '2025-0042 is not in the book, the serial is that of 2026-0042, and the amount is unique',
      book: one,
      lines: [line('121.00', '2025-0042')],
      expect: [paid('2026-0042')],
    },
    {
      name: 'another year that is an invoice of somebody else',
      why: "2025-0042 is De Vries's and of another amount; Jansen pays from his account exactly what he owes",
      book: book([invoice('2026-0042', 'jansen', '121.00'), invoice('2025-0042', 'devries', '300.00')]),
      lines: [line('121.00', '2025-0042')],
      expect: [paid('2026-0042')],
    },
    {
      name: 'a number not in the book, though it looks like ours',
      why: '2026-0777 may be an invoice we do not know; that the amount fits another is no proof',
      book: one,
      lines: [line('121.00', 'factuur 2026-0777')],
      expect: [{ ...asked('2026-0042'), says: /looks like one of ours/ }],
    },
    {
      name: 'cut off at the end of the text, known account',
      why: '"2026-00" can only be the beginning; account and unique amount decide',
      book: one,
      lines: [line('121.00', `${'betaling volgens onze afspraak van vorige maand '.repeat(3)}2026-00`.slice(-140))],
      expect: [paid('2026-0042')],
    },
    {
      name: 'a customer number that is somebody’s invoice number',
      why: "10047 is De Vries's customer number as well as Jansen's invoice; De Vries pays what De Vries owes",
      book: book([invoice('10047', 'jansen', '121.00'), invoice('10090', 'devries', '121.00')]),
      lines: [line('121.00', 'klant 10047', from(DEVRIES, 'De Vries Schilders'))],
      expect: [{ outcome: 'matched', gives: { '10090': '121.00' } }],
    },
    {
      name: 'the same, without a word before the number',
      why: 'number and account point to different debtors with equal right: a person decides',
      book: book([invoice('10047', 'jansen', '121.00'), invoice('10090', 'devries', '121.00')], {
        debtors: [debtor('jansen', 'Jansen Bouw B.V.'), debtor('devries', 'De Vries Schilders VOF', { ibans: [DEVRIES] })],
      }),
      lines: [line('121.00', '10047', from(DEVRIES, 'De Vries Schilders'))],
      expect: [{ outcome: 'proposed', gives: { '10047': '121.00' }, alsoWeighs: { '10090': '121.00' } }],
    },
    {
      name: 'a date that is an invoice number',
      why: '20261104 is 4 November; as a number it counts only with debtor and amount, which a stranger does not give',
      book: book([invoice('20261104', 'jansen', '121.00')]),
      lines: [line('121.00', '20261104', stranger)],
      expect: [{ ...asked('20261104'), says: /may be a date|amount is what is open/ }],
    },
    {
      name: 'a date that is an invoice number, called one',
      why: 'the word "factuur" says what it is',
      book: book([invoice('20261104', 'jansen', '121.00')]),
      lines: [line('121.00', 'factuur 20261104', stranger)],
      expect: [paid('20261104')],
    },
    {
      name: 'a telephone number, a postcode and a company number that are invoice numbers',
      why: 'each stands for something else: none of them names an invoice for a stranger',
      book: book([invoice('12345678', 'jansen', '121.00'), invoice('1234', 'jansen', '75.30'), invoice('0612345678', 'jansen', '64.10')]),
      lines: [
        line('121.00', 'KvK 12345678', stranger),
        line('75.30', '1234 AB Utrecht', stranger),
        line('64.10', 'tel 0612345678', stranger),
      ],
      expect: [{ outcome: 'proposed' }, { outcome: 'proposed' }, { outcome: 'proposed' }],
    },
    {
      name: 'two series with the same digits',
      why: '2600042 is F26.00042 and G26.00042; only one of them is 121.00',
      book: book([invoice('F26.00042', 'jansen', '121.00'), invoice('G26.00042', 'devries', '88.00')]),
      lines: [line('121.00', '2600042', stranger)],
      expect: [paid('F26.00042')],
    },
    {
      name: 'the same number at two debtors with the same amount',
      why: 'nothing tells them apart',
      book: book([invoice('F26.00042', 'jansen', '121.00'), invoice('G26.00042', 'devries', '121.00')]),
      lines: [line('121.00', '2600042', stranger)],
      expect: [{ outcome: 'proposed' }],
    },
    {
      name: 'a number of four digits',
      why: 'every text has such numbers: good with the name, not with a stranger',
      book: book([invoice('4711', 'muller', '121.00')]),
      lines: [line('121.00', 'RE 4711', stranger)],
      expect: [asked('4711')],
    },
    {
      name: 'a number of four digits, named payer',
      why: 'number, amount and name',
      book: book([invoice('4711', 'muller', '121.00')]),
      lines: [line('121.00', 'RE 4711', named('MUELLER METALLBAU')), line('121.00', 'RE 4711', named('Muller Metallbau'))],
      expect: [{ outcome: 'proposed' }, paid('4711')],
    },
    {
      name: 'how this payer writes our series, learned from a correction',
      why: 'VF means the series 2026-: 2026-0042',
      book: one,
      lines: [line('121.00', 'VF 0042', stranger)],
      expect: [paid('2026-0042')],
      evidence: { prefixes: [{ written: 'VF', series: '2026-' }] },
    },
  ]);
});
