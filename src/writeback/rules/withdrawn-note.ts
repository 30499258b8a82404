import { type Minor, formatAmount } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { NoteLanguage } from './note-text.js';

/** A payment the package knows of and that is none any more. */
export interface WithdrawnPayment {
  readonly amount: Minor;
  readonly currency: string;
  readonly paidOn: PlainDate;
  /** `returned`: the bank took it back on `on`; `undone`: a person found on `on` that it was for something else. */
  readonly why: 'returned' | 'undone';
  readonly on: PlainDate;
}

const written = (date: PlainDate): string => `${date.slice(8, 10)}-${date.slice(5, 7)}-${date.slice(0, 4)}`;

/**
 * What the bookkeeper reads on the invoice. No package lets a payment be taken back through its interface in a way that fits everybody's
 * closed periods, so the note asks a person to.
 */
export function withdrawnNote({ amount, currency, paidOn, why, on }: WithdrawnPayment, language: NoteLanguage): string {
  const decimal = formatAmount(amount, currency);
  const money = `${currency} ${language === 'en' ? decimal : decimal.replace('.', ',')}`;
  const [paid, since] = [written(paidOn), written(on)];
  switch (language) {
    case 'nl':
      return why === 'returned'
        ? `De betaling van ${money} van ${paid} is op ${since} door de bank teruggeboekt. Maak haar ook hier ongedaan: de factuur staat weer open.`
        : `De betaling van ${money} van ${paid} hoort niet bij deze factuur (teruggedraaid op ${since}). Maak haar ook hier ongedaan.`;
    case 'fr':
      return why === 'returned'
        ? `Le paiement de ${money} du ${paid} a été rejeté par la banque le ${since}. Annulez-le ici aussi : la facture est de nouveau ouverte.`
        : `Le paiement de ${money} du ${paid} ne concerne pas cette facture (annulé le ${since}). Annulez-le ici aussi.`;
    case 'en':
      return why === 'returned'
        ? `The payment of ${money} of ${paid} was returned by the bank on ${since}. Reverse it here too: the invoice is open again.`
        : `The payment of ${money} of ${paid} is not for this invoice (undone on ${since}). Reverse it here too.`;
  }
}
