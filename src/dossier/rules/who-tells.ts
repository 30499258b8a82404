import type { RemindedBy } from '../../ledger/rules/reminded-by.js';
import type { ConfirmationKind } from './confirmation.js';

/**
 * What a confirmation is to whoever gets it. `agreed`: what a person just noted or agreed with him, wanted whoever reminds. `dunning`: it
 * presses for payment, as a reminder does.
 */
const NATURE = {
  'dispute-noted': 'agreed',
  'dispute-settled': 'agreed',
  'promise-noted': 'agreed',
  'arrangement-made': 'agreed',
  'arrangement-broken': 'dunning',
  'hold-noted': 'agreed',
  'address-changed': 'agreed',
} as const satisfies Readonly<Record<ConfirmationKind, 'agreed' | 'dunning'>>;

export const presses = (kind: ConfirmationKind): boolean => NATURE[kind] === 'dunning';

/**
 * Why a confirmation is left to a person; null: it goes out. While the package reminds, nothing of ours presses for payment beside it: the
 * customer would hear from both.
 */
export const leftToPerson = (kind: ConfirmationKind, remindedBy: RemindedBy | null): 'package-reminds' | null =>
  presses(kind) && remindedBy !== 'tegoed' ? 'package-reminds' : null;
