import type { DebtorAddress } from '../../../ledger/rules/debtor-overrides.js';
import { addressIn } from '../../../ledger/rules/street-line.js';

/** A customer as the ledger keeps it: name, attributes, text and children of each element. */
type Kept = readonly [name: string, attributes: Readonly<Record<string, string>>, text: string, children: readonly Kept[]];

const isKept = (raw: unknown): raw is Kept => Array.isArray(raw) && typeof raw[0] === 'string' && Array.isArray(raw[3]);
const children = ([, , , all]: Kept, name: string): Kept[] => all.filter((each) => each[0] === name);

/** The street stands in the second field, or in the third where that one is an attention (§5.2); the invoice address goes first. */
export function addressOf(raw: unknown): DebtorAddress | null {
  if (!isKept(raw)) return null;
  const all = children(raw, 'addresses').flatMap((list) => children(list, 'address'));
  const isDefault = ([, attributes]: Kept): boolean => attributes['default'] === 'true';
  const invoice = all.filter(([, attributes]) => attributes['type'] === 'invoice');
  const chosen = invoice.find(isDefault) ?? invoice[0] ?? all.find(isDefault) ?? all[0];
  if (!chosen) return null;
  const text = (name: string): string | null => children(chosen, name).at(-1)?.[2].trim() || null;
  const lines = [text('field2'), text('field3')].filter((line) => line !== null);
  return addressIn(lines.find((line) => /\d/.test(line)) ?? lines[0] ?? null, text('postcode'), text('city'));
}
