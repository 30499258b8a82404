import { ManualClock } from '../../../src/kernel/clock.js';
import type { Minor } from '../../../src/kernel/money.js';
import { addDays } from '../../../src/kernel/plain-date.js';
import type { AccountingPackage, PullSink } from '../../../src/adapters/accounting-package.port.js';
import { type TokenSource, personalToken } from '../../../src/adapters/consent/token-source.js';
import type { SentRequest } from '../../../src/adapters/twinfield/twinfield.client.js';
import { type TwinfieldOptions, createTwinfield, twinfieldSender } from '../../../src/adapters/twinfield/twinfield.js';
import { memoryLanes } from '../../../src/platform/outgoing/lanes.js';
import { memoryQuotas } from '../../../src/platform/outgoing/quota.js';
import { bookInvoice, changeDueDate, creditInvoice, payInvoice, receive } from '../../../src/sandbox/twinfield/bookings.js';
import type { OfficeBooks } from '../../../src/sandbox/twinfield/books.js';
import { addCustomer, changeCustomer, deleteCustomer } from '../../../src/sandbox/twinfield/customers.js';
import { deleteTransaction } from '../../../src/sandbox/twinfield/entries.js';
import { type TwinfieldFault, type TwinfieldFaults, isWrite } from '../../../src/sandbox/twinfield/faults.js';
import { statusOf } from '../../../src/sandbox/twinfield/matching.js';
import type { Grant } from '../../../src/sandbox/twinfield/oidc-grants.js';
import type { CustomerRow, LineRow } from '../../../src/sandbox/twinfield/records.js';
import { countOf } from '../../../src/sandbox/twinfield/truth.js';
import { TwinfieldSandbox } from '../../../src/sandbox/twinfield/twinfield-sandbox.js';
import type { Edited, PackageHarness, Truth } from '../accounting-package.contract.js';
import { SimulatedWait } from './twinfield-wait.js';
import { fillBooks } from './twinfield-books.js';
import { truthOf } from './twinfield-truth.js';
import type { FaultRequest } from '../../../src/sandbox/wire/faults.js';
import { TroubledHarness } from './troubled-harness.js';

export const APP = { id: 'tegoed-test', secret: 'a-secret-of-the-harness', redirectUris: ['https://tegoed.example/callback'] };
const START = new Date('2026-11-20T08:00:00Z');
const FILLED = new Date('2026-11-10T08:00:00Z');
const WITHDRAWN = 'a-token-that-was-withdrawn';
const IBAN = 'NL33TEGO0417164300';

export const refOf = ({ transaction, id }: LineRow): string => `${transaction.code}/${transaction.number}/${id}`;

export interface HarnessOptions {
  readonly empty?: boolean;
  readonly certified?: boolean;
  /** Offices besides the first. */
  readonly more?: readonly string[];
  /** Default: small, so that there are several. */
  readonly batchSize?: number;
}

/** The Twinfield adapter against the Twinfield sandbox. The days and the vendor's limits run by clocks of their own. */
export class TwinfieldHarness extends TroubledHarness<TwinfieldFault> implements PackageHarness {
  protected readonly down = 'maintenance';
  protected readonly isWrite = isWrite;
  readonly clock = new ManualClock(START);
  readonly wireClock = new ManualClock(START);
  readonly sandbox = new TwinfieldSandbox({ clock: this.clock, wireClock: this.wireClock });
  readonly organisation = this.sandbox.addOrganisation();
  readonly books: OfficeBooks = this.sandbox.addOffice(this.organisation, 'KD01', { name: 'Parkiet Twinfield B.V.', iban: IBAN });
  readonly offices: readonly OfficeBooks[];
  readonly app;
  private readonly foreign = this.sandbox.addOffice(this.sandbox.addOrganisation(), 'VREEMD', { name: 'Iemand anders', iban: IBAN });
  private grant: Grant;
  private readonly poorGrant: Grant;
  private readonly sent: SentRequest[] = [];
  readonly wait = new SimulatedWait(this.wireClock);
  private readonly quotas = memoryQuotas({ clock: this.wireClock, sleep: this.wait.sleep });
  private readonly send = this.wait.watched(twinfieldSender());
  private readonly lanes = memoryLanes();
  private readonly turns = memoryLanes();
  private readonly told_ = new Map<string, string | null>();
  private first: LineRow | null = null;
  private edits = 0;
  private leftover: CustomerRow | null = null;

  readonly administrationRef = this.refOfOffice(this.books);
  /** In the same organisation of the vendor, and closed to the user. */
  readonly foreignAdministrationRef = `${this.organisation.code}/${this.foreign.code}`;

