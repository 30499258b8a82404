import { type Result, ok } from '../../../kernel/result.js';
import type { Digests } from '../digests.js';
import { canonicalJson } from './canonical.js';

/** Whose log it is: an entry cannot be moved into the log of somebody else. */
export interface LogOwner {
  readonly administration: string;
  readonly debtor: string;
}

/** What happened, as the dossier keeps it. */
export interface LogFact {
  /** UTC timestamp `…Z`. */
  readonly at: string;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * One entry of a log. The hash is made over the hash of the body, so that an entry whose body is not for others can be shown without it
 * (`body: null`) and the chain still closes.
 */
export interface LogEntry {
  /** 1 for the first. */
  readonly number: number;
  readonly at: string;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>> | null;
  /** SHA-256 of the canonical form of the body. */
  readonly bodySha256: string;
  /** SHA-256 of the entry, see {@link hashOf}. */
  readonly hash: string;
}

/** What a log ends with: everything before is fixed by it. */
export interface LogHead {
  readonly number: number;
  readonly hash: string;
}

/** What the first entry follows. */
export const LOG_START: LogHead = { number: 0, hash: '0'.repeat(64) };

/** Name of the frozen form in {@link hashOf}; written into what is exported. */
export const LOG_FORM = 'tegoed.log/1';

/**
 * The hash of an entry over the one before it. FROZEN: what was handed to others is verified with it. A field more is another form
 * (`tegoed.log/2`), beside this one.
 */
function hashOf(
  owner: LogOwner,
  previous: string,
  { number, at, kind, bodySha256 }: Pick<LogEntry, 'number' | 'at' | 'kind' | 'bodySha256'>,
  { sha256 }: Digests,
): string {
  const { administration, debtor } = owner;
  return sha256(JSON.stringify([LOG_FORM, administration, debtor, number, at, kind, bodySha256, previous]));
}

/** Appends facts to a log that ends with `head`. Refuses a body that is no JSON (`not-canonical`). */
export function append(owner: LogOwner, head: LogHead, facts: readonly LogFact[], digests: Digests): Result<LogEntry[]> {
  const entries: LogEntry[] = [];
  let { number, hash } = head;
  for (const { at, kind, body } of facts) {
    const canonical = canonicalJson(body);
    if (!canonical.ok) return canonical;
    const bodySha256 = digests.sha256(canonical.value);
    number++;
    hash = hashOf(owner, hash, { number, at, kind, bodySha256 }, digests);
    entries.push({ number, at, kind, body, bodySha256, hash });
  }
  return ok(entries);
}

/** The entry as it is shown to those who are not to see its body. */
export const withheld = (entry: LogEntry): LogEntry => ({ ...entry, body: null });

export const headOf = (entries: readonly LogEntry[]): LogHead => entries.at(-1) ?? LOG_START;

/** Where a log is broken, the first place only: after it nothing can be said. */
export interface LogBreak {
  readonly code: 'entry-missing' | 'entry-out-of-order' | 'body-changed' | 'entry-changed' | 'log-cut-short' | 'log-too-long';
  /** The number of the entry that is missing or wrong. */
  readonly number: number;
  readonly message: string;
}

/** Looks whether a log is whole and unaltered up to its head; null when it is. */
export function firstBreak(owner: LogOwner, entries: readonly LogEntry[], head: LogHead, digests: Digests): LogBreak | null {
  let previous = LOG_START;
  for (const entry of entries) {
    const broken = breakAt(owner, previous, entry, digests);
    if (broken) return broken;
    previous = entry;
  }
  if (previous.number < head.number) {
    const number = previous.number + 1;
    return { code: 'log-cut-short', number, message: `entry ${number} is missing: the log has ${head.number} entries` };
  }
  if (previous.number > head.number) {
    const number = head.number + 1;
    return { code: 'log-too-long', number, message: `entry ${number} is after the end: the log has ${head.number} entries` };
  }
  return previous.hash === head.hash
    ? null
    : { code: 'entry-changed', number: head.number, message: `entry ${head.number} is not the one the log ends with` };
}

function breakAt(owner: LogOwner, previous: LogHead, entry: LogEntry, digests: Digests): LogBreak | null {
  const expected = previous.number + 1;
  if (entry.number > expected) {
    return { code: 'entry-missing', number: expected, message: `entry ${expected} is missing: ${entry.number} follows ${previous.number}` };
  }
  if (entry.number < expected) {
    return { code: 'entry-out-of-order', number: entry.number, message: `entry ${entry.number} stands after ${previous.number}` };
  }
  if (entry.body !== null && !isBodyOf(entry, digests)) {
    return { code: 'body-changed', number: expected, message: `the body of entry ${expected} is not what was logged` };
  }
  if (hashOf(owner, previous.hash, entry, digests) !== entry.hash) {
    return { code: 'entry-changed', number: expected, message: `entry ${expected} or one before it is not what was logged` };
  }
  return null;
}

function isBodyOf({ body, bodySha256 }: LogEntry, { sha256 }: Digests): boolean {
  const canonical = canonicalJson(body);
  return canonical.ok && sha256(canonical.value) === bodySha256;
}
