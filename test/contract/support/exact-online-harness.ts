import { ManualClock } from '../../../src/kernel/clock.js';
import type { Minor } from '../../../src/kernel/money.js';
import { addDays } from '../../../src/kernel/plain-date.js';
import type { AccountingPackage } from '../../../src/adapters/accounting-package.port.js';
import type { TokenSource } from '../../../src/adapters/consent/token-source.js';
import { personalToken } from '../../../src/adapters/consent/token-source.js';
import { DivisionApi } from '../../../src/adapters/exact-online/exact-online.api.js';
import { ExactOnlineClient, type SentRequest } from '../../../src/adapters/exact-online/exact-online.client.js';
import { type ExactOnlineOptions, createExactOnline } from '../../../src/adapters/exact-online/exact-online.js';
import { httpSender } from '../../../src/platform/outgoing/http.js';
import { memoryLanes } from '../../../src/platform/outgoing/lanes.js';
import { type OutgoingQuotas, memoryQuotas } from '../../../src/platform/outgoing/quota.js';
import { addAccount, addContact, changeAccount, deleteAccount } from '../../../src/sandbox/exact-online/accounts.js';
import type { DivisionBooks, DivisionProfile } from '../../../src/sandbox/exact-online/books.js';
import { ExactOnlineSandbox } from '../../../src/sandbox/exact-online/exact-online-sandbox.js';
import { type ExactFault, type ExactFaults, isWrite } from '../../../src/sandbox/exact-online/faults.js';
import { openOn, openTermsOf } from '../../../src/sandbox/exact-online/matching.js';
import type { AppRegistration, Chain } from '../../../src/sandbox/exact-online/oauth-chains.js';
import { bookInvoice, changeDueDate, creditInvoice, deleteEntry, payInvoice } from '../../../src/sandbox/exact-online/receivables.js';
import type { EntryRow, FieldRow } from '../../../src/sandbox/exact-online/records.js';
import type { Edited, PackageHarness, Truth } from '../accounting-package.contract.js';
import { fillBooks } from './exact-online-books.js';
import { refOf, truthOf } from './exact-online-truth.js';
import { TroubledHarness } from './troubled-harness.js';

const PROFILE: DivisionProfile = {
  name: 'Parkiet Exact B.V.',
  customerName: 'Parkiet Exact Holding B.V.',
  country: 'NL',
  currency: 'EUR',
  iban: 'NL33TEGO0417164300',
};
export const APP: AppRegistration = {
  id: '6b1f3a52-0d7e-4c1b-9a55-2f8f0a1c7d10',
  secret: 'a-secret-of-the-harness',
  redirectUris: ['https://tegoed.example/callback'],
  webhookSecret: 'example-webhook-secret',
};
/** An app that was not allowed to see what is open. */
const POOR_APP: AppRegistration = {
  ...APP,
  id: '6b1f3a52-0d7e-4c1b-9a55-2f8f0a1c7d11',
  scopes: { 'crm.accounts': 'manage', 'organization.administration': 'manage' },
};

const START = new Date('2026-11-20T08:00:00Z');
const FILLED = new Date('2026-11-10T08:00:00Z');
const WITHDRAWN = 'a-token-that-was-withdrawn';

/** The Exact Online adapter against the Exact Online sandbox. The days and the vendor's limits run by clocks of their own. */
export class ExactOnlineHarness extends TroubledHarness<ExactFault> implements PackageHarness {
  protected readonly down = 'maintenance';
  protected readonly isWrite = isWrite;
  readonly clock = new ManualClock(START);
  readonly wireClock = new ManualClock(START);
  readonly sandbox = new ExactOnlineSandbox({ clock: this.clock, wireClock: this.wireClock });
  readonly user = this.sandbox.addUser();
  readonly books: DivisionBooks = this.sandbox.addDivision(PROFILE, { users: [this.user], createdAt: new Date('2024-01-01T08:00:00Z') });
  private readonly foreign = this.sandbox.addDivision({ ...PROFILE, name: 'Iemand anders' }, { users: [this.sandbox.addUser()] });
  private chain: Chain;
  private readonly poorChain: Chain;
  private readonly sent: SentRequest[] = [];
  private readonly sleep = async (milliseconds: number): Promise<void> => this.wireClock.advance(milliseconds);
  private readonly quotas: OutgoingQuotas = memoryQuotas({ clock: this.wireClock, sleep: this.sleep });
  private readonly lanes = memoryLanes();
  private first: EntryRow | null = null;
  private edits = 0;

