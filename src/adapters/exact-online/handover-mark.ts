import type { DivisionApi } from './exact-online.api.js';
import { type Mark, classificationNamed, missingOf } from './rules/classification.js';
import { HANDOVER_CLASSIFICATIONS } from './vendor.js';
import type { WriteOnceOptions } from '../write-once.js';
import { bringAccountTo } from './write-once.js';

/**
 * Marks an account as handed over (§5.2 iv): with the classification somebody made for it, when there is one, and blocked when that is
 * wanted. The API can set a classification and cannot make one; without it the note and the document say it alone. Does nothing when it
 * is so already; throws what {@link bringAccountTo} throws.
 */
export async function markHandedOver(api: DivisionApi, account: string, block: boolean, options: WriteOnceOptions): Promise<void> {
  const mark = await markOf(api, block);
  await bringAccountTo(api, account, mark, (stored) => missingOf(mark, stored), options);
}

async function markOf(api: DivisionApi, block: boolean): Promise<Mark> {
  const classifications = await api.list('crm/AccountClassifications', { $select: 'ID,AccountClassificationName,Description' });
  const found = classificationNamed(HANDOVER_CLASSIFICATIONS, classifications);
  const names = found === null ? [] : await api.list('crm/AccountClassificationNames', { $select: 'ID,SequenceNumber' });
  return { ...(found?.fieldAmong(names) ?? {}), ...(block && { Blocked: true }) };
}
