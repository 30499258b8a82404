import { type AccountingPackage, PackageError, type PushEntry } from '../../../src/adapters/accounting-package.port.js';
import type { SentRequest } from '../../../src/adapters/moneybird/moneybird.client.js';
import { createMoneybird } from '../../../src/adapters/moneybird/moneybird.js';
import { ManualClock } from '../../../src/kernel/clock.js';
import { plainDate } from '../../../src/kernel/plain-date.js';
import { httpSender } from '../../../src/platform/outgoing/http.js';
import { memoryQuotas } from '../../../src/platform/outgoing/quota.js';
import type { Books } from '../../../src/sandbox/moneybird/books.js';
import { type FaultKind, isWrite } from '../../../src/sandbox/moneybird/faults.js';
import { MoneybirdSandbox } from '../../../src/sandbox/moneybird/moneybird-sandbox.js';
import type { InvoiceRecord } from '../../../src/sandbox/moneybird/records.js';
import { unpaidOn } from '../../../src/sandbox/moneybird/totals.js';
import { Random } from '../../../src/sandbox/random.js';
import { fillBooks } from './moneybird-books.js';
import { PROFILE } from './moneybird-client.js';
import { untouched, workOfADay } from './moneybird-night.js';
import { peopleWork, sign } from './moneybird-people.js';
import { SharedTime } from './moneybird-shared-time.js';
import { truthOf } from './moneybird-truth.js';
import { Tally, Turns, assertOwn, dying, hanging, happens, report, until } from './night-watch.js';
import { WatchedLedger, endProcess } from './watched-ledger.js';

export interface Year {
  readonly seed: string;
  readonly nights: number;
  readonly administrations: number;
  /** Days between the first day of the books and the first night: a year may be lived in parts. */
  readonly after: number;
  /** Prints how far it is. */
  readonly isLong: boolean;
}

/** What came of it, and one request of every shape that was sent. */
export interface Lived {
  readonly tally: Tally;
  readonly sent: readonly SentRequest[];
}

const START = new Date('2026-01-05T01:00:00.250Z');
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** From when people stop working to when they begin again. */
const NIGHT_MS = 10 * HOUR_MS;
const WINDOW_MS = 305_000;
/** Of the 150 of a window, what our budget leaves to be used. */
const USABLE = 145;
/** Of the house: so many administrations are worked on at once. */
const WORKERS = 16;
/** In earnest, for a machine that is busy: what hangs by plan waits by the vendor's clock. */
const TIMEOUT_MS = 120_000;
const ALWAYS = Number.MAX_SAFE_INTEGER;
const CODES = /\bADM\d{4}\b/g;
const MARKERS = /\bN\d{9}\b/g;
const FAULTS: readonly FaultKind[] = ['rate-limited', 'rate-limited-html', 'server-error', 'unavailable', 'drop', 'drop-after'];

interface Tenant {
  readonly code: string;
  readonly books: Books;
  readonly ledger: WatchedLedger;
  readonly pushed: Map<string, PushEntry>;
  readonly paid: { readonly invoice: InvoiceRecord; readonly marker: string }[];
  adapter: AccountingPackage;
  token: string;
  isDisturbed: boolean;
}

/**
 * Nights of many administrations at Moneybird, each with a consent of its own, all behind one address with one budget. Every night people
 * work in every administration, things go wrong, everything is pulled and something is pushed; what must be is looked at every night. Throws
 * at the first thing that is not as it must be.
 */
export async function liveMoneybird(year: Year): Promise<Lived> {
  const nights = new MoneybirdNights(year);
  await nights.start();
  try {
    return await nights.run();
  } finally {
    await nights.stop();
  }
}

class MoneybirdNights {
  private readonly tally = new Tally();
  private readonly turns = new Turns();
  private readonly random: Random;
  private readonly clock = new ManualClock(START);
  private readonly time = new SharedTime(START);
  private readonly quota = memoryQuotas({ clock: this.time.clock, sleep: this.time.sleep });
  private readonly sandbox: MoneybirdSandbox;
  private readonly shapes = new Map<string, SentRequest>();
  private tenants: readonly Tenant[] = [];
  private night = 0;
  private mayDie = false;

  constructor(private readonly year: Year) {
    this.random = new Random(year.seed);
    this.sandbox = new MoneybirdSandbox({ clock: this.clock, wireClock: this.time.clock, seed: year.seed });
  }

