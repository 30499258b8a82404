import { describe } from '@jest/globals';
import { plainDate } from '../../../src/kernel/plain-date.js';
import { book, golden, invoice, line, named, stranger } from '../support/golden.js';

const one = book([
  invoice('2026-0042', 'jansen', '100.00', { issueDate: plainDate('2026-11-10'), dueDate: plainDate('2026-12-10') }),
  invoice('2026-0051', 'jansen', '75.30'),
]);
const halves = book([...one.invoices, invoice('C2026-01', 'jansen', '-50.00')]);
const full = { '2026-0042': '100.00' };
const XBCT = { code: { domain: 'PMNT', family: 'RCDT', subFamily: 'XBCT', proprietary: null } } as const;

describe('amounts that are not what is open', () => {
  golden([
    {
      name: 'part payment, named, known account',
      why: '40.00 of 100.00 with the number: 60.00 stays open',
      book: one,
      lines: [line('40.00', 'deelbetaling 2026-0042')],
      expect: [{ outcome: 'matched', gives: { '2026-0042': '40.00' }, left: '0.00' }],
    },
    {
      name: 'two part payments that make the whole',
      why: '40.00 + 60.00 = 100.00',
      book: one,
      lines: [line('40.00', '1e deel 2026-0042'), line('60.00', '2026-0042 rest')],
      expect: [
        { outcome: 'matched', gives: { '2026-0042': '40.00' } },
        { outcome: 'matched', gives: { '2026-0042': '60.00' } },
      ],
    },
    {
      name: 'part payment by name',
      why: 'number and name, and the amount is less than open',
      book: one,
      lines: [line('40.00', '2026-0042', named('JANSEN BOUW'))],
      expect: [{ outcome: 'matched', gives: { '2026-0042': '40.00' } }],
    },
    {
      name: 'part payment that is exactly another item',
      why: '2026-0042 is named, but 75.30 is what 2026-0051 has open: perhaps the wrong number was typed',
      book: one,
      lines: [line('75.30', '2026-0042')],
      expect: [{ outcome: 'proposed', gives: { '2026-0051': '75.30' }, alsoWeighs: { '2026-0042': '75.30' } }],
    },
    {
      name: 'an agreed instalment, nothing named',
      why: 'the arrangement says 25.00 a month over 2026-0042',
      book: book([...one.invoices], {
        arrangements: [
          {
            id: 'a1',
            debtorId: 'jansen',
            invoiceIds: ['2026-0042'],
            instalments: [
              { dueDate: plainDate('2026-11-25'), amount: 2500 },
              { dueDate: plainDate('2026-12-25'), amount: 2500 },
            ],
          },
        ],
      }),
      lines: [line('25.00', 'termijn')],
      expect: [{ outcome: 'matched', gives: { '2026-0042': '25.00' }, says: /agreed instalment/ }],
    },
    {
      name: 'a promised amount, nothing named',
      why: 'Jansen promised 150.00 for both: 75.30 to the older one, 74.70 to the other',
      book: book([...one.invoices], {
        promises: [
          {
            id: 'p1',
            debtorId: 'jansen',
            invoiceIds: ['2026-0042', '2026-0051'],
            madeOn: plainDate('2026-11-15'),
            dueDate: plainDate('2026-11-20'),
            amount: 15000,
          },
        ],
      }),
      lines: [line('150.00', 'zoals beloofd')],
      expect: [{ outcome: 'matched', gives: { '2026-0051': '75.30', '2026-0042': '74.70' } }],
    },
    {
      name: 'a discount this administration grants, taken in time',
      why: '2 % of 100.00 within 14 days of 10 November: 98.00 settles it, 2.00 is discount',
      book: one,
      lines: [line('98.00', '2026-0042')],
      expect: [{ outcome: 'matched', gives: full, left: '-2.00', kind: 'discount' }],
      settings: { discounts: [{ percent: 2, days: 14 }] },
    },
    {
      name: 'the same discount, too late',
      why: 'within 8 days would have been 18 November',
      book: one,
      lines: [line('98.00', '2026-0042')],
      expect: [{ outcome: 'proposed', gives: full, left: '-2.00', kind: 'discount', says: /term is over/ }],
      settings: { discounts: [{ percent: 2, days: 8 }] },
    },
    {
      name: 'a discount nobody granted',
      why: '98.00 is 2 % less: to accept it is a decision, not a booking',
      book: one,
      lines: [line('98.00', '2026-0042')],
      expect: [{ outcome: 'proposed', gives: full, left: '-2.00', kind: 'discount', alsoWeighs: { '2026-0042': '98.00' } }],
    },
    {
      name: 'charges the bank states',
      why: '88.00 + 12.00 charges = 100.00',
      book: one,
      lines: [line('88.00', '2026-0042', { ...XBCT, chargesTaken: 1200 })],
      expect: [{ outcome: 'matched', gives: full, left: '-12.00', kind: 'bank-charges' }],
    },
    {
      name: 'short on a cross-border payment, no charges stated',
      why: '7.50 may be charges, or may not',
      book: one,
      lines: [line('92.50', '2026-0042', XBCT)],
      expect: [{ outcome: 'proposed', gives: full, left: '-7.50', kind: 'bank-charges' }],
    },
    {
      name: 'rounded down by cents',
      why: '75.30 paid as 75.25: five cents are rounding',
      book: one,
      lines: [line('75.25', '2026-0051')],
      expect: [{ outcome: 'matched', gives: { '2026-0051': '75.30' }, left: '-0.05', kind: 'underpayment' }],
    },
    {
      name: 'so little is missing that it is no part payment',
      why: '93.21 of 100.00 is none of the usual discounts, but nobody pays 93 % on purpose: a deduction a person should see',
      book: one,
      lines: [line('93.21', '2026-0042')],
      expect: [{ outcome: 'proposed', gives: { '2026-0042': '93.21' }, says: /deduction/ }],
    },
    {
      name: 'too much, named, known account',
      why: '100.00 is settled, 10.00 stays unapplied',
      book: one,
      lines: [line('110.00', '2026-0042')],
      expect: [{ outcome: 'matched', gives: full, left: '10.00', kind: 'overpayment' }],
    },
    {
      name: 'too much, and the rest is another item',
      why: '175.30 − 100.00 is exactly 2026-0051, which was not named',
      book: one,
      lines: [line('175.30', '2026-0042')],
      expect: [{ outcome: 'proposed', gives: { '2026-0042': '100.00', '2026-0051': '75.30' } }],
    },
    {
      name: 'paid twice',
      why: 'the second payment finds nothing open: unapplied, a refund is a person’s decision',
      book: one,
      lines: [line('100.00', '2026-0042'), line('100.00', '2026-0042')],
      expect: [
        { outcome: 'matched', gives: full },
        { outcome: 'proposed', gives: {}, left: '100.00', kind: 'overpayment', says: /double payment/ },
      ],
    },
    {
      name: 'paid again long after',
      why: 'the book shows it as paid',
      book: book([invoice('2026-0042', 'jansen', '100.00', { open: '0.00' })]),
      lines: [line('100.00', '2026-0042', stranger)],
      expect: [{ outcome: 'proposed', gives: {}, left: '100.00' }],
    },
    {
      name: 'paid twice, while another item has the same amount',
      why: 'the number says double payment, the amount says the next month: a person decides',
      book: book([invoice('2026-0042', 'jansen', '100.00', { open: '0.00' }), invoice('2026-0077', 'jansen', '100.00')]),
      lines: [line('100.00', '2026-0042')],
      expect: [{ outcome: 'proposed', gives: {}, left: '100.00', alsoWeighs: { '2026-0077': '100.00' } }],
    },
    {
      name: 'payment in advance',
      why: 'Jansen owes nothing: the money is his and stays unapplied',
      book: book([invoice('2026-0060', 'muller', '64.10')]),
      lines: [line('500.00', 'aanbetaling')],
      expect: [{ outcome: 'proposed', gives: {}, left: '500.00', kind: 'overpayment', says: /nothing open/ }],
    },
    {
      name: 'known account, an amount nothing explains',
      why: 'oldest first is a suggestion and no more',
      book: one,
      lines: [line('31.17', '')],
      expect: [{ outcome: 'proposed', gives: { '2026-0051': '31.17' } }],
    },
    {
      name: 'half of it, while a credit note is the other half',
      why: '50.00 is half of 100.00 and also 100.00 − 50.00: nothing says which',
      book: halves,
      lines: [line('50.00', '2026-0042')],
      expect: [{ outcome: 'proposed' }],
    },
    {
      name: 'half of it, and the payer says that he netted',
      why: '100.00 − 50.00, with the word for it',
      book: halves,
      lines: [line('50.00', '2026-0042 minus creditnota')],
      expect: [{ outcome: 'matched', gives: { '2026-0042': '100.00', 'C2026-01': '-50.00' } }],
    },
    {
      name: 'half of it, and the payer says that it is a part',
      why: 'the credit note stays for another day',
      book: halves,
      lines: [line('50.00', 'deelbetaling 2026-0042')],
      expect: [{ outcome: 'matched', gives: { '2026-0042': '50.00' }, alsoWeighs: { '2026-0042': '100.00', 'C2026-01': '-50.00' } }],
    },
    {
      name: 'two credit notes nobody speaks of',
      why: '100.00 − 20.00 − 49.30 = 30.70: with two to choose such sums come about by accident',
      book: book([...one.invoices, invoice('C2026-01', 'jansen', '-20.00'), invoice('C2026-02', 'jansen', '-49.30')]),
      lines: [line('30.70', '2026-0042')],
      expect: [{ outcome: 'proposed' }],
    },
    {
      name: 'a credit note, or one of the named items left out',
      why: '75.30 + 75.30 − 75.30 is also 75.30: which of the two invoices is meant nobody knows',
      book: book([
        invoice('2026-0051', 'jansen', '75.30'),
        invoice('2026-0052', 'jansen', '75.30'),
        invoice('C2026-01', 'jansen', '-75.30'),
      ]),
      lines: [line('75.30', '2026-0051, 2026-0052')],
      expect: [{ outcome: 'proposed' }],
    },
    {
      name: 'charges the bank states, from a stranger',
      why: '88.00 + 12.00 charges = 100.00 of the named invoice: every cent is explained',
      book: one,
      lines: [line('88.00', '2026-0042', { ...XBCT, ...stranger, chargesTaken: 1200 })],
      expect: [{ outcome: 'matched', gives: full, left: '-12.00', kind: 'bank-charges' }],
    },
  ]);
});
