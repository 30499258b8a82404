import { type Minor, parseAmount } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import type { BrowseRow } from './browse.js';
import { dateOf } from './dates.js';
import { type LineKey, refOf } from './refs.js';

/** A payment we want to see on an item. */
export interface WantedReceipt {
  readonly amount: Minor;
  readonly currency: string;
  readonly paidOn: PlainDate;
  /** Of the office. */
  readonly baseCurrency: string;
  /** Taken already for this very payment, and to be used if it is still there. */
  readonly claimed: string | null;
}

export interface Receipt {
  readonly key: LineKey;
  /** What is left of it, positive. */
  readonly open: Minor;
}

/**
 * The receipt a payment was: booked that day, in that currency, with as much left. One that is exactly as much is taken before one it is a
 * part of; among several that are alike any will do, among several that differ nobody can choose.
 */
export function receiptFor(rows: readonly BrowseRow[], wanted: WantedReceipt): Result<Receipt> {
  const open = rows.flatMap((row) => receiptIn(row, wanted)).filter((receipt) => receipt.open >= wanted.amount);
  const claimed = open.find(({ key }) => refOf(key) === wanted.claimed);
  if (claimed) return ok(claimed);
  const exact = open.filter((receipt) => receipt.open === wanted.amount);
  const candidates = (exact.length > 0 ? exact : open).sort((a, b) => (refOf(a.key) < refOf(b.key) ? -1 : 1));
  const [first] = candidates;
  if (first === undefined)
    return err({ code: 'no-receipt', message: `no receipt of ${wanted.paidOn} with as much left is booked in Twinfield` });
  if (candidates.every((each) => each.open === first.open)) return ok(first);
  return err({
    code: 'ambiguous',
    message: `several receipts of ${wanted.paidOn} could be meant: ${candidates.map(({ key }) => refOf(key)).join(', ')}`,
  });
}

function receiptIn({ key, cells }: BrowseRow, { currency, baseCurrency, paidOn }: WantedReceipt): Receipt[] {
  if ((cells.currency ?? baseCurrency) !== currency || cells.matchStatus !== 'available') return [];
  if (dateOf(cells.date ?? null) !== paidOn) return [];
  const text = cells.open ?? (currency === baseCurrency ? cells.baseOpen : undefined);
  const open = parseAmount(text ?? '', currency);
  return open.ok && open.value < 0 ? [{ key, open: -open.value }] : [];
}
