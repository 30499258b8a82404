/**
 * Loads suites with Node's own module loader instead of Jest's: Nest, TypeORM and the service are read once in a test process, as in
 * production, and not once per suite into a context of its own. That was half of the time of `npm test` (docs/benchmarks.md).
 * Everything else is Jest's: what runs the tests, counts them, ends them at their time limit and tells what failed.
 */
import { createRequire, flushCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import { runsNow } from './globals.js';
import { sourceMaps } from './sources.js';

let suites = 0;

export default class NativeRuntime {
  #ownOfSuite = [];

  unstable_shouldLoadAsEsm() {
    return true;
  }

  /** A suite or a setup file: never from the cache, in watch mode it comes again. */
  async unstable_importModule(path) {
    suites += 1;
    await import(`${pathToFileURL(path)}?suite=${suites}`);
  }

  /** Jest's own runner of tests; fresh for every suite, so that it starts with nothing of the former. */
  requireInternalModule(path) {
    const require = createRequire(path);
    delete require.cache[path];
    const before = new Set(Reflect.ownKeys(globalThis));
    const module = require(path);
    this.#ownOfSuite = Reflect.ownKeys(globalThis).filter((key) => !before.has(key));
    return module;
  }

  requireModule(path) {
    return createRequire(path)(path);
  }

  setGlobalsForRuntime(functions) {
    runsNow(functions);
  }

  /** Jest's own runtime guards with these against imports after the end of a test; Node's loader needs no guard. */
  enterTestCode() {}

  leaveTestCode() {}

  getSourceMaps() {
    return sourceMaps;
  }

  getAllCoverageInfoCopy() {
    return undefined;
  }

  teardown() {
    for (const key of this.#ownOfSuite) Reflect.deleteProperty(globalThis, key);
    // Now, for at its end a process has half a second before Jest calls it stuck and ends it.
    flushCompileCache();
  }
}