  constructor(private readonly options: HarnessOptions = {}) {
    super();
    const { certified = false, more = [] } = options;
    this.offices = [
      this.books,
      ...more.map((code) => this.sandbox.addOffice(this.organisation, code, { name: `Kantoor ${code}`, iban: IBAN })),
    ];
    this.app = this.sandbox.oidc.register({ ...APP, certified });
    const user = this.sandbox.addUser(this.organisation);
    this.sandbox.addUser(this.organisation, { code: 'INCASSO', name: 'Incasso' });
    this.grant = this.sandbox.oidc.grant(this.app, user);
    this.poorGrant = this.sandbox.oidc.grant(this.app, user, ['openid', 'twf.user', 'twf.organisation', 'offline_access']);
  }

  get secrets(): readonly string[] {
    return [this.grant.access?.value ?? '', this.grant.refresh?.value ?? '', WITHDRAWN];
  }

  async start(): Promise<void> {
    if (!this.options.empty) {
      fillBooks(this.books, FILLED);
      this.first = this.untouched()[0] ?? null;
      this.bookReceiptFor(this.first);
    }
    await this.sandbox.start();
  }

  /** Money for the open invoice, and more: what a payment is matched with has to be booked in Twinfield first. */
  private bookReceiptFor(line: LineRow | null): void {
    if (!line?.dim2) throw new Error('the books have no open invoice');
    receive(this.books, { customer: line.dim2, amount: 2 * line.open, date: this.books.day(START), description: 'Overboeking' }, FILLED);
  }

  stop(): Promise<void> {
    return this.sandbox.stop();
  }

  connect(changes: Partial<TwinfieldOptions> = {}): AccountingPackage {
    return this.listening(this.adapter({ token: this.renewing(), ...changes }));
  }

  connectWithoutRight(): AccountingPackage {
    return this.adapter({ token: personalToken(this.poorGrant.access?.value ?? '') });
  }

  connectWithdrawn(): AccountingPackage {
    return this.adapter({ token: personalToken(WITHDRAWN) });
  }

  private adapter(options: Pick<TwinfieldOptions, 'token'> & Partial<TwinfieldOptions>): AccountingPackage {
    return createTwinfield({
      loginOrigin: this.sandbox.url,
      clientId: APP.id,
      tier: this.options.certified ? 'certified' : 'uncertified',
      handoverUser: 'INCASSO',
      actions: 'Gebeld=none;Opgelost=end',
      quotas: this.quotas,
      lanes: this.lanes,
      turns: this.turns,
      clock: this.clock,
      sleep: this.wait.sleep,
      send: this.send,
      random: () => 0.5,
      batchSize: this.options.batchSize ?? 10,
      onExchange: (sent) => this.sent.push(sent),
      ...options,
    });
  }

  /** Notes what a ledger is told of: what was settled before that is no concern of the adapter. */
  private listening(adapter: AccountingPackage): AccountingPackage {
    const told = this.told_;
    return new Proxy(adapter, {
      get: (target, name) => {
        const value = Reflect.get(target, name, target) as unknown;
        if (name !== 'pull') return typeof value === 'function' ? value.bind(target) : value;
        const pull: AccountingPackage['pull'] = (ref, cursor, sink, memory) => {
          if (cursor === null && ref === this.administrationRef) told.clear();
          const noting: PullSink = async (batch) => {
            await sink(batch);
            if (ref === this.administrationRef) for (const item of batch.items) told.set(item.ref, item.description);
          };
          return target.pull(ref, cursor, noting, memory);
        };
        return pull;
      },
    });
  }

