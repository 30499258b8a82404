import { type AccountingPackage, PackageError, type PullResult, type PushEntry } from '../../../src/adapters/accounting-package.port.js';
import { httpSender } from '../../../src/platform/outgoing/http.js';
import { plainDate } from '../../../src/kernel/plain-date.js';
import type { OfficeBooks } from '../../../src/sandbox/twinfield/books.js';
import { receive } from '../../../src/sandbox/twinfield/bookings.js';
import { type TwinfieldFault, isWrite } from '../../../src/sandbox/twinfield/faults.js';
import { fillOffice } from '../../../src/sandbox/twinfield/generate-books.js';
import { changeOvernight } from '../../../src/sandbox/twinfield/overnight.js';
import { countOf, itemsOf } from '../../../src/sandbox/twinfield/truth.js';
import type { LineRow } from '../../../src/sandbox/twinfield/records.js';
import { Random } from '../../../src/sandbox/random.js';
import { Tally, Turns, dying, hanging, happens, report, until, assertOwn } from './night-watch.js';
import { APP, TwinfieldHarness, refOf } from './twinfield-harness.js';
import { openInvoices, peopleWork, sign } from './twinfield-people.js';
import { refOfItem, truthOf } from './twinfield-truth.js';
import { WatchedLedger, endProcess } from './watched-ledger.js';

// Axios asks for it with every request, and Jest's process makes it anew each time: a thirtieth of a year.
Object.defineProperty(process, 'allowedNodeEnvironmentFlags', { value: process.allowedNodeEnvironmentFlags });

export interface Year {
  readonly seed: string;
  readonly nights: number;
  readonly offices: number;
  /** Days between the first day of the books and the first night: a year may be lived in parts. */
  readonly after: number;
  /** Prints how far it is. */
  readonly isLong: boolean;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** From when people stop working to when they begin again. */
const NIGHT_MS = 10 * HOUR_MS;
const CREDITS_A_MINUTE = 25;
/** In earnest, for a machine that is busy: what hangs by plan waits by the vendor's clock. */
const TIMEOUT_MS = 120_000;
const ALWAYS = Number.MAX_SAFE_INTEGER;
/** Codes of the offices, which stand in all their texts. */
const CODES = /\bK(?:D01|\d{3})\b/g;
const MARKERS = /\bN\d{9}\b/g;

const FAULTS: readonly TwinfieldFault[] = [
  'rate-limited',
  'crash',
  'crash-after',
  'maintenance',
  'maintenance-200',
  'unauthorized',
  'validation-down',
  'wrong-cluster',
  'drop',
  'drop-after',
];

interface Office {
  readonly books: OfficeBooks;
  readonly ledger: WatchedLedger;
  /** Every marker that was pushed here, and what kind of entry it was. */
  readonly pushed: Map<string, PushEntry['kind']>;
  /** Our payments that wait to be seen by a pull. */
  readonly matched: { readonly line: LineRow; readonly set: string; readonly marker: string }[];
  /** People worked while it was read. */
  isDisturbed: boolean;
}

/**
 * Nights of one accountant at Twinfield: all offices are one organisation with one consent and share its credits. Every night people work in
 * every office, things go wrong, everything is pulled and something is pushed; what must be is looked at every night. Throws at the first
 * thing that is not as it must be.
 */
export async function liveTwinfield(year: Year): Promise<Tally> {
  const nights = new TwinfieldNights(year);
  await nights.start();
  try {
    return await nights.run();
  } finally {
    await nights.stop();
  }
}

class TwinfieldNights {
  private readonly tally = new Tally();
  private readonly turns = new Turns();
  private readonly random: Random;
  private readonly harness: TwinfieldHarness;
  private readonly offices: readonly Office[];
  private adapter!: AccountingPackage;
  private night = 0;
  private mayDie = false;

  constructor(private readonly year: Year) {
    this.random = new Random(year.seed);
    this.harness = new TwinfieldHarness({ empty: true, more: Array.from({ length: year.offices - 1 }, (_, nth) => `K${100 + nth}`) });
    this.offices = this.harness.offices.map((books) => this.office(books));
  }

