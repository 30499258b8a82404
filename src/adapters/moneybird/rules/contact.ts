import { normalizeIban } from '../../../kernel/identifiers/iban.js';
import type { Result } from '../../../kernel/result.js';
import type { PulledDebtor } from '../../accounting-package.port.js';
import { creditLimitOf } from './credit-limit.js';
import { RecordReader, type VendorRecord, idOf, textOf } from './record.js';
import { type InvoiceTerms, UNKNOWN_TERM } from './workflow.js';

/**
 * A contact as debtor (§3.5). Fails with `unreadable-record` only when it has no id: everything else may be absent.
 */
export function toDebtor(contact: VendorRecord, terms: InvoiceTerms): Result<PulledDebtor> {
  const read = new RecordReader(`contact ${idOf(contact['id']) ?? '(without id)'}`, contact);
  const ref = read.requiredId('id');
  const number = read.text('customer_id');
  const workflow = read.id('invoice_workflow_id');
  const term = workflow === null ? terms.standard : (terms.byWorkflow.get(workflow) ?? UNKNOWN_TERM);
  const country = read.text('country')?.toUpperCase() ?? '';
  const isBusiness = [read.text('company_name'), read.text('chamber_of_commerce'), read.text('tax_number')].some((text) => text !== null);
  return read.finish({
    ref,
    number,
    name: nameOf(contact) ?? number ?? ref,
    // A person's name alone proves nothing: sole traders are entered so too.
    isBusiness: isBusiness ? true : null,
    country: /^[A-Z]{2}$/.test(country) ? country : null,
    language: term.language,
    emails: addresses(read.text('send_invoices_to_email') ?? read.text('email')),
    phone: read.text('phone'),
    ibans: ibans([read.text('bank_account'), read.text('sepa_iban')]),
    vatId: read.text('tax_number'),
    registryId: read.text('chamber_of_commerce'),
    creditLimit: creditLimitOf(read.list('custom_fields')),
    paymentTermDays: term.days,
    archived: read.flag('archived'),
    createdOn: read.dayOf('created_at'),
    raw: contact,
  });
}

/** The company when there is one, else the person. */
function nameOf(contact: VendorRecord): string | null {
  const company = textOf(contact['company_name']);
  if (company !== null) return company;
  return textOf([textOf(contact['firstname']), textOf(contact['lastname'])].filter((part) => part !== null).join(' '));
}

/** The field takes several, separated by commas. */
const addresses = (list: string | null): string[] =>
  unique((list ?? '').split(/[,;]/).map((address) => address.trim())).filter((address) => /^[^@\s]+@[^@\s]+$/.test(address));

/** The field holds whatever was typed: only what is an IBAN is kept. */
const ibans = (texts: readonly (string | null)[]): string[] =>
  unique(texts.map((text) => (text === null ? null : normalizeIban(text))).filter((iban) => iban !== null));

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
