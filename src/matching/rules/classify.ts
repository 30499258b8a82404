import { fold } from './normalize.js';
import type { Book } from '../../ledger/rules/book.js';
import type { BankLine } from './vocabulary.js';

/** Sub-families of bookings the bank makes itself: interest, charges, fees, commission (camt053.md §6). */
const BANK_OWN = new Set(['INTR', 'CHRG', 'FEES', 'COMM', 'TAXE']);
/** A credit or debit that takes an earlier one back: returned transfer, unpaid or reversed direct debit. */
const RETURNS = new Set(['RRTN', 'UPDD', 'PRDD', 'RCDD']);

/** Tax offices of the countries we serve; a tax office may be a debtor too, so this is only said when nothing else fits. Folded. */
const TAX_OFFICE = /\b(BELASTINGDIENST|FOD FINANCIEN|SPF FINANCES|FINANZAMT|BELASTINGKANTOOR|DGFIP|TRESOR PUBLIC|HM REVENUE)\b/;

export type LineClass =
  | { readonly kind: 'receipt' }
  | { readonly kind: 'return' }
  | { readonly kind: 'own-return' }
  | { readonly kind: 'not-a-receipt'; readonly because: string };

/** Whether the line is marked as taking an earlier booking back. */
export const isReturn = (line: BankLine): boolean => line.returned !== null || line.reversal || RETURNS.has(line.code.subFamily ?? '');

/**
 * What a line is before anyone looks at invoices. `return` is money of a debtor going back (a bounced direct debit, a recalled transfer);
 * `own-return` is our own payment coming back, which is no receipt.
 */
export function classify(line: BankLine, book: Book): LineClass {
  if (line.setAside !== null) return { kind: 'not-a-receipt', because: line.setAside };
  if (line.amount === 0) return { kind: 'not-a-receipt', because: 'the amount is zero' };
  if (line.iban !== null && book.administration.ibans.includes(line.iban)) {
    return { kind: 'not-a-receipt', because: `transfer between own accounts (${line.iban})` };
  }
  if (isReturn(line)) return line.amount < 0 ? { kind: 'return' } : { kind: 'own-return' };
  if (line.amount < 0) return { kind: 'not-a-receipt', because: 'money going out: a payment of ours, a fee or a transfer' };
  if (BANK_OWN.has(line.code.subFamily ?? '')) {
    return { kind: 'not-a-receipt', because: `the bank codes it as its own booking (${line.code.subFamily})` };
  }
  return { kind: 'receipt' };
}

/** For a receipt that no open item explains: why it probably is none at all, or null. */
export function otherIncome(line: BankLine, book: Book): string | null {
  const name = fold(line.name ?? '');
  if (TAX_OFFICE.test(name)) return `it comes from a tax office (${line.name})`;
  if (name !== '' && name === fold(book.administration.name)) return `the payer has our own name (${line.name})`;
  return null;
}
