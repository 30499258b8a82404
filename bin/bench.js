#!/usr/bin/env node
/**
 * `npm run bench -- NAME [arguments]` runs test/benchmarks/NAME.bench.ts. TypeScript is compiled on the way in, by the compiler
 * and the settings (.swcrc) the build uses, so what is measured is what is shipped and no dist/ is needed.
 */
import { existsSync, readdirSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformFileSync } from '@swc/core';

registerHooks({
  resolve(specifier, context, next) {
    const source = /^\.{1,2}\/.*\.js$/.test(specifier) ? new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL) : null;
    return source !== null && existsSync(source) ? { url: source.href, shortCircuit: true } : next(specifier, context);
  },
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
    return { format: 'module', source: transformFileSync(fileURLToPath(url)).code, shortCircuit: true };
  },
});

const [name = '', ...args] = process.argv.slice(2);
const folder = new URL('../test/benchmarks/', import.meta.url);
const known = readdirSync(folder).flatMap((file) => (file.endsWith('.bench.ts') ? [file.slice(0, -'.bench.ts'.length)] : []));
if (!known.includes(name)) {
  process.stderr.write(`bench: name one of ${known.join(', ')}\n`);
  process.exit(64);
}
const { default: run } = await import(new URL(`${name}.bench.ts`, folder).href);
await run(args);
