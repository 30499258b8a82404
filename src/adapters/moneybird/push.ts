import { formatAmount } from '../../kernel/money.js';
import { type About, type ItemRef, PackageError, type PulledItem, type PushEntry, type PushResult } from '../accounting-package.port.js';
import type { AdministrationApi } from './moneybird.api.js';
import { creditLimitFieldId, creditLimitOf, writeLimit } from './rules/credit-limit.js';
import { toItem } from './rules/invoice.js';
import { noteIdWithMarker, noteWithMarker, transactionIdentifier } from './rules/marker.js';
import { canBePaused, isAlreadySo, wantedPause } from './rules/pause.js';
import { mayRegister, sameSettlement } from './rules/payment-match.js';
import { type VendorRecord, recordsIn } from './rules/record.js';
import { type Collection, type ItemCollection, isId, parseItemRef } from './rules/refs.js';
import { type WriteOnceOptions, writeOnce } from './write-once.js';

type PaymentMatch = Extract<PushEntry, { readonly kind: 'payment-match' }>;
type Noted = Exclude<PushEntry, PaymentMatch>;

/** A record of the package. */
interface Target<C extends Collection = Collection> {
  readonly collection: C;
  readonly id: string;
}

/**
 * Writes an entry. A payment carries the marker itself. Everything else ends with a note that carries it; what the entry changes
 * besides (pause, credit limit) is changed before the note, and only when it is not so yet. So the note proves that all of it was
 * done, and after a crash anywhere the same push does what is missing and no more.
 */
export async function push(api: AdministrationApi, entry: PushEntry, options: WriteOnceOptions): Promise<PushResult> {
  return entry.kind === 'payment-match' ? pushPayment(api, entry, options) : pushNote(api, entry, options);
}

async function pushNote(api: AdministrationApi, entry: Noted, options: WriteOnceOptions): Promise<PushResult> {
  const target = targetOf(entry.about);
  const record = await api.get(target.collection, target.id);
  const there = noteIdWithMarker(record, entry.marker);
  if (there !== null) return { outcome: 'already-there', ref: there || null, calls: api.calls };

  const pause = wantedPause(entry);
  if (pause !== null && target.collection === 'sales_invoices') await setPaused(api, target.id, record, pause, options);
  if (entry.kind === 'limit') await setLimit(api, target.id, record, entry.limit, options);

  const ref = await writeOnce(
    'note',
    () => api.addNote(target.collection, target.id, noteWithMarker(entry.text, entry.marker)),
    async () => noteIdWithMarker(await api.get(target.collection, target.id), entry.marker),
    options,
  );
  return { outcome: 'written', ref, calls: api.calls };
}

async function setPaused(
  api: AdministrationApi,
  id: string,
  invoice: VendorRecord,
  paused: boolean,
  options: WriteOnceOptions,
): Promise<void> {
  const isSo = (record: VendorRecord): boolean => (record['paused'] === true) === paused;
  if (isSo(invoice) || !canBePaused(invoice)) return;
  try {
    await writeOnce(
      paused ? 'pause' : 'resumption',
      () => api.setPaused(id, paused),
      async () => (isSo(await api.get('sales_invoices', id)) ? '' : null),
      options,
    );
  } catch (cause) {
    if (!(cause instanceof PackageError && cause.kind === 'refused' && isAlreadySo(cause.message))) throw cause;
  }
}

/** Into the custom field, when somebody has made one; the note tells it in any case. */
async function setLimit(
  api: AdministrationApi,
  id: string,
  contact: VendorRecord,
  limit: number | null,
  options: WriteOnceOptions,
): Promise<void> {
  const isSo = (record: VendorRecord): boolean => creditLimitOf(recordsIn(record['custom_fields'])) === limit;
  if (isSo(contact)) return;
  const fieldId = creditLimitFieldId(await api.customFields());
  if (fieldId === null) return;
  await writeOnce(
    'credit limit',
    () => api.setCustomField(id, fieldId, writeLimit(limit)),
    async () => (isSo(await api.get('contacts', id)) ? '' : null),
    options,
  );
}

async function pushPayment(api: AdministrationApi, entry: PaymentMatch, options: WriteOnceOptions): Promise<PushResult> {
  const target = itemTarget(entry.about);
  const wanted = { marker: entry.marker, amount: entry.amount, currency: entry.currency, paidOn: entry.paidOn };
  const item = await itemOf(api, target);
  const there = sameSettlement(item, wanted);
  if (there !== null) return { outcome: 'already-there', ref: there, calls: api.calls };
  const allowed = mayRegister(item, wanted);
  if (!allowed.ok) throw new PackageError('refused', allowed.error.message);

  const payment = {
    payment_date: entry.paidOn,
    price: formatAmount(entry.amount, entry.currency),
    transaction_identifier: transactionIdentifier(entry.marker),
  };
  const ref = await writeOnce(
    'payment',
    () => api.addPayment(target.collection, target.id, payment),
    async () => sameSettlement(await itemOf(api, target), wanted),
    options,
  );
  return { outcome: 'written', ref, calls: api.calls };
}

async function itemOf(api: AdministrationApi, { collection, id }: Target<ItemCollection>): Promise<PulledItem> {
  const item = toItem(collection, await api.get(collection, id));
  if (!item.ok) throw new PackageError('refused', item.error.message);
  if (item.value === null) throw new PackageError('refused', `${collection} ${id} is a draft: payments cannot be registered on it`);
  return item.value;
}

function targetOf(about: About): Target {
  if ('item' in about) return itemTarget(about);
  if (isId(about.debtor)) return { collection: 'contacts', id: about.debtor };
  throw new PackageError('refused', `${about.debtor} is no contact of Moneybird`);
}

function itemTarget(about: ItemRef): Target<ItemCollection> {
  const target = parseItemRef(about.item);
  if (target) return target;
  throw new PackageError('refused', `${about.item} is no invoice of Moneybird`);
}
