import type { Address, BankAccount } from '../records.js';
import { MESSAGES } from '../rules/messages.js';
import { type XmlElement, child, childrenOf, textOf } from '../rules/xml.js';
import type { Findings } from './outcome.js';

const nextId = (rows: readonly { readonly id: number }[]): number => Math.max(0, ...rows.map(({ id }) => id)) + 1;

/** Addresses of a request: those with an id go in the place of the ones there are, others are added. */
export function readAddresses(block: XmlElement, before: readonly Address[]): Address[] {
  const rows = [...before];
  for (const element of childrenOf(block, 'address')) {
    const at = rows.findIndex(({ id }) => String(id) === element.attributes['id']);
    const old = rows[at];
    const text = (name: string, fallback = ''): string => textOf(element, name) ?? fallback;
    const type = element.attributes['type'];
    const row: Address = {
      id: old?.id ?? nextId(rows),
      type: type === 'postal' || type === 'contact' ? type : 'invoice',
      isDefault: element.attributes['default'] === 'true',
      name: text('name', old?.name),
      country: text('country', old?.country),
      city: text('city', old?.city),
      postcode: text('postcode', old?.postcode),
      telephone: text('telephone', old?.telephone),
      email: text('email', old?.email),
      contact: text('contact', old?.contact),
      fields: [1, 2, 3, 4, 5, 6].map((nth) => text(`field${nth}`, old?.fields[nth - 1])) as unknown as Address['fields'],
    };
    if (old) rows[at] = row;
    else rows.push(row);
  }
  return rows;
}

const ASCRIPTION_MAX = 40;

export function readBanks(block: XmlElement, before: readonly BankAccount[], findings: Findings): BankAccount[] {
  const rows = [...before];
  for (const element of childrenOf(block, 'bank')) {
    const at = rows.findIndex(({ id }) => String(id) === element.attributes['id']);
    const old = rows[at];
    const ascription = child(element, 'ascription');
    if (ascription && ascription.text.length > ASCRIPTION_MAX) findings.add(ascription, MESSAGES.ascription);
    const row: BankAccount = {
      id: old?.id ?? nextId(rows),
      isDefault: element.attributes['default'] === 'true',
      ascription: ascription?.text.trim() ?? old?.ascription ?? '',
      iban: textOf(element, 'iban') ?? old?.iban ?? '',
      bic: textOf(element, 'biccode') ?? old?.bic ?? '',
      country: textOf(element, 'country') ?? old?.country ?? '',
    };
    if (old) rows[at] = row;
    else rows.push(row);
  }
  return rows;
}
