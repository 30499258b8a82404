import type { Result } from '../../kernel/result.js';
import { PackageError } from '../accounting-package.port.js';

/** A record nobody can read stops the pull: leaving it out would make the ledger differ from the package without a word. */
export function readable<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new PackageError('refused', `Twinfield sent what cannot be read: ${result.error.message}`);
}
