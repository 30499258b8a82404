#!/usr/bin/env node
/**
 * Starts the command line of dist/. The Node that runs npm may be older than the one this project is made for:
 * then the same command is handed to the Node of the `node` package in node_modules.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const own = `${root}node_modules/node/bin/node`;
const tooOld = Number(process.versions.node.split('.')[0]) < 24;

if (!existsSync(`${root}dist/cli.js`)) {
  process.stderr.write('tegoed: dist/ is missing; run "npm ci" (or "npm run build") in the project first.\n');
  process.exit(1);
}
if (tooOld && existsSync(own)) {
  const { status, signal } = spawnSync(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  if (signal) process.kill(process.pid, signal);
  process.exit(status ?? 1);
}
// Saves a second of compiling at every start but the first (docs/benchmarks.md); where it cannot be written it is left out.
module.enableCompileCache();
await import('../dist/cli.js');
