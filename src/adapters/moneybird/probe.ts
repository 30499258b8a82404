import type { PlainDate } from '../../kernel/plain-date.js';
import { PackageError, type Probe } from '../accounting-package.port.js';
import type { AdministrationApi } from './moneybird.api.js';
import { administrationWarnings } from './rules/administration.js';
import { mutationsOfDay } from './rules/mutation.js';
import type { VendorRecord } from './rules/record.js';
import { nativeReminders } from './rules/workflow.js';

/** Whether the list may be read shows on a day without bank lines too. */
const NO_MUTATION = mutationsOfDay('2000-01-01' as PlainDate);

type Right = Probe['rights'][number];

/**
 * Tries each list the adapter needs, because a missing right shows only there (§1.3), and looks for schedules that remind by
 * themselves (§3.7). `administration` is its line in the list of administrations.
 */
export async function probe(api: AdministrationApi, administration: VendorRecord): Promise<Probe> {
  const rights: Right[] = [];
  const tryRight = async <T>(what: string, ask: () => Promise<T>): Promise<T | null> => {
    try {
      const answer = await ask();
      rights.push({ what, granted: true, message: null });
      return answer;
    } catch (cause) {
      if (!(cause instanceof PackageError && cause.kind === 'no-right')) throw cause;
      rights.push({ what, granted: false, message: cause.message });
      return null;
    }
  };

  await tryRight('sales_invoices', () => api.peek('sales_invoices'));
  await tryRight('contacts', () => api.peek('contacts'));
  await tryRight('custom_fields', () => api.customFields());
  const workflows = await tryRight('workflows', () => api.workflows());
  await tryRight('financial_mutations (payments are linked to their bank line)', () => api.mutations(NO_MUTATION));
  await tryRight('financial_accounts (on which of them a bank line may be linked)', () => api.financialAccounts());
  await tryRight('documents (the dossier that is handed over)', () => api.peek('documents/general_documents'));

  const warnings = administrationWarnings(administration);
  if (workflows === null) warnings.push('Workflows cannot be read: whether Moneybird reminds by itself is not known.');
  return { rights, nativeReminders: nativeReminders(workflows ?? []), warnings };
}
