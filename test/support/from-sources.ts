import { join } from 'node:path';
import { projectRoot } from '../../src/platform/config/config-files.js';

/**
 * What Node is given to run a source file (`test/support/service-process.ts`) as a process of its own: the sources as they are now, not dist/,
 * which may be older than what is tested.
 */
export const fromSources = (source: string, ...args: readonly string[]): string[] => [
  '--import',
  join(projectRoot, 'test/support/jest/sources.js'),
  join(projectRoot, source),
  ...args,
];
