import { PackageError, type Probe } from '../accounting-package.port.js';
import type { DivisionApi } from './exact-online.api.js';
import { nativeScenarios } from './rules/conditions.js';
import { divisionWarnings, hasRight } from './rules/division.js';
import { text } from './rules/odata.js';
import { NEEDED_RIGHTS, type NeededRight } from './vendor.js';

type Right = Probe['rights'][number];

/** Read as in the pull, because a scope or a module that is missing shows only there. */
const PEEKED: readonly { readonly resource: string; readonly options: Readonly<Record<string, string>>; readonly for: string }[] = [
  { resource: 'bulk/Cashflow/Receivables', options: { $filter: 'Status eq 20', $select: 'ID', $top: '1' }, for: 'open items' },
  { resource: 'sync/Cashflow/PaymentTerms', options: { $filter: 'Timestamp gt 1L', $select: 'ID', $top: '1' }, for: 'payments' },
  { resource: 'sync/CRM/Accounts', options: { $filter: 'Timestamp gt 1L', $select: 'ID', $top: '1' }, for: 'debtors' },
  { resource: 'sync/CRM/Contacts', options: { $filter: 'Timestamp gt 1L', $select: 'ID', $top: '1' }, for: 'addresses of contacts' },
  { resource: 'sync/Deleted', options: { $filter: 'Timestamp gt 1L', $select: 'ID', $top: '1' }, for: 'what was deleted' },
  { resource: 'read/financial/OutstandingInvoicesOverview', options: {}, for: 'the control total' },
];

/**
 * What this consent may do in a division: what the user may (asked for each endpoint), what scopes and licence let through (each list is
 * read once), and the reminders Exact Online sends by itself. Writes nothing. An endpoint that refuses is asked once, not again.
 */
export async function probe(api: DivisionApi): Promise<Probe> {
  const rights: Right[] = [];
  for (const needed of NEEDED_RIGHTS) rights.push(await rightOf(api, needed));
  for (const { resource, options, for: purpose } of PEEKED) {
    const refusal = await refusalOf(() => api.page(resource, api.address(resource, options)));
    rights.push({ what: `${resource} (${purpose})`, granted: refusal === null, message: refusal });
  }
  const warnings: string[] = [];
  const division = await unlessRefused(() => api.ownDivision());
  if (division) warnings.push(...divisionWarnings(division));
  const conditions = await unlessRefused(() => api.conditions());
  if (conditions === null) {
    warnings.push('Payment conditions cannot be read: whether Exact Online reminds by itself is not known.');
  }
  return { rights, nativeReminders: nativeScenarios(conditions ?? []), warnings };
}

async function rightOf(api: DivisionApi, { endpoint, action, for: purpose }: NeededRight): Promise<Right> {
  const what = `${action} ${endpoint} (${purpose})`;
  const asked = await refusable(() => api.ask('users/UserHasRights', `endpoint=${text(endpoint)}&action=${text(action)}`));
  if ('refusal' in asked) return { what, granted: false, message: asked.refusal };
  const granted = hasRight(asked.answer);
  if (granted !== false) return { what, granted: true, message: null };
  return { what, granted, message: `the user of this consent may not ${action} ${endpoint}: without it there is no place for ${purpose}` };
}

async function refusable<T>(ask: () => Promise<T>): Promise<{ readonly answer: T } | { readonly refusal: string }> {
  try {
    return { answer: await ask() };
  } catch (cause) {
    if (cause instanceof PackageError && (cause.kind === 'no-right' || cause.kind === 'refused')) return { refusal: cause.message };
    throw cause;
  }
}

async function refusalOf(ask: () => Promise<unknown>): Promise<string | null> {
  const asked = await refusable(ask);
  return 'refusal' in asked ? asked.refusal : null;
}

async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | null> {
  const asked = await refusable(ask);
  return 'answer' in asked ? asked.answer : null;
}
