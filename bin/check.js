#!/usr/bin/env node
/**
 * `npm run check`: format, lint, types and unused code, side by side, since each keeps one core busy. Every one of them runs to its end and
 * shows what it said; the status is 1 when one of them failed.
 */
import { exec } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const checks = ['check:lint', 'check:types', 'check:format', 'check:unused'];

const run = (name) =>
  new Promise((resolve) => {
    exec(`npm run --silent ${name}`, { cwd, maxBuffer: 64 * 1024 ** 2 }, (error, stdout, stderr) => {
      if (error) process.stdout.write(`== ${name} failed\n`);
      process.stdout.write(stdout);
      process.stderr.write(stderr);
      resolve(error === null);
    });
  });

process.exitCode = (await Promise.all(checks.map(run))).every(Boolean) ? 0 : 1;
