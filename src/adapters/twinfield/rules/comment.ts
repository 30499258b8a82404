import type { PlainDate } from '../../../kernel/plain-date.js';
import type { Minor } from '../../../kernel/money.js';
import { formatAmount } from '../../../kernel/money.js';

/**
 * Our part of a customer's comment (§8 i): `[Tegoed sr=true] 7F3K2AB9QX 2026-11-20 text | … [/Tegoed]`. What people write stands before
 * and behind it and is never touched. The newest entry comes first; the oldest give way when there is no room.
 */
export interface Section {
  readonly before: string;
  readonly after: string;
  /** What was there before we changed it, to be given back. */
  readonly kept: Kept;
  readonly entries: readonly string[];
}

export interface Kept {
  /** `sendreminder` before we took it over; absent: it is the customer's own. */
  readonly reminders?: string;
  /** The responsible user before a handover. */
  readonly user?: string;
  /** Refs of the items native reminders are stopped for. */
  readonly held: readonly string[];
  /** Since when deliveries on credit are stopped; absent: they are not. Twinfield has no place of its own for it (§8 vi). */
  readonly creditHold?: string;
}

const FENCE = /\[Tegoed((?: [a-z]+=[^\s\]]*)*)\]([\s\S]*?)\[\/Tegoed\]/;
const NOTHING_KEPT: Kept = { held: [] };

export function readSection(comment: string): Section {
  const found = FENCE.exec(comment);
  if (found === null) return { before: comment.trimEnd(), after: '', kept: NOTHING_KEPT, entries: [] };
  const [whole, head = '', inner = ''] = found;
  return {
    before: comment.slice(0, found.index).trimEnd(),
    after: comment.slice(found.index + whole.length).trimStart(),
    kept: readKept(head),
    entries: inner
      .split(' | ')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  };
}

function readKept(head: string): Kept {
  const pairs = head
    .trim()
    .split(' ')
    .map((pair) => pair.split('=') as [string, string?]);
  const value = (name: string): string | undefined => {
    const found = pairs.find(([key]) => key === name);
    return found && decoded(found[1] ?? '');
  };
  const [reminders, user, held, creditHold] = [value('sr'), value('ru'), value('h'), value('credithold')];
  return {
    ...(reminders !== undefined && { reminders }),
    ...(user !== undefined && { user }),
    held: held ? held.split(',') : [],
    ...(creditHold !== undefined && { creditHold }),
  };
}

/** People can write into it, so it may be anything. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function writeKept({ reminders, user, held, creditHold }: Kept): string {
  // In words, because people are to see this one.
  const pairs = [['credithold', creditHold], ['sr', reminders], ['ru', user], ['h', held.length > 0 ? held.join(',') : undefined]] as const; // prettier-ignore
  return pairs
    .map(([name, value]) =>
      value === undefined ? '' : ` ${name}=${encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%2F', '/')}`,
    )
    .join('');
}

/**
 * The comment with at most `room` characters of ours, fences included. Null when not even the newest entry's marker fits beside what has to
 * be remembered: losing that would mean not to give back what was taken. A claim, and what is said of its undoing, is written whole or not
 * at all.
 */
export function writeSection({ before, after, kept, entries }: Section, room: number): string | null {
  const head = `[Tegoed${writeKept(kept)}]`;
  const fence = head.length + '[/Tegoed]'.length + 2;
  let inner = '';
  for (const entry of entries) {
    const joined = inner === '' ? entry : `${inner} | ${entry}`;
    if (fence + joined.length <= room) inner = joined;
    else if (inner === '' && !CLAIM.test(entry) && !UNDOING.test(entry)) inner = clip(entry, room - fence);
    else break;
  }
  if (entries.length > 0 && inner.length < MARKER_LENGTH) return null;
  const section = entries.length === 0 && head === '[Tegoed]' ? '' : `${head} ${inner}${inner === '' ? '' : ' '}[/Tegoed]`;
  return [before, section, after].filter((part) => part !== '').join(' ');
}

/** What people wrote, with the blanks between it and ours. */
export const peopleLength = ({ before, after }: Section): number =>
  [before, after].reduce((length, part) => length + (part === '' ? 0 : part.length + 1), 0);

const MARKER_LENGTH = 10;
const clip = (text: string, length: number): string => (text.length > length ? `${text.slice(0, Math.max(0, length - 1))}…` : text);

/** An entry in one line; what would break the fence is replaced. */
export function entryOf(marker: string, on: PlainDate, ...words: readonly (string | null)[]): string {
  if (!/^[A-Z0-9]{10}$/.test(marker)) throw new Error(`not a marker: ${marker}`);
  const text = words
    .filter((word) => word !== null && word !== '')
    .join(' ')
    .replace(/[[\]|]/g, '/')
    .replace(/\s+/g, ' ')
    .trim();
  return `${marker} ${on} ${text}`.trim();
}

export const withEntry = (section: Section, entry: string): Section => ({ ...section, entries: [entry, ...section.entries] });

export const withoutMarker = (section: Section, marker: string): Section => ({
  ...section,
  entries: section.entries.filter((entry) => !entry.startsWith(marker)),
});

export const hasMarker = ({ entries }: Section, marker: string): boolean => entries.some((entry) => entry.startsWith(marker));

/** Which receipt a payment of ours was matched with: written before the match, so that a match without an answer is known for ours. */
export interface MatchClaim {
  readonly marker: string;
  readonly item: string;
  readonly receipt: string;
  /** Decimal, positive. */
  readonly amount: string;
}

const CLAIM = /^([A-Z0-9]{10}) \S+ (\S+) = (\S+) (\d+(?:\.\d+)?)$/;

export const claimEntry = (marker: string, on: PlainDate, item: string, receipt: string, amount: Minor, currency: string): string =>
  entryOf(marker, on, item, '=', receipt, formatAmount(amount, currency));

/** The claims in a section, oldest first: the order their matches were made in. */
export function claimsOf({ entries }: Section): readonly MatchClaim[] {
  return entries
    .flatMap((entry) => {
      const [, marker, item, receipt, amount] = CLAIM.exec(entry) ?? [];
      return marker && item && receipt && amount ? [{ marker, item, receipt, amount }] : [];
    })
    .reverse();
}

/** A match of ours that is being undone: written before it is, so that after a crash nobody undoes another one in its place. */
export interface Undoing {
  readonly item: string;
  readonly receipt: string;
  /** Of the match among those of its customer (§6.3). */
  readonly number: string;
}

const UNDOING = /^([A-Z0-9]{10}) \S+ (\S+) x (\S+) \d+(?:\.\d+)? #(\d+)$/;

export const undoingEntry = (marker: string, on: PlainDate, { item, receipt, number }: Undoing, amount: Minor, currency: string): string =>
  entryOf(marker, on, item, 'x', receipt, formatAmount(amount, currency), `#${number}`);

/** What the entry of that marker undoes; null when it is none of that kind, or not there. */
export function undoingOf({ entries }: Section, marker: string): Undoing | null {
  const [, , item, receipt, number] = UNDOING.exec(entries.find((entry) => entry.startsWith(marker)) ?? '') ?? [];
  return item && receipt && number ? { item, receipt, number } : null;
}
