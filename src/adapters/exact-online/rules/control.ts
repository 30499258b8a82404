import type { Minor } from '../../../kernel/money.js';
import type { ControlTotal } from '../../../ledger/rules/control-total.js';
import type { Outstanding } from './document.js';
import { type VendorRecord, amountOf, textOf } from './record.js';

/** Which of our figures the package's own is: it is not written anywhere what it counts, so it is found out at connect (§4.1). */
export type Basis = keyof Outstanding;

const BASES: readonly Basis[] = ['all', 'documents', 'receivable'];

export const added = (a: Outstanding, b: Outstanding): Outstanding => ({
  all: a.all + b.all,
  documents: a.documents + b.documents,
  receivable: a.receivable + b.receivable,
});

export const taken = (a: Outstanding, b: Outstanding): Outstanding => ({
  all: a.all - b.all,
  documents: a.documents - b.documents,
  receivable: a.receivable - b.receivable,
});

/** The package's own figure in the administration's currency (§4.3 `OutstandingInvoicesOverview`); null when it gives none. */
export function outstandingIn(overview: readonly VendorRecord[], currency: string): Minor | null {
  const line = overview.find((each) => textOf(each['CurrencyCode']) === currency) ?? (overview.length === 1 ? overview[0] : undefined);
  const amount = amountOf(line?.['OutstandingReceivableInvoiceAmount'], currency);
  return amount.ok ? amount.value : null;
}

/**
 * Holds our figures against the package's. `known`: the basis that fitted before, null: none did yet. The basis is the first that
 * fits, and stays; its sign is not looked at, because endpoints differ in it.
 */
export function controlTotal(
  theirs: Minor,
  ours: Outstanding,
  currency: string,
  known: Basis | null,
): { basis: Basis | null; control: ControlTotal } {
  const fits = (basis: Basis): boolean => ours[basis] === theirs;
  // A figure of nothing fits everything, and proves nothing.
  const found = known ?? (theirs === 0 ? null : (BASES.find(fits) ?? null));
  return { basis: found, control: { currency, theirs, ours: ours[found ?? BASES.find(fits) ?? 'all'] } };
}
