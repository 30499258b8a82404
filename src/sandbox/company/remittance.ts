import type { Random } from '../random.js';
import type { ReferenceStyle } from './habits.js';

/** What a payer fills in. */
export interface Remittance {
  readonly structuredReference: string | null;
  readonly text: string | null;
}

export interface Payable {
  readonly number: string;
  /** RF reference without padding. */
  readonly paymentReference: string;
}

const grouped = (reference: string): string => (reference.match(/.{1,4}/g) ?? []).join(' ');

/** How a payer of that style points at one invoice. */
export function remittanceFor(style: ReferenceStyle, invoice: Payable, random: Random): Remittance {
  switch (style) {
    case 'rf':
      return { structuredReference: invoice.paymentReference, text: null };
    case 'rf-in-text':
      return { structuredReference: null, text: random.pick([invoice.paymentReference, grouped(invoice.paymentReference)]) };
    case 'number':
      return {
        structuredReference: null,
        text: random.pick(['Factuur {}', 'factnr {}', 'Inzake uw factuur {} dank', '{}']).replace('{}', invoice.number),
      };
    case 'damaged-number':
      return { structuredReference: null, text: `fact ${damaged(invoice.number, random)}` };
    case 'iban-only':
      return { structuredReference: null, text: random.pick(['betaling', 'Uw factuur', 'zie mail', 'voldaan']) };
  }
}

/** One transfer for several invoices: mostly all numbers, sometimes only the first and a sum. */
export function remittanceForSeveral(invoices: readonly Payable[], random: Random): Remittance {
  const numbers = invoices.map(({ number }) => number);
  const text = random.chance(0.75) ? `Facturen ${numbers.join(' ')}` : `Facturen ${numbers[0]} t/m ${numbers.at(-1)}`;
  return { structuredReference: null, text: text.slice(0, 140) };
}

/**
 * A number as people copy it: without its dash, without its year, a zero too few, an O for a zero, two digits swapped. A number without
 * a dash has its year in the first two digits.
 */
function damaged(number: string, random: Random): string {
  const [year = '', serial = ''] = number.includes('-') ? number.split('-') : [number.slice(0, 2), number.slice(2)];
  return random.pick([
    `${year}${serial}`,
    serial,
    `${year}-${serial.replace(/^0/, '')}`,
    `${year}-${serial.replace('0', 'O')}`,
    `${year}-${serial.slice(0, -2)}${serial.at(-1)}${serial.at(-2)}`,
  ]);
}
