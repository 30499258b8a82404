import { cpSync, globSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { projectRoot } from '../../src/platform/config/config-files.js';

export interface Compiled {
  /** Where the JavaScript of a source file is: `test/support/service-process.ts`. */
  file(source: string): string;
  remove(): void;
}

/**
 * The sources as they are now, as JavaScript that a process of its own can run. Not dist/, which may be older than what is tested.
 * It stands inside the project, where its imports find node_modules, and sees the project's own configuration and cache.
 */
export function compile(...more: readonly string[]): Compiled {
  const root = join(projectRoot, '.cache', `compiled-${process.pid}`);
  rmSync(root, { recursive: true, force: true });
  const files = globSync('src/**/*.*', { cwd: projectRoot }).filter((file) => !file.endsWith('.spec.ts'));
  const sources = files.filter((file) => file.endsWith('.ts'));
  const target = (source: string): string => join(root, source.replace(/\.ts$/, '.js'));
  for (const source of [...sources, ...more]) {
    mkdirSync(dirname(target(source)), { recursive: true });
    writeFileSync(target(source), transformFileSync(join(projectRoot, source), { sourceMaps: false }).code);
  }
  // Pages and styles stand beside the code that serves them.
  for (const file of files.filter((each) => !each.endsWith('.ts'))) cpSync(join(projectRoot, file), join(root, file));
  for (const shared of ['config', '.cache']) symlinkSync(join(projectRoot, shared), join(root, shared));
  cpSync(join(projectRoot, 'package.json'), join(root, 'package.json'));
  return { file: target, remove: () => rmSync(root, { recursive: true, force: true }) };
}
