import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PackageError, type AccountingPackage, type PushEntry } from '../../src/adapters/accounting-package.port.js';
import { personalToken } from '../../src/adapters/consent/token-source.js';
import type { SentRequest } from '../../src/adapters/moneybird/moneybird.client.js';
import { createMoneybird } from '../../src/adapters/moneybird/moneybird.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { memoryQuotas } from '../../src/platform/outgoing/quota.js';
import type { Books } from '../../src/sandbox/moneybird/books.js';
import { type FaultKind, type Faults, isWrite } from '../../src/sandbox/moneybird/faults.js';
import { MoneybirdSandbox } from '../../src/sandbox/moneybird/moneybird-sandbox.js';
import { unpaidOn } from '../../src/sandbox/moneybird/totals.js';
import { Random } from '../../src/sandbox/random.js';
import { fillBooks } from './support/moneybird-books.js';
import { PROFILE } from './support/moneybird-client.js';
import { LedgerDouble } from './support/ledger-double.js';
import { countMarked } from './support/moneybird-marks.js';
import { untouched, workOfADay } from './support/moneybird-night.js';
import { SharedTime } from './support/moneybird-shared-time.js';
import { truthOf } from './support/moneybird-truth.js';
import { moneybirdDocumentIsThere, moneybirdValidator } from './support/openapi.js';

const DAY_MS = 86_400_000;
const WINDOW_SECONDS = 300;
const USABLE = 145;
/** `npm run soak` lives a year of two hundred administrations (some two hours); `npm test` the first nights of a few. */
const WHOLE = process.env['TEGOED_PROPERTY_RUNS'] !== undefined;
const [ADMINISTRATIONS, NIGHTS, WORKERS] = WHOLE ? [200, 365, 16] : [16, 14, 8];
/** The house tries what failed again; this often is more than any night here needs. */
const TRIES = 60;
const FAULTS: readonly FaultKind[] = ['rate-limited', 'rate-limited-html', 'server-error', 'unavailable', 'drop', 'drop-after'];

interface Tenant {
  readonly books: Books;
  readonly ledger: LedgerDouble;
  readonly adapter: AccountingPackage;
  readonly markers: string[];
}

