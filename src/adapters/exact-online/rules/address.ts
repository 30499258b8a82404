import type { DebtorAddress } from '../../../ledger/rules/debtor-overrides.js';
import { addressIn } from '../../../ledger/rules/street-line.js';
import { debtorIn } from './debtor.js';
import { textOf } from './record.js';

/** The visiting address of an account as it was brought (§4.6). */
export function addressOf(raw: unknown): DebtorAddress | null {
  const { account } = debtorIn(raw);
  return account === null ? null : addressIn(textOf(account['AddressLine1']), textOf(account['Postcode']), textOf(account['City']));
}
