#!/usr/bin/env node
/**
 * `npm run soak -- CASES [test paths…]` runs the suites with CASES cases per property on a seed of this moment, and prints the seed;
 * TEGOED_PROPERTY_SEED repeats one. A property that names its own number of cases keeps it. `npm test` stays on one fixed seed.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [cases = '1000', ...paths] = process.argv.slice(2);
if (!/^[1-9]\d{0,6}$/.test(cases)) {
  process.stderr.write(`soak: the first argument is the number of cases per property, not "${cases}"\n`);
  process.exit(64);
}
const seed = process.env.TEGOED_PROPERTY_SEED ?? String(Date.now() % 2 ** 31);
process.stdout.write(`soak: ${cases} cases per property, TEGOED_PROPERTY_SEED=${seed}\n`);
const { status } = spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', ...paths], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  stdio: 'inherit',
  env: { ...process.env, TEGOED_PROPERTY_SEED: seed, TEGOED_PROPERTY_RUNS: cases },
});
process.exit(status ?? 1);
