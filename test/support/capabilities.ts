import { PUSH_KINDS } from '../../src/adapters/accounting-package.port.js';
import type { Capabilities } from '../../src/writeback/possible-pushes.js';

/** Of a package that has a place for everything. */
export const ALL_POSSIBLE = Object.fromEntries(PUSH_KINDS.map((kind) => [kind, 'native'])) as Capabilities;
