import { PackageError } from '../accounting-package.port.js';
import type { DivisionApi } from './exact-online.api.js';
import type { ItemBook } from './item-book.js';
import { readable } from './readable.js';
import type { VendorRecord } from './rules/record.js';
import { type Sign, contradicts, signFrom, signOfMost, witnessAmong } from './rules/sign.js';

/** The two places payment terms come from. */
export type Endpoint = 'bulk' | 'sync';

export interface Calibration {
  readonly api: DivisionApi;
  readonly items: ItemBook;
  readonly endpoint: Endpoint;
  /** As it was found before; null: it was not yet. */
  readonly known: Sign | null;
}

/**
 * Which sign an endpoint gives an invoice (§4.2): as it was found before, else by a term the other endpoint brought, else from an invoice
 * among these terms and the sales entry behind it. Null while there is no invoice to tell it by. Throws `refused` when these terms turned
 * round: nothing is taken over from them.
 */
export async function signOfEndpoint({ api, items, endpoint, known }: Calibration, terms: readonly VendorRecord[]): Promise<Sign | null> {
  const sign = known ?? (await items.signBy(terms)) ?? (await signByEntry(api, terms));
  if (sign !== null && contradicts(terms, sign)) {
    throw new PackageError(
      'refused',
      `the amounts of Exact Online (${endpoint}) have another sign than its invoices; nothing was taken over`,
    );
  }
  return sign;
}

async function signByEntry(api: DivisionApi, terms: readonly VendorRecord[]): Promise<Sign | null> {
  const witness = witnessAmong(terms);
  if (witness === null) return null;
  const entry = await entryOf(api, witness);
  if (typeof entry?.['AmountDC'] !== 'number') return signOfMost(terms);
  return readable(signFrom(terms, witness, entry['AmountDC']));
}

/** Null when it may not be read, or is gone. */
async function entryOf(api: DivisionApi, id: string): Promise<VendorRecord | null> {
  try {
    return await api.get('salesentry/SalesEntries', id, ['EntryID', 'AmountDC', 'Type']);
  } catch (cause) {
    if (cause instanceof PackageError && (cause.kind === 'no-right' || cause.kind === 'refused')) return null;
    throw cause;
  }
}