  async start(): Promise<void> {
    await this.sandbox.start();
    for (const clock of [this.clock, this.time.clock]) clock.advance(this.year.after * DAY_MS);
    this.tenants = Array.from({ length: this.year.administrations }, (_, nth) => this.tenant(nth));
  }

  stop(): Promise<void> {
    return this.sandbox.stop();
  }

  private tenant(nth: number): Tenant {
    const code = `ADM${String(nth).padStart(4, '0')}`;
    const profile = { ...PROFILE, name: `${PROFILE.name} ${code}` };
    const books = this.sandbox.addAdministration({ profile, nativeReminders: nth % 2 === 0 });
    if (nth % 8 === 0) fillBooks(books);
    else workOfADay(books, 30, this.random, this.clock.now());
    sign(books, code);
    const tenant: Tenant = {
      ...{ code, books, pushed: new Map(), paid: [], token: this.consent(books), isDisturbed: false },
      ledger: new WatchedLedger({ own: code, names: CODES, between: (when) => this.between(tenant, when) }),
      adapter: undefined as unknown as AccountingPackage,
    };
    tenant.adapter = this.process(tenant);
    return tenant;
  }

  private consent({ id }: Books): string {
    return this.sandbox.tokens.issuePersonal({ administrations: [id] });
  }

  /** A process of ours: what it knew goes with it; the budget is kept where all processes see it. */
  private process(tenant: Tenant): AccountingPackage {
    const { random, time, clock, quota, sandbox, tally } = this;
    const sent = httpSender({ timeoutMs: TIMEOUT_MS, maxAnswerBytes: 64 * 1024 * 1024 });
    const send = hanging(sent, time.sleep, () =>
      this.mayDie && happens(tally, random, 0.0005, 'hang') ? random.pick(['undone', 'done']) : null,
    );
    return createMoneybird({
      ...{ baseUrl: sandbox.url, quota, clock, sleep: time.sleep, random: () => random.next() },
      token: { accessToken: async () => tenant.token, refused: async () => undefined },
      send: dying(send, () => this.mayDie && random.chance(0.002)),
      onExchange: (sent) => this.look(tenant, sent),
    });
  }

  private look({ code, books }: Tenant, sent: SentRequest): void {
    assertOwn(`a request for ${code}`, JSON.stringify(sent.body) ?? '', CODES, code);
    if (!sent.url.includes(`/${books.id}/`)) throw new Error(`${code} asked ${sent.url}`);
    this.shapes.set(shapeOf(sent), sent);
  }

  private between(tenant: Tenant, when: 'before' | 'after'): void {
    if (!this.mayDie) return;
    const { random, tally } = this;
    if (happens(tally, random, 0.01, `process ended ${when} a batch was stored`)) endProcess();
    if (when === 'after' && happens(tally, random, 0.02, 'people worked during a pull')) this.work(tenant, random.int(1, 3));
  }

  private work(tenant: Tenant, count: number): void {
    const { clock, random, tally } = this;
    peopleWork(tenant.books, count, { code: tenant.code, at: clock.now(), random, tally });
    tenant.isDisturbed = true;
  }

  private async through<T>(tenant: Tenant, work: (by: AccountingPackage) => Promise<T>): Promise<T> {
    const { time, tally, sandbox } = this;
    return until(() => work(tenant.adapter), {
      now: () => time.clock.now().getTime(),
      sleep: (milliseconds) => time.sleep(milliseconds),
      restart: () => (tenant.adapter = this.process(tenant)),
      consentAgain: () => {
        if (sandbox.tokens.accept(tenant.token) === null) tenant.token = this.consent(tenant.books);
      },
      tally,
    });
  }

  async run(): Promise<Lived> {
    const { year, tenants, tally } = this;
    const began = Date.now();
    await this.byAll((tenant) => this.pull(tenant));
    this.assertBudget();
    let longest = 0;
    for (this.night = 1; this.night <= year.nights; this.night++) {
      longest = Math.max(longest, await this.live());
      const records = tenants.reduce((total, { ledger }) => total + ledger.size, 0);
      const seconds = Math.round((Date.now() - began) / 1_000);
      if (this.night % 10 === 0) report(year.isLong, `night ${this.night}: ${records} records, ${seconds} s; ${tally}`);
    }
    await this.byAll((tenant) => this.pull(tenant));
    this.assertBudget();
    tally.add('pushes', tenants.reduce((total, { pushed }) => total + pushed.size, 0)); // prettier-ignore
    tally.add('longest night, minutes', Math.round(longest / 60_000));
    tally.add('longest without a pull, minutes', Math.round(this.turns.longestMs / 60_000));
    return { tally, sent: [...this.shapes.values()] };
  }

