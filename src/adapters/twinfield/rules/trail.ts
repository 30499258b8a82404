import { TWINFIELD } from '../vendor.js';
import { refOf } from './refs.js';

/** One match or un-match in the audit trail (§6.6). What kinds there are is not published: any counts. */
interface TrailEvent {
  readonly sequence: number;
  readonly userCode: string | null;
  readonly type: string | null;
  readonly at: string | null;
  /** Refs of the lines it is about. */
  readonly lines: readonly string[];
}

export interface TrailPage {
  readonly events: readonly TrailEvent[];
  /** Where to go on. */
  readonly next: number;
}

/** Reads a page; null when it is none. `from`: what was asked for. */
export function trailPageIn(body: unknown, from: number): TrailPage | null {
  if (!isRecord(body) || !Array.isArray(body['events'])) return null;
  const events = body['events'].filter(isRecord).flatMap((event): TrailEvent[] => {
    const { sequence, userCode, eventType, eventTimestamp } = event;
    if (!isSequence(sequence)) return [];
    return [{ sequence, userCode: text(userCode), type: text(eventType), at: text(eventTimestamp), lines: linesIn(event) }];
  });
  const last = events.at(-1)?.sequence;
  const told = body['nextSequenceNumber'];
  return { events, next: isSequence(told) ? told : last === undefined ? from : last + 1 };
}

const linesIn = ({ transactionLines }: Readonly<Record<string, unknown>>): string[] =>
  (Array.isArray(transactionLines) ? transactionLines : []).filter(isRecord).flatMap((line) => {
    const [code, number, id] = [line['transactionTypeCode'], line['transactionNumber'], line['transactionLineId']].map(name);
    return code && number && id ? [refOf({ code, number, line: id })] : [];
  });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isSequence = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
/** A number of a transaction may come as a text or as a number. */
const name = (value: unknown): string => (typeof value === 'string' ? value : isSequence(value) ? String(value) : '');
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Where the end of the trail is known to be: events before `low` are all older, and there is none from `high` on (null: not known yet). */
export interface TrailSearch {
  readonly low: number;
  readonly high: number | null;
  readonly step: number;
}

export const searchFrom = (from: number): TrailSearch => ({ low: from, high: null, step: TWINFIELD.trailLimit });

/** Where to look next, in ever bigger steps and then halfway; null: what is left fits one page. */
export function probeOf({ low, high, step }: TrailSearch): number | null {
  if (high === null) return low + step;
  return high - low <= TWINFIELD.trailLimit ? null : low + Math.floor((high - low) / 2);
}

/** What is known after a look at `probe`: the first event from there on, or none. */
export const learned = ({ low, high, step }: TrailSearch, probe: number, found: number | null): TrailSearch =>
  found === null ? { low, high: probe, step } : { low: found + 1, high, step: step * 4 };

/** Whether a page tells of work of others; a full one may, behind our own. */
export const isNews = ({ events }: TrailPage, ownUser: string | null): boolean =>
  events.length >= TWINFIELD.trailLimit || events.some(({ userCode }) => userCode === null || userCode !== ownUser);
