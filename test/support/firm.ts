import { ManualClock } from '../../src/kernel/clock.js';
import { type PlainDate, addDays } from '../../src/kernel/plain-date.js';
import { loadCalendars } from '../../src/platform/config/calendars.js';
import { ApiClient } from '../../src/sandbox/demo/api-client.js';
import type { SandboxWorld } from '../../src/sandbox/company/world.js';
import { Mailbox } from '../../src/sandbox/mailbox/mailbox.js';
import type { Books } from '../../src/sandbox/moneybird/books.js';
import { addMoneybirdCompany } from '../../src/sandbox/moneybird/moneybird-company.js';
import { MoneybirdSandbox } from '../../src/sandbox/moneybird/moneybird-sandbox.js';

/** A company with a past and its surroundings: the package it keeps its books in, its bank, and everybody's mailbox. */
export interface Firm {
  readonly sandbox: MoneybirdSandbox;
  readonly books: Books;
  readonly world: SandboxWorld;
  readonly mailbox: Mailbox;
  readonly token: string;
  readonly packageUrl: string;
  readonly smtpPort: number;
  /** The day it is for everybody. */
  readonly today: PlainDate;
  /** Stands still in the morning of `today`. */
  readonly clock: ManualClock;
  stop(): Promise<void>;
}

export interface FirmPlan {
  readonly seed: string;
  readonly debtors: number;
  /** Over the 120 days before `from`, booked by its bookkeeper. */
  readonly invoices: number;
  readonly from: PlainDate;
  /** Days lived from `from` on that nobody has booked yet; `today` is the day after them. */
  readonly unbookedDays: number;
  /** Its package reminds by itself. Default: it does not. */
  readonly nativeReminders?: boolean;
}

/** Starts a firm. The same plan gives the same firm, token and ids included. The vendor's limits are off: the clock stands still. */
export async function startFirm({ seed, debtors, invoices, from, unbookedDays, nativeReminders = false }: FirmPlan): Promise<Firm> {
  const clock = new ManualClock(new Date(`${from}T05:00:00.000Z`));
  const sandbox = new MoneybirdSandbox({ clock, seed, limits: null });
  const { books, world } = addMoneybirdCompany(sandbox, {
    name: 'Zandwijk Techniek B.V.',
    seed,
    debtors,
    invoices,
    from: addDays(from, -120),
    to: addDays(from, -1),
    bankingDays: loadCalendars().target,
    nativeReminders,
    clock,
  });
  const today = addDays(from, unbookedDays);
  world.advanceTo(today);
  const token = sandbox.tokens.issuePersonal();
  const { url: packageUrl } = await sandbox.start();
  const mailbox = new Mailbox();
  const smtpPort = await mailbox.start();
  return {
    sandbox,
    books,
    world,
    mailbox,
    token,
    packageUrl,
    smtpPort,
    today,
    clock,
    stop: async () => {
      await mailbox.stop();
      await sandbox.stop();
    },
  };
}

/** What a caller sends to connect an administration of the sandbox. */
export const connectionOf = (token: string, books: Books): object => ({
  package: 'moneybird',
  token,
  administration: books.id,
  ibans: [books.profile.iban],
  sender: {
    name: books.profile.name,
    address: ['Ambachtsweg 12', '1234 AB Zandwijk'],
    email: 'administratie@zandwijk.example',
    phone: '+31 10 000 00 00',
    iban: books.profile.iban,
  },
  registry: { scheme: 'nl-kvk', id: '00000001' },
});

/** Connects the firm over the API and uploads the statements of the days nobody booked. Gives the path of its administration. */
export async function connectFirm(api: ApiClient, { token, books, world, today }: Firm, unbookedFrom: PlainDate): Promise<string> {
  const { administrationId } = await api.post<{ administrationId: string }>('/api/v1/connections', connectionOf(token, books));
  const administration = `/api/v1/administrations/${administrationId}`;
  for (let day = unbookedFrom; day < today; day = addDays(day, 1)) {
    await api.upload(`${administration}/statements`, `${day}.xml`, world.statementFor(day));
  }
  return administration;
}
