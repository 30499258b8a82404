import { expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { withdrawnNote } from './withdrawn-note.js';

const payment = { amount: 121_00, currency: 'EUR', paidOn: plainDate('2026-11-03'), on: plainDate('2026-11-14') };

it.each([
  [
    'nl',
    'De betaling van EUR 121,00 van 03-11-2026 is op 14-11-2026 door de bank teruggeboekt. Maak haar ook hier ongedaan: de factuur staat weer open.',
  ],
  [
    'fr',
    'Le paiement de EUR 121,00 du 03-11-2026 a été rejeté par la banque le 14-11-2026. Annulez-le ici aussi : la facture est de nouveau ouverte.',
  ],
  ['en', 'The payment of EUR 121.00 of 03-11-2026 was returned by the bank on 14-11-2026. Reverse it here too: the invoice is open again.'],
] as const)('asks the bookkeeper to reverse a returned payment (%s)', (language, text) => {
  expect(withdrawnNote({ ...payment, why: 'returned' }, language)).toBe(text);
});

it('says of an undone match that the payment is not for this invoice', () => {
  for (const [language, words] of [
    ['nl', 'hoort niet bij deze factuur'],
    ['fr', 'ne concerne pas cette facture'],
    ['en', 'is not for this invoice'],
  ] as const) {
    const text = withdrawnNote({ ...payment, why: 'undone' }, language);
    expect(text).toContain(words);
    expect(text).toContain('14-11-2026');
  }
});
