import { type Minor, sum } from '../../kernel/money.js';
import type { Bookable } from './booking.js';
import { isReturn } from './classify.js';
import { linkReturns } from './returns.js';
import type { BankLine, Evidence, LineOutcome } from './vocabulary.js';

/** An earlier line that was booked, and what it gave to invoices. */
export interface BookedLine {
  readonly line: BankLine;
  readonly debtorId: string | null;
  readonly parts: readonly Bookable[];
}

/**
 * The lines that take back a payment booked on an earlier day, and what that undoes: exactly what was booked of it. Lines that take back
 * another of those given (`waiting`) are left to the matching of the whole. Without a person only when an identifier of the payment says
 * so, or when no other booked payment fits; what a person undid is not done again.
 */
export function returnsOfBooked(
  waiting: readonly BankLine[],
  booked: readonly BookedLine[],
  ownIbans: readonly string[],
  undone: Evidence['undone'],
): readonly LineOutcome[] {
  const all = [...waiting, ...booked.map(({ line }) => line)];
  const moves = (line: BankLine): boolean => line.setAside === null && (line.iban === null || !ownIbans.includes(line.iban));
  const returns = waiting.flatMap((line, at) => (moves(line) && line.amount < 0 && isReturn(line) ? [at] : []));
  const receipts = all.flatMap((line, at) => (moves(line) && line.amount > 0 && !isReturn(line) ? [at] : []));
  const forbidden = new Set(undone.map(({ line, invoiceId }) => `${line} ${invoiceId}`));
  return [...linkReturns(all, returns, receipts)].flatMap(([at, originalAt]) => {
    const original = booked[originalAt - waiting.length];
    const line = all[at] as BankLine;
    if (original === undefined || original.parts.some(({ invoiceId }) => forbidden.has(`${line.key} ${invoiceId}`))) return [];
    const sure = isProven(line, original.line) || isOnlyOne(line, original.line, booked);
    return [takingBack(line, original, sure)];
  });
}

/** An identifier of the very payment, not of the mandate or the payer. */
const isProven = (line: BankLine, original: BankLine): boolean =>
  (line.endToEndId !== null && line.endToEndId === original.endToEndId) ||
  (line.servicerReference !== null && line.servicerReference === original.servicerReference);

/** No other booked payment of this payer and amount that could be meant as well. */
const isOnlyOne = (line: BankLine, original: BankLine, booked: readonly BookedLine[]): boolean =>
  original.amount === -line.amount &&
  booked.filter((other) => other.line.amount === original.amount && samePayer(other.line, original)).length === 1;

const samePayer = (a: BankLine, b: BankLine): boolean =>
  (a.iban !== null && a.iban === b.iban) || (a.mandateId !== null && a.mandateId === b.mandateId) || (a.name !== null && a.name === b.name);

function takingBack(line: BankLine, { line: original, debtorId, parts }: BookedLine, sure: boolean): LineOutcome {
  const allocations = parts.map(({ invoiceId, amount }) => ({ invoiceId, amount: -amount, settles: null }));
  const left: Minor = line.amount - sum(allocations.map(({ amount }) => amount));
  const fee = line.amount + original.amount;
  return {
    line,
    outcome: sure ? 'matched' : 'proposed',
    allocations,
    debtorId,
    confidence: sure ? 0.99 : 0.8,
    remainder: { amount: left, kind: fee === 0 ? (left === 0 ? null : 'overpayment') : 'bank-charges' },
    returnOf: original,
    alternatives: [],
    because: [
      `takes back the payment of ${original.date ?? 'an earlier day'} (${line.returned?.code ?? line.code.subFamily ?? 'reversal'}): its items are open again`,
      ...(fee === 0 ? [] : ['the difference is a fee of the bank']),
      ...(sure ? [] : ['but another payment of the same payer and amount may be meant']),
    ],
  };
}
