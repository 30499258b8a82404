/**
 * What `@jest/globals` is in a test process (./sources.js). Modules are loaded once and outlive a suite, each suite has functions of its own:
 * these hand every call on to the suite that runs.
 */
let suite = {};

/** Called at the start of every suite, with its own functions. */
export function runsNow(functions) {
  suite = functions;
}

const ofTheSuite = (name) =>
  new Proxy(function () {}, {
    apply: (_target, _self, given) => suite[name](...given),
    get: (_target, property) => suite[name][property],
  });

export const describe = ofTheSuite('describe');
export const it = ofTheSuite('it');
export const test = ofTheSuite('test');
export const expect = ofTheSuite('expect');
export const beforeAll = ofTheSuite('beforeAll');
export const beforeEach = ofTheSuite('beforeEach');
export const afterAll = ofTheSuite('afterAll');
export const afterEach = ofTheSuite('afterEach');
