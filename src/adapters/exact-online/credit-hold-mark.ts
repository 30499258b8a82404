import type { WriteOnceOptions } from '../write-once.js';
import type { DivisionApi } from './exact-online.api.js';
import { type CreditHoldAction, creditHoldChange } from './rules/credit-hold.js';
import { type Mark, classificationNamed } from './rules/classification.js';
import { CREDIT_HOLD_CLASSIFICATIONS } from './vendor.js';
import { bringAccountTo } from './write-once.js';

/**
 * Marks an account whose deliveries are on hold (§5.2 vi) with the classification somebody made for it, and blocks it when that is wanted;
 * a release takes both off again, and only when the mark is ours to take. Without such a classification, or where another one stands in its
 * place, the note says it alone. Does nothing when it is so already; throws what {@link bringAccountTo} throws.
 */
export async function markCreditHold(
  api: DivisionApi,
  account: string,
  action: CreditHoldAction,
  block: boolean,
  options: WriteOnceOptions,
): Promise<void> {
  const [[field, id] = [undefined, undefined]] = Object.entries(await markOf(api));
  if (field === undefined || typeof id !== 'string') return;
  const stored = (await api.get('crm/Accounts', account, ['ID', field, 'Blocked'])) ?? {};
  const change = creditHoldChange(stored, { field, id }, action, block);
  const missing = (now: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(change).filter(([name, wanted]) => !isSame(now[name], wanted)));
  await bringAccountTo(api, account, change, missing, options);
}

const isSame = (stored: unknown, wanted: unknown): boolean =>
  String(stored ?? '').toLowerCase() === String(wanted ?? '').toLowerCase() || (wanted === false && (stored ?? null) === null);

async function markOf(api: DivisionApi): Promise<Mark> {
  const classifications = await api.list('crm/AccountClassifications', { $select: 'ID,AccountClassificationName,Description' });
  const found = classificationNamed(CREDIT_HOLD_CLASSIFICATIONS, classifications);
  return found === null ? {} : found.fieldAmong(await api.list('crm/AccountClassificationNames', { $select: 'ID,SequenceNumber' }));
}