  private async live(): Promise<number> {
    const { clock, time, random, tally, tenants, sandbox } = this;
    clock.advance(DAY_MS);
    time.clock.set(new Date(Math.max(clock.now().getTime(), time.clock.now().getTime())));
    const at = clock.now();
    for (const { books, code } of tenants) peopleWork(books, random.int(0, 6), { code, at, random, tally });
    const troubles = this.planTrouble();
    const began = time.clock.now().getTime();
    this.mayDie = true;
    await this.byAll(async (tenant) => {
      await this.pull(tenant);
      await this.push(tenant);
      // People who work on in the second in which we read and wrote.
      if (random.chance(0.1)) this.work(tenant, random.int(1, 2));
    });
    this.mayDie = false;
    sandbox.faults.clear();
    const took = time.clock.now().getTime() - began;
    // Over when the budget allows it, but for what trouble costs.
    const windows = Math.ceil(sandbox.log.count() / USABLE) + 2 + 3 * troubles;
    if (took > Math.min(NIGHT_MS, windows * WINDOW_MS)) throw new Error(`night ${this.night} took ${took / HOUR_MS} hours`);
    const starved = this.turns.since(began, tenants.map(({ code }) => code)); // prettier-ignore
    if (starved.length > 0) throw new Error(`night ${this.night}: ${starved.join(', ')} had no turn`);
    for (const tenant of tenants) this.assertPushes(tenant);
    this.assertBudget();
    return took;
  }

  /** How many things that cost time were planned. */
  private planTrouble(): number {
    const { random, tally, time, tenants, sandbox } = this;
    const { faults } = sandbox;
    const planned = random.int(0, 5);
    for (let left = planned; left > 0; left--) {
      const chance = random.int(2, 200);
      faults.next(random.pick(FAULTS), { times: random.int(1, 3), match: () => random.int(0, chance) === 0 });
    }
    faults.next('drop-after', { times: random.int(1, 4), match: (request) => isWrite(request) && random.chance(0.3) });
    const isDown = happens(tally, random, 0.3, 'a lost write, then down');
    if (isDown) {
      let down = false;
      faults.next('drop-after', { match: (request) => isWrite(request) && (down = true) });
      faults.next('unavailable', { times: random.int(3, 12), match: () => down });
    }
    const isClosed = happens(tally, random, 0.05, 'maintenance hour');
    if (isClosed) {
      const from = time.clock.now().getTime() + random.int(1, 20) * 60_000;
      const isOn = (now: number): boolean => now >= from && now < from + HOUR_MS;
      faults.next('unavailable', { times: ALWAYS, match: () => isOn(time.clock.now().getTime()) });
    }
    const isWithdrawn = happens(tally, random, 0.3, 'consent withdrawn');
    if (isWithdrawn) sandbox.tokens.revoke(random.pick(tenants).token);
    return planned + (isDown ? 2 : 0) + (isClosed ? 20 : 0) + (isWithdrawn ? 1 : 0);
  }

  /** Every tenant once, as many at a time as there are workers. */
  private async byAll(work: (tenant: Tenant) => Promise<void>): Promise<void> {
    const waiting = [...this.tenants];
    const worker = async (): Promise<void> => {
      for (let tenant = waiting.shift(); tenant; tenant = waiting.shift()) await work(tenant);
    };
    await Promise.all(Array.from({ length: WORKERS }, () => this.time.run(worker)));
  }

  private async pull(tenant: Tenant): Promise<void> {
    const { books, ledger } = tenant;
    do {
      tenant.isDisturbed = false;
      const result = await this.through(tenant, (by) => by.pull(books.id, ledger.ledger.cursor, ledger.sink));
      ledger.through(result.cursor);
      // What people did while it was read is found by the next one.
    } while (tenant.isDisturbed);
    this.tally.add('pulls');
    this.turns.done(tenant.code, this.time.clock.now().getTime());
    const where = `night ${this.night}, ${tenant.code}`;
    ledger.assertIs(where, truthOf(this.sandbox.state.administration(books.id)));
    for (const { invoice, marker } of tenant.paid.splice(0)) {
      const found = ledger.markersOf(`sales_invoices:${invoice.id}`).filter((each) => each === marker).length;
      if (found !== 1) throw new Error(`${where}: our payment ${marker} is in the ledger ${found} times`);
    }
  }

