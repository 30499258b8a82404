import { type Minor, sum } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Payment, ProposedPart } from './book.js';

/** What a debtor may get of a bank line that waits for a person, at most. */
export interface Share {
  readonly debtorId: string;
  readonly amount: Minor;
  /** His invoices the line was proposed for, and the most each would get; absent in proposals of earlier versions. */
  readonly invoices?: readonly ProposedPart[];
}

/** A bank line with something left that no invoice was given. */
export interface LineMoney {
  readonly id: string;
  readonly bookedOn: PlainDate;
  readonly amount: Minor;
  /** When it is not the book's; null: it is. */
  readonly foreign: string | null;
  /** Given to invoices and not reversed. */
  readonly allocated: Minor;
  /** Whose the rest is; null: nobody knows, or nothing was ever left. */
  readonly debtorId: string | null;
  /** A proposal nobody has confirmed yet. */
  readonly waits: boolean;
  /** The earlier line it takes back. */
  readonly returnOf: string | null;
  /** Of a waiting line: whom it may pay, over all it was proposed for; null: its debtor, with all of it. */
  readonly mayPay: readonly Share[] | null;
}

/**
 * The money of debtors that stands on no invoice. What was overpaid counts less what went back of it (the bank's fee for that is not the
 * debtor's); what was paid back to a debtor counts against him. A waiting line counts for every debtor it may pay, so that nobody is
 * asked for what he may have paid: then, and only then, may the shares of a line be more than the line.
 */
export function unallocatedReceipts(lines: readonly LineMoney[]): Payment[] {
  const tookBack = new Map<string, Minor>();
  for (const line of lines) {
    if (line.returnOf !== null && !line.waits) tookBack.set(line.returnOf, leftOf(line));
  }
  return lines.flatMap((line) => {
    if (line.waits) return waitingReceipts(line);
    if (line.debtorId === null || line.returnOf !== null) return [];
    const left = leftOf(line);
    const back = tookBack.get(line.id);
    const amount = back === undefined ? left : Math.max(0, left + back);
    return amount === 0
      ? []
      : [{ id: line.id, debtorId: line.debtorId, date: line.bookedOn, amount, invoiceId: null, ...currencyOf(line) }];
  });
}

const leftOf = ({ amount, allocated }: LineMoney): Minor => sum([amount, -allocated]);

const currencyOf = ({ foreign }: LineMoney): Pick<Payment, 'currency'> => (foreign === null ? {} : { currency: foreign });

function waitingReceipts(line: LineMoney): Payment[] {
  const { id, amount, bookedOn, debtorId, mayPay } = line;
  if (amount <= 0) return [];
  const shares: readonly Share[] = mayPay ?? (debtorId === null ? [] : [{ debtorId, amount }]);
  return shares.map((share) => ({
    id: shares.length === 1 ? id : `${id}/${share.debtorId}`,
    debtorId: share.debtorId,
    date: bookedOn,
    amount: share.amount,
    invoiceId: null,
    ...currencyOf(line),
    ...(share.invoices && share.invoices.length > 0 && { proposedFor: share.invoices }),
  }));
}
