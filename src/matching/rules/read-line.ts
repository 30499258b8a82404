import type { BookIndex } from './book-index.js';
import type { Payment } from './explain-amount.js';
import { type NumberReading, readNumbers, withoutOtherCustomers } from './number-hits.js';
import { type Payer, isIdentified, readPayer, relationOf } from './payer.js';
import { type ReferenceReading, readReferences } from './references.js';
import { type Atom, readText } from './text.js';
import type { BankLine, Evidence } from './vocabulary.js';

/** Everything a line says, before any amount is looked at. */
export interface Reading {
  readonly references: ReferenceReading;
  readonly atoms: readonly Atom[];
  readonly numbers: NumberReading;
  readonly payer: Payer;
}

/**
 * Reads a line once. Somebody else's valid references are taken out of the text first: their digits mean nothing here. References without a valid
 * check are read as text, because invoice numbers are written into that field too.
 */
export function readLine(line: BankLine, index: BookIndex, evidence: Evidence): Reading {
  const references = readReferences(line, index);
  const meaningless = [...references.foreign, ...references.failed];
  const strip = (text: string): string => meaningless.reduce((rest, reference) => rest.replaceAll(reference, ' | '), text);
  const prose = meaningless.length > 0 && line.text.length > 0 ? strip(line.text.join('\n')).split('\n') : line.text;
  const technical = [...line.documentNumbers, ...references.unchecked, ...(line.endToEndId === null ? [] : [line.endToEndId])];
  const { atoms, ibans } = readText(prose, technical);
  const numbers = readNumbers(atoms, index, evidence);
  const payer = readPayer(line, ibans, numbers.customers, index, evidence);
  const isPayer = (debtor: number): boolean => isIdentified(relationOf(payer, debtor, index).relation);
  return { references, atoms, numbers: withoutOtherCustomers(numbers, isPayer, index), payer };
}

/** What the explanation of an amount may know of the line. */
export const paymentOf = (line: BankLine, { payer }: Reading): Payment => ({
  amount: line.amount,
  date: line.date,
  chargesTaken: line.chargesTaken,
  crossBorder: line.code.subFamily === 'XBCT',
  converted: line.original !== null,
  provider: payer.neutral,
});
