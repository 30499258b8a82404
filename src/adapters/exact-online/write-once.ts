import type { Sleep } from '../../platform/outgoing/sleep.js';
import { PackageError } from '../accounting-package.port.js';
import type { DivisionApi } from './exact-online.api.js';
import type { WriteOutcome } from './exact-online.client.js';
import { type VendorRecord, guidOf } from './rules/record.js';
import { entitiesIn } from './rules/shape.js';

export interface WriteOnceOptions {
  readonly sleep: Sleep;
  readonly signal?: AbortSignal;
  /** Before a write is read back: it may still be on its way inside the package. */
  readonly settleMs: number;
}

/** How often something is written at most, each time after the former was proven absent. */
const WRITES = 2;

/**
 * Writes once, although the package has no idempotency keys. When the result is unknown, `find` looks whether it is there: it gives the
 * id of what was written (`''` when that has none), or null when it is not there. Only what is proven absent is written again. Gives
 * the id. Errors: those of the write; `uncertain` when it cannot be read back; `unavailable` when it is still absent after the last try.
 */
export async function writeOnce(
  what: string,
  write: () => Promise<WriteOutcome>,
  find: () => Promise<string | null>,
  { sleep, signal, settleMs }: WriteOnceOptions,
): Promise<string | null> {
  let why = '';
  for (let attempt = 1; attempt <= WRITES; attempt++) {
    const outcome = await write();
    const id = outcome.applied === 'yes' ? guidOf(entitiesIn(outcome.body)[0]?.['ID']) : null;
    if (id !== null) return id;
    why = outcome.applied === 'yes' ? 'the answer names no id' : outcome.why;
    let found: string | null;
    try {
      if (outcome.applied === 'unknown') await sleep(settleMs, signal);
      found = await find();
    } catch (cause) {
      throw new PackageError('uncertain', `the ${what} may have been written (${why}), and reading back failed`, null, { cause });
    }
    if (found !== null) return found || null;
    if (outcome.applied === 'yes') break;
  }
  throw new PackageError('unavailable', `the ${what} was not written: ${why}`);
}

/**
 * Brings fields of an account to what they are to be: read, change, read again (§5.2), because a change can be dropped without a word.
 * Changing twice does no harm. `missing`: what of the wanted an account as read does not have. Errors: those of the client; `refused` when
 * the package does not take it over; `uncertain` when it cannot be read back; `unavailable` when it did not get through.
 */
export async function bringAccountTo(
  api: DivisionApi,
  account: string,
  wanted: VendorRecord,
  missing: (stored: VendorRecord) => VendorRecord,
  { sleep, signal, settleMs }: WriteOnceOptions,
): Promise<void> {
  const fields = Object.keys(wanted);
  const left = async (): Promise<VendorRecord> => missing((await api.get('crm/Accounts', account, ['ID', ...fields])) ?? {});
  let toChange = fields.length === 0 ? {} : await left();
  for (let attempt = 1; Object.keys(toChange).length > 0; attempt++) {
    const outcome = await api.change('crm/Accounts', account, toChange);
    try {
      if (outcome.applied === 'unknown') await sleep(settleMs, signal);
      toChange = await left();
    } catch (cause) {
      throw new PackageError('uncertain', `${fields.join(', ')} of the account may have been changed, and reading back failed`, null, {
        cause,
      });
    }
    if (Object.keys(toChange).length === 0) return;
    const names = Object.keys(toChange).join(' and ');
    if (outcome.applied === 'yes') throw new PackageError('refused', `Exact Online did not take over ${names} of the account`);
    if (attempt >= WRITES) throw new PackageError('unavailable', `${names} of the account was not changed: ${outcome.why}`);
  }
}
