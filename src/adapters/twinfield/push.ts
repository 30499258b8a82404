import { PackageError, type About, type PushEntry, type PushResult } from '../accounting-package.port.js';
import { type WriteOptions, changeCredit } from './credit-block.js';
import { matchPayment } from './payment-match.js';
import { undoPayment } from './payment-undo.js';
import { hasMarker, readSection } from './rules/comment.js';
import { type CreditEntry, planCredit, stoodSo } from './rules/credit-plan.js';
import { isCode, parseItemRef, refOf } from './rules/refs.js';
import { receivableLine } from './rules/transaction.js';
import type { OfficeApi } from './twinfield.api.js';

export interface PushOptions extends WriteOptions {
  /** Code of the user who stands for the agency in lists; null: none. */
  readonly handoverUser: string | null;
  /** Of the office: what limits are in. */
  readonly currency: () => Promise<string>;
  /** Differences that are known (discounts, bank charges) are booked away with the match. */
  readonly writesOff: boolean;
}

/**
 * Writes an entry (§8). Twinfield has no place for notes, reminders, disputes and promises: all of them go into our section of the customer's
 * comment, in one request with the fields they change, so the marker in it proves that all of it was done.
 */
export async function push(api: OfficeApi, entry: PushEntry, options: PushOptions): Promise<PushResult> {
  if (entry.kind === 'payment-match') return matchPayment(api, entry, options);
  if (entry.kind === 'payment-undo') return undoPayment(api, entry, options);
  return pushCredit(api, entry, options);
}

async function pushCredit(api: OfficeApi, entry: CreditEntry, options: PushOptions): Promise<PushResult> {
  const target = await targetOf(api, entry.about);
  const currency = entry.kind === 'limit' ? await options.currency() : 'EUR';
  const { handoverUser } = options;
  let stood: boolean | null = null;
  const written = await changeCredit(
    api,
    target.customer,
    ({ credit }) => {
      const section = readSection(credit.comment ?? '');
      if (hasMarker(section, entry.marker)) return null;
      if (entry.kind === 'hold') stood = stoodSo(entry, credit, section);
      return planCredit(entry, credit, section, { ...target, handoverUser, currency });
    },
    options,
  );
  const outcome = written ? 'written' : 'already-there';
  return { outcome, ref: null, calls: api.calls, ...(stood !== null && { stoodSo: stood }) };
}

interface Target {
  readonly customer: string;
  readonly item: string | null;
  readonly invoice: string | null;
}

/** What an entry is about. Throws `refused` when that is none of ours, before anything is asked when the ref itself tells. */
async function targetOf(api: OfficeApi, about: About): Promise<Target> {
  if ('debtor' in about) {
    if (isCode(about.debtor)) return { customer: about.debtor, item: null, invoice: null };
    throw new PackageError('refused', `${about.debtor} is no customer of Twinfield`);
  }
  const key = parseItemRef(about.item);
  if (key === null) throw new PackageError('refused', `${about.item} is no open item of Twinfield`);
  const transaction = await api.transaction(key);
  const line = transaction === null ? null : receivableLine(transaction, key.line);
  if (!line?.customer) throw new PackageError('refused', `Twinfield no longer has the booking ${about.item}`);
  return { customer: line.customer, item: refOf(key), invoice: line.invoice ?? `${key.code} ${key.number}` };
}
