import { PackageError, type Probe } from '../accounting-package.port.js';
import { findLists } from './lists.js';
import { isPaused } from './rules/customer.js';
import type { OfficeApi } from './twinfield.api.js';
import { TWINFIELD } from './vendor.js';

type Right = Probe['rights'][number];

export interface ProbeOptions {
  readonly handoverUser: string | null;
  /** What the consent covers, as its token tells. */
  readonly scopes: () => Promise<readonly string[]>;
}

/**
 * What works in this office (§12): each thing the pull needs is read once, because a right that is missing shows only there. What was found
 * out and cannot be changed is told as a warning. Writes nothing.
 */
export async function probe(api: OfficeApi, { handoverUser, scopes }: ProbeOptions): Promise<Probe> {
  const rights: Right[] = [];
  const tryRight = async <T>(what: string, ask: () => Promise<T>): Promise<T | null> => {
    try {
      const answer = await ask();
      rights.push({ what, granted: true, message: null });
      return answer;
    } catch (cause) {
      if (!(cause instanceof PackageError && (cause.kind === 'no-right' || cause.kind === 'refused'))) throw cause;
      rights.push({ what, granted: false, message: cause.message });
      return null;
    }
  };
  const given = await tryRight('scopes', scopes);
  const currency = await tryRight('office', () => api.currency());
  const lists = await tryRight('open items', () => findLists(api));
  const rows = lists && (await tryRight(`list ${lists.list.code} of open items`, () => api.openItems(lists.list, 'available', null)));
  const customers = await tryRight('customers', () => api.customers());
  const warnings: string[] = [];
  const hasDeletions = await isOpen(() => api.deletedSince(SINCE));
  if (currency !== null && currency !== 'EUR') warnings.push(`The office keeps its books in ${currency}, and is connected as one in euro.`);
  if (!hasDeletions) warnings.push('Deleted transactions cannot be asked for: each item that disappears is read by itself.');
  if (lists) {
    warnings.push(`Open items come from list ${lists.list.code}; the control total from ${lists.control?.code ?? 'the same list'}.`);
    const hasForeign = rows?.some(({ cells }) => cells.currency !== undefined && cells.currency !== currency) ?? false;
    if (hasForeign && !lists.list.columns.includes('open')) {
      warnings.push('The list tells open amounts in the currency of the office only: part-paid items in others cost a request each.');
    }
  }
  if (!given?.includes(TWINFIELD.trailScope))
    warnings.push(`The scope ${TWINFIELD.trailScope} was not given: matches are seen at the next pull.`);
  const isUser = handoverUser === null || (await tryRight('users', () => api.hasUser(handoverUser)));
  if (isUser === false) warnings.push(`Twinfield has no user ${handoverUser}: a handover cannot be shown as its responsible user.`);
  const reminded =
    customers?.filter((customer) => customer.status === 'active' && !isPaused(customer) && customer.credit.sendreminder) ?? [];
  const name = `Twinfield's own reminder run (${reminded.length} customers)`;
  return { rights, nativeReminders: reminded.length === 0 ? [] : [{ ref: 'sendreminder', name, isDefault: true }], warnings };
}

/** Long enough ago to prove that it answers. */
const SINCE = '2026-01-01' as Parameters<OfficeApi['deletedSince']>[0];

async function isOpen(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (cause) {
    if (cause instanceof PackageError && (cause.kind === 'no-right' || cause.kind === 'refused')) return false;
    throw cause;
  }
}
