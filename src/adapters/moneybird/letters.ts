import { PackageError, type PushEntry } from '../accounting-package.port.js';
import type { AdministrationApi, Uploads } from './moneybird.api.js';
import { type Letter, documentReference, hasLetter, lettersOf } from './rules/letter.js';
import { type VendorRecord, idOf } from './rules/record.js';
import type { ItemCollection } from './rules/refs.js';
import type { WriteOnceOptions } from '../write-once.js';
import { writeOnce } from './write-once.js';

/** Attaches the letters of an entry to the invoice they are about: papers the customer has, because he may see them there (§4.4). */
export async function attachToInvoice(
  api: AdministrationApi,
  target: { readonly collection: ItemCollection; readonly id: string },
  invoice: VendorRecord,
  entry: PushEntry,
  options: WriteOnceOptions,
): Promise<void> {
  for (const letter of lettersOf(entry)) await attach(api, target, invoice, letter, options);
}

/**
 * Keeps the papers of an entry in a document of the contact, which only the administration sees: contacts themselves hold no files (§4.4).
 * A consent without the right, or a plan without documents, does without; the note that follows says it in any case.
 */
export async function keepInDocument(
  api: AdministrationApi,
  contactId: string,
  entry: PushEntry,
  options: WriteOnceOptions,
): Promise<void> {
  const letters = lettersOf(entry);
  if (letters.length === 0) return;
  try {
    const id = await documentOf(api, contactId, entry, options);
    if (id === null) return;
    const record = await api.get('documents/general_documents', id);
    for (const letter of letters) await attach(api, { collection: 'documents/general_documents', id }, record, letter, options);
  } catch (cause) {
    if (!(cause instanceof PackageError && (cause.kind === 'no-right' || cause.kind === 'refused'))) throw cause;
  }
}

/** The id of the document, made unless it is there; null when the answer names none. */
async function documentOf(
  api: AdministrationApi,
  contactId: string,
  { marker, on }: PushEntry,
  options: WriteOnceOptions,
): Promise<string | null> {
  const reference = documentReference(marker);
  const find = async (): Promise<string | null> => idOf((await api.documents(reference))[0]?.['id']);
  const there = await find();
  return there ?? writeOnce('document', () => api.addDocument({ reference, date: on, contact_id: contactId }), find, options);
}

async function attach(
  api: AdministrationApi,
  { collection, id }: Uploads,
  record: VendorRecord,
  letter: Letter,
  options: WriteOnceOptions,
): Promise<void> {
  if (hasLetter(record, letter.fileName)) return;
  await writeOnce(
    'attachment',
    () => api.upload({ collection, id }, letter),
    async () => (hasLetter(await api.get(collection, id), letter.fileName) ? '' : null),
    options,
  );
}
