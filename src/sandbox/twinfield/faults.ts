import type { Answer } from '../wire/answer.js';
import { type Fault, type FaultRequest, Faults } from '../wire/faults.js';
import { type SoapFault, soapFault } from './soap.js';

/**
 * What can be made to go wrong on the next requests. The path a `match` sees ends in what is asked for: `…/processxml.asmx#dimensions`,
 * `…/matching.asmx#UndoMatch`, and its `query` is none.
 * - `rate-limited`: 429 with `Retry-After`
 * - `crash`: 500 with SOAP fault 100, nothing done; `crash-after`: the same after it was done
 * - `maintenance`: a page of the site instead of XML, 503; `maintenance-200`: the same with status 200
 * - `unauthorized`: 401, fault 354, as if the access token had run out; `forbidden`: 403, fault 102
 * - `validation-down`: 500, fault 358; `wrong-cluster`: 500, fault 108
 * - `hang`, `drop`: never answered, connection closed; nothing done. `hang-after`, `drop-after`: the same after it was done
 * - `drop-halfway`: of a batch the first half is done, then the connection is closed
 * - `slow`: answers after `delayMs`
 */
export type TwinfieldFault =
  | 'rate-limited'
  | 'crash'
  | 'crash-after'
  | 'maintenance'
  | 'maintenance-200'
  | 'unauthorized'
  | 'forbidden'
  | 'validation-down'
  | 'wrong-cluster'
  | 'hang'
  | 'hang-after'
  | 'drop'
  | 'drop-after'
  | 'drop-halfway'
  | 'slow';

export class TwinfieldFaults extends Faults<TwinfieldFault> {}

const WRITES = /#(dimensions?|transactions?|match|statements?|UndoMatch)$/;
/** A write to the books: what a `match` is mostly asked for. */
export const isWrite = ({ path }: Pick<FaultRequest, 'path'>): boolean => WRITES.test(path);

const DONE: readonly TwinfieldFault[] = ['crash-after', 'hang-after', 'drop-after', 'drop-halfway', 'slow'];
const SILENT: readonly TwinfieldFault[] = ['hang', 'hang-after', 'drop', 'drop-after', 'drop-halfway'];
const CLOSED: readonly TwinfieldFault[] = ['drop', 'drop-after', 'drop-halfway'];

/** Whether the request is left undone. */
export const isUndone = (fault: Fault<TwinfieldFault> | null): boolean => fault !== null && !DONE.includes(fault.kind);
export const isSilent = (fault: Fault<TwinfieldFault> | null): boolean => fault !== null && SILENT.includes(fault.kind);
export const closesConnection = (fault: Fault<TwinfieldFault> | null): boolean => fault !== null && CLOSED.includes(fault.kind);

const PAGE = '<!DOCTYPE html><html><head><title>Twinfield</title></head><body><h1>Onderhoud</h1><p>Maintenance</p></body></html>';
const FAULTS: Readonly<Partial<Record<TwinfieldFault, SoapFault>>> = {
  crash: 'unexpected',
  'crash-after': 'unexpected',
  unauthorized: 'tokenInvalid',
  forbidden: 'accessDenied',
  'validation-down': 'validationUnavailable',
  'wrong-cluster': 'invalidCluster',
};

/** What a fault sends instead of the answer; null when the answer goes out (or nothing does). */
export function faultAnswer(kind: TwinfieldFault, place: { readonly actor: string; readonly source: string }): Answer | null {
  const fault = FAULTS[kind];
  if (fault !== undefined) return soapFault(fault, place);
  if (kind === 'rate-limited') return { status: 429, headers: { 'Retry-After': '60' } };
  if (kind === 'maintenance') return { status: 503, contentType: 'text/html', body: PAGE };
  if (kind === 'maintenance-200') return { status: 200, contentType: 'text/html', body: PAGE };
  return null;
}
