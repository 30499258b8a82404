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
 * is missing, and so does one that could be read before and is refused now, because people go on disputing in it (`no-right`, `refused`).
 */
export async function readActions(
  api: OfficeApi,
  known: ActionsMark | undefined,
  { customers, on }: { readonly customers: readonly string[]; readonly on: PlainDate },
): Promise<Reading> {
  const none = (days: number): Reading => ({ mark: { list: null, lookAgainOn: addDays(on, days) }, rows: null });
  const { none: nobodyHas, shut } = TWINFIELD.creditLookedForDays;
  if (known !== undefined && known.list !== null) {
    const rows = await readAgain(api, { ...known, list: known.list }, customers);
    return rows ?? none(shut);
  }
  if (known !== undefined && on < known.lookAgainOn) return { mark: known, rows: null };
  try {
    const list = await api.actionsDefinition();
    return list === null ? none(nobodyHas) : await read(api, { list }, customers);
  } catch (cause) {
    if (isShut(cause)) return none(shut);
    throw cause;
  }
}

/** Reads a list that could be read before; null: the office itself says that it has none any more. */
async function readAgain(api: OfficeApi, known: ActionsFound, customers: readonly string[]): Promise<Reading | null> {
  try {
    return await read(api, known, customers);
  } catch (cause) {
    if (!isShut(cause)) throw cause;
  }
  try {
    // The definition may have changed since it was found.
    const list = await api.actionsDefinition();
    return list && (await read(api, { list }, customers));
  } catch (cause) {
    throw isShut(cause) ? nowShut(cause) : cause;
  }
}

const nowShut = (cause: PackageError): PackageError =>
  new PackageError(
    cause.kind,
    `list ${TWINFIELD.creditCode} (credit management: actions on invoices) could be read before and is refused now, so that what people dispute ` +
      `in Twinfield is not known and nothing is pulled; give the user who gave the consent the right to that list again. ${cause.message}`,
    null,
    { cause },
  );

/** Refused for what was asked, or for who asks. */
export const isShut = (cause: unknown): cause is PackageError =>
  cause instanceof PackageError && (cause.kind === 'no-right' || cause.kind === 'refused');

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
