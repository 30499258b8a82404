import { disputeInPackage, disputedPart } from '../../dunning/rules/dispute.js';
import type { DebtorFacts } from '../../dunning/rules/facts.js';
import { activeHold } from '../../dunning/rules/hold.js';
import type { PlainDate } from '../../kernel/plain-date.js';

/**
 * Why nothing may press for payment of these invoices now, as for a reminder: the debtor is on hold, an invoice is disputed, being collected
 * or stopped in the package by a person, or there is money or a credit of his that may be meant for it. Null: nothing is in its way. What covers a part stops it too, for what is
 * named as missing would be too much.
 */
export function stopsPressing(
  { debtor, invoices, payments }: Pick<DebtorFacts, 'debtor' | 'invoices' | 'payments'>,
  invoiceIds: readonly string[],
  on: PlainDate,
): string | null {
  const hold = activeHold(debtor.holds, on);
  if (hold) return `the debtor is on hold: ${hold.kind}`;
  for (const invoice of invoices.filter(({ id }) => invoiceIds.includes(id))) {
    if (disputedPart(invoice, on) > 0 || disputeInPackage(invoice) !== null) return `invoice ${invoice.number} is disputed`;
    if (activeHold(invoice.holds ?? [], on)) return `invoice ${invoice.number} is on hold`;
    if (invoice.collecting) return `invoice ${invoice.number} is being collected`;
    if (invoice.pausedInPackage) return `reminders of invoice ${invoice.number} are stopped in the package by a person`;
  }
  if (invoices.some(({ open }) => open < 0)) return 'a credit of the debtor is open';
  return payments.some(({ invoiceId, amount }) => invoiceId === null && amount > 0) ? 'money of the debtor waits to be allocated' : null;
}
