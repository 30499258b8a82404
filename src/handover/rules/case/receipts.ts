import type { Minor } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import type { Receipt } from '../document/case-file.js';

/** Something that took from an invoice, or, below zero, gave back what had been taken. */
export interface Movement {
  readonly invoiceId: string;
  readonly on: PlainDate;
  readonly amount: Minor;
  readonly kind: Receipt['kind'];
  readonly bankReference: string | null;
}

const isoOrder = (a: Movement, b: Movement): number => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0);

/**
 * The movements of invoices as receipts: what was given back is the end of the last receipt of the same amount before it. A credit note
 * that was taken back never was. Refuses (`does-not-add-up`) what gives back something that is not there: a person looks.
 */
export function receiptsOf(movements: readonly Movement[]): Result<Receipt[]> {
  const receipts: Receipt[] = [];
  const inOrder = movements.filter(({ amount }) => amount !== 0).toSorted(isoOrder);
  for (const { amount, ...movement } of inOrder.filter((each) => each.amount > 0)) receipts.push({ ...movement, amount, reversedOn: null });
  for (const { invoiceId, kind, on, amount } of inOrder.filter((each) => each.amount < 0)) {
    const at = receipts.findLastIndex(
      (receipt) =>
        receipt.invoiceId === invoiceId &&
        receipt.kind === kind &&
        receipt.amount === -amount &&
        receipt.reversedOn === null &&
        receipt.on <= on,
    );
    const receipt = receipts[at];
    if (!receipt) {
      const message = `on ${on} something was given back on invoice ${invoiceId} that no receipt before it stands for`;
      return err({ code: 'does-not-add-up', message });
    }
    if (kind === 'credit-note') receipts.splice(at, 1);
    else receipts[at] = { ...receipt, reversedOn: on };
  }
  return ok(receipts);
}
