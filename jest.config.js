import { fileURLToPath } from 'node:url';

// What processes of the tests have compiled once is kept for the next ones: it takes a third off the start of the service.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('.cache/node', import.meta.url));

/** One Jest for all sizes of test; the folder tells the size (see README, "Tests"). */
export default {
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  // Modules are loaded by Node itself, once per process and not once per suite: see test/support/jest/runtime.js.
  runtime: '<rootDir>/test/support/jest/runtime.js',
  testEnvironment: '<rootDir>/test/support/jest/environment.js',
  testSequencer: '<rootDir>/test/support/jest/sequencer.js',
  transform: {},
  injectGlobals: false,
  setupFiles: ['<rootDir>/test/support/property-seed.js'],
  reporters: ['default', '<rootDir>/test/support/totals-reporter.js'],
  cacheDirectory: '<rootDir>/.cache/jest',
  maxWorkers: 2,
  // For what hangs, not for what is slow: the nights of a package take half a minute on two free cores, many on busy ones.
  testTimeout: 900_000,
};
