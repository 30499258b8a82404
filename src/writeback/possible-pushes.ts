import type { AccountingPackage, PushKind } from '../adapters/accounting-package.port.js';
import type { UnmarkedEntry } from './dossier-pushes.js';

/** What a package has a place for. */
export type Capabilities = ReturnType<AccountingPackage['capabilities']>;

/**
 * What is told instead where a package has no place for an entry. The fact sheets of all packages have a note for what happened with a
 * debtor (exact-online.md §5.2, twinfield.md §8, moneybird.md §4.8). A hold stops reminders of the package itself, and a payment is booked
 * or it is not: about these a note tells nothing that is not told already, or that the bookkeeper could rely on.
 */
const INSTEAD: Readonly<Record<PushKind, 'note' | null>> = {
  note: null,
  'reminder-sent': 'note',
  dispute: 'note',
  promise: 'note',
  hold: null,
  limit: 'note',
  handover: 'note',
  'handover-status': 'note',
  'payment-match': null,
  'payment-undo': 'note',
  'credit-hold': 'note',
};

/** The entry as this package can take it; null: it has no place for it, and nothing is planned. */
export function possible(entry: UnmarkedEntry, capabilities: Capabilities): UnmarkedEntry | null {
  if (capabilities[entry.kind] !== 'not-possible') return entry;
  if (INSTEAD[entry.kind] === null || capabilities.note === 'not-possible' || !('text' in entry)) return null;
  const { about, text, on } = entry;
  return { kind: 'note', about, text, on };
}