  readonly administrationRef = String(this.books.code);
  readonly foreignAdministrationRef = String(this.foreign.code);

  constructor(private readonly options: { readonly empty?: boolean } = {}) {
    super();
    const { oauth } = this.sandbox;
    this.chain = oauth.grant(oauth.register(APP), this.user);
    this.poorChain = oauth.grant(oauth.register(POOR_APP), this.user);
  }

  get secrets(): readonly string[] {
    return [this.chain.access?.value ?? '', this.chain.refresh.value, WITHDRAWN];
  }

  async start(): Promise<void> {
    if (!this.options.empty) fillBooks(this.books, FILLED);
    await this.sandbox.start();
    this.first = this.untouched()[0] ?? null;
  }

  stop(): Promise<void> {
    return this.sandbox.stop();
  }

  connect(changes: Partial<ExactOnlineOptions> = {}): AccountingPackage {
    return this.adapter({ clientId: APP.id, token: this.renewing(this.chain), ...changes });
  }

  /** The user gives consent once more; what was connected before is over. */
  consentAgain(): void {
    this.chain = this.sandbox.oauth.grant(this.chain.app, this.user);
  }

  connectWithoutRight(): AccountingPackage {
    return this.adapter({ clientId: POOR_APP.id, token: this.renewing(this.poorChain) });
  }

  connectWithdrawn(): AccountingPackage {
    return this.adapter({ clientId: APP.id, token: personalToken(WITHDRAWN) });
  }

  private adapter(options: Pick<ExactOnlineOptions, 'clientId' | 'token'>): AccountingPackage {
    return createExactOnline({
      origin: this.sandbox.url,
      quotas: this.quotas,
      lanes: this.lanes,
      clock: this.clock,
      sleep: this.sleep,
      random: () => 0.5,
      onExchange: (sent) => this.sent.push(sent),
      ...options,
    });
  }

