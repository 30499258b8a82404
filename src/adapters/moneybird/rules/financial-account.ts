import { normalizeIban } from '../../../kernel/identifiers/iban.js';
import type { Result } from '../../../kernel/result.js';
import { RecordReader, type VendorRecord, idOf, textOf } from './record.js';

/** An account the administration keeps in Moneybird (§3.6): of a bank, a card, a payment provider, or of a kind not known yet. */
export interface FinancialAccount {
  readonly id: string;
  readonly type: string | null;
  readonly name: string | null;
  /** Null for what has none: a card is named by its last digits. */
  readonly iban: string | null;
  readonly currency: string;
  readonly isActive: boolean;
}

/** Fails with `unreadable-record` without id or currency. An account that does not say so is active: only such are listed. */
export function toFinancialAccount(record: VendorRecord): Result<FinancialAccount> {
  const read = new RecordReader(`financial account ${idOf(record['id']) ?? '(without id)'}`, record);
  return read.finish({
    id: read.requiredId('id'),
    type: read.text('type'),
    name: read.text('name'),
    iban: normalizeIban(read.text('identifier') ?? ''),
    currency: read.requiredText('currency'),
    isActive: record['active'] !== false,
  });
}

const accountOf = (mutation: VendorRecord): string => idOf(mutation['financial_account_id']) ?? '';

/** The accounts the bank lines name that are not among the known ones. */
export const unknownAccounts = (mutations: readonly VendorRecord[], known: readonly FinancialAccount[]): string[] =>
  [...new Set(mutations.map(accountOf))].filter((id) => !known.some((account) => account.id === id));

/**
 * The bank lines a payment in the currency may be linked to: of an account of this administration that is in use and keeps that currency.
 * What stands on one that was deactivated is left as it is.
 */
export const linesToLink = (mutations: readonly VendorRecord[], accounts: readonly FinancialAccount[], currency: string): VendorRecord[] =>
  mutations.filter((mutation) =>
    accounts.some(
      ({ id, isActive, currency: kept }) =>
        id === accountOf(mutation) && isActive && kept === currency && (textOf(mutation['currency']) ?? kept) === currency,
    ),
  );
