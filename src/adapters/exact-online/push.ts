import { formatAmount } from '../../kernel/money.js';
import { type About, type Attachment, PackageError, type PushEntry, type PushResult } from '../accounting-package.port.js';
import type { DivisionApi } from './exact-online.api.js';
import { markCreditHold } from './credit-hold-mark.js';
import { markHandedOver } from './handover-mark.js';
import { guid, text } from './rules/odata.js';
import { idWithSign, signOfMarker } from './rules/marker.js';
import { type Target, type Write, documentOf, droppedReferences, hasDocument, lastOf, taskOf } from './rules/push-plan.js';
import { type VendorRecord, guidOf, isGuid, textOf, wholeOf } from './rules/record.js';
import { type Origin, parseItemRef } from './rules/refs.js';
import type { WriteOnceOptions } from '../write-once.js';
import { bringAccountTo, writeOnce } from './write-once.js';

export interface PushOptions extends WriteOnceOptions {
  /** Whether an account that is handed over is blocked for new orders too: it hits the whole relation, also as a supplier (§5.2 vi). */
  readonly blockHandedOver: boolean;
  /** Whether an account whose deliveries are on hold is blocked too (§5.2 vi). */
  readonly blockOnCreditHold: boolean;
  readonly currency: string;
}

type Noted = Exclude<PushEntry, { readonly kind: 'hold' | 'payment-match' }>;

/**
 * Writes an entry (§5.2). What an entry needs besides (document, PDF, task, credit line, classification) is written first, each only when
 * it is not there yet; the record with the marker comes last. So the marker proves that all of it was done, and after a crash anywhere
 * the same push does what is missing and no more.
 */
export async function push(api: DivisionApi, entry: PushEntry, options: PushOptions): Promise<PushResult> {
  if (entry.kind === 'hold') throw new PackageError('not-possible', 'Exact Online has no reminders that can be stopped through its API');
  if (entry.kind === 'payment-match') {
    throw new PackageError('not-possible', 'Exact Online cannot be told through its API which invoice a receipt is for');
  }
  const { resource, field } = lastOf(entry, NO_TARGET, null);
  const asked = targetAsked(entry.about);
  const there = await findSigned(api, resource, field, signOfMarker(entry.marker));
  if (there !== null) return { outcome: 'already-there', ref: there || null, calls: api.calls };
  const target = await targetOf(api, asked);

  let document: string | null = null;
  if (hasDocument(entry)) document = await writeDocument(api, entry, target, options);
  if (entry.kind === 'promise') await writeRecord(api, taskOf({ ...entry, kind: 'promise' }, target), options);
  if (entry.kind === 'limit') await setLimit(api, target.account, entry.limit, options);
  if (entry.kind === 'handover') await markHandedOver(api, target.account, options.blockHandedOver, options);
  if (entry.kind === 'credit-hold') await markCreditHold(api, target.account, entry.action, options.blockOnCreditHold, options);
  const ref = await writeRecord(api, lastOf(entry, target, document), options);
  return { outcome: 'written', ref, calls: api.calls };
}

const NO_TARGET: Target = { account: '', number: null, invoiceNumber: null, document: null };

async function findSigned(api: DivisionApi, resource: Write['resource'], field: Write['field'], sign: string): Promise<string | null> {
  const found = await api.list(resource, { $filter: `substringof(${text(sign)},${field}) eq true`, $select: `ID,${field}` });
  return idWithSign(found, field, sign);
}

/** Makes the record unless it is there, and looks whether all of it was stored. Gives its id. */
async function writeRecord(
  api: DivisionApi,
  { resource, field, sign, body }: Write,
  options: PushOptions,
  look = false,
): Promise<string | null> {
  const find = (): Promise<string | null> => findSigned(api, resource, field, sign);
  const there = look ? await find() : null;
  if (there !== null) return there || null;
  const id = await writeOnce(resource, () => api.create(resource, body), find, options);
  if (id !== null) await readBack(api, resource, id, body);
  return id;
}

