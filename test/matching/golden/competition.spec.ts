import { describe } from '@jest/globals';
import { DEVRIES, book, from, golden, invoice, line, stranger } from '../support/golden.js';

const one = book([invoice('2026-0042', 'jansen', '121.00'), invoice('2026-0051', 'jansen', '75.30')]);
const twoEqual = book([invoice('2026-0042', 'jansen', '49.95'), invoice('2026-0051', 'jansen', '49.95')]);

describe('lines that compete', () => {
  golden([
    {
      name: 'the debtor and a stranger name the same invoice',
      why: 'the debtor comes first, whatever the order of the lines; for the other it is paid already',
      book: one,
      lines: [line('121.00', '2026-0042', stranger), line('121.00', '2026-0042')],
      expect: [
        { outcome: 'proposed', gives: {}, left: '121.00' },
        { outcome: 'matched', gives: { '2026-0042': '121.00' } },
      ],
    },
    {
      name: 'two strangers name the same invoice',
      why: 'with equal right: neither is booked',
      book: one,
      lines: [line('121.00', '2026-0042', from('NL02ABNA0123456789', 'A')), line('121.00', '2026-0042', from('NL20INGB0001234567', 'B'))],
      expect: [{ outcome: 'proposed', gives: { '2026-0042': '121.00' } }, { outcome: 'proposed' }],
    },
    {
      name: 'one of two equal items is named by another line',
      why: 'what is left is unique: 2026-0051, though the line without a number stands first',
      book: twoEqual,
      lines: [line('49.95', 'bedankt'), line('49.95', '2026-0042')],
      expect: [
        { outcome: 'matched', gives: { '2026-0051': '49.95' } },
        { outcome: 'matched', gives: { '2026-0042': '49.95' } },
      ],
    },
    {
      name: 'two equal items, two lines without numbers',
      why: 'which pays which nobody knows; each is proposed one of them',
      book: twoEqual,
      lines: [line('49.95', 'mei'), line('49.95', 'juni')],
      expect: [
        { outcome: 'proposed', gives: { '2026-0042': '49.95' } },
        { outcome: 'proposed', gives: { '2026-0051': '49.95' } },
      ],
    },
    {
      name: 'a pair a person undid',
      why: 'it is never booked nor proposed again; 2026-0051 does not fit',
      book: one,
      lines: [line('121.00', '2026-0042', { key: 'the line', ...stranger })],
      expect: [{ outcome: 'unmatched', gives: {} }],
      evidence: { undone: [{ line: 'the line', invoiceId: '2026-0042' }] },
    },
    {
      name: 'a higher threshold',
      why: 'this administration books from 0.99 on: a number with one error is 0.98 or so',
      book: one,
      lines: [line('121.00', '2026-0402', { iban: stranger.iban, name: 'Jansen Bouw BV' })],
      expect: [{ outcome: 'proposed', gives: { '2026-0042': '121.00' } }],
      settings: { bookFrom: 0.99 },
    },
    {
      name: 'number of one debtor, account and amount of another',
      why: "2026-0042 is Jansen's 121.00 and is named; the account is De Vries's, who owes 121.00 as well: a person decides",
      book: book([...one.invoices, invoice('2026-0077', 'devries', '121.00')]),
      lines: [line('121.00', '2026-0042', from(DEVRIES, 'De Vries Schilders'))],
      expect: [{ outcome: 'proposed', gives: { '2026-0042': '121.00' }, alsoWeighs: { '2026-0077': '121.00' } }],
    },
  ]);
});
