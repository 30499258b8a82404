/**
 * TypeScript on its way into a test process: compiled by the compiler and the settings (.swcrc) the build uses, and kept in .cache/sources
 * under a name that is the hash of all it depends on. `@jest/globals` gives the functions of the suite that runs (./runtime.js).
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = join(root, '.cache', 'sources');
const require = createRequire(import.meta.url);
const { version } = require('@swc/core/package.json');
const settings = readFileSync(join(root, '.swcrc'), 'utf8');
const globals = new URL('./globals.js', import.meta.url).href;
mkdirSync(folder, { recursive: true });

/** Where the source map of a loaded file is, by its path and by its URL: Jest tells the lines of failures with it. */
export const sourceMaps = new Map();

/** The JavaScript of a source file. */
export function compiled(file) {
  const source = readFileSync(file, 'utf8');
  const name = createHash('sha256').update(`${version}\n${settings}\n${file}\n${source}`).digest('hex').slice(0, 32);
  const target = join(folder, `${name}.js`);
  if (!existsSync(target)) {
    // Only when there is something to compile: it takes a tenth of a second to load.
    const { code, map } = require('@swc/core').transformSync(source, { filename: file, sourceMaps: true });
    write(`${target}.map`, map);
    write(target, code);
  }
  return { code: readFileSync(target, 'utf8'), map: `${target}.map` };
}

/** Two processes may come to the same file at once. */
function write(file, text) {
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

/** With or without `?suite=…` behind it. */
const isTypeScript = (url) => /^file:[^?]*\.ts(\?|$)/.test(url ?? '');

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === '@jest/globals') return { url: globals, format: 'module', shortCircuit: true };
    if (/^\.{1,2}\/.*\.js$/.test(specifier) && isTypeScript(context.parentURL)) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!isTypeScript(url)) return next(url, context);
    const file = fileURLToPath(url);
    const { code, map } = compiled(file);
    sourceMaps.set(url, map).set(file, map);
    return { format: 'module', source: code, shortCircuit: true };
  },
});
