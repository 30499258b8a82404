import { PackageError, type PushEntry, type PushResult } from '../accounting-package.port.js';
import type { AdministrationApi } from './moneybird.api.js';
import { toItem } from './rules/invoice.js';
import { noteIdWithMarker } from './rules/marker.js';
import { isLinked } from './rules/mutation.js';
import { isTheirs, paymentMarked } from './rules/payment-undo.js';
import type { VendorRecord } from './rules/record.js';
import { itemTarget } from './target.js';
import type { WriteOnceOptions } from '../write-once.js';
import { writeOnce } from './write-once.js';

export type PaymentUndo = Extract<PushEntry, { readonly kind: 'payment-undo' }>;

/**
 * Takes our own payment off an invoice: the one whose marker is that of the `payment-match`, and no other. What is linked to a bank line is
 * taken off that first (§4.5). A payment that is not there any more was taken away by an earlier try or by a person. Null: a person has to
 * do it, and a note is to say so: Moneybird refuses it (a locked period), or the money was registered by a person or a bank feed.
 * Errors: those of the client; `uncertain` when it may have been taken away and nobody can look.
 */
export async function undoPayment(api: AdministrationApi, entry: PaymentUndo, options: WriteOnceOptions): Promise<PushResult | null> {
  const target = itemTarget(entry.about);
  const record = await api.get(target.collection, target.id);
  const noted = noteIdWithMarker(record, entry.marker);
  if (noted !== null) return { outcome: 'already-there', ref: noted || null, calls: api.calls };
  const payment = paymentMarked(record, entry.undoes);
  if (payment === null) return isAbsent(target, record, entry) ? { outcome: 'already-there', ref: null, calls: api.calls } : null;
  try {
    if (payment.mutationId !== null) await unlink(api, payment.mutationId, payment.id, options);
    await remove(api, target, entry, payment.id, options);
  } catch (cause) {
    if (cause instanceof PackageError && (cause.kind === 'refused' || cause.kind === 'no-right')) return null;
    throw cause;
  }
  return { outcome: 'written', ref: payment.id, calls: api.calls };
}

/** Whether the same money stands nowhere on the invoice: somebody else's payment is not ours to take away, and not to be passed over. */
function isAbsent({ collection }: ReturnType<typeof itemTarget>, record: VendorRecord, entry: PaymentUndo): boolean {
  const item = toItem(collection, record);
  return !item.ok || item.value === null || !isTheirs(item.value, entry);
}

async function unlink(api: AdministrationApi, mutationId: string, paymentId: string, options: WriteOnceOptions): Promise<void> {
  await writeOnce(
    'removal of the link with the bank line',
    () => api.unlinkPayment(mutationId, paymentId),
    async () => (isLinked(await api.mutation(mutationId), paymentId) ? null : ''),
    options,
  );
}

/** Taking the link away may have taken the payment with it: looked for before, because there is nothing to delete twice. */
async function remove(
  api: AdministrationApi,
  { collection, id }: ReturnType<typeof itemTarget>,
  { undoes }: PaymentUndo,
  paymentId: string,
  options: WriteOnceOptions,
): Promise<void> {
  const isGone = async (): Promise<boolean> => paymentMarked(await api.get(collection, id), undoes) === null;
  if (await isGone()) return;
  await writeOnce(
    'removal of the payment',
    () => api.removePayment(collection, id, paymentId),
    async () => ((await isGone()) ? '' : null),
    options,
  );
}
