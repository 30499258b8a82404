import { PackageError } from '../../accounting-package.port.js';
import { FAULTS } from '../vendor.js';
import { type SoapFault, bodyIn } from './envelope.js';
import { type Judgement, wordsOf } from './result.js';

/** What an answer that is no success is about: decides what the client tries before it gives up. */
export type Trouble = 'token' | 'cluster' | 'final' | 'passing';

/** The fault in an answer's body; null when it holds none. */
export function faultIn(body: string): SoapFault | null {
  const read = bodyIn(body);
  return read.ok && 'fault' in read.value ? read.value.fault : null;
}

const isOf = (codes: readonly string[], code: string | null): boolean => code !== null && codes.includes(code);

/**
 * Sorts an answer that is no success (§3.2): by its numeric code where it has one, for the texts are localized, else by its status. A 500
 * may be an outage or our own mistake, and only the code tells.
 */
export function troubleOf(status: number, fault: SoapFault | null): Trouble {
  const code = fault?.code ?? null;
  if (isOf(FAULTS.token, code) || (code === null && status === 401)) return 'token';
  if (isOf(FAULTS.cluster, code)) return 'cluster';
  const isPassing = status >= 500 || status === 408 || status === 429;
  return isOf([...FAULTS.final, ...FAULTS.consent, ...FAULTS.right], code) || !isPassing ? 'final' : 'passing';
}

/** What an answer that is no success means for the caller. `what`: the operation, for messages. */
export function failureOf(status: number, fault: SoapFault | null, what: string): PackageError {
  const code = fault?.code ?? null;
  const said = `Twinfield answered ${status} for ${what}${fault ? `: ${fault.words.slice(0, 300)}${code ? ` (${code})` : ''}` : ''}`;
  if (isOf([...FAULTS.token, ...FAULTS.consent], code) || (code === null && status === 401)) return new PackageError('consent-lost', said);
  if (isOf(FAULTS.right, code)) return new PackageError('no-right', said);
  if (code === null && status === 403) return new PackageError('no-right', `${said}: a right of the user or a scope is missing`);
  if (troubleOf(status, fault) === 'final') return new PackageError('refused', said);
  return new PackageError('unavailable', fault ? said : `${said} (outage or maintenance)`);
}

/** The package refuses an object, in its own words. */
export const refusalOf = (what: string, judgement: Judgement): PackageError =>
  new PackageError('refused', `Twinfield refuses ${what}: ${wordsOf(judgement) || 'without a word'}`);
