import type { Context } from './hypothesis.js';
import type { NumberHit } from './number-hits.js';
import type { Reading } from './read-line.js';

/** An invoice that a reference, or a whole number without a doubt, names. */
export interface FirmHit {
  readonly invoice: number;
  readonly naming: 'reference' | 'number';
  readonly because: string;
  /** Hits of one group are one thing written that may mean several invoices: one of them is meant. */
  readonly group: string;
  /** The number has only four digits. */
  readonly short: boolean;
  /** Read from the last digits of a list or from a range. */
  readonly listed: boolean;
}

/** What names invoices for sure; invoices forbidden for the line are left out. */
export function firmHits(reading: Reading, { index, forbidden }: Context): FirmHit[] {
  const hits: FirmHit[] = reading.references.named.map(({ invoice, reference }) => ({
    invoice,
    naming: 'reference',
    because: `payment reference ${reference} is that of ${index.invoice(invoice).number}`,
    group: `reference ${reference}`,
    short: false,
    listed: false,
  }));
  for (const hit of reading.numbers.hits) {
    if (hit.doubt !== null || hits.some(({ invoice }) => invoice === hit.invoice)) continue;
    const listed = hit.listed ? ' (continues the number before it)' : '';
    hits.push({
      invoice: hit.invoice,
      naming: 'number',
      because: `number ${index.invoice(hit.invoice).number} in the text${listed}`,
      group: hit.listed ? `listed ${hit.invoice}` : `${hit.from}-${hit.to}`,
      short: isShort(hit),
      listed: hit.listed,
    });
  }
  return hits.filter(({ invoice }) => !forbidden.has(invoice));
}

/** Numbers of four digits are too common to decide anything with a stranger. */
const isShort = (hit: NumberHit): boolean => hit.written.replace(/[^A-Z0-9]/g, '').length < 5;
