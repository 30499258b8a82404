import type { PushEntry } from '../../accounting-package.port.js';
import { type VendorRecord, guidOf } from './record.js';

export type CreditHoldAction = Extract<PushEntry, { readonly kind: 'credit-hold' }>['action'];

/**
 * What of an account changes for a hold or a release of deliveries; empty: nothing. A classification that a person put in the same place stays,
 * on release it is taken off only when it is the hold's: so it also proves that the block was ours.
 */
export function creditHoldChange(
  account: VendorRecord,
  { field, id }: { readonly field: string; readonly id: string },
  action: CreditHoldAction,
  block: boolean,
): VendorRecord {
  const there = guidOf(account[field]);
  const isOurs = there === id;
  if (action === 'hold') return there !== null && !isOurs ? {} : { [field]: id, ...(block && { Blocked: true }) };
  return isOurs ? { [field]: null, ...(block && { Blocked: false }) } : {};
}
