/**
 * A suite runs in the process as it is, not in a context of its own: see ./runtime.js. What a suite changes of the process for all
 * (environment variables, console, exit) is put back after it.
 */
export default class ProcessEnvironment {
  global = globalThis;
  fakeTimers = null;
  fakeTimersModern = null;
  moduleMocker = null;
  #before = { env: { ...process.env }, console: globalThis.console, exit: process.exit, stackTraceLimit: Error.stackTraceLimit };

  async setup() {}

  async teardown() {
    const { env, console, exit, stackTraceLimit } = this.#before;
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    Object.assign(globalThis, { console });
    Object.assign(process, { exit });
    Object.assign(Error, { stackTraceLimit });
  }

  getVmContext() {
    return null;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }
}
