/**
 * Properties run on one fixed seed, so that a run of the suite says something about the change in it and not about the day's luck;
 * `npm run soak -- properties` runs them on fresh seeds and many more cases, and prints the seed of what it finds.
 * TEGOED_PROPERTY_SEED and TEGOED_PROPERTY_RUNS set both by hand. A property with parameters of its own keeps them.
 */
import fc from 'fast-check';

const { TEGOED_PROPERTY_SEED: seed = '20261121', TEGOED_PROPERTY_RUNS: runs } = process.env;

fc.configureGlobal({ seed: Number(seed), ...(runs && { numRuns: Number(runs) }) });
