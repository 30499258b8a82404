import { isDeepStrictEqual } from 'node:util';
import { PackageError } from '../../../src/adapters/accounting-package.port.js';
import type { Send } from '../../../src/platform/outgoing/http.js';
import type { RequestLog } from '../../../src/sandbox/wire/request-log.js';
import type { Random } from '../../../src/sandbox/random.js';

/** A process of ours that ends in the middle of something: what it had not stored is lost, what it had sent is not. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** Everything that went wrong by plan, by kind; the figures a long run prints. */
export class Tally {
  private readonly counts = new Map<string, number>();

  add(kind: string, times = 1): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + times);
  }

  /** Takes the faults of a simulator's log over and empties it: it keeps ten thousand requests and a year has more. */
  takeOver(log: RequestLog): void {
    if (log.count() > log.requests.length) throw new Error('the log of the night was too long to be looked through');
    this.add('requests', log.count());
    for (const { fault } of log.requests) if (fault !== null) this.add(fault);
    log.clear();
  }

  of(kind: string): number {
    return this.counts.get(kind) ?? 0;
  }

  toString(): string {
    return [...this.counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', ');
  }
}

/** Ends our process now and then right after a request went out, so that its answer is never heard. */
export const dying =
  (send: Send, dies: (request: Parameters<Send>[0]) => boolean): Send =>
  async (request, signal) => {
    const outcome = await send(request, signal);
    if (dies(request)) throw new Crash(`ended after ${request.url}`);
    return outcome;
  };

/**
 * Some answers do not come in time, and nobody knows whether what was asked was done. It is the vendor's time that passes: an earnest wait
 * would be too short on a busy machine and too long for a year.
 */
export const hanging =
  (send: Send, sleep: (milliseconds: number) => Promise<void>, hangs: (request: Parameters<Send>[0]) => 'undone' | 'done' | null): Send =>
  async (request, signal) => {
    const how = hangs(request);
    if (how !== 'undone') {
      const outcome = await send(request, signal);
      if (how === null) return outcome;
    }
    await sleep(HANG_MS);
    return { kind: 'no-answer', reached: 'maybe', reason: `no answer within ${HANG_MS} ms` };
  };

const HANG_MS = 30_000;

export interface Persistence {
  /** Moments are the vendor's. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** A new process takes the work up. */
  readonly restart: () => void;
  /** A person opens the connection again. */
  readonly consentAgain: () => void;
  readonly tally: Tally;
}

const PASSING: readonly PackageError['kind'][] = ['unavailable', 'rate-limited', 'uncertain', 'consent-lost'];
const TRIES = 60;
const FIRST_WAIT_MS = 61_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** Until it is through: what failed for the moment is tried again later and later, as the house's queue does. */
export async function until<T>(work: () => Promise<T>, { now, sleep, restart, consentAgain, tally }: Persistence): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof Crash) {
        tally.add('our process ended');
        restart();
        continue;
      }
      if (!(cause instanceof PackageError) || !PASSING.includes(cause.kind) || attempt === TRIES) throw cause;
      tally.add(`tried again: ${cause.kind}`);
      if (cause.kind === 'consent-lost') consentAgain();
      const wait = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS);
      await sleep(Math.max((cause.retryAt?.getTime() ?? 0) - now(), wait));
    }
  }
}

/** Nobody starves: how long each has been without a pull that came to its end. */
export class Turns {
  private readonly last = new Map<string, number>();
  longestMs = 0;

  done(who: string, at: number): void {
    this.longestMs = Math.max(this.longestMs, at - (this.last.get(who) ?? at));
    this.last.set(who, at);
  }

  /** Who was not through since the moment. */
  since(at: number, all: readonly string[]): string[] {
    return all.filter((who) => (this.last.get(who) ?? -Infinity) < at);
  }
}

/** Throws, naming what differs, unless both lists of records are the same, by ref. Records are compared as they are. */
export function assertSame(where: string, ours: ReadonlyMap<string, unknown>, theirs: ReadonlyMap<string, unknown>): void {
  for (const ref of new Set([...ours.keys(), ...theirs.keys()])) {
    const [own, true_] = [ours.get(ref), theirs.get(ref)];
    if (own === true_ || isDeepStrictEqual(own, true_)) continue;
    throw new Error(`${where}, ${ref}: the ledger has\n${JSON.stringify(own)}\nand the package\n${JSON.stringify(true_)}`);
  }
}

/** Throws when a text names somebody other than `own`. `names` finds everybody's. */
export function assertOwn(where: string, text: string, names: RegExp, own: string): void {
  for (const [found] of text.matchAll(names)) {
    if (found !== own) throw new Error(`${where}: something of ${found} is with ${own}: ${text.slice(0, 400)}`);
  }
}

/** Tells those who wait for a long run how far it is. */
export function report(isLong: boolean, text: string): void {
  if (isLong) process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
}

/** With the chance given, and counted. */
export function happens(tally: Tally, random: Random, chance: number, kind: string): boolean {
  if (!random.chance(chance)) return false;
  tally.add(kind);
  return true;
}
