import { normalizeIban } from '../../kernel/identifiers/iban.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Debtor } from '../../ledger/rules/book.js';
import { identityOf } from './identity.js';

/** What a debtor goes by in several administrations: `nl-kvk:12345678`, `vat:NL123456782B01`, `iban:NL02ABNA0123456789`. */
export type DebtorKey = string;

/**
 * The keys of a debtor; numbers that cannot be right are none, so that two wrong ones never meet. A Belgian VAT number is the number of the
 * trade register too.
 */
export function keysOf(debtor: Pick<Debtor, 'country' | 'vatId' | 'registryId' | 'ibans'>): DebtorKey[] {
  const { registry, vat } = identityOf(debtor);
  const byVat = vat?.prefix === 'BE' ? [`be-kbo:${vat.number}`] : [];
  const keys = [
    ...(registry ? [`${registry.scheme}:${registry.id}`] : []),
    ...byVat,
    ...(vat ? [`vat:${vat.prefix}${vat.number}`] : []),
    ...debtor.ibans.flatMap((iban) => normalizeIban(iban) ?? []).map((iban) => `iban:${iban}`),
  ];
  return [...new Set(keys)];
}

/** By which keys two debtors are the same one; empty: they are not. */
export const matchedBy = (asked: readonly DebtorKey[], debtor: Parameters<typeof keysOf>[0]): DebtorKey[] =>
  keysOf(debtor).filter((key) => asked.includes(key));

/** A debtor as one administration knows him. Amounts in its currency. */
export interface DebtorThere {
  readonly administrationId: string;
  readonly administration: string;
  readonly debtorId: string;
  readonly number: string | null;
  readonly name: string;
  readonly matchedBy: readonly DebtorKey[];
  readonly currency: string;
  readonly open: string;
  readonly overdue: string;
  readonly oldestDueDate: PlainDate | null;
  readonly exposure: string;
  readonly limit: string | null;
}

export interface OneDebtorView {
  readonly soughtBy: readonly DebtorKey[];
  readonly debtors: readonly DebtorThere[];
  /** Over all of them, by currency. */
  readonly totals: readonly { readonly currency: string; readonly open: string; readonly overdue: string; readonly exposure: string }[];
}
