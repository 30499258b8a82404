import type { DayReport } from '../../cycle/day.service.js';
import { type PlainDate, addDays, daysBetween } from '../../kernel/plain-date.js';
import type { SandboxWorld } from '../company/world.js';
import type { ApiClient } from './api-client.js';
import { type CompanyFigures, figuresOf } from './demo-figures.js';

/** A company before Tegoed came: its books in a simulated package, and the life that goes on in them. */
export interface DemoBooks {
  readonly company: string;
  /** The name it is connected under: `exact-online`. */
  readonly package: string;
  readonly world: SandboxWorld;
  /**
   * Whether somebody books the bank in the package every evening. Where the package can be told of payments that is Tegoed's work; where it
   * cannot (Exact Online) it stays the bookkeeper's.
   */
  readonly bookkeeper: boolean;
  /** Connects over the API, as a customer does. Gives the administration's id. */
  connect(api: ApiClient): Promise<string>;
}

/** A company of the demo and its administration at Tegoed: each day its bank's statement goes in and its day is run, over HTTP. */
export class DemoCompany {
  private shadow: DayReport | null = null;
  private readonly live: DayReport[] = [];

  private constructor(
    private readonly api: ApiClient,
    readonly books: DemoBooks,
    readonly administrationId: string,
  ) {}

  static async connect(api: ApiClient, books: DemoBooks): Promise<DemoCompany> {
    return new DemoCompany(api, books, await books.connect(api));
  }

  /** The first day. The days before were booked by hand, so the bank's last statement is enough to be up to date. */
  async liveInShadow(day: PlainDate): Promise<DayReport> {
    await this.importStatement(addDays(day, -1));
    this.shadow = await this.run(day);
    return this.shadow;
  }

  goLive(): Promise<unknown> {
    return this.api.patch(this.path, { mode: 'live', remindedBy: 'tegoed' });
  }

  /** Lets the world come to the morning of that day. */
  wakeOn(day: PlainDate): void {
    this.books.world.advanceTo(day, { bookkeeper: this.books.bookkeeper });
  }

  /** A live day: the statement of the day before, the day itself, and customers who were reminded take note. */
  async liveOn(day: PlainDate): Promise<DayReport> {
    await this.importStatement(addDays(day, -1));
    const report = await this.run(day);
    this.live.push(report);
    const acts = await this.api.get<{ state: string; invoiceIds: string[] }[]>(`${this.path}/acts?day=${day}`);
    for (const { state, invoiceIds } of acts) if (state === 'done') this.books.world.reminded(invoiceIds.map(recordIdOf), day);
    return report;
  }

  /** Lets days pass on which nobody looks, and lives the last of them: the statements of all that passed go in. */
  async liveOnAfter(day: PlainDate): Promise<DayReport> {
    const { world } = this.books;
    const passed = daysBetween(world.today, day);
    this.wakeOn(day);
    for (let ago = passed; ago > 1; ago--) await this.importStatement(addDays(day, -ago));
    return this.liveOn(day);
  }

  /** Runs a live day on, when something of it was left for later. */
  async goOnWith(day: PlainDate): Promise<void> {
    this.live.push(await this.run(day));
  }

  /** Runs a day: also one that was run already. */
  run(day: PlainDate): Promise<DayReport> {
    return this.api.post<DayReport>(`${this.path}/days/run?day=${day}`);
  }

  /** What all its days came to; `again` is the last one once more. */
  figures(from: PlainDate, to: PlainDate, again: DayReport): CompanyFigures {
    const { shadow, live, books } = this;
    if (shadow === null) throw new Error(`${books.company} has lived no day yet`);
    return figuresOf({ company: books.company, package: books.package, from, to }, { shadow, live, again });
  }

  /** Its place in the API. */
  get path(): string {
    return `/api/v1/administrations/${this.administrationId}`;
  }

  private importStatement(day: PlainDate): Promise<unknown> {
    return this.api.upload(`${this.path}/statements`, `${day}.xml`, this.books.world.statementFor(day));
  }
}

/** `sales_invoices:123` → `123`, `entry:8f0c…#2` → `8f0c…`: an item's ref names its collection and instalment, the company knows the invoice alone. */
const recordIdOf = (itemRef: string): string => itemRef.replace(/^[^:]*:|#\d+$/g, '');
