import type { DebtorAddress } from '../ledger/rules/debtor-overrides.js';
import { addressOf as exactOnline } from './exact-online/rules/address.js';
import { addressOf as moneybird } from './moneybird/rules/address.js';
import { addressOf as twinfield } from './twinfield/rules/address.js';

const RULES: Readonly<Record<string, (raw: unknown) => DebtorAddress | null>> = {
  moneybird,
  'exact-online': exactOnline,
  twinfield,
};

/** Where a debtor is to be found by what his package said of him (`raw`); null: it does not say, or there is no package. */
export const debtorAddress = (raw: unknown, packageName: string): DebtorAddress | null => RULES[packageName]?.(raw) ?? null;
