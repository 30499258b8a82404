import { type Account, ibanOf } from '../statement.js';

/**
 * The number an account is known by: its IBAN wherever the bank wrote it, else what the bank calls it, upper case and without blanks. Null
 * when the statement names no account.
 */
export function accountKey(account: Pick<Account, 'iban' | 'other'>): string | null {
  const written = ibanOf(account) ?? account.iban ?? account.other;
  return written === null ? null : sameKey(written);
}

/** The form in which account numbers are compared. */
export const sameKey = (account: string): string => account.replace(/\s+/g, '').toUpperCase();
