import { describe } from '@jest/globals';
import { OWN_BLOCKED, book, golden, invoice, line, stranger } from '../support/golden.js';

const usd = book([invoice('2026-0042', 'jansen', '100.00', { currency: 'USD' }), invoice('2026-0050', 'jansen', '92.30')]);
const eur = book([invoice('2026-0042', 'jansen', '1000.00'), invoice('2026-0050', 'jansen', '480.00')]);

describe('foreign currency', () => {
  golden([
    {
      name: 'an invoice in dollars, the bank says what was ordered',
      why: '100.00 USD were ordered, which is what is open; 91.80 EUR arrived: all of it is for that invoice',
      book: usd,
      lines: [line('91.80', '2026-0042', { original: { amount: 10000, currency: 'USD' } })],
      expect: [{ outcome: 'matched', gives: { '2026-0042': '91.80' }, left: '0.00', says: /100.00 USD was ordered/ }],
    },
    {
      name: 'an invoice in dollars, nothing said',
      why: 'what 91.80 EUR settles of it nobody can tell from the line',
      book: usd,
      lines: [line('91.80', '2026-0042')],
      expect: [{ outcome: 'proposed', gives: { '2026-0042': '91.80' } }],
    },
    {
      name: 'an invoice in dollars of the same figure',
      why: '100.00 EUR are not 100.00 USD: the currency must be equal, so nothing is matched on that figure',
      book: book([invoice('2026-0042', 'jansen', '100.00', { currency: 'USD' })]),
      lines: [line('100.00', 'bedankt')],
      expect: [{ outcome: 'proposed', gives: {}, left: '100.00' }],
    },
    {
      name: 'ordered in dollars for an invoice in euro',
      why: '992.10 of 1000.00: the rate of the payer’s bank took 7.90, which is for a person to accept',
      book: eur,
      lines: [line('992.10', '2026-0042', { original: { amount: 107500, currency: 'USD' } })],
      expect: [{ outcome: 'proposed', gives: { '2026-0042': '1000.00' }, left: '-7.90', kind: 'currency' }],
    },
  ]);
});

describe('blocked accounts (G-rekening)', () => {
  golden([
    {
      name: 'thirty per cent on the blocked account, number named on both',
      why: '300.00 + 700.00 = 1000.00',
      book: eur,
      lines: [line('300.00', '2026-0042', { account: OWN_BLOCKED }), line('700.00', '2026-0042')],
      expect: [
        { outcome: 'matched', gives: { '2026-0042': '300.00' }, left: '0.00' },
        { outcome: 'matched', gives: { '2026-0042': '700.00' }, left: '0.00' },
      ],
    },
    {
      name: 'nothing named, known account',
      why: 'same payer, same days, and together exactly one open item: 300.00 + 700.00',
      book: eur,
      lines: [line('300.00', '', { account: OWN_BLOCKED }), line('700.00', '')],
      expect: [
        { outcome: 'matched', gives: { '2026-0042': '300.00' }, says: /blocked account/ },
        { outcome: 'matched', gives: { '2026-0042': '700.00' } },
      ],
    },
    {
      name: 'number named, stranger',
      why: 'together exactly what the named invoice has open; still a person is asked when an unknown payer pays in parts',
      book: eur,
      lines: [line('300.00', '2026-0042', { account: OWN_BLOCKED, ...stranger }), line('700.00', '2026-0042', stranger)],
      expect: [
        { outcome: 'proposed', gives: { '2026-0042': '300.00' } },
        { outcome: 'proposed', gives: { '2026-0042': '700.00' } },
      ],
    },
  ]);
});
