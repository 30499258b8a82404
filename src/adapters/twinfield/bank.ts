import type { Result } from '../../kernel/result.js';
import { PackageError, type PushResult, type StatementToImport } from '../accounting-package.port.js';
import { type WriteOnceOptions, type WriteOutcome, writingOnce } from '../write-once.js';
import { findLists } from './lists.js';
import { customerMatchesQuery } from './rules/browse.js';
import { isImported, soundStatement, statementRequest } from './rules/bank-statement.js';
import { refusalOf } from './rules/failure.js';
import { type ReceiptBooking, bookedLine, carries, maybeBooked, receiptRequest, soundBooking } from './rules/receipt-booking.js';
import { judgeEach } from './rules/result.js';
import { periodsAround } from './rules/undo.js';
import type { XmlElement } from './rules/xml.js';
import type { OfficeApi } from './twinfield.api.js';

/**
 * What may be put into the bank books of an office; nothing, unless somebody said so for each of them: most offices have a bank feed, and
 * booking twice is worse than late (§7.3).
 */
export interface BankImports {
  /** Accounts whose statements may be imported. */
  readonly ibans: readonly string[];
  /** Daybooks receipts may be booked in. */
  readonly daybooks: readonly string[];
}

/** How many bookings of the same book, day and amount are looked into for the one. */
const LOOKED_INTO = 25;

/**
 * Puts a bank statement into the inbox of statements (§7.3), once: account, day and number tell it. Errors: those of the client;
 * `not-possible` when its account was not opened for that; `refused` when it does not add up, when another of that number or of those days
 * is there, or in Twinfield's words; `uncertain`.
 */
export async function importStatement(
  api: OfficeApi,
  statement: StatementToImport,
  { ibans }: BankImports,
  options: WriteOnceOptions,
): Promise<PushResult> {
  const what = `statement ${statement.number} of ${statement.iban}`;
  if (!ibans.includes(statement.iban)) throw new PackageError('not-possible', `${what}: statements of this account are not imported`);
  sound(soundStatement(statement));
  const there = async (): Promise<boolean> => {
    const found = isImported(await api.statementsOf(statement.from, statement.on), statement);
    if (found === 'other') throw new PackageError('refused', `${what}: Twinfield has another one of that number or of those days`);
    return found === 'yes';
  };
  if (await there()) return { outcome: 'already-there', ref: null, calls: api.calls };
  const write = () => changed(api, what, statementRequest(api.office, statement), 'statement');
  await writingOnce(() => '')(what, write, async () => ((await there()) ? '' : null), options);
  return { outcome: 'written', ref: null, calls: api.calls };
}

/**
 * Books money of a customer in a bank book (§7.2), once: its mark is read back. Gives the line it became, as items have refs. Errors as
 * {@link importStatement}; `refused` also when too many bookings look like it.
 */
export async function bookReceipt(
  api: OfficeApi,
  booking: ReceiptBooking,
  { daybooks }: BankImports,
  options: WriteOnceOptions,
): Promise<PushResult> {
  const what = `receipt ${booking.mark}`;
  if (!daybooks.includes(booking.daybook)) throw new PackageError('not-possible', `${what}: nothing is booked in ${booking.daybook}`);
  sound(soundBooking(booking));
  const found = await findBooking(api, booking, what);
  if (found !== null) return { outcome: 'already-there', ref: found, calls: api.calls };
  const write = () => changed(api, what, receiptRequest(api.office, booking), 'transaction');
  const idIn = (body: unknown): string | null => bookedLine(body as XmlElement, booking.customer);
  const ref = await writingOnce(idIn)(what, write, () => findBooking(api, booking, what), options);
  return { outcome: 'written', ref, calls: api.calls };
}

async function findBooking(api: OfficeApi, booking: ReceiptBooking, what: string): Promise<string | null> {
  const { list } = await findLists(api);
  const rows = await api.browse('the receipts of a customer', customerMatchesQuery(list, booking.customer, periodsAround([booking.on])));
  const alike = maybeBooked(rows.filter(({ cells }) => cells.customer === booking.customer), booking); // prettier-ignore
  if (alike.length > LOOKED_INTO) throw new PackageError('refused', `${what}: ${alike.length} bookings of that day are as much`);
  for (const { key } of alike) {
    const transaction = await api.transaction(key);
    if (transaction !== null && carries(transaction, booking.mark)) return bookedLine(transaction, booking.customer);
  }
  return null;
}

/** Sends what is to be written; throws when Twinfield refuses it. The body of an answer is the object. */
async function changed(api: OfficeApi, what: string, request: string, name: string): Promise<WriteOutcome> {
  const outcome = await api.change(what, request);
  if (outcome.applied === 'unknown') return outcome;
  const { object, judgement } = judgeEach(outcome.content, name)[0] ?? { object: outcome.content, judgement: { ok: false, messages: [] } };
  if (!judgement.ok) throw refusalOf(what, judgement);
  return { applied: 'yes', body: object };
}

function sound<T>(result: Result<T>): void {
  if (!result.ok) throw new PackageError('refused', result.error.message);
}