  private async push(tenant: Tenant): Promise<void> {
    const { random } = this;
    const planned = this.entryFor(tenant);
    if (planned === null) return;
    const { entry, invoice } = planned;
    const { books, code } = tenant;
    const before = unpaidOn(books, invoice);
    tenant.pushed.set(entry.marker, entry);
    try {
      await this.through(tenant, (by) => by.push(books.id, entry));
      if (random.chance(0.1)) {
        const { outcome } = await this.through(tenant, (by) => by.push(books.id, entry));
        if (outcome !== 'already-there') throw new Error(`${entry.marker} was ${outcome} a second time`);
      }
    } catch (cause) {
      if (!(cause instanceof PackageError)) throw cause;
      throw new Error(`night ${this.night}, ${code}: ${entry.kind} ${entry.marker}: ${cause.message}`, { cause });
    }
    this.tally.add(`push: ${entry.kind}`);
    const taken = entry.kind === 'payment-match' ? entry.amount : 0;
    if (before - unpaidOn(books, invoice) !== taken) throw new Error(`night ${this.night}, ${code}: ${entry.marker} took another amount`);
    if (entry.kind === 'payment-match') tenant.paid.push({ invoice, marker: entry.marker });
  }

  /** Every marker that was ever pushed stands once, in a note or a payment; each of its papers once; and nothing is of another administration. */
  private assertPushes({ books, pushed, code }: Tenant): void {
    const parents = [...books.contacts.values(), ...books.invoices.values(), ...books.externalInvoices.values()];
    const texts = [
      ...parents.flatMap(({ notes }) => notes.map(({ note }) => note)),
      ...[...books.payments.values()].map(({ transactionIdentifier }) => transactionIdentifier ?? ''),
    ].join('\n');
    const papers = [
      ...[...books.invoices.values()].flatMap(({ attachments }) => attachments.map(({ filename }) => filename)),
      ...[...books.generalDocuments.values()].map(({ reference }) => reference),
    ].join('\n');
    const where = `night ${this.night}, the texts of ${code}`;
    assertOwn(where, texts, CODES, code);
    this.assertOnce(where, texts, pushed, [...pushed.keys()]);
    const withPapers = [...pushed].filter(([, entry]) => 'attachments' in entry).map(([marker]) => marker);
    this.assertOnce(`${where}, papers`, papers, pushed, withPapers);
  }

  private assertOnce(where: string, texts: string, pushed: ReadonlyMap<string, unknown>, wanted: readonly string[]): void {
    const times = new Map<string, number>();
    for (const [marker] of texts.matchAll(MARKERS)) times.set(marker, (times.get(marker) ?? 0) + 1);
    const wrong = [...times].filter(([marker, count]) => count !== 1 || !pushed.has(marker));
    const missing = wanted.filter((marker) => !times.has(marker));
    if (wrong.length + missing.length > 0) throw new Error(`${where}: ${JSON.stringify({ wrong, missing })}`);
  }

  /** The simulator refuses what is too much; only a fault that was planned may have. */
  private assertBudget(): void {
    const { log, storage } = this.sandbox;
    const refused = log.requests.filter(({ status, fault }) => status === 429 && !String(fault).startsWith('rate-limited'));
    if (refused.length > 0) throw new Error(`night ${this.night}: ${refused.length} requests were more than the budget`);
    if (storage.tokenLeaks > 0) throw new Error(`night ${this.night}: a token went to the host of files`);
    this.tally.takeOver(log);
  }

  private entryFor({ books, code }: Tenant): { readonly entry: PushEntry; readonly invoice: InvoiceRecord } | null {
    const { random } = this;
    const open = untouched(books);
    if (open.length === 0 || random.chance(0.5)) return null;
    const invoice = random.pick(open);
    const nth = code.slice(3);
    const base = { marker: `N${String(this.night).padStart(5, '0')}${nth}`, on: plainDate('2026-11-20'), text: `Nacht van ${code}` };
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
    return { entry: random.pick(kinds), invoice };
  }
}

/** Requests that differ in ids and texts alone are one to the vendor's document. */
const shapeOf = ({ method, url, body }: SentRequest): string =>
  `${method} ${url.replace(/\d+/g, '#')} ${Object.keys((body as object | undefined) ?? {}).join()}`;
