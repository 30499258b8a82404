import { type Fault as PlannedFault, type FaultRequest, Faults as PlannedFaults } from '../wire/faults.js';

/**
 * What can be made to go wrong on the next requests:
 * - `rate-limited`: 429 with the usual headers; `rate-limited-html`: a page of the proxy, without headers
 * - `server-error`, `unavailable`: 500, 503, nothing done
 * - `hang`: never answers, nothing done; `hang-after`: done, never answers
 * - `drop`: connection closed, nothing done; `drop-after`: done, connection closed before the answer
 * - `slow`: answers after `delayMs`
 */
export type FaultKind =
  'rate-limited' | 'rate-limited-html' | 'server-error' | 'unavailable' | 'hang' | 'hang-after' | 'drop' | 'drop-after' | 'slow';

export type Fault = PlannedFault<FaultKind>;
export class Faults extends PlannedFaults<FaultKind> {}

/** A write: what a `match` is mostly asked for. The synchronization POST is a read. */
export const isWrite = ({ method, path }: FaultRequest): boolean => method !== 'GET' && !/\/synchronization(\.json)?$/.test(path);
