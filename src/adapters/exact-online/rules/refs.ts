import { ENTRY_TYPE } from '../vendor.js';
import { type VendorRecord, guidOf, isGuid, wholeOf } from './record.js';

/**
 * What a payment term belongs to. Invoices and credit notes are sales entries, and all terms of one entry are one document. In any
 * other booking (an opening balance, a bank statement) each line is a document of its own, for one entry may hold a hundred of them.
 */
export type Origin = { readonly kind: 'entry' | 'line' | 'term'; readonly id: string };

const KINDS = ['entry', 'line', 'term'] as const;

export const isSalesEntry = (term: VendorRecord): boolean => {
  const type = wholeOf(term['TransactionType']);
  return type === ENTRY_TYPE.invoice || type === ENTRY_TYPE.creditNote;
};

/** The document a term is of; null when it has no id at all. */
export function originOf(term: VendorRecord): Origin | null {
  const entry = isSalesEntry(term) ? guidOf(term['TransactionEntryID']) : null;
  if (entry !== null) return { kind: 'entry', id: entry };
  const line = guidOf(term['TransactionID']);
  if (line !== null) return { kind: 'line', id: line };
  const id = guidOf(term['ID']);
  return id === null ? null : { kind: 'term', id };
}

export const originRef = ({ kind, id }: Origin): string => `${kind}:${id}`;

/** The ref of an instalment: the first has the document's own, so that a document without instalments is simply that. */
export const itemRef = (origin: string, instalment: number): string => (instalment === 1 ? origin : `${origin}#${instalment}`);

/** Null when it is no ref of this adapter. */
export function parseItemRef(ref: string): (Origin & { readonly instalment: number }) | null {
  const match = /^([a-z]+):([0-9a-f-]{36})(?:#([1-9]\d{0,3}))?$/.exec(ref);
  const kind = KINDS.find((name) => name === match?.[1]);
  const id = match?.[2] ?? '';
  return kind && isGuid(id) ? { kind, id, instalment: Number(match?.[3] ?? 1) } : null;
}

/** Divisions are whole numbers; they go into paths, so they are held against what one can be. */
export const isDivision = (text: string): boolean => /^[1-9]\d{0,9}$/.test(text);
