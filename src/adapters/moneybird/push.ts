import { PackageError, type PushEntry, type PushResult, type StoppedSoFar } from '../accounting-package.port.js';
import type { FinancialAccounts } from './financial-accounts.js';
import { attachToInvoice, keepInDocument } from './letters.js';
import type { AdministrationApi } from './moneybird.api.js';
import { pushPayment } from './push-payment.js';
import { undoPayment } from './undo-payment.js';
import { type CreditEntry, creditFields } from './rules/credit-limit.js';
import { noteIdWithMarker, noteWithMarker } from './rules/marker.js';
import { canBePaused, isAlreadySo, isToDo, waitsForCollection, wantedPause } from './rules/pause.js';
import { type VendorRecord, idOf } from './rules/record.js';
import { isReminderRecorded, reminderGroup } from './rules/reminder-record.js';
import { type Target, targetOf } from './target.js';
import type { WriteOnceOptions } from '../write-once.js';
import { writeOnce } from './write-once.js';

type PaymentMatch = Extract<PushEntry, { readonly kind: 'payment-match' }>;
type Noted = Exclude<PushEntry, PaymentMatch>;

/**
 * Writes an entry (§4.8). A payment carries the marker itself, and taking one back leaves nothing to carry it. Everything else ends with a note that carries it; what the entry changes
 * besides (letters, record of the reminder, pause, credit limit) is changed before the note, and only when it is not so yet. So the note
 * proves that all of it was done, and after a crash anywhere the same push does what is missing and no more.
 */
export async function push(
  api: AdministrationApi,
  accounts: FinancialAccounts,
  entry: PushEntry,
  options: WriteOnceOptions,
): Promise<PushResult> {
  if (entry.kind === 'payment-match') return pushPayment(api, accounts, entry, options);
  const undone = entry.kind === 'payment-undo' ? await undoPayment(api, entry, options) : null;
  return undone ?? pushNote(api, entry, options);
}

/** Whatever it fails over, it tells whether reminders it was to stop were stopped by then: the next try finds them so. */
async function pushNote(api: AdministrationApi, entry: Noted, options: WriteOnceOptions): Promise<PushResult> {
  const soFar: SoFar = { stopped: 'not' };
  try {
    return await writeNote(api, entry, options, soFar);
  } catch (cause) {
    if (cause instanceof PackageError && wantedPause(entry) === true) cause.stopped = soFar.stopped;
    throw cause;
  }
}

interface SoFar {
  stopped: StoppedSoFar;
}

async function writeNote(api: AdministrationApi, entry: Noted, options: WriteOnceOptions, soFar: SoFar): Promise<PushResult> {
  const target = targetOf(entry.about);
  const isInvoice = target.collection === 'sales_invoices';
  if (entry.kind === 'hold' && target.collection === 'contacts')
    throw new PackageError('refused', 'Moneybird stops its reminders for an invoice, not for a contact');
  const record = await api.get(target.collection, target.id);
  // Nothing of the package reminds for an invoice that was made elsewhere, so there is nothing to stop and nothing to tell (§3.4).
  if (entry.kind === 'hold' && !isInvoice) return { outcome: 'already-there', ref: null, calls: api.calls };
  const there = noteIdWithMarker(record, entry.marker);
  if (there !== null) return { outcome: 'already-there', ref: there || null, calls: api.calls };

  if (waitsForCollection(entry, record))
    throw new PackageError('not-yet', 'it is to be collected, and a pause before it is due would stop that');
  // First what stops a message: whatever fails after it, the package is silent.
  const pause = wantedPause(entry);
  if (pause !== null && isInvoice) await setPaused(api, target.id, record, pause, options, soFar);
  if (entry.kind === 'limit' || entry.kind === 'credit-hold') await setCreditFields(api, target, record, entry, options);
  await writeLetters(api, entry, target, record, options);
  if (entry.kind === 'reminder-sent' && isInvoice) await recordReminder(api, target.id, record, entry, options);

  const ref = await writeOnce(
    'note',
    () => api.addNote(target.collection, target.id, noteWithMarker(entry.text, entry.marker), isToDo(entry)),
    async () => noteIdWithMarker(await api.get(target.collection, target.id), entry.marker),
    options,
  );
  return { outcome: 'written', ref, calls: api.calls, ...(pause !== null && isInvoice && { stoodSo: isPaused(record) === pause }) };
}

const isPaused = (invoice: VendorRecord): boolean => invoice['paused'] === true;

async function setPaused(
  api: AdministrationApi,
  id: string,
  invoice: VendorRecord,
  paused: boolean,
  options: WriteOnceOptions,
  soFar: SoFar,
): Promise<void> {
  const isSo = (record: VendorRecord): boolean => isPaused(record) === paused;
  if (isSo(invoice)) soFar.stopped = 'found-so';
  if (isSo(invoice) || !canBePaused(invoice)) return;
  try {
    await writeOnce(
      paused ? 'pause' : 'resumption',
      () => api.setPaused(id, paused),
      async () => (isSo(await api.get('sales_invoices', id)) ? '' : null),
      options,
    );
    soFar.stopped = 'by-us';
  } catch (cause) {
    const isSoNow = cause instanceof PackageError && cause.kind === 'refused' && isAlreadySo(cause.message);
    if (isSoNow || (cause instanceof PackageError && cause.kind === 'uncertain')) soFar.stopped = 'by-us';
    if (!isSoNow) throw cause;
  }
}

/** A reminder is a paper the customer has; all others are for the administration alone. */
async function writeLetters(
  api: AdministrationApi,
  entry: Noted,
  { collection, id }: Target,
  record: VendorRecord,
  options: WriteOnceOptions,
): Promise<void> {
  if (entry.kind === 'reminder-sent' && collection !== 'contacts') return attachToInvoice(api, { collection, id }, record, entry, options);
  const contactId = collection === 'contacts' ? id : idOf(record['contact_id']);
  if (contactId !== null) await keepInDocument(api, contactId, entry, options);
}

/** Into the package's own history, where it can be; the note tells it in any case. */
async function recordReminder(
  api: AdministrationApi,
  id: string,
  invoice: VendorRecord,
  { on }: Noted,
  options: WriteOnceOptions,
): Promise<void> {
  const group = reminderGroup(invoice);
  if (group === null || isReminderRecorded(invoice, on)) return;
  try {
    await writeOnce(
      'record of the reminder',
      () => api.recordReminder(group),
      async () => (isReminderRecorded(await api.get('sales_invoices', id), on) ? '' : null),
      options,
    );
  } catch (cause) {
    if (!(cause instanceof PackageError && cause.kind === 'refused')) throw cause;
  }
}

/** Into the custom fields, when somebody has made them; the note tells it in any case. */
async function setCreditFields(
  api: AdministrationApi,
  { collection, id }: Target,
  contact: VendorRecord,
  entry: CreditEntry,
  options: WriteOnceOptions,
): Promise<void> {
  if (collection !== 'contacts') return;
  const definitions = await api.customFields();
  const missing = creditFields(definitions, contact, entry);
  if (missing.length === 0) return;
  await writeOnce(
    'credit fields',
    () => api.setCustomFields(id, missing),
    async () => (creditFields(definitions, await api.get('contacts', id), entry).length === 0 ? '' : null),
    options,
  );
}
