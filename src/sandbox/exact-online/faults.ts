import type { Answer } from '../wire/answer.js';
import { type Fault, type FaultRequest, Faults } from '../wire/faults.js';
import { errorBody } from './answers.js';
import { EXACT_LIMITS, headers } from './rules/limits.js';

/**
 * What can be made to go wrong on the next requests:
 * - `rate-limited`, `rate-limited-day`: 429 with the headers of that limit only
 * - `crash`: 500 with the vendor's text for a crash, nothing done; `crash-after`: the same after it was done
 * - `maintenance`: a page of the site instead of JSON, 503; `maintenance-200`: the same with status 200
 * - `unauthorized`: 401 as if the access token had run out
 * - `hang`, `drop`: never answered, connection closed; nothing done. `hang-after`, `drop-after`: the same after it was done
 * - `slow`: answers after `delayMs`
 */
export type ExactFault =
  | 'rate-limited'
  | 'rate-limited-day'
  | 'crash'
  | 'crash-after'
  | 'maintenance'
  | 'maintenance-200'
  | 'unauthorized'
  | 'hang'
  | 'hang-after'
  | 'drop'
  | 'drop-after'
  | 'slow';

export class ExactFaults extends Faults<ExactFault> {}

/** A write to the books: what a `match` is mostly asked for. Asking for a token is none. */
export const isWrite = ({ method, path }: FaultRequest): boolean => method !== 'GET' && path.startsWith('/api/v1/');

/** Kinds that leave the request undone. */
const INSTEAD: readonly ExactFault[] = [
  'rate-limited',
  'rate-limited-day',
  'crash',
  'maintenance',
  'maintenance-200',
  'unauthorized',
  'hang',
  'drop',
];
export const isUndone = (fault: Fault<ExactFault> | null): boolean => fault !== null && INSTEAD.includes(fault.kind);
export const isSilent = (fault: Fault<ExactFault> | null): boolean =>
  fault !== null && ['hang', 'hang-after', 'drop', 'drop-after'].includes(fault.kind);

const PAGE = '<!DOCTYPE html><html><head><title>Exact Online</title></head><body><h1>Onderhoud</h1><p>Maintenance</p></body></html>';
const CRASH = 'A problem has occurred. The cause of this issue will be investigated as soon as possible.';

/** What a fault sends instead of the answer; null when the answer goes out (or nothing does). */
export function faultAnswer(kind: ExactFault, now: number): Answer | null {
  switch (kind) {
    case 'rate-limited':
      return limited(headers('X-RateLimit-Minutely', EXACT_LIMITS.perMinute, EXACT_LIMITS.perMinute, next(now, 60_000)));
    case 'rate-limited-day':
      return limited(headers('X-RateLimit', EXACT_LIMITS.perDay, EXACT_LIMITS.perDay, next(now, 86_400_000)));
    case 'crash':
    case 'crash-after':
      return { status: 500, body: errorBody(CRASH) };
    case 'maintenance':
      return { status: 503, contentType: 'text/html', body: PAGE };
    case 'maintenance-200':
      return { status: 200, contentType: 'text/html', body: PAGE };
    case 'unauthorized':
      return { status: 401 };
    default:
      return null;
  }
}

const limited = (left: Readonly<Record<string, string>>): Answer => ({ status: 429, headers: left });
const next = (now: number, every: number): number => (Math.floor(now / every) + 1) * every;
