import type { PlainDate } from '../../kernel/plain-date.js';
import { PackageError, type Probe } from '../accounting-package.port.js';
import { isShut, readActions } from './actions.js';
import type { Tier } from './credits.js';
import { findLists } from './lists.js';
import { type ActionMeaning, type ActionNames, meaningOf } from './rules/action-marks.js';
import type { BrowseRow, Definition } from './rules/browse.js';
import { isPaused } from './rules/customer.js';
import { type OfficeApi, isTooMuch } from './twinfield.api.js';
import { ACTION_COLUMNS, COLUMNS, type ColumnName, TWINFIELD } from './vendor.js';

type Right = Probe['rights'][number];

export interface ProbeOptions {
  readonly handoverUser: string | null;
  /** What the consent covers, as its token tells. */
  readonly scopes: () => Promise<readonly string[]>;
  readonly actionNames: ActionNames;
  /** Today. */
  readonly on: PlainDate;
  /** What our app is set to have. */
  readonly tier: Tier;
}

/**
 * What works in this office (§12): each thing the pull needs is read once, because a right that is missing shows only there. What was found
 * out and cannot be changed is told as a warning. Writes nothing.
 */
export async function probe(api: OfficeApi, { handoverUser, scopes, tier, actionNames, on }: ProbeOptions): Promise<Probe> {
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
  const proposed = lists && (await tryRight('items in a run', () => api.openItems(lists.list, 'proposed', null)));
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
  if (lists) warnings.push(...lackingColumns(lists.list));
  if (proposed && proposed.length > 0) warnings.push(wordsOfProposed(proposed));
  warnings.push(...(await wordsOfActions(api, actionNames, on)));
  warnings.push(...(await wordsOfTrail(api, given ?? [])), ...wordsOfCredits(api.creditsPerMinute, tier));
  const isUser = handoverUser === null || (await tryRight('users', () => api.hasUser(handoverUser)));
  if (isUser === false) warnings.push(`Twinfield has no user ${handoverUser}: a handover cannot be shown as its responsible user.`);
  const reminded =
    customers?.filter((customer) => customer.status === 'active' && !isPaused(customer) && customer.credit.sendreminder) ?? [];
  const name = `Twinfield's own reminder run (${reminded.length} customers)`;
  return { rights, nativeReminders: reminded.length === 0 ? [] : [{ ref: 'sendreminder', name, isDefault: true }], warnings };
}

/** Columns the list could have, and what is lost without them (§12: what 130_2 and 130_3 have is not published). */
const WORTH: Readonly<Partial<Record<ColumnName, string>>> = {
  yearPeriod: 'a big office cannot be read by book year',
  matchNumber: 'payments are taken back by a person',
  payRun: 'what is in a run is known only while it is proposed',
};

const lackingColumns = ({ code, columns }: Definition): string[] =>
  Object.entries(WORTH)
    .filter(([name]) => !columns.includes(name as ColumnName))
    .map(([name, loss]) => `List ${code} has no column ${COLUMNS[name as ColumnName]}: ${loss}.`);

/** What `proposed` stands for is not published (§12). */
function wordsOfProposed(rows: readonly BrowseRow[]): string {
  const named = rows.filter(({ cells }) => cells.payRun !== undefined).length;
  return `${rows.length} items are proposed, ${named} of them with the number of a run: nothing is asked for them.`;
}

const MEANINGS: Readonly<Record<ActionMeaning, string>> = {
  dispute: 'a dispute',
  reminder: 'a reminder that was sent',
  none: 'nothing',
  end: 'the end of what was before',
};

/** Offices name their actions themselves, and what a reminder run puts on an invoice is one of them (§12: its columns, keys and filters). */
async function wordsOfActions(api: OfficeApi, names: ActionNames, on: PlainDate): Promise<string[]> {
  const code = TWINFIELD.creditCode;
  try {
    const { mark, rows } = await readActions(api, undefined, { customers: [], on });
    if (mark.list === null || rows === null)
      return [`List ${code} of actions on invoices cannot be read: what people disputed in Twinfield is not known here.`];
    const { columns } = mark.list;
    const kinds = Map.groupBy(
      rows,
      ({ cells }) => `${[cells.code, cells.name].filter(Boolean).join(' ')} for ${MEANINGS[meaningOf(cells, names)]}`,
    );
    const told = [...kinds].map(([kind, some]) => `${kind} (${some.length})`).sort().join(', '); // prettier-ignore
    return [
      ...(columns.includes('name')
        ? []
        : [`List ${code} has no column ${ACTION_COLUMNS.name}: every action on an invoice stands for a dispute.`]),
      ...(columns.includes('created')
        ? []
        : [`List ${code} has no column ${ACTION_COLUMNS.created}: a dispute ends only when its action is gone.`]),
      ...(rows.some(({ key }) => key === null)
        ? [`Rows of list ${code} name no booking: actions are on all a customer owes under the invoice's number.`]
        : []),
      ...(told === '' ? [] : [`Actions on invoices stand, by their names, ${told}: TWINFIELD_ACTIONS says what else they are.`]),
    ];
  } catch (cause) {
    if (!isTooMuch(cause)) throw cause;
    return [
      `List ${code} of actions on invoices cannot be had whole: nothing is pulled until it can be, or the right to it is taken away.`,
    ];
  }
}

/** Kinds of events and how far back it goes are not published (§12). */
async function wordsOfTrail(api: OfficeApi, scopes: readonly string[]): Promise<string[]> {
  const without = 'matches are seen at the next pull';
  if (!scopes.includes(TWINFIELD.trailScope)) return [`The scope ${TWINFIELD.trailScope} was not given: ${without}.`];
  try {
    const company = await api.companyId();
    if (company === null) return [`The Finder tells no id of the office: ${without}.`];
    const { events } = await api.trail(company, 0, TWINFIELD.trailLimit);
    const kinds = [...new Set(events.map(({ type }) => type ?? 'without a name'))].sort().join(', ');
    return events.length === 0
      ? []
      : [`The audit trail of matches goes back to ${events[0]?.at ?? 'an unknown day'} and tells of: ${kinds}.`];
  } catch (cause) {
    if (!isShut(cause)) throw cause;
    return [`The audit trail of matches cannot be read: ${without}.`];
  }
}

/** Null: no answer told. It may tell of another bucket (§4): only what the other kind of app gets says something. */
function wordsOfCredits(perMinute: number | null, tier: Tier): string[] {
  const { certified, uncertified } = TWINFIELD.credits;
  const [set, other] = [TWINFIELD.credits[tier].organisation, (tier === 'certified' ? uncertified : certified).organisation];
  if (perMinute !== other) return [];
  return [`Twinfield gives ${perMinute} credits a minute and the service is set to ${set}: TWINFIELD_CERTIFIED is to be looked at.`];
}

/** Long enough ago to prove that it answers. */
const SINCE = '2026-01-01' as Parameters<OfficeApi['deletedSince']>[0];

async function isOpen(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (cause) {
    if (isShut(cause)) return false;
    throw cause;
  }
}