  /** Renews by the clock of the wire, as the consent part of the house does. */
  renewing(): TokenSource {
    const renew = async (): Promise<void> => {
      const basic = Buffer.from(`${APP.id}:${APP.secret}`).toString('base64');
      await fetch(`${this.sandbox.url}/auth/authentication/connect/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${basic}` },
        body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: this.grant.refresh?.value ?? '' }),
      });
    };
    return {
      accessToken: async () => {
        const until = this.grant.access?.until ?? 0;
        if (this.wireClock.now().getTime() + this.sandbox.driftMs > until - 330_000) await renew();
        return this.grant.access?.value ?? '';
      },
      refused: async () => undefined,
    };
  }

  /** Every access token stops working, in the middle of whatever it is used for. */
  expireToken(): void {
    this.sandbox.oidc.expireAccess(this.grant);
  }

  withdrawConsent(): void {
    this.sandbox.oidc.revoke(this.grant);
  }

  /** The user gives it anew, if it was withdrawn. */
  consentAgain(): void {
    if (this.grant.revoked) this.grant = this.sandbox.oidc.grant(this.app, this.grant.user);
  }

  refOfOffice({ code }: OfficeBooks): string {
    return `${this.organisation.code}/${code}`;
  }

  truth(): Truth {
    return truthOf(this.books, this.told_);
  }

  edit(): Edited {
    this.clock.advance(60_000);
    const { books } = this;
    const at = this.clock.now();
    const date = books.day(at);
    const salt = ++this.edits;
    const untouched = this.untouched().slice(1);
    const take = (): LineRow => {
      const line = untouched.pop();
      if (!line) throw new Error('the books have too few open invoices');
      return line;
    };
    const [changed, limited] = [...books.customers.values()].slice(salt * 2);
    if (!changed || !limited) throw new Error('the books have too few customers');
    const [address] = changed.addresses;
    changeCustomer(changed, { addresses: address ? [{ ...address, telephone: `055-55555${salt}` }] : [] }, at);
    changeCustomer(limited, { credit: { creditLimit: 100_000 + salt } }, at);
    const newcomer = addCustomer(books, { name: `Nieuwkomer ${salt}` }, at);
    const unused = this.leftover;
    if (unused) deleteCustomer(books, unused);
    this.leftover = newcomer;

    const fresh = bookInvoice(books, { customer: changed.code, date, amount: 12_100, invoiceNumber: `N${salt}` }, at);
    const paid = take();
    payInvoice(books, paid, { amount: paid.open, date }, at);
    const partly = take();
    payInvoice(books, partly, { amount: 5_000, date }, at);
    const credited = take();
    creditInvoice(books, credited, { settle: true }, at);
    const deleted = take();
    const deletedRef = refOf(deleted);
    deleteTransaction(books, deleted.transaction, { at });
    this.clock.advance(60_000);
    return {
      debtors: [changed.code, limited.code, newcomer.code],
      items: [fresh, paid, partly, credited].map(refOf),
      deletedDebtors: unused ? [unused.code] : [],
      deletedItems: [deletedRef],
    };
  }

  touch(itemRef: string): void {
    const line = this.line(itemRef);
    changeDueDate(line, addDays(line.transaction.dueDate ?? line.transaction.date, 1), this.clock.now());
  }

  get openInvoice(): PackageHarness['openInvoice'] {
    if (!this.first) throw new Error('the harness was not started');
    return { ref: refOf(this.first), debtorRef: this.first.dim2 ?? '', open: this.first.open, currency: this.first.transaction.currency };
  }

  countMarked(marker: string): number {
    return countOf(this.books, marker);
  }

  payByHand(itemRef: string, amount: Minor, on: Parameters<typeof addDays>[0]): void {
    payInvoice(this.books, this.line(itemRef), { amount, date: on }, this.clock.now());
  }

  pauseByHand(itemRef: string): void {
    changeCustomer(this.books.customer(this.line(itemRef).dim2 ?? ''), { credit: { sendReminder: 'false' } }, this.clock.now());
  }

  isPaused(itemRef: string): boolean {
    return this.books.customer(this.line(itemRef).dim2 ?? '').credit.sendReminder === 'false';
  }

  openAmount(itemRef: string): Minor {
    return this.line(itemRef).open;
  }

  get faults(): TwinfieldFaults {
    return this.sandbox.faults;
  }

  /** The host people log in at counts no credits. */
  protected override isCounted({ path }: FaultRequest): boolean {
    return path.includes('/webservices/');
  }

  writes(): number {
    return this.sandbox.log.count(isWrite);
  }

  told(): unknown {
    return this.sent;
  }

  get requests(): readonly SentRequest[] {
    return this.sent;
  }

  violations(): readonly string[] {
    return [];
  }

  /** Open invoices nothing was done with, booked for good, in the office's own currency. */
  untouched(books: OfficeBooks = this.books): LineRow[] {
    return [...books.receivables()].filter(
      (line) =>
        line.transaction.code === books.salesDaybook &&
        line.transaction.currency === books.currency &&
        line.transaction.location === 'final' &&
        statusOf(line) === 'available' &&
        line.value > 6_000 &&
        line.open === line.value,
    );
  }

  line(itemRef: string, books: OfficeBooks = this.books): LineRow {
    const line = [...books.receivables()].find((each) => refOf(each) === itemRef);
    if (!line) throw new Error(`the sandbox has no ${itemRef}`);
    return line;
  }
}
