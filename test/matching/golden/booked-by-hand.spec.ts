import { describe } from '@jest/globals';
import { plainDate } from '../../../src/kernel/plain-date.js';
import type { PackagePayment } from '../../../src/matching/rules/vocabulary.js';
import { type GoldenCase, book, golden, invoice, line, stranger } from '../support/golden.js';

const paid = (number: string, amount: string) => invoice(number, 'jansen', amount, { open: '0.00' });
const payment = (id: string, invoiceId: string, amount: number, date = '2026-11-19'): PackagePayment => ({
  id,
  invoiceId,
  amount,
  date: plainDate(date),
});
const settled = book([paid('2026-0042', '121.00'), paid('2026-0043', '80.00'), invoice('2026-0050', 'jansen', '64.10')]);
const linked = { outcome: 'matched', gives: { '2026-0042': '121.00' }, left: '0.00', says: /already, booked on 2026-11-19/ } as const;
const twice = { outcome: 'proposed', gives: {}, left: '121.00', says: /double payment/ } as const;
const of = (packagePayments: readonly PackagePayment[], rest: Omit<GoldenCase, 'book' | 'evidence'>): GoldenCase => ({
  book: settled,
  evidence: { packagePayments },
  ...rest,
});

describe('what the bookkeeper booked in the package before us', () => {
  golden([
    of([payment('p1', '2026-0042', 12_100)], {
      name: 'the invoice named, the same amount, a day apart',
      why: 'it is the payment of 19 November: linked, not an overpayment',
      lines: [line('121.00', 'factuur 2026-0042', stranger)],
      expect: [linked],
    }),
    of([payment('p1', '2026-0042', 12_100)], {
      name: 'nothing named, from the debtor’s account',
      why: 'one payment of 121.00 by Jansen in the package, and nothing of 121.00 open: the same money',
      lines: [line('121.00', '')],
      expect: [linked],
    }),
    of([payment('p1', '2026-0042', 12_100)], {
      name: 'paid twice indeed',
      why: 'one payment in the package stands for one line; the second line is a second payment',
      lines: [line('121.00', '2026-0042'), line('121.00', '2026-0042')],
      expect: [linked, twice],
    }),
    of([payment('p1', '2026-0042', 12_100, '2026-11-02')], {
      name: 'booked eighteen days before the line',
      why: 'that was another payment: bookkeepers book a line within some days',
      lines: [line('121.00', '2026-0042')],
      expect: [twice],
    }),
    of([payment('p7', '2026-0042', 12_100), payment('p7', '2026-0043', 8_000)], {
      name: 'one payment over two invoices',
      why: '121.00 + 80.00 = 201.00, booked as one payment on both',
      lines: [line('201.00', '')],
      expect: [{ outcome: 'matched', gives: { '2026-0042': '121.00', '2026-0043': '80.00' }, left: '0.00' }],
    }),
    of([payment('p1', '2026-0042', 12_100), payment('p2', '2026-0043', 8_000)], {
      name: 'two payments for a line that names both',
      why: '121.00 + 80.00 = 201.00',
      lines: [line('201.00', '2026-0042 en 2026-0043', stranger)],
      expect: [{ outcome: 'matched', gives: { '2026-0042': '121.00', '2026-0043': '80.00' }, left: '0.00' }],
    }),
    {
      name: 'an open item has the amount too',
      why: 'the line may be for the open 2026-0051: matching decides, and it knows the account and one open item of 121.00',
      book: book([paid('2026-0042', '121.00'), invoice('2026-0051', 'jansen', '121.00')]),
      evidence: { packagePayments: [payment('p1', '2026-0042', 12_100)] },
      lines: [line('121.00', '')],
      expect: [{ outcome: 'matched', gives: { '2026-0051': '121.00' } }],
    },
    of([payment('p1', '2026-0042', 12_100), payment('p2', '2026-0043', 12_100)], {
      name: 'two payments it may be',
      why: 'nothing is named and both are 121.00: which one it is nobody knows',
      lines: [line('121.00', '')],
      expect: [{ outcome: 'proposed', gives: { '2026-0050': '64.10' } }],
    }),
    of([payment('p1', '2026-0042', 12_100)], {
      name: 'a stranger who names nothing',
      why: 'the amount alone links nothing',
      lines: [line('121.00', 'hallo', stranger)],
      expect: [{ outcome: 'unmatched', gives: {} }],
    }),
    {
      name: 'a link a person undid',
      why: 'the pair is not tried again',
      book: settled,
      evidence: { packagePayments: [payment('p1', '2026-0042', 12_100)], undone: [{ line: 'L1', invoiceId: '2026-0042' }] },
      lines: [line('121.00', '2026-0042', { ...stranger, key: 'L1' })],
      expect: [{ outcome: 'unmatched', gives: {} }],
    },
  ]);
});
