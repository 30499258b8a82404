import type { PushEntry } from '../../accounting-package.port.js';
import { type VendorRecord, isRecord, textOf } from './record.js';

/**
 * What an entry asks of the native reminders of an invoice (§4.8): a dispute, a promise and a handover stop them; a hold says itself.
 * A promise or dispute that ends comes as a hold with `resume`. Null: leave them as they are.
 */
export function wantedPause(entry: PushEntry): boolean | null {
  if (entry.kind === 'hold') return entry.action === 'pause';
  return entry.kind === 'dispute' || entry.kind === 'promise' || entry.kind === 'handover' ? true : null;
}

/**
 * Whether a pause has to wait for the due date, because until then it would stop an automatic collection (§4.3): the contact has a mandate.
 */
export function waitsForCollection(entry: PushEntry, invoice: VendorRecord): boolean {
  if (entry.kind !== 'hold' || entry.action !== 'pause' || entry.sparesCollection !== true) return false;
  const contact = invoice['contact'];
  const isCollected = isRecord(contact) && (contact['direct_debit'] === true || contact['sepa_active'] === true);
  return isCollected && (textOf(invoice['due_date']) ?? '') > entry.on;
}

/** Nothing runs for these, so there is nothing to pause; asking would be refused. */
const WITHOUT_REMINDERS = ['draft', 'paid', 'uncollectible'];

export const canBePaused = (invoice: VendorRecord): boolean => !WITHOUT_REMINDERS.includes(textOf(invoice['state']) ?? '');

/** The refusals that mean it is already so (§2.4). Somebody else was quicker. */
export const isAlreadySo = (message: string): boolean => /already paused|isn't paused/.test(message);

/** Entries a person has to follow up: they stand in the package's list of things to do (§4.8 iii, v, vi). */
export function isToDo(entry: PushEntry): boolean {
  if (entry.kind === 'note') return entry.isToDo === true;
  if (entry.kind === 'credit-hold') return entry.action === 'hold';
  return entry.kind === 'dispute' || entry.kind === 'promise' || entry.kind === 'payment-undo';
}
