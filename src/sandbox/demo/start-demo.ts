import { CALLBACK_PATH } from '../../adapters/consent/callback-path.js';
import { systemClock } from '../../kernel/clock.js';
import { addDays } from '../../kernel/plain-date.js';
import { loadCalendars } from '../../platform/config/calendars.js';
import type { Settings } from '../../platform/config/settings.js';
import { memoryQuotas } from '../../platform/outgoing/quota.js';
import { createService } from '../../service.js';
import { Mailbox } from '../mailbox/mailbox.js';
import { RunningClock } from '../running-clock.js';
import { LoopbackServer } from '../wire/loopback-server.js';
import { EXACT_ONLINE_APP, exactOnlineBooks } from './demo-exact-online.js';
import { moneybirdBooks } from './demo-moneybird.js';
import { DemoAgency } from './demo-agency.js';
import type { DemoOptions } from './demo-options.js';
import { TWINFIELD_APP, twinfieldBooks } from './demo-twinfield.js';

export type Stop = () => Promise<void>;

const PAST_DAYS = 120;
/** Enough for the agency to have something of everything. */
const UNWILLING = 6;

/** Starts the packages with their companies, the mailbox and the service; how to stop each goes to `running`. */
export async function startDemo(options: DemoOptions, running: Stop[], progress: (what: string) => void) {
  const clock = new RunningClock(systemClock);
  clock.set(new Date(`${options.from}T05:00:00.000Z`));
  const port = options.port === 0 ? await freePort() : options.port;
  const publicUrl = `http://127.0.0.1:${port}`;

  const { moneybird, exactOnline, twinfield, all } = companiesOf(options, clock, `${publicUrl}${CALLBACK_PATH}`);
  for (const { sandbox } of all) {
    await sandbox.start();
    running.push(() => sandbox.stop());
  }
  const mailbox = new Mailbox();
  const smtpPort = await mailbox.start();
  running.push(() => mailbox.stop());
  const agency = options.agencyWeeks === undefined ? null : new DemoAgency(clock);
  const agencyOrigin = (await agency?.sandbox.start()) ?? null;
  if (agency) running.push(() => agency.sandbox.stop());
  const invoices = options.invoices + (options.exactOnline?.invoices ?? 0) + (options.twinfield?.invoices ?? 0);
  progress(`${new Intl.ListFormat('en-GB').format(all.map(({ company }) => company))}: ${invoices} invoices of past`);

  const settings: Settings = {
    ...{ databaseUrl: null, dataFolder: options.dataFolder, secretKey: undefined, logLevel: options.logLevel },
    ...{ host: '127.0.0.1', port, publicUrl, smtpUrl: `smtp://127.0.0.1:${smtpPort}`, dayAt: '06:30' },
    moneybirdUrl: moneybird.sandbox.url,
    exactOnlineUrl: exactOnline?.sandbox.url ?? null,
    twinfieldUrl: twinfield?.sandbox.url ?? null,
    oauthClients: [...(exactOnline ? [EXACT_ONLINE_APP] : []), ...(twinfield ? [TWINFIELD_APP] : [])],
    webhookOrigins: agencyOrigin === null ? [] : [agencyOrigin],
    // The demo runs its days itself.
    role: 'service',
  };
  const service = await createService(settings, {
    clock,
    outgoing: () => ({ quotas: memoryQuotas({ clock, sleep: skip(clock) }), sleep: skip(clock) }),
  });
  running.push(() => service.close());
  const url = await service.listen();
  progress('database and service are up');
  return {
    clock,
    moneybird,
    exactOnline,
    twinfield,
    all,
    mailbox,
    agency: agency && agencyOrigin !== null ? { agency, origin: agencyOrigin } : null,
    service,
    url,
  };
}

/** The companies with their past. The one in Moneybird moves the clock: it comes first. */
function companiesOf({ seed, debtors, invoices, from, ...beside }: DemoOptions, clock: RunningClock, callbackUrl: string) {
  const past = { seed, from: addDays(from, -PAST_DAYS), to: addDays(from, -1), bankingDays: loadCalendars().target };
  const moneybird = moneybirdBooks(
    { ...past, debtors, invoices, ...(beside.agencyWeeks !== undefined && { unwilling: UNWILLING }) },
    clock,
  );
  const exactOnline = beside.exactOnline ? exactOnlineBooks({ ...past, ...beside.exactOnline }, clock, callbackUrl) : null;
  const twinfield = beside.twinfield ? twinfieldBooks({ ...past, ...beside.twinfield }, clock, callbackUrl) : null;
  const all = [moneybird, exactOnline, twinfield].filter((books) => books !== null);
  return { moneybird, exactOnline, twinfield, all };
}

/** Known before the service listens: it is in the address packages send people back to. */
async function freePort(): Promise<number> {
  const probe = new LoopbackServer(() => Promise.resolve());
  await probe.start();
  const { port } = probe;
  await probe.stop();
  return port;
}

/** Waiting that passes on the companies' clock, not on ours. */
export const skip =
  (clock: RunningClock) =>
  async (milliseconds: number): Promise<void> => {
    clock.set(new Date(clock.now().getTime() + milliseconds));
  };
