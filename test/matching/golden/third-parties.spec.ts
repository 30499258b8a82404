import { describe } from '@jest/globals';
import { OWN_SAVINGS, book, from, golden, invoice, line, stranger } from '../support/golden.js';

const two = book([invoice('2026-0042', 'jansen', '121.00'), invoice('2026-0060', 'muller', '64.10')]);
const MOLLIE = from('NL71ABNA0777777777', 'Stichting Mollie Payments');
const coded = (subFamily: string, family = 'RCDT') => ({ code: { domain: 'PMNT', family, subFamily, proprietary: null } }) as const;

describe('payers who are not the debtor, and receipts that are none', () => {
  golden([
    {
      name: 'a parent company pays, number named',
      why: 'number and amount',
      book: two,
      lines: [line('121.00', '2026-0042', from('NL02ABNA0123456789', 'Jansen Holding International'))],
      expect: [{ outcome: 'matched', gives: { '2026-0042': '121.00' } }],
    },
    {
      name: "another debtor's account pays, number named",
      why: 'number and amount of Müller; Jansen, whose account it is, owes no such amount',
      book: two,
      lines: [line('64.10', '2026-0060')],
      expect: [{ outcome: 'matched', gives: { '2026-0060': '64.10' }, says: /account is another debtor/ }],
    },
    {
      name: 'a bailiff pays, the debtor is named in the text',
      why: 'name in the text and amount: no booking without a person',
      book: two,
      lines: [line('64.10', 'inzake Müller Metallbau GmbH', from('NL02ABNA0123456789', 'Deurwaarders Noord'))],
      expect: [{ outcome: 'proposed', gives: { '2026-0060': '64.10' }, says: /mentions Müller/ }],
    },
    {
      name: 'the ultimate debtor is told',
      why: 'an accountant pays for Müller; name, serial and amount',
      book: two,
      lines: [
        line('64.10', 'nota 0060', {
          iban: 'NL02ABNA0123456789',
          name: 'Administratiekantoor Ploeg',
          ultimateName: 'Müller Metallbau GmbH',
        }),
      ],
      expect: [{ outcome: 'matched', gives: { '2026-0060': '64.10' } }],
    },
    {
      name: 'one sale through a payment provider',
      why: 'number and amount; the provider’s account says nothing',
      book: two,
      lines: [line('121.00', 'M12345M67890 2026-0042', MOLLIE)],
      expect: [{ outcome: 'matched', gives: { '2026-0042': '121.00' } }],
    },
    {
      name: 'a payout of several named sales minus fees',
      why: '121.00 + 64.10 = 185.10; 184.52 leaves 0.58 of fees: plausible, but only the settlement report proves it',
      book: two,
      lines: [line('184.52', 'Settlement 2026-0042 2026-0060', MOLLIE)],
      expect: [{ outcome: 'proposed', gives: { '2026-0042': '121.00', '2026-0060': '64.10' }, left: '-0.58', kind: 'bank-charges' }],
    },
    {
      name: 'a payout that names nothing',
      why: 'without the report nobody can tell',
      book: two,
      lines: [line('5310.44', 'Settlement 1234567.2611.07', MOLLIE)],
      expect: [{ outcome: 'unmatched', gives: {} }],
    },
    {
      name: 'a tax refund',
      why: 'the tax office is no debtor of ours',
      book: two,
      lines: [line('1834.00', 'OMZETBELASTING 001234567B01 teruggaaf', from('NL86INGB0002445588', 'Belastingdienst'))],
      expect: [{ outcome: 'not-a-receipt', gives: {}, left: '1834.00', says: /tax office/ }],
    },
    {
      name: 'a transfer between own accounts',
      why: 'the other account is in administration.ibans',
      book: two,
      lines: [line('121.00', '2026-0042', from(OWN_SAVINGS, 'Voorbeeld Leveranties B.V.'))],
      expect: [{ outcome: 'not-a-receipt', gives: {}, says: /own accounts/ }],
    },
    {
      name: 'interest from the bank',
      why: 'the bank codes it INTR',
      book: two,
      lines: [line('3.17', 'rente', { ...coded('INTR', 'MCOP'), iban: null, name: null })],
      expect: [{ outcome: 'not-a-receipt', gives: {}, left: '3.17' }],
    },
    {
      name: 'our own payment',
      why: 'money going out, even with a number of ours in the text',
      book: two,
      lines: [line('-121.00', '2026-0042', stranger)],
      expect: [{ outcome: 'not-a-receipt', gives: {}, left: '-121.00' }],
    },
    {
      name: "a supplier's refund with a number like ours",
      why: '121.50 is not what 2026-0042 has open and the payer is nobody we know: never booked',
      book: two,
      lines: [line('121.50', 'creditnota 2026-0042', from('NL02ABNA0123456789', 'Leverancier Zuid B.V.'))],
      expect: [{ outcome: 'proposed' }],
    },
    {
      name: 'zero',
      why: 'a line of zero settles nothing',
      book: two,
      lines: [line('0.00', '2026-0042')],
      expect: [{ outcome: 'not-a-receipt' }],
    },
    {
      name: 'for two firms, and the second number is a customer number too',
      why: '121.00 of Jansen’s 704248; what is over is the 64.10 of 10051, which is also Müller’s customer number: no overpayment to book',
      book: book([invoice('704248', 'jansen', '121.00'), invoice('10051', 'devries', '64.10')]),
      lines: [line('185.10', 'fctr 704248 en 10051')],
      expect: [{ outcome: 'proposed', says: /what is over is exactly/ }],
    },
  ]);
});