  async start(): Promise<void> {
    await this.harness.start();
    for (const clock of [this.harness.clock, this.harness.wireClock]) clock.advance(this.year.after * DAY_MS);
    this.adapter = this.process();
  }

  stop(): Promise<void> {
    return this.harness.stop();
  }

  private office(books: OfficeBooks): Office {
    const random = new Random(`${this.year.seed} ${books.code}`);
    fillOffice(books, { debtors: 8, invoices: 40, from: plainDate('2026-06-01'), to: plainDate('2026-11-10'), openPercent: 40, random });
    sign(books, null);
    const nth = this.harness.offices.indexOf(books);
    // Offices differ in the lists they have, and in how amounts are spelled.
    if (nth % 4 === 1) books.switches.browseCodes.delete('130_3');
    if (nth % 4 === 2) for (const code of ['130_1', '130_3'] as const) books.switches.browseCodes.delete(code);
    if (nth % 2 === 1) books.switches.spelling = 'valueopen';
    if (nth % 3 === 2) books.switches.commentLengthMax = 200;
    // And in what their list of actions on invoices is like.
    books.switches.creditList = (['actions', 'open', 'keyless'] as const)[nth % 3] ?? 'actions';
    if (nth % 4 === 3) books.switches.browseCodes.delete('164');
    if (nth % 4 === 1) for (const field of ['description', 'created']) books.switches.missingFields.add(`fin.trs.line.action${field}`);
    const office: Office = {
      books,
      ledger: new WatchedLedger({ own: books.code, names: CODES, between: (when) => this.between(office, when) }),
      ...{ pushed: new Map(), matched: [], isDisturbed: false },
    };
    return office;
  }

  /** A process of ours: what it knew goes with it, credits and lanes are kept where all processes see them. */
  private process(): AccountingPackage {
    const { random, tally } = this;
    const sent = this.harness.wait.watched(httpSender({ timeoutMs: TIMEOUT_MS, maxAnswerBytes: 64 * 1024 * 1024 }));
    const isOurs = ({ url }: { readonly url: string }): boolean => this.mayDie && url.includes('/webservices/');
    const send = hanging(sent, this.harness.wait.sleep, (request) =>
      isOurs(request) && happens(tally, random, 0.001, 'hang') ? random.pick(['undone', 'done']) : null,
    );
    return this.harness.connect({
      send: dying(send, (request) => isOurs(request) && random.chance(0.002)),
      onExchange: ({ body }) => {
        const [, own = ''] = /CompanyCode[^>]*>([^<]*)</.exec(body) ?? [];
        assertOwn(`a request for ${own}`, body, CODES, own);
      },
    });
  }

  private between(office: Office, when: 'before' | 'after'): void {
    if (!this.mayDie) return;
    const { random, tally } = this;
    if (happens(tally, random, 0.01, `process ended ${when} a batch was stored`)) endProcess();
    if (when === 'after' && happens(tally, random, 0.02, 'people worked during a pull')) {
      changeOvernight(office.books, { changes: random.int(1, 2), at: this.harness.clock.now(), random });
      sign(office.books, null);
      office.isDisturbed = true;
    }
  }

  private async through<T>(work: (by: AccountingPackage) => Promise<T>): Promise<T> {
    const { harness, tally } = this;
    return until(() => work(this.adapter), {
      now: () => harness.wireClock.now().getTime(),
      sleep: (milliseconds) => harness.wait.sleep(milliseconds),
      restart: () => (this.adapter = this.process()),
      consentAgain: () => harness.consentAgain(),
      tally,
    });
  }

