import { type PlainDate, minDate, parsePlainDate, plainDateIn } from '../../../kernel/plain-date.js';
import type { PackageDispute } from '../../accounting-package.port.js';
import type { ActionCells } from './action-list.js';
import { dateOf } from './dates.js';

/**
 * What an action on an invoice stands for. Offices name their own (§6.2), and neither list nor Finder tells their nature:
 * - `dispute`: nothing may be asked; whatever nobody says is something else
 * - `reminder`: a reminder run of the package reached the debtor
 * - `none`: something else, that holds nothing
 * - `end`: what was put on the invoice before it is over
 */
const ACTION_MEANINGS = ['dispute', 'reminder', 'none', 'end'] as const;
export type ActionMeaning = (typeof ACTION_MEANINGS)[number];

/** Meanings by the whole name of an action, in small letters. By name, because `001` is another thing in every office. */
export type ActionNames = ReadonlyMap<string, ActionMeaning>;

/** `Eerste brief=reminder;Gebeld=none`; what is not written so means nothing. */
export function actionNamesIn(text: string): ActionNames {
  const pairs = text.split(';').flatMap((pair) => {
    const [, name, meaning] = /^(.+)=(.+)$/.exec(pair.trim()) ?? [];
    const known = ACTION_MEANINGS.find((each) => each === meaning?.trim());
    return name !== undefined && known !== undefined ? [[plain(name), known] as const] : [];
  });
  return new Map(pairs);
}

const plain = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();

/** The whole of a name that can only be a step of reminding: `Herinnering 1`, `2e aanmaning`. `Geen herinnering` is none. */
const REMINDER =
  /^(?:(?:\d+(?:e|st|nd|rd|th)?|eerste|tweede|derde|laatste|first|second|third|final) )?(?:(?:betalings)?herinnering|aanmaning|sommatie|(?:payment )?reminder)(?:s?brief| letter)?(?: \d+)?(?: (?:verstuurd|verzonden|sent))?$/;

export function meaningOf({ name }: ActionCells, names: ActionNames): ActionMeaning {
  const known = plain(name ?? '');
  return names.get(known) ?? (REMINDER.test(known) ? 'reminder' : 'dispute');
}

/** What the actions on an item come to. */
export interface ActionMarks {
  readonly dispute: PackageDispute | null;
  /** Oldest first, each once. */
  readonly remindedOn: readonly PlainDate[];
}

export const NO_MARKS: ActionMarks = { dispute: null, remindedOn: [] };

/**
 * A dispute stands until its action is gone or one that ends it was put on later; a reminder does not end it. `on`: today, because the date
 * of an action lies ahead of it.
 */
export function marksOf(actions: readonly ActionCells[], names: ActionNames, on: PlainDate): ActionMarks {
  const told = actions.map((action) => ({ action, meaning: meaningOf(action, names), day: dayOf(action, on) }));
  const ended = told.flatMap(({ action, meaning }) => (meaning === 'end' ? [momentOf(action) ?? ''] : [])).sort().at(-1) ?? ''; // prettier-ignore
  const isOver = (action: ActionCells): boolean => (momentOf(action) ?? '~') < ended;
  // A reminder nobody knows the day of cannot be kept a distance from: it is left to a person.
  const disputes = told.filter(({ meaning, day }) => meaning === 'dispute' || (meaning === 'reminder' && day === null));
  const remindedOn = told.flatMap(({ meaning, day }) => (meaning === 'reminder' && day !== null ? [day] : []));
  return {
    dispute: disputeOf(disputes.map(({ action }) => action).filter((action) => !isOver(action))),
    remindedOn: [...new Set(remindedOn)].sort(),
  };
}

/** All that stand, the newest first. */
function disputeOf(actions: readonly ActionCells[]): PackageDispute | null {
  const sorted = [...actions].sort((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1));
  const [newest] = sorted;
  if (newest === undefined) return null;
  return { text: [...new Set(sorted.map(wordsOf))].join(' | '), on: dateOf(newest.date ?? null) ?? createdOn(newest) };
}

const orderOf = (action: ActionCells): string => `${momentOf(action) ?? ''} ${wordsOf(action)} ${action.date ?? ''}`;

/** `BETW Betwist 50.00: Levering niet compleet` */
function wordsOf({ code, name, value, description }: ActionCells): string {
  const head = [code, name, Number(value ?? 0) === 0 ? undefined : value].filter((each) => each !== undefined).join(' ');
  return description === undefined ? head : `${head}: ${description}`;
}

/** The day it was put on; without that its own date, which is when somebody is to look again. Never ahead. */
function dayOf(action: ActionCells, on: PlainDate): PlainDate | null {
  const day = createdOn(action) ?? dateOf(action.date ?? null);
  return day === null ? null : minDate(day, on);
}

/** `20260930221500`, UTC (§6.1). */
const momentOf = ({ created }: ActionCells): string | null => (/^\d{14}$/.test(created ?? '') ? (created as string) : null);

function createdOn(action: ActionCells): PlainDate | null {
  const moment = momentOf(action);
  if (moment === null) return dateOf(action.created ?? null);
  const [, year, month, day, hour, minute, second] = (/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(moment) ?? []).map(Number);
  const instant = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second));
  return parsePlainDate(`${moment.slice(0, 4)}-${moment.slice(4, 6)}-${moment.slice(6, 8)}`).ok
    ? plainDateIn(instant, 'Europe/Amsterdam')
    : null;
}