  /** Renews by the clock of the wire, as the consent part of the house does. */
  private renewing(chain: Chain): TokenSource {
    const renew = async (): Promise<void> => {
      const form = {
        grant_type: 'refresh_token',
        client_id: chain.app.id,
        client_secret: chain.app.secret,
        refresh_token: chain.refresh.value,
      };
      await fetch(`${this.sandbox.url}/api/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
    };
    return {
      accessToken: async () => {
        if (this.wireClock.now().getTime() + this.sandbox.driftMs - chain.issuedAt > 575_000) await renew();
        return chain.access?.value ?? '';
      },
      refused: async () => undefined,
    };
  }

  truth(): Truth {
    return truthOf(this.books);
  }

  edit(): Edited {
    this.clock.advance(60_000);
    const { books } = this;
    const at = this.clock.now();
    const date = books.day(at);
    const salt = ++this.edits;
    const untouched = this.untouched().slice(1);
    const take = (): EntryRow => {
      const entry = untouched.pop();
      if (!entry) throw new Error('the books have too few open invoices');
      return entry;
    };
    const [changed, limited] = [...books.accounts.values()].filter(({ fields }) => fields['Status'] === 'C').slice(salt * 2);
    if (!changed || !limited) throw new Error('the books have too few accounts');
    changeAccount(books, changed, { Phone: `055-55555${salt}` }, at);
    changeAccount(books, limited, { CreditLineSales: 1_000 + salt }, at);
    const newcomer = addAccount(books, { Name: `Nieuwkomer ${salt}` }, at);
    addContact(books, newcomer, { FullName: 'Nieuw', Email: `nieuw-${salt}@klant.example` }, at);
    const unused = this.leftovers.pop();
    if (unused) deleteAccount(books, unused, at);
    this.leftovers.push(newcomer);

    const fresh = bookInvoice(books, { accountId: changed.id, date, amount: 12_100, paymentCondition: '30' }, at);
    const paid = take();
    payInvoice(books, paid, { amount: openOn(books, paid), date }, at);
    const partly = take();
    payInvoice(books, partly, { amount: 5_000, date }, at);
    const credited = take();
    const credit = creditInvoice(books, credited, { settle: true }, at);
    const deleted = take();
    deleteEntry(books, deleted, at);
    this.clock.advance(60_000);
    return {
      debtors: [changed.id, limited.id, newcomer.id],
      items: [fresh, paid, partly, credited, credit].map(refOf),
      deletedDebtors: unused ? [unused.id] : [],
      deletedItems: [refOf(deleted)],
    };
  }

  private readonly leftovers: FieldRow[] = [];

  touch(itemRef: string): void {
    const entry = this.entry(itemRef);
    changeDueDate(this.books, entry, addDays(entry.dueDate, 1), this.clock.now());
  }

  get openInvoice(): PackageHarness['openInvoice'] {
    if (!this.first) throw new Error('the harness was not started');
    const { accountId, currency } = this.first;
    return { ref: refOf(this.first), debtorRef: accountId, open: openOn(this.books, this.first), currency };
  }

  countMarked(marker: string): number {
    const { communicationNotes, complaints, tasks, documents } = this.books;
    const texts = [communicationNotes, complaints, tasks, documents].flatMap((table) =>
      [...table.values()].map(({ fields }) => String(fields['Subject'] ?? fields['Complaint'] ?? fields['Description'] ?? '')),
    );
    return texts.filter((text) => text.includes(`[tg:${marker}]`)).length;
  }

  payByHand(itemRef: string, amount: Minor, on: Parameters<typeof addDays>[0]): void {
    payInvoice(this.books, this.entry(itemRef), { amount, date: on }, this.clock.now());
  }

  pauseByHand(): void {
    throw new Error('Exact Online has no reminders of its own that the API shows');
  }

  isPaused(): boolean {
    return false;
  }

  openAmount(itemRef: string): Minor {
    return openOn(this.books, this.entry(itemRef));
  }

  get faults(): ExactFaults {
    return this.sandbox.faults;
  }

  writes(): number {
    return this.sandbox.log.count(isWrite);
  }

  told(): unknown {
    return this.sent;
  }

  violations(): readonly string[] {
    return [];
  }

  /** The resources of the division, for what is not in the port. */
  api(): DivisionApi {
    const { quotas, lanes, sleep } = this;
    const token = this.renewing(this.chain);
    const limits = { attempts: 4, maxWaitMs: 65_000, requestsPerDay: 5_000 };
    const send = httpSender({ timeoutMs: 10_000, maxAnswerBytes: 10_000_000 });
    const origin = this.sandbox.url;
    const division = this.administrationRef;
    const client = new ExactOnlineClient({
      origin,
      division,
      clientId: APP.id,
      token,
      quotas,
      lanes,
      sleep,
      send,
      random: () => 0.5,
      ...limits,
    });
    return new DivisionApi(client, origin);
  }

  /** Open invoices nothing was done with, of one instalment and in the division's own currency. */
  untouched(): EntryRow[] {
    return [...this.books.entries.values()].filter(
      (entry) =>
        entry.type === 20 &&
        entry.currency === PROFILE.currency &&
        openTermsOf(this.books, entry).length === 1 &&
        this.books.termsOf(entry).every(({ status, paymentMethod }) => status === 20 && paymentMethod === 'B'),
    );
  }

  entry(itemRef: string): EntryRow {
    const entry = [...this.books.entries.values()].find((each) => refOf(each) === itemRef);
    if (!entry) throw new Error(`the sandbox has no ${itemRef}`);
    return entry;
  }
}
