import { flushCompileCache } from 'node:module';
import { systemClock } from '../../src/kernel/clock.js';
import { readSettings } from '../../src/platform/config/settings.js';
import { memoryQuotas } from '../../src/platform/outgoing/quota.js';
import { RunningClock } from '../../src/sandbox/running-clock.js';
import { createService } from '../../src/service.js';

/**
 * The service as a process that a test may kill: settings from the environment as always, and `TEGOED_TEST_NOW`, the moment at which its
 * clock starts to run. Waiting for a vendor's limit passes on that clock. Writes `{"url":…}` on a line of stdout once it listens; ends with
 * its parent.
 */
const clock = new RunningClock(systemClock);
clock.set(new Date(process.env['TEGOED_TEST_NOW'] ?? ''));
const sleep = async (milliseconds: number): Promise<void> => clock.set(new Date(clock.now().getTime() + milliseconds));

const service = await createService(readSettings(process.env), {
  clock,
  outgoing: () => ({ quotas: memoryQuotas({ clock, sleep }), sleep }),
});
process.once('disconnect', () => process.exit(0));
process.stdout.write(`${JSON.stringify({ url: await service.listen() })}\n`);
// Whoever is killed cannot keep what it compiled later.
flushCompileCache();
