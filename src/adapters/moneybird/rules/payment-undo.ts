import type { Minor } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import type { PulledItem } from '../../accounting-package.port.js';
import { markerOfPayment } from './marker.js';
import { type VendorRecord, idOf, recordsIn } from './record.js';

/** A payment of ours on an invoice, and the bank line it is linked to. */
export interface OurPayment {
  readonly id: string;
  readonly mutationId: string | null;
}

/** The payment of an invoice that carries the marker; null when there is none. */
export function paymentMarked(invoice: VendorRecord, marker: string): OurPayment | null {
  const found = recordsIn(invoice['payments']).find((payment) => markerOfPayment(payment) === marker);
  const id = found === undefined ? null : idOf(found['id']);
  return id === null ? null : { id, mutationId: idOf(found?.['financial_mutation_id']) };
}

/** Whether somebody else registered the same money on the item: that day, that amount, without a marker of ours. */
export const isTheirs = (item: PulledItem, { amount, paidOn }: { readonly amount: Minor; readonly paidOn: PlainDate }): boolean =>
  item.settlements.some(
    (settlement) =>
      settlement.marker === null && settlement.kind === 'payment' && settlement.date === paidOn && settlement.amount === amount,
  );