  async run(): Promise<Tally> {
    const { year, offices, tally, harness } = this;
    const began = Date.now();
    await Promise.all(offices.map((office) => this.pull(office)));
    let longest = 0;
    for (this.night = 1; this.night <= year.nights; this.night++) {
      longest = Math.max(longest, await this.live());
      const records = offices.reduce((total, { ledger }) => total + ledger.size, 0);
      const seconds = Math.round((Date.now() - began) / 1_000);
      if (this.night % 10 === 0) report(year.isLong, `night ${this.night}: ${records} records, ${seconds} s; ${tally}`);
    }
    harness.recover();
    await this.lastLook();
    tally.add('longest night, minutes', Math.round(longest / 60_000));
    tally.add('longest without a pull, minutes', Math.round(this.turns.longestMs / 60_000));
    return tally;
  }

  /** A day of people and a night of ours; how long that took. */
  private async live(): Promise<number> {
    const { harness, random, tally, offices } = this;
    harness.clock.advance(DAY_MS);
    harness.wireClock.set(new Date(Math.max(harness.clock.now().getTime(), harness.wireClock.now().getTime())));
    const at = harness.clock.now();
    for (const { books } of offices) peopleWork(books, random.int(0, 8), { at, random, tally });
    this.planTrouble();

    const began = harness.wireClock.now().getTime();
    this.mayDie = true;
    await Promise.all(offices.map((office) => this.pull(office)));
    await Promise.all(offices.map((office) => this.push(office)));
    this.mayDie = false;
    const took = harness.wireClock.now().getTime() - began;
    if (took > NIGHT_MS) throw new Error(`night ${this.night} took ${took / HOUR_MS} hours`);
    const starved = this.turns.since(began, offices.map(({ books }) => books.code)); // prettier-ignore
    if (starved.length > 0) throw new Error(`night ${this.night}: ${starved.join(', ')} had no turn`);
    for (const office of offices) this.assertPushes(office);
    this.assertLimits();
    harness.recover();
    return took;
  }

  private planTrouble(): void {
    const { harness, random, tally, night } = this;
    const { faults } = harness.sandbox;
    const services = ({ path }: { path: string }): boolean => path.includes('/webservices/');
    if (night % 10 === 0) harness.sandbox.moveCluster(harness.organisation);
    for (let left = random.int(0, 5); left > 0; left--) {
      const chance = random.int(2, 60);
      faults.next(random.pick(FAULTS), { times: random.int(1, 3), match: (asked) => services(asked) && random.int(0, chance) === 0 });
    }
    faults.next(random.pick(['drop-after', 'crash-after']), {
      times: random.int(1, 4),
      match: (asked) => isWrite(asked) && random.chance(0.3),
    });
    if (random.chance(0.2)) faults.next('drop-halfway', { match: (asked) => isWrite(asked) && random.chance(0.1) });
    if (happens(tally, random, 0.05, 'maintenance hour')) {
      const from = harness.wireClock.now().getTime() + random.int(1, 10) * 60_000;
      const isOn = (now: number): boolean => now >= from && now < from + HOUR_MS;
      faults.next('maintenance', { times: ALWAYS, match: (asked) => services(asked) && isOn(harness.wireClock.now().getTime()) });
    }
    if (happens(tally, random, 0.3, 'token expired in the middle')) {
      void harness.wait.sleep(random.int(1, 12) * 60_000).then(() => harness.expireToken());
    }
    if (happens(tally, random, 0.04, 'consent withdrawn in the middle')) {
      void harness.wait.sleep(random.int(1, 8) * 60_000).then(() => harness.withdrawConsent());
    }
  }

  private async pull(office: Office): Promise<void> {
    const { books, ledger } = office;
    const once = async (): Promise<PullResult> => {
      office.isDisturbed = false;
      const result = await this.through((by) =>
        by.pull(this.harness.refOfOffice(books), ledger.ledger.cursor, ledger.sink, ledger.ledger.memory),
      );
      ledger.through(result.cursor);
      return result;
    };
    let result = await once();
    // What people did while it was read is found by the next one.
    while (office.isDisturbed) result = await once();
    this.tally.add('pulls');
    this.turns.done(books.code, this.harness.wireClock.now().getTime());
    this.assertLedger(office, result);
  }

