import { type Minor, parseAmount } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { PackageError, type PulledSettlement } from '../accounting-package.port.js';
import { claimsOf, readSection } from './rules/comment.js';
import { type LineKey, refOf } from './rules/refs.js';
import { settlementsOf } from './rules/settlement.js';
import { type ReceivableLine, receivableLine } from './rules/transaction.js';
import type { OfficeApi } from './twinfield.api.js';

/** An invoice as it is now; amounts in its own currency, without sign. */
export interface Invoice {
  readonly key: LineKey;
  readonly line: ReceivableLine;
  readonly customer: string;
  readonly amount: Minor;
  readonly open: Minor;
}

/** Reads an invoice by its booking. `currency`: where the booking does not say. Throws `refused` when it is not there or cannot be read. */
export async function invoiceOf(api: OfficeApi, key: LineKey, currency: string): Promise<Invoice> {
  const transaction = await api.transaction(key);
  const line = transaction === null ? null : receivableLine(transaction, key.line);
  if (!line?.customer) throw new PackageError('refused', `Twinfield no longer has the booking ${refOf(key)}`);
  const money = (text: string | null): Minor => {
    const parsed = parseAmount(text ?? '0', line.currency ?? currency);
    if (parsed.ok) return Math.abs(parsed.value);
    throw new PackageError('refused', `Twinfield sent what cannot be read: ${refOf(key)}: ${parsed.error.message}`);
  };
  // A line that is matched to the last cent says nothing of what is open.
  const open = line.matchStatus === 'matched' ? 0 : money(line.open);
  return { key, line, customer: line.customer, amount: money(line.value), open };
}

/** What took something off it, with the markers of what we claimed in the customer's comment. */
export function settlementsIn(
  { key, line, amount, open }: Invoice,
  comment: string,
  { currency, paidOn: due }: { readonly currency: string; readonly paidOn: PlainDate },
): PulledSettlement[] {
  const claims = claimsOf(readSection(comment)).filter(({ item }) => item === refOf(key));
  return settlementsOf(line, { item: key, amount, open, currency, due, claims, known: {} });
}
