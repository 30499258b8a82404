import type { DebtorAddress } from '../../../ledger/rules/debtor-overrides.js';
import { addressIn } from '../../../ledger/rules/street-line.js';
import { isRecord, textOf } from './record.js';

/** The postal address of a contact as it was brought (§3.5); the second line is a district or an attention, never the number. */
export const addressOf = (raw: unknown): DebtorAddress | null =>
  isRecord(raw) ? addressIn(textOf(raw['address1']), textOf(raw['zipcode']), textOf(raw['city'])) : null;
