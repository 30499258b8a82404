import { readFileSync, readdirSync } from 'node:fs';
import { projectRoot } from '../platform/config/config-files.js';

/**
 * The files of a folder of the console with one of these endings, by name; read once, at start. Views and styles are no TypeScript, so the
 * build leaves them in src/: there they are found from dist/ too.
 */
export function readSources(folder: 'views' | 'assets', endings: readonly string[]): ReadonlyMap<string, string> {
  const path = `${projectRoot}src/console/${folder}`;
  const names = readdirSync(path).filter((name) => endings.some((ending) => name.endsWith(ending)));
  return new Map(names.map((name) => [name, readFileSync(`${path}/${name}`, 'utf8')]));
}
