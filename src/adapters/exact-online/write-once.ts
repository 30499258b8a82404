import { PackageError } from '../accounting-package.port.js';
import { WRITES, type WriteOnceOptions, writingOnce } from '../write-once.js';
import type { DivisionApi } from './exact-online.api.js';
import { type VendorRecord, guidOf } from './rules/record.js';
import { entitiesIn } from './rules/shape.js';

/** Whatever is created answers with its id; an answer without one may be of anything. */
export const writeOnce = writingOnce((body) => guidOf(entitiesIn(body)[0]?.['ID']));

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
