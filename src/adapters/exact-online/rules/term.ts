import type { Minor } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import type { Result } from '../../../kernel/result.js';
import { TERM_STATUS } from '../vendor.js';
import { RecordReader, type VendorRecord, guidOf, textOf, wholeOf } from './record.js';
import type { Sign } from './sign.js';

/** A payment term as it is kept: the vendor's record, the sign of the endpoint it came from, and which instalment it is of. */
export interface KeptTerm {
  readonly record: VendorRecord;
  readonly sign: Sign;
  /** From 1. A term keeps its number whatever becomes of its due date. */
  readonly instalment: number;
  /** It was in a collection once: the record itself forgets that when the debtor's bank sends it back. */
  readonly tried: boolean;
}

/** A payment term in our terms: amounts are positive for what the debtor owes. */
export interface Term {
  readonly id: string;
  readonly instalment: number;
  /** In the currency of the invoice. */
  readonly amount: Minor;
  /** In the currency of the administration. */
  readonly base: Minor;
  readonly currency: string;
  readonly open: boolean;
  /** The bank is collecting it, or will. */
  readonly collecting: boolean;
  readonly due: PlainDate;
  /** When it was matched; for an open one the day is of no meaning. */
  readonly settledOn: PlainDate;
}

/** Without what changes with every answer and says nothing: metadata and timestamp. */
export function bare(record: VendorRecord): VendorRecord {
  return Object.fromEntries(
    Object.entries(record)
      .filter(([key]) => key !== '__metadata' && key !== 'Timestamp')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Fails with `unreadable-record`, naming the term and every field that cannot be read. */
export function toTerm({ record, sign, instalment, tried }: KeptTerm, baseCurrency: string): Result<Term> {
  const id = guidOf(record['ID']) ?? '(without id)';
  const read = new RecordReader(`payment term ${id}`, record);
  const currency = read.text('Currency') ?? baseCurrency;
  const status = read.whole('Status');
  const open = status !== TERM_STATUS.matched && !(status === null && read.flag('IsFullyPaid'));
  const due = read.requiredDate('DueDate', 'TransactionDueDate', 'InvoiceDate', 'EntryDate');
  return read.finish({
    id: read.requiredGuid('ID'),
    instalment,
    amount: signed(read.money('AmountFC', currency), sign),
    base: signed(read.money('AmountDC', baseCurrency), sign),
    currency,
    open,
    collecting: open && (isInCollection(record) || (read.text('PaymentMethod') === 'I' && !tried)),
    due,
    settledOn: read.date('LastPaymentDate') ?? read.date('EndDate') ?? due,
  });
}

/** Selected for collection, or sent to the bank (§4.2). */
export function isInCollection(record: VendorRecord): boolean {
  const status = wholeOf(record['Status']);
  return status === TERM_STATUS.selectedForCollection || status === TERM_STATUS.sentToBank;
}

/**
 * Whether it was in a collection, now or before. One by direct debit that was not tried yet will be; one that was and is open again has
 * bounced, and nobody collects it any more (§4.2).
 */
export const wasTried = (record: VendorRecord): boolean =>
  isInCollection(record) || textOf(record['EndToEndID']) !== null || textOf(record['CashflowTransactionBatchCode']) !== null;

/** Without a negative zero. */
const signed = (amount: Minor, sign: Sign): Minor => amount * sign || 0;
