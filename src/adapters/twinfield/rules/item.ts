import { type Minor, parseAmount } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import type { PulledItem } from '../../accounting-package.port.js';
import { type ActionMarks, NO_MARKS } from './action-marks.js';
import type { BrowseRow } from './browse.js';
import { canonical } from './canonical.js';
import type { MatchClaim } from './comment.js';
import { dateOf, wireDate } from './dates.js';
import { partsOf } from './partners.js';
import { refOf } from './refs.js';
import { settlementsOf } from './settlement.js';
import type { ReceivableLine } from './transaction.js';

/** Everything that is known of an open item; what the ledger keeps as `raw`. */
export interface KnownItem {
  readonly row: BrowseRow;
  /** Its transaction, read when something was taken off it. */
  readonly line: ReceivableLine | null;
  /** What it is for, of its transaction; absent: that was not looked up. */
  readonly description?: string | null;
  /** What people and reminder runs noted on it; absent: nothing, or nothing tells. */
  readonly marks?: ActionMarks;
  /** The customer's own reminders are stopped. */
  readonly paused: boolean;
  /** Confirmed to be matched to the last cent. */
  readonly settled: boolean;
  /** Markers of ours by settlement. */
  readonly markers: Readonly<Record<string, string>>;
  /** `open` as long as it is, and then what it was settled with: lets the ledger give back all that are. */
  readonly parts: readonly string[];
}

export const OPEN_PART = 'open';

/** What the ledger kept of an item; null when it kept none. */
export const itemIn = (raw: unknown): KnownItem | null =>
  typeof raw === 'object' && raw !== null && 'row' in raw ? (raw as KnownItem) : null;

/** Whether a row says what is known already. */
export const isSame = (known: KnownItem | null, row: BrowseRow, paused: boolean, marks: ActionMarks = NO_MARKS): boolean =>
  known !== null &&
  !known.settled &&
  known.paused === paused &&
  canonical(known.row) === canonical(row) &&
  canonical(known.marks ?? NO_MARKS) === canonical(marks);

/**
 * Whether a row is of the booking that is known: the number of one that was deleted is given out again, and nothing that was said of the
 * former may be said of the new one.
 */
export const isOfBooking = ({ row }: KnownItem, { cells }: BrowseRow): boolean =>
  row.cells.customer === cells.customer && row.cells.date === cells.date && row.cells.value === cells.value;

/** The same of the line its transaction has now; null of a line: it does not say. */
export const isLineOfBooking = ({ row: { cells } }: KnownItem, { customer, date, value }: ReceivableLine): boolean =>
  (customer === null || customer === cells.customer) &&
  (date === null || wireDate(date) === cells.date) &&
  (value === null || Math.abs(Number(value)) === Math.abs(Number(cells.value)));

/**
 * Whether it may soon need words on what was delivered, and nobody has looked for them: the letters the law has for consumers must say it.
 * `isBusiness`: of its customer.
 */
export const lacksWords = (known: KnownItem | null, { cells }: BrowseRow, isBusiness: boolean, on: PlainDate): boolean => {
  const due = dateOf(cells.due ?? null);
  return !isBusiness && known?.description === undefined && Number(cells.value ?? 0) > 0 && due !== null && due < on;
};

/** Whether something was taken off it, so that its transaction has to be read for what that was. */
export const isPartMatched = ({ cells }: BrowseRow): boolean =>
  cells.open !== undefined && cells.value !== undefined
    ? !sameDecimal(cells.open, cells.value)
    : !sameDecimal(cells.baseOpen, cells.baseValue ?? cells.value);

const sameDecimal = (a: string | undefined, b: string | undefined): boolean => Number(a ?? 'x') === Number(b ?? 'x');

/** An item that was not there any more and is confirmed to be settled: nothing of it is disputed then. What people changed of it before that, only its transaction tells. */
export const asSettled = ({ marks: _over, ...known }: KnownItem, line: ReceivableLine): KnownItem => ({
  ...known,
  row: { ...known.row, cells: { ...known.row.cells, ...cellsOf(line) } },
  line,
  description: line.description,
  settled: true,
  parts: partsOf(line),
});

const cellsOf = ({ customer, invoice, due }: ReceivableLine): BrowseRow['cells'] => ({
  ...(customer !== null && { customer }),
  ...(invoice !== null && { invoice }),
  ...(due !== null && { due: wireDate(due) }),
});

/** The item as the ledger has it (§6.3). Fails with `unreadable-record`, naming the line and the field. */
export function toItem(known: KnownItem, baseCurrency: string, claims: readonly MatchClaim[]): Result<PulledItem> {
  const { row, line, paused, settled, marks = NO_MARKS } = known;
  const { key, cells } = row;
  const ref = refOf(key);
  const problem = (message: string) => err({ code: 'unreadable-record', message: `open item ${ref}: ${message}` });
  const currency = cells.currency ?? line?.currency ?? baseCurrency;
  const amount = parseAmount(cells.value ?? '', currency);
  if (!amount.ok) return problem(`value: ${amount.error.message}`);
  const open = settled ? ok(0) : openOf(known, amount.value, currency, baseCurrency);
  if (!open.ok) return problem(`open value: ${open.error.message}`);
  const issueDate = dateOf(cells.date ?? null) ?? line?.date ?? dateOf(cells.due ?? null);
  if (issueDate === null) return problem('it has no date');
  const dueDate = dateOf(cells.due ?? null) ?? line?.due ?? issueDate;
  const own = claims.filter(({ item }) => item === ref);
  const about = { item: key, amount: amount.value, open: open.value, currency, due: dueDate, claims: own, known: known.markers };
  const settlements = settlementsOf(line, about);
  const markers = Object.fromEntries(settlements.flatMap(({ ref: id, marker }) => (marker === null ? [] : [[id, marker]])));
  return ok({
    ref,
    // Free text, and often empty: then the booking's own number, which people find it by.
    number: cells.invoice ?? `${key.code} ${key.number}`,
    debtorRef: cells.customer ?? null,
    kind: amount.value < 0 ? 'credit-note' : 'invoice',
    issueDate,
    dueDate,
    amount: amount.value,
    open: open.value,
    currency,
    paymentReference: null,
    description: known.description ?? null,
    paused,
    ...(marks.dispute && { dispute: marks.dispute }),
    ...(marks.remindedOn.length > 0 && { remindedOn: marks.remindedOn }),
    // What is chosen for a run of payments or collections: nothing may be asked meanwhile (§6.3).
    collecting: !settled && (cells.matchStatus === 'proposed' || cells.payRun !== undefined),
    writtenOff: false,
    settlements,
    raw: { ...known, markers } satisfies KnownItem,
  });
}

/** What is open in the item's own currency; lists without that column tell it only in the office's (§6.2), and then its transaction does. */
function openOf({ row, line }: KnownItem, amount: Minor, currency: string, baseCurrency: string): Result<Minor> {
  const { cells } = row;
  if (cells.open !== undefined) return parseAmount(cells.open, currency);
  if (currency === baseCurrency) return parseAmount(cells.baseOpen ?? '', currency);
  if (!isPartMatched(row)) return ok(amount);
  const told = parseAmount(line?.open ?? '', currency);
  return told.ok ? ok(Math.sign(amount) * Math.abs(told.value)) : told;
}

/** What is open of it in the office's currency: what control totals add up. */
export function baseOpenOf({ cells }: BrowseRow, baseCurrency: string): Result<Minor> {
  return parseAmount(cells.baseOpen ?? '', baseCurrency);
}