  private assertLedger({ books, ledger, matched }: Office, { control }: PullResult): void {
    const where = `night ${this.night}, office ${books.code}`;
    ledger.assertIs(where, truthOf(books, ledger.told));
    for (const lost of takenForDeleted(books, ledger)) throw new Error(`${where}: ${lost} was taken for deleted`);
    if (control === undefined || control.ours !== control.theirs) throw new Error(`${where}: control total ${JSON.stringify(control)}`);
    for (const { line, set, marker } of matched.splice(0)) {
      const found = ledger.markersOf(refOf(line)).filter((each) => each === marker).length;
      // Whose match it was stands in the comment; people may have written over it, or undone the match.
      const isTold = books.customer(line.dim2 ?? '').credit.comment.includes(marker) && line.sets.some(({ id }) => id === set);
      if (found > 1 || (isTold && found !== 1)) throw new Error(`${where}: our payment ${marker} is in the ledger ${found} times`);
    }
  }

  private async push(office: Office): Promise<void> {
    const { books } = office;
    if (!this.random.chance(0.4)) return;
    const planned = this.entryFor(office);
    if (planned === null) return;
    const { entry, line } = planned;
    const [open, words] = [line.open, peopleSay(books)];
    const ref = this.harness.refOfOffice(books);
    office.pushed.set(entry.marker, entry.kind);
    try {
      await this.through((by) => by.push(ref, entry));
    } catch (cause) {
      if (!hasNoRoom(cause, books, line)) throw cause;
      // It is shown to a person, and nothing of it may be there.
      office.pushed.delete(entry.marker);
      this.tally.add('push: no room left in the comment');
      if (open !== line.open || peopleSay(books) !== words)
        throw new Error(`night ${this.night}, office ${books.code}: half of ${entry.kind} is there`, { cause });
      return;
    }
    if (this.random.chance(0.1)) {
      const { outcome } = await this.through((by) => by.push(ref, entry));
      if (outcome !== 'already-there') throw new Error(`${entry.marker} was ${outcome} a second time`);
    }
    this.tally.add(`push: ${entry.kind}`);
    const taken = entry.kind === 'payment-match' ? entry.amount : 0;
    const where = `night ${this.night}, office ${books.code}, ${entry.kind} ${entry.marker}`;
    if (open - line.open !== taken) throw new Error(`${where}: ${open - line.open} was matched, not ${taken}`);
    if (peopleSay(books) !== words) throw new Error(`${where}: what people wrote is ${peopleSay(books)}, not ${words}`);
    if (entry.kind === 'payment-match') office.matched.push({ line, set: line.sets.at(-1)?.id ?? '', marker: entry.marker });
  }

  /** Tonight's markers stand once, earlier ones at most once, and nothing here is of another office. */
  private assertPushes({ books, pushed }: Office): void {
    const texts = textsOf(books);
    const where = `night ${this.night}, the texts of ${books.code}`;
    assertOwn(where, texts, CODES, books.code);
    const times = new Map<string, number>();
    for (const [marker] of texts.matchAll(MARKERS)) times.set(marker, (times.get(marker) ?? 0) + 1);
    for (const [marker, count] of times) {
      if (count > 1 || !pushed.has(marker))
        throw new Error(`${where}: ${marker} (${pushed.get(marker) ?? 'of another office'}) stands ${count} times`);
    }
    const [newest] = [...pushed.keys()].slice(-1);
    if (newest?.startsWith(this.prefix()) && countOf(books, newest) !== 1) throw new Error(`${where}: ${newest} is not there`);
  }

  private assertLimits(): void {
    const { guard, log } = this.harness.sandbox;
    const most = guard.mostInMinute(APP.id, this.harness.organisation.code);
    const together = guard.mostInFlight(APP.id, this.harness.organisation.code);
    if (most > CREDITS_A_MINUTE || guard.refused > 0) throw new Error(`night ${this.night}: ${most} credits, ${guard.refused} refused`);
    if (together > 1) throw new Error(`night ${this.night}: ${together} requests at once`);
    this.tally.takeOver(log);
  }

