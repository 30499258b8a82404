import { describe } from '@jest/globals';
import { book, golden, invoice, line, named, reference, stranger } from '../support/golden.js';

// Check digits worked out by hand: RF body 20260042 → 98 − (20260042 RF00 mod 97) = 88. Betalingskenmerk 6 + 000000020260042:
// weights 2 4 8 5 10 9 7 3 from the right over 2 4 0 0 6 2 0 2 → 4+16+60+18+6 = 104; 11 − 104 mod 11 (= 5) = 6. OGM 0020260042 mod 97 = 40.
const rf = book([
  invoice('2026-0042', 'jansen', '121.00', { paymentReference: 'RF8820260042' }),
  invoice('2026-0043', 'jansen', '80.00', { paymentReference: 'RF6120260043' }),
]);
const kenmerk = book([
  invoice('2026-0042', 'jansen', '121.00', { paymentReference: '6000000020260042' }),
  invoice('2026-0043', 'jansen', '80.00', { paymentReference: '4000000020260043' }),
]);
const ogm = book([invoice('2026-0042', 'jansen', '121.00', { paymentReference: '002026004240' })]);
const paid = { outcome: 'matched', gives: { '2026-0042': '121.00' }, left: '0.00' } as const;

describe('structured references', () => {
  golden([
    {
      name: 'our RF reference, right amount, from a stranger',
      why: 'reference and amount are two signals: who pays does not matter',
      book: rf,
      lines: [line('121.00', [], { ...reference('RF88 2026 0042'), ...stranger })],
      expect: [{ ...paid, says: /reference RF8820260042/ }],
    },
    {
      name: 'Dutch betalingskenmerk in its field',
      why: 'sixteen digits, ours',
      book: kenmerk,
      lines: [line('121.00', [], { ...reference('6000000020260042'), ...stranger })],
      expect: [paid],
    },
    {
      name: 'betalingskenmerk written in the text in groups of four',
      why: 'Rabobank repeats it as BETALINGSKENM.; people type it in groups',
      book: kenmerk,
      lines: [line('121.00', 'BETALINGSKENM. 6000 0000 2026 0042', stranger)],
      expect: [paid],
    },
    {
      name: 'RF reference in the text with words after it',
      why: 'the words are not part of it',
      book: rf,
      lines: [line('121.00', 'RF88 2026 0042 dank u', stranger)],
      expect: [paid],
    },
    {
      name: 'Belgian structured communication between pluses in the text',
      why: '+++002/0260/04240+++ is 002026004240',
      book: ogm,
      lines: [line('121.00', '+++002/0260/04240+++', stranger)],
      expect: [paid],
    },
    {
      name: 'one digit wrong, known account',
      why: 'RF88 2026 0045 fails its check (only 88 with …42 holds) and is one digit off our reference; account and amount agree',
      book: rf,
      lines: [line('121.00', [], reference('RF8820260045'))],
      expect: [{ ...paid, says: /fails its check digit/ }],
    },
    {
      name: 'one digit wrong, stranger',
      why: 'a damaged reference is no proof without the debtor: proposed',
      book: rf,
      lines: [line('121.00', [], { ...reference('RF8820260045'), ...stranger })],
      expect: [{ ...paid, outcome: 'proposed' }],
    },
    {
      name: "somebody else's valid reference",
      why: 'RF75 99999999 holds its check and is not ours: its digits mean nothing, though 9999-9999 looks like a number',
      book: book([invoice('9999-9999', 'jansen', '121.00')]),
      lines: [line('121.00', [], { ...reference('RF7599999999'), ...stranger, name: 'Vreemde N.V.' })],
      expect: [{ outcome: 'proposed', says: /amount is what is open/ }],
    },
    {
      name: "last month's reference used again",
      why: 'RF…42 is open for 121.00, but 80.00 is exactly 2026-0043: two explanations, a person decides',
      book: rf,
      lines: [line('80.00', [], reference('RF8820260042'))],
      expect: [{ outcome: 'proposed', gives: { '2026-0043': '80.00' }, alsoWeighs: { '2026-0042': '80.00' } }],
    },
    {
      name: 'reference and part of the amount, known account',
      why: 'reference decides the invoice, the account confirms the debtor, 60.50 is half of it',
      book: ogm,
      lines: [line('60.50', [], reference('002026004240'))],
      expect: [{ outcome: 'matched', gives: { '2026-0042': '60.50' }, left: '0.00', says: /part of what is open/ }],
    },
    {
      name: 'reference and part of the amount, stranger',
      why: 'one signal only: the amount is not explained by anything else',
      book: ogm,
      lines: [line('60.50', [], { ...reference('002026004240'), ...stranger })],
      expect: [{ outcome: 'proposed', gives: { '2026-0042': '60.50' } }],
    },
    {
      name: 'two references in one payment',
      why: '121.00 + 80.00 = 201.00',
      book: rf,
      lines: [
        line('201.00', [], {
          references: ['RF8820260042', 'RF6120260043'].map((text) => ({ reference: text, type: 'SCOR', issuer: null })),
        }),
      ],
      expect: [{ outcome: 'matched', gives: { '2026-0042': '121.00', '2026-0043': '80.00' } }],
    },
    {
      name: 'an invoice number in the field for references',
      why: 'it has no check of any kind: it is read as text',
      book: rf,
      lines: [line('121.00', [], { ...reference('2026-0042'), ...named('Jansen Bouw') })],
      expect: [paid],
    },
    {
      name: 'invoice numbers as referred documents',
      why: 'RfrdDocInf names both: 121.00 + 80.00',
      book: rf,
      lines: [line('201.00', [], { documentNumbers: ['2026-0042', '2026-0043'], ...stranger })],
      expect: [{ outcome: 'matched', gives: { '2026-0042': '121.00', '2026-0043': '80.00' } }],
    },
    {
      name: 'a Belgian communication without its pluses',
      why: '082001216867 is the reference of 2026-0042: 0820012168 mod 97 = 67',
      book: book([
        invoice('2026-0042', 'jansen', '121.00', { paymentReference: '082001216867' }),
        invoice('2026-0043', 'jansen', '121.00'),
      ]),
      lines: [line('121.00', '082001216867', stranger), line('121.00', '082/0012/16867', stranger)],
      expect: [paid, { outcome: 'proposed' }],
    },
    {
      name: 'a Belgian communication with a typing error',
      why: '0820011027 mod 97 = 90, not 91: one digit off the reference of 10218-004. Its groups are no numbers, so 0011 is not 10218-011',
      book: book([
        invoice('10218-011', 'jansen', '1950.00'),
        invoice('10218-004', 'jansen', '1950.00', { paymentReference: '082001102790' }),
      ]),
      lines: [line('1950.00', '+++082/0011/02791+++')],
      expect: [{ outcome: 'proposed', gives: { '10218-004': '1950.00' } }],
    },
  ]);
});
