import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import { PackageError } from '../accounting-package.port.js';
import type { ActionRow, ActionsDefinition, ActionsFound, ActionsMark, ActionsOf } from './rules/action-list.js';
import { customerRanges, halvesOf } from './rules/customer-ranges.js';
import { type OfficeApi, isTooMuch } from './twinfield.api.js';
import { TWINFIELD } from './vendor.js';

interface Reading {
  readonly mark: ActionsMark;
  /** Null: they cannot be read here, and nothing is known of any. */
  readonly rows: readonly ActionRow[] | null;
}

/**
 * Reads the actions on invoices (§6.2): one request, where one answer holds them. Whether there is such a list is found out once, and again
 * after some days where there is none or the user may not read it: then nothing is known of new ones. `customers`: codes of those who have
 * open items. Errors: those of the client; a list that may be read and cannot be had whole stops the pull, because a dispute may be in what
 * is missing.
 */
export async function readActions(
  api: OfficeApi,
  known: ActionsMark | undefined,
  { customers, on }: { readonly customers: readonly string[]; readonly on: PlainDate },
): Promise<Reading> {
  if (known !== undefined && known.list !== null) {
    try {
      return await read(api, { ...known, list: known.list }, customers);
    } catch (cause) {
      // The definition may have changed since it was found.
      if (!isShut(cause)) throw cause;
    }
  } else if (known !== undefined && on < known.lookAgainOn) return { mark: known, rows: null };
  const none = (days: number): Reading => ({ mark: { list: null, lookAgainOn: addDays(on, days) }, rows: null });
  const { none: nobodyHas, shut } = TWINFIELD.creditLookedForDays;
  try {
    const list = await api.actionsDefinition();
    if (list === null) return none(known?.list ? shut : nobodyHas);
    return await read(api, { list }, customers);
  } catch (cause) {
    if (isShut(cause)) return none(shut);
    throw cause;
  }
}

/** Refused for what was asked, or for who asks. */
export const isShut = (cause: unknown): boolean => cause instanceof PackageError && (cause.kind === 'no-right' || cause.kind === 'refused');

async function read(api: OfficeApi, mark: ActionsFound, customers: readonly string[]): Promise<Reading> {
  const { list } = mark;
  const rows: ActionRow[] = [];
  let { openOnly = false } = mark;
  let parts = 0;
  const readPart = async (codes: readonly string[] | null): Promise<void> => {
    try {
      rows.push(...(await withStatuses(api, list, { customers: codes, openOnly })));
      parts++;
    } catch (cause) {
      if (!isTooMuch(cause)) throw cause;
      if (!openOnly && list.filters.includes('matchStatus')) {
        openOnly = true;
        return readPart(codes);
      }
      const halves = list.filters.includes('customer') ? halvesOf(codes ?? customers) : [];
      if (halves.length === 0) throw cause;
      for (const half of halves) await readPart(half);
    }
  };
  for (const codes of mark.parts === undefined ? [null] : customerRanges(customers, mark.parts)) await readPart(codes);
  const isInParts = mark.parts !== undefined || parts > 1;
  return { mark: { list, ...(openOnly && { openOnly }), ...(isInParts && { parts: Math.max(parts, 2) }) }, rows };
}

async function withStatuses(
  api: OfficeApi,
  list: ActionsDefinition,
  { customers, openOnly }: { readonly customers: readonly string[] | null; readonly openOnly: boolean },
): Promise<readonly ActionRow[]> {
  const [from, to] = [customers?.[0], customers?.at(-1)];
  const some: ActionsOf = from !== undefined && to !== undefined ? { customers: { from, to } } : {};
  if (!openOnly) return api.actions(list, some);
  const available = await api.actions(list, { ...some, matchStatus: 'available' });
  return [...available, ...(await api.actions(list, { ...some, matchStatus: 'proposed' }))];
}
