import { PackageError } from '../accounting-package.port.js';
import type { Definition } from './rules/browse.js';
import { TWINFIELD } from './vendor.js';
import type { OfficeApi } from './twinfield.api.js';

export interface Lists {
  readonly list: Definition;
  /** Null: the office has no second one. */
  readonly control: Definition | null;
}

/** Finds the best list of open items the office has, and another one to hold it against (§6.2). Throws `no-right` when there is none. */
export async function findLists(api: OfficeApi): Promise<Lists> {
  for (const code of TWINFIELD.browseCodes) {
    const list = await api.definition(code);
    if (list === null) continue;
    const control = code === TWINFIELD.controlCode ? null : await api.definition(TWINFIELD.controlCode);
    return { list, control };
  }
  throw new PackageError('no-right', `none of the lists ${TWINFIELD.browseCodes.join(', ')} can be read here: open items cannot be pulled`);
}