  private async lastLook(): Promise<void> {
    await Promise.all(this.offices.map((office) => this.pull(office)));
    this.assertLimits();
    for (const { pushed } of this.offices) this.tally.add('pushes', pushed.size);
  }

  private readonly prefix = (): string => `N${String(this.night).padStart(5, '0')}`;

  /** About an open item that a pull has brought: of others we know nothing. */
  private entryFor({ books, ledger }: Office): { readonly entry: PushEntry; readonly line: LineRow } | null {
    const { random, harness } = this;
    const open = openInvoices(books).filter((line) => ledger.told.has(refOf(line)));
    if (open.length === 0) return null;
    const line = random.pick(open);
    const about = { item: refOf(line) };
    const on = books.day(harness.clock.now());
    const marker = `${this.prefix()}${String(harness.offices.indexOf(books)).padStart(4, '0')}`;
    const base = { marker, on, text: `Nacht over ${books.code}: een tekst die niet overal past`, about };
    const kinds: PushEntry[] = [
      { ...base, kind: 'note' },
      { ...base, kind: 'reminder-sent' },
      { ...base, kind: 'dispute' },
      { ...base, kind: 'promise', dueOn: on },
      { ...base, kind: 'handover' },
      { ...base, kind: 'hold', action: 'pause' },
      { ...base, kind: 'hold', action: 'resume' },
      { marker, on, about, kind: 'payment-match', amount: 100 + random.int(0, 900), currency: 'EUR', paidOn: on },
      { marker, on, about, kind: 'payment-match', amount: 100 + random.int(0, 900), currency: 'EUR', paidOn: on },
    ];
    const entry = random.pick(kinds);
    if (entry.kind === 'payment-match') {
      const receipt = { customer: line.dim2 ?? '', amount: entry.amount, date: on, description: `Ontvangst van ${books.code}` };
      receive(books, receipt, harness.clock.now());
    }
    return { entry, line };
  }
}

/** Of what the ledger was told to forget whatever is still there: the number of a deleted booking may be another one's by now. */
function takenForDeleted(books: OfficeBooks, { gone }: WatchedLedger): readonly string[] {
  const there = new Map(itemsOf(books).map((item) => [refOfItem(item), item]));
  const lost = [...gone.values()].flatMap(({ ref, debtorRef, issueDate, amount }) => {
    const item = there.get(ref);
    return item?.customer === debtorRef && item.date === issueDate && item.amount === amount ? [ref] : [];
  });
  gone.clear();
  return lost;
}

/** Whether it was refused for want of room in a comment where there is none: people's own text and what we remember fill it, but for less than an entry. */
function hasNoRoom(cause: unknown, books: OfficeBooks, { dim2 }: LineRow): boolean {
  if (!(cause instanceof PackageError && cause.kind === 'refused' && cause.message.includes('no room left'))) return false;
  const { comment } = books.customer(dim2 ?? '').credit;
  const [section = '', head = '[Tegoed]'] = / ?(\[Tegoed[^\]]*\]).*\[\/Tegoed\]/.exec(comment) ?? [];
  const taken = comment.length - section.length + head.length + '  [/Tegoed]'.length;
  return taken + LONGEST_ENTRY > books.switches.commentLengthMax;
}
/** A claim with what is remembered of one more item. */
const LONGEST_ENTRY = 100;

/** What people wrote of their customers, without our part. */
const peopleSay = (books: OfficeBooks): string =>
  [...books.customers.values()].map(({ credit }) => credit.comment.replace(/ ?\[Tegoed.*\[\/Tegoed\]/, '')).join('\n');

const textsOf = (books: OfficeBooks): string =>
  [
    ...[...books.customers.values()].map(({ name, credit }) => `${name} ${credit.comment}`),
    ...[...books.transactions.values()].flatMap(({ freetexts, lines }) => [
      ...freetexts,
      ...lines.flatMap(({ comment, description }) => [comment, description]),
    ]),
  ].join('\n');