async function readBack(api: DivisionApi, resource: Write['resource'], id: string, body: VendorRecord): Promise<void> {
  const fields = ['ID', 'Account', ...('Document' in body ? ['Document'] : [])];
  const stored = await inDoubt(resource, () => api.get(resource, id, fields));
  const dropped = droppedReferences(body, stored ?? {});
  if (dropped.length === 0) return;
  throw new PackageError('refused', `Exact Online stored ${resource} ${id} without its ${dropped.join(' and ')}: link it there by hand`);
}

/** What fails after something was written leaves it open what is there. */
async function inDoubt<T>(what: string, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (cause) {
    throw new PackageError('uncertain', `${what} was written, and reading back failed`, null, { cause });
  }
}

/** A document with what is attached to it; both are looked for first, because they are not the last thing written. */
async function writeDocument(api: DivisionApi, entry: Noted, target: Target, options: PushOptions): Promise<string | null> {
  const id = await writeRecord(api, documentOf(entry, target), options, true);
  const attachments = 'attachments' in entry ? (entry.attachments ?? []) : [];
  if (id !== null) for (const attachment of attachments) await attach(api, id, attachment, options);
  return id;
}

async function attach(api: DivisionApi, document: string, { fileName, base64 }: Attachment, options: PushOptions): Promise<void> {
  const resource = 'documents/DocumentAttachments';
  const find = async (): Promise<string | null> => {
    const files = await api.list(resource, { $filter: `Document eq ${guid(document)}`, $select: 'ID,FileName,Document' });
    const found = files.find((file) => textOf(file['FileName']) === fileName);
    return found ? (guidOf(found['ID']) ?? '') : null;
  };
  if ((await find()) !== null) return;
  await writeOnce(resource, () => api.create(resource, { Document: document, FileName: fileName, Attachment: base64 }), find, options);
}

/** The field is the vendor's own, and null means no limit (§4.6). */
async function setLimit(api: DivisionApi, account: string, limit: number | null, options: PushOptions): Promise<void> {
  const wanted = { CreditLineSales: limit === null ? null : Number(formatAmount(limit, options.currency)) };
  const missing = (stored: VendorRecord): VendorRecord => ((stored['CreditLineSales'] ?? null) === wanted.CreditLineSales ? {} : wanted);
  await bringAccountTo(api, account, wanted, missing, options);
}

type Asked = (Origin & { readonly instalment: number }) | { readonly kind: 'account'; readonly id: string };

/** What an entry is about, by its ref alone. Throws `refused` when that is none of ours. */
function targetAsked(about: About): Asked {
  if ('debtor' in about) {
    if (isGuid(about.debtor)) return { kind: 'account', id: about.debtor };
    throw new PackageError('refused', `${about.debtor} is no account of Exact Online`);
  }
  const item = parseItemRef(about.item);
  if (item) return item;
  throw new PackageError('refused', `${about.item} is no open item of Exact Online`);
}

async function targetOf(api: DivisionApi, asked: Asked): Promise<Target> {
  if (asked.kind === 'account') return { account: asked.id, number: null, invoiceNumber: null, document: null };
  const record = await bookingOf(api, asked);
  const account = guidOf(record?.['Customer'] ?? record?.['Account']);
  if (account === null) throw new PackageError('refused', `Exact Online no longer has the booking ${asked.id}`);
  const number = wholeOf(record?.['InvoiceNumber']) || wholeOf(record?.['EntryNumber']);
  return {
    account,
    number: number ? String(number) : textOf(record?.['YourRef']),
    invoiceNumber: wholeOf(record?.['InvoiceNumber']) || null,
    document: guidOf(record?.['Document']),
  };
}

async function bookingOf(api: DivisionApi, { kind, id }: Origin): Promise<VendorRecord | null> {
  const fields = ['InvoiceNumber', 'EntryNumber', 'YourRef', 'Document'];
  if (kind === 'entry') return api.get('salesentry/SalesEntries', id, ['EntryID', 'Customer', ...fields]);
  const $select = ['ID', 'Account', ...fields].join(',');
  const field = kind === 'line' ? 'TransactionID' : 'ID';
  const [term] = await api.list('cashflow/Receivables', { $filter: `${field} eq ${guid(id)}`, $select });
  return term ?? null;
}
