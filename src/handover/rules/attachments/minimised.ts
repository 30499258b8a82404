import { canonicalJson } from '../log/canonical.js';
import { type LogEntry, withheld } from '../log/hash-chain.js';
import type { CaseFile } from '../document/case-file.js';
import { withoutPersonalNumbers } from './personal-numbers.js';

/**
 * A case file as it may leave (agency-handover.md §12): national numbers and the debtor's accounts are taken out of what people typed. An
 * entry of the log that has one stands there by its hash alone: its words cannot be changed.
 */
export function minimised(file: CaseFile): CaseFile {
  const ours = [...file.creditor.administration.ibans, file.creditor.iban];
  const clean = <T extends string | null>(text: T): T => (text === null ? text : (withoutPersonalNumbers(text, ours) as T));
  const said = ({ body }: LogEntry): string => {
    const text = canonicalJson(body);
    return text.ok ? text.value : '';
  };
  return {
    ...file,
    debtor: { ...file.debtor, debtor: { ...file.debtor.debtor, ibans: [] } },
    invoices: file.invoices.map((item) => ({ ...item, invoice: { ...item.invoice, description: clean(item.invoice.description) } })),
    receipts: file.receipts.map((receipt) => ({ ...receipt, bankReference: clean(receipt.bankReference) })),
    contacts: file.contacts.map((contact) => ({ ...contact, outcome: clean(contact.outcome) })),
    attachments: file.attachments.map((attachment) => ({ ...attachment, fileName: clean(attachment.fileName) })),
    log: file.log.map((entry) => (entry.body !== null && clean(said(entry)) !== said(entry) ? withheld(entry) : entry)),
  };
}
