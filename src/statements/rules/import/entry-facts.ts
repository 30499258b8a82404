import type { SettledEntry } from '../settled-lines.js';
import type { Entry, StatementMessage, Transaction } from '../statement.js';

/** A reference shorter than this counts the entries of a file ("1", "0002") and says nothing about the booking. */
const REFERENCE_CHARACTERS_MIN = 8;
/** Text compared; what is longer is told apart by its hash. */
const TEXT_CHARACTERS_MAX = 300;

/** What tells a booking from another of the same account, day and amount (camt053.md §7). No single field is unique. */
export interface EntryFacts {
  /** `AcctSvcrRef`: repeats at some banks, but two that differ are two bookings. */
  readonly servicerReference: string | null;
  /** `NtryRef` where it is more than a counter. */
  readonly entryReference: string | null;
  /** `Btch/MsgId` and `PmtInfId`, also of the transactions: what camt.054 is joined by. */
  readonly batchReferences: readonly string[];
  /** Account of the other side; null in a batch. */
  readonly counterparty: string | null;
  readonly endToEndId: string | null;
  /** What is written with it, letters and digits only: banks cut and join lines differently. */
  readonly text: string;
  /** Into how many payments the bank divides it. */
  readonly parts: number;
  /** How much is told about the payment: of two reports of a booking the one that tells more is kept. */
  readonly richness: number;
}

export function entryFacts(entry: Entry, settled: SettledEntry): EntryFacts {
  const [only] = settled.lines.length === 1 && entry.transactions.length === 1 ? entry.transactions : [];
  const text = folded(textOf(entry)).slice(0, TEXT_CHARACTERS_MAX);
  const counterparty = only?.counterparty ?? null;
  return {
    servicerReference: entry.servicerReference,
    entryReference: (entry.entryReference?.length ?? 0) >= REFERENCE_CHARACTERS_MIN ? entry.entryReference : null,
    batchReferences: batchReferencesOf(entry),
    counterparty: counterparty?.iban ?? null,
    endToEndId: only?.endToEndId ?? null,
    text,
    parts: settled.lines.length,
    richness: [counterparty?.iban, counterparty?.name, only?.endToEndId, only?.structuredReferences[0], text].filter(Boolean).length,
  };
}

function textOf(entry: Entry): string {
  const words = entry.transactions.flatMap(({ structuredReferences, unstructured }) => [
    ...structuredReferences.map(({ reference }) => reference),
    ...unstructured,
  ]);
  return words.length > 0 ? words.join('') : (entry.transactions[0]?.information ?? entry.information ?? '');
}

function batchReferencesOf({ batchDetails, transactions }: Entry): string[] {
  const named = [batchDetails?.messageId, batchDetails?.paymentInformationId];
  // A reference of the order stands for the batch only when all its payments share it.
  for (const name of ['messageId', 'paymentInformationId'] as const) {
    const first = transactions[0]?.[name];
    if (transactions.every((transaction) => transaction[name] === first)) named.push(first);
  }
  return [...new Set(named.filter((reference) => typeof reference === 'string'))].sort();
}

const folded = (text: string): string => text.toUpperCase().replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * All that a copy of the entry repeats, in one text: the same for the same booking in another file of the bank, whatever its version
 * of the format and however it breaks lines. Two real bookings may share it.
 */
export function likenessText(entry: Entry, settled: SettledEntry): string {
  const { servicerReference, entryReference } = entryFacts(entry, settled);
  return JSON.stringify([
    servicerReference,
    entryReference,
    entry.reversal,
    settled.lines.map(({ amount, entry: part }) => [amount, part.transactions.map(transactionLikeness)]),
    entry.transactions.some(({ unstructured }) => unstructured.length > 0) ? null : folded(entry.information ?? ''),
  ]);
}

const transactionLikeness = (transaction: Transaction): unknown => [
  transaction.endToEndId,
  transaction.mandateId,
  transaction.transactionId,
  transaction.counterparty?.iban ?? transaction.counterparty?.other ?? null,
  folded(transaction.counterparty?.name ?? ''),
  transaction.structuredReferences.map(({ reference }) => folded(reference)),
  folded(transaction.unstructured.join('')),
  transaction.return?.code ?? null,
];

/**
 * Whether two reports of the same account, day and amount cannot be the same booking. Within a format every fact that both have must
 * agree. Across formats (MT940 beside CAMT) banks number and cut differently, so that only payer and end-to-end id can speak against it.
 */
export function contradict(a: ReportFacts, b: ReportFacts): boolean {
  if (differ(a.facts.counterparty, b.facts.counterparty) || !contained(a.facts.endToEndId ?? '', b.facts.endToEndId ?? '')) return true;
  if ((a.message === 'mt940') !== (b.message === 'mt940')) return false;
  return (
    differ(a.facts.servicerReference, b.facts.servicerReference) ||
    differ(a.facts.entryReference, b.facts.entryReference) ||
    (a.facts.parts === b.facts.parts && !contained(a.facts.text, b.facts.text))
  );
}

export interface ReportFacts {
  readonly message: StatementMessage;
  readonly facts: EntryFacts;
}

const differ = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;

/** One is part of the other; nothing is part of everything. */
const contained = (a: string, b: string): boolean => a.includes(b) || b.includes(a);

/** Most facts two reports can agree on. */
export const AGREEMENT_MAX = 5;

/** Facts both have and agree on: of several bookings a report could be, it is the one with most of them. */
export function agreement(a: EntryFacts, b: EntryFacts): number {
  const shared = [
    a.counterparty !== null && a.counterparty === b.counterparty,
    a.endToEndId !== null && a.endToEndId === b.endToEndId,
    a.servicerReference !== null && a.servicerReference === b.servicerReference,
    a.text !== '' && b.text !== '' && contained(a.text, b.text),
    a.parts === b.parts,
  ];
  return shared.filter(Boolean).length;
}