describe('nights at Moneybird, with all customers behind one address', () => {
  const validator = moneybirdDocumentIsThere('the requests of nights at Moneybird against the vendor document')
    ? moneybirdValidator()
    : null;
  let sandbox: MoneybirdSandbox;
  afterEach(() => sandbox.stop());

  async function nights(seed: number): Promise<void> {
    const random = new Random(`nights, ${seed}`);
    const start = new Date('2026-01-05T01:00:00.250Z');
    const clock = new ManualClock(start);
    const time = new SharedTime(start);
    const quota = memoryQuotas({ clock: time.clock, sleep: time.sleep });
    sandbox = new MoneybirdSandbox({ clock, wireClock: time.clock, seed });
    await sandbox.start();
    let faultsPlanned = 0;
    const kinds = new Map<string, SentRequest>();
    const tenants = Array.from({ length: ADMINISTRATIONS }, (_, at): Tenant => {
      const books = sandbox.addAdministration({ profile: PROFILE, nativeReminders: at % 2 === 0 });
      if (at % 8 === 0) fillBooks(books);
      else workOfADay(books, 30, random, clock.now());
      const adapter = createMoneybird({
        baseUrl: sandbox.url,
        token: personalToken(sandbox.tokens.issuePersonal({ administrations: [books.id] })),
        ...{ quota, clock, sleep: time.sleep, random: () => random.next() },
        onExchange: (sent) => kinds.set(shapeOf(sent), sent),
      });
      return { books, ledger: new LedgerDouble(), adapter, markers: [] };
    });

    /** Until it is through: what failed for the moment is tried again later, as the house does. */
    async function until<T>(work: () => Promise<T>): Promise<T> {
      for (let attempt = 1; ; attempt++) {
        try {
          return await work();
        } catch (cause) {
          const passes = cause instanceof PackageError && ['unavailable', 'rate-limited', 'uncertain'].includes(cause.kind);
          if (!passes || attempt === TRIES) throw cause;
          await time.sleep(Math.max((cause.retryAt?.getTime() ?? 0) - time.clock.now().getTime(), 5_000));
        }
      }
    }

    async function nightOf({ books, ledger, adapter, markers }: Tenant, night: number): Promise<void> {
      const { cursor } = await until(() => adapter.pull(books.id, ledger.cursor, ledger.sink));
      ledger.cursor = JSON.parse(JSON.stringify(cursor));
      for (const entry of pushesOf(books, `${String(night).padStart(3, '0')}${books.id.slice(-6)}`, random)) {
        markers.push(entry.marker);
        await until(() => adapter.push(books.id, entry));
      }
    }

    /** Every tenant once, as many at a time as there are workers. */
    async function byAll(work: (tenant: Tenant) => Promise<void>): Promise<void> {
      const waiting = [...tenants];
      const worker = async (): Promise<void> => {
        for (let tenant = waiting.shift(); tenant; tenant = waiting.shift()) await work(tenant);
      };
      await Promise.all(Array.from({ length: WORKERS }, () => time.run(worker)));
    }

    for (let night = 0; night < NIGHTS; night++) {
      clock.advance(DAY_MS);
      time.clock.set(new Date(Math.max(clock.now().getTime(), time.clock.now().getTime())));
      for (const { books } of tenants) if (night > 0) workOfADay(books, random.int(0, 6), random, clock.now());
      const planned = random.int(0, 5);
      faultsPlanned += planned;
      for (let left = planned; left > 0; left--) {
        const chance = random.int(2, 20);
        sandbox.faults.next(random.pick(FAULTS), { match: () => random.int(0, chance) === 0 });
      }

      if (random.chance(0.4)) loseWriteAndGoDown(sandbox.faults, random.int(3, 12));

      const [began, before] = [time.clock.now().getTime(), sandbox.log.count()];
      await byAll((tenant) => nightOf(tenant, night));
      // Nobody starves: the night is over when the budget allows it, and each fault may cost a window more.
      const windows = Math.ceil((sandbox.log.count() - before) / USABLE) + 2 + 2 * planned;
      expect((time.clock.now().getTime() - began) / 1_000).toBeLessThanOrEqual(windows * (WINDOW_SECONDS + 5));
      sandbox.faults.clear();
      await byAll((tenant) => tenantsAgree(tenant, night, () => until(() => pullAgain(tenant))));
    }

    const refused = sandbox.log.statuses['429'] ?? 0;
    expect(refused).toBeLessThanOrEqual(faultsPlanned);
    expect(sandbox.log.requests.filter(({ status, fault }) => status === 429 && fault === null)).toEqual([]);
    for (const { books, markers } of tenants) expect(markers.filter((marker) => countMarked(books, marker) !== 1)).toEqual([]);
    expect(sandbox.storage.tokenLeaks).toBe(0);
    const wrong = [...kinds.values()].flatMap(({ method, url, body }) => validator?.request(method, url, body) ?? []);
    expect(wrong).toEqual([]);
  }

  const pullAgain = async ({ books, ledger, adapter }: Tenant): Promise<void> => {
    const { cursor } = await adapter.pull(books.id, ledger.cursor, ledger.sink);
    ledger.cursor = JSON.parse(JSON.stringify(cursor));
  };

  /** What we wrote ourselves came after the pull: after one more the ledger is what the package has. */
  async function tenantsAgree({ books, ledger }: Tenant, night: number, pull: () => Promise<void>): Promise<void> {
    await pull();
    const byRef = (a: { ref: string }, b: { ref: string }): number => (a.ref < b.ref ? -1 : 1);
    const truth = truthOf(sandbox.state.administration(books.id));
    expect({ night, ...ledger.book() }).toEqual({ night, debtors: [...truth.debtors].sort(byRef), items: [...truth.items].sort(byRef) });
  }

  it(
    'end with the books of each package, every push there once, and no request too many',
    async () => {
      await fc.assert(fc.asyncProperty(fc.nat(), nights), { numRuns: 1, endOnFailure: true });
    },
    WHOLE ? 14_400_000 : 180_000,
  );
});

/** A write is done without an answer, and for a while nothing can be reached: nobody can read back whether it was. */
function loseWriteAndGoDown(faults: Faults, requests: number): void {
  let down = false;
  faults.next('drop-after', { match: (request) => isWrite(request) && (down = true) });
  faults.next('unavailable', { times: requests, match: () => down });
}

/** Requests that differ in ids and texts alone are one to the vendor's document. */
const shapeOf = ({ method, url, body }: SentRequest): string =>
  `${method} ${url.replace(/\d+/g, '#')} ${Object.keys((body as object | undefined) ?? {}).join()}`;

function pushesOf(books: Books, suffix: string, random: Random): PushEntry[] {
  const open = untouched(books);
  if (open.length === 0 || random.chance(0.4)) return [];
  const invoice = random.pick(open);
  const base = { marker: `N${suffix}`.slice(0, 10), on: plainDate('2026-11-20'), text: 'Nacht' };
  const about = { item: `sales_invoices:${invoice.id}` };
  const attachments = [{ fileName: 'brief.pdf', base64: 'JVBERi0xLjcK' }];
  const amount = Math.ceil(unpaidOn(books, invoice) / 2);
  const kinds: PushEntry[] = [
    { ...base, kind: 'note', about },
    { ...base, kind: 'reminder-sent', about, attachments },
    { ...base, kind: 'dispute', about },
    { ...base, kind: 'promise', about },
    { ...base, kind: 'hold', about, action: 'pause' },
    { ...base, kind: 'handover', about, attachments },
    { ...base, kind: 'limit', about: { debtor: invoice.contactId }, limit: random.int(0, 100) * 100 },
    { ...base, kind: 'payment-match', about, amount, currency: invoice.currency, paidOn: base.on },
  ];
  return [random.pick(kinds)];
}
