import { type Minor, formatAmount } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import { dateOf, wireDate } from './dates.js';
import type { BrowseRow } from './browse.js';
import { ATTRIBUTES, type XmlContent, type XmlElement, at, buildXml, childrenOf, textAt } from './xml.js';

/** Money of a customer in a bank book. Amounts in minor units of `currency`. */
export interface ReceiptBooking {
  /** Found again by it: written with the booking. */
  readonly mark: string;
  /** `BNK` */
  readonly daybook: string;
  /** Ledger accounts of the bank and of the receivables: `1100`, `1300`. */
  readonly accounts: { readonly bank: string; readonly receivables: string };
  readonly on: PlainDate;
  readonly statementNumber: number;
  readonly currency: string;
  /** What the account held before. */
  readonly opening: Minor;
  /** Positive: money in. */
  readonly amount: Minor;
  readonly customer: string;
  readonly invoice: string | null;
  readonly description: string;
  /** `temporary` can still be changed by people. */
  readonly destiny: 'temporary' | 'final';
}

/** What Twinfield takes of a description (§6.5), and of a free text. */
const LENGTHS = { description: 40, mark: 40 } as const;

/** Fails with `no-receipt` when it cannot be booked, or could not be found again. */
export function soundBooking(booking: ReceiptBooking): Result<ReceiptBooking> {
  const { mark, amount } = booking;
  const problem = (message: string) => err({ code: 'no-receipt', message: `receipt ${mark}: ${message}` });
  if (mark.trim() === '' || mark.trim() !== mark || mark.length > LENGTHS.mark) return problem('its mark is none');
  return amount > 0 ? ok(booking) : problem('it is no money in');
}

/** The booking of §7.2 and §9: first the bank, then the customer. It gets a number of Twinfield's: one of ours could change another booking. */
export function receiptRequest(office: string, booking: ReceiptBooking): string {
  const { mark, daybook, accounts, on, statementNumber, currency, opening, amount, customer, invoice, description, destiny } = booking;
  const value = formatAmount(amount, currency);
  const header: XmlContent = {
    office,
    code: daybook,
    date: wireDate(on),
    statementnumber: String(statementNumber),
    currency,
    startvalue: formatAmount(opening, currency),
    closevalue: formatAmount(opening + amount, currency),
    freetext1: mark,
  };
  const bank: XmlContent = { [ATTRIBUTES]: { type: 'total', id: '1' }, dim1: accounts.bank, debitcredit: 'debit', value };
  const detail: XmlContent = {
    [ATTRIBUTES]: { type: 'detail', id: '2' },
    dim1: accounts.receivables,
    dim2: customer,
    debitcredit: 'credit',
    value,
    invoicenumber: invoice ?? undefined,
    description: description.slice(0, LENGTHS.description),
  };
  const transaction: XmlContent = { [ATTRIBUTES]: { destiny, raisewarning: 'false' }, header, lines: { line: [bank, detail] } };
  return buildXml('transactions', { transaction });
}

/** Rows that may be this booking: of its book, its day and its amount. Which of them it is, its mark tells. */
export const maybeBooked = (rows: readonly BrowseRow[], { daybook, on, amount, currency }: ReceiptBooking): readonly BrowseRow[] =>
  rows.filter(
    ({ key, cells }) =>
      key.code === daybook && dateOf(cells.date ?? null) === on && Number(cells.value) === Number(formatAmount(-amount, currency)),
  );

/** Whether a transaction carries the mark. */
export const carries = (transaction: XmlElement, mark: string): boolean => textAt(transaction, 'header', 'freetext1') === mark;

/** The line of a customer in a transaction that was booked: `BNK/202500052/2`; null when it does not say. */
export function bookedLine(transaction: XmlElement, customer: string): string | null {
  const [code, number] = [textAt(transaction, 'header', 'code'), textAt(transaction, 'header', 'number')];
  const line = childrenOf(at(transaction, 'lines'), 'line').find((each) => textAt(each, 'dim2') === customer);
  const id = line?.attributes['id'];
  return code !== null && number !== null && id !== undefined ? `${code}/${number}/${id}` : null;
}
