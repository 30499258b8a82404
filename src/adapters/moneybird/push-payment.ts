import { formatAmount } from '../../kernel/money.js';
import { PackageError, type PulledItem, type PushEntry, type PushResult } from '../accounting-package.port.js';
import type { FinancialAccounts } from './financial-accounts.js';
import type { AdministrationApi } from './moneybird.api.js';
import { toItem } from './rules/invoice.js';
import { transactionIdentifier } from './rules/marker.js';
import { isLinked, isUnlinked, mutationFor, mutationsOfDay } from './rules/mutation.js';
import { type WantedPayment, mayRegister, sameSettlement } from './rules/payment-match.js';
import type { ItemCollection } from './rules/refs.js';
import { type Target, itemTarget } from './target.js';
import type { WriteOnceOptions } from '../write-once.js';
import { writeOnce } from './write-once.js';

type PaymentMatch = Extract<PushEntry, { readonly kind: 'payment-match' }>;

/**
 * Registers a payment, which carries the marker, and links the bank line it came with, when the package has that one (§4.5). The link is
 * looked for again when the same push comes again: after a crash in between it is made then. Without a line, or with several that could be
 * it, the payment stands alone and a person links it.
 */
export async function pushPayment(
  api: AdministrationApi,
  accounts: FinancialAccounts,
  entry: PaymentMatch,
  options: WriteOnceOptions,
): Promise<PushResult> {
  const bank = { api, accounts };
  const target = itemTarget(entry.about);
  const wanted = { marker: entry.marker, amount: entry.amount, currency: entry.currency, paidOn: entry.paidOn };
  const item = await itemOf(api, target);
  const there = sameSettlement(item, wanted);
  if (there !== null) {
    const isOurs = item.settlements.some(({ ref, marker }) => ref === there && marker === entry.marker);
    if (isOurs && isUnlinked(item, there)) await linkBankLine(bank, there, wanted, item, options);
    return { outcome: 'already-there', ref: there, calls: api.calls };
  }
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
  if (ref !== null) await linkBankLine(bank, ref, wanted, item, options);
  return { outcome: 'written', ref, calls: api.calls };
}

/** The payment is registered: who may not see the bank, or is refused the link, has that much. */
async function linkBankLine(
  { api, accounts }: { readonly api: AdministrationApi; readonly accounts: FinancialAccounts },
  paymentId: string,
  wanted: WantedPayment,
  item: PulledItem,
  options: WriteOnceOptions,
): Promise<void> {
  try {
    const lines = await accounts.linesToLink(api, await api.mutations(mutationsOfDay(wanted.paidOn)), wanted.currency);
    const mutationId = mutationFor(lines, wanted, item);
    if (mutationId === null) return;
    await writeOnce(
      'link of the bank line',
      () => api.linkPayment(mutationId, paymentId),
      async () => (isLinked(await api.mutation(mutationId), paymentId) ? '' : null),
      options,
    );
  } catch (cause) {
    if (!(cause instanceof PackageError && (cause.kind === 'no-right' || cause.kind === 'refused'))) throw cause;
  }
}

async function itemOf(api: AdministrationApi, { collection, id }: Target<ItemCollection>): Promise<PulledItem> {
  const item = toItem(collection, await api.get(collection, id));
  if (!item.ok) throw new PackageError('refused', item.error.message);
  if (item.value === null) throw new PackageError('refused', `${collection} ${id} is a draft: payments cannot be registered on it`);
  return item.value;
}
