import { existsSync } from 'node:fs';
import { ManualClock } from '../../../src/kernel/clock.js';
import type { Minor } from '../../../src/kernel/money.js';
import { type PlainDate, plainDate } from '../../../src/kernel/plain-date.js';
import { unwrap } from '../../../src/kernel/result.js';
import type { AccountingPackage } from '../../../src/adapters/accounting-package.port.js';
import { type MoneybirdOptions, createMoneybird } from '../../../src/adapters/moneybird/moneybird.js';
import { AdministrationApi } from '../../../src/adapters/moneybird/moneybird.api.js';
import { MoneybirdClient, type SentRequest } from '../../../src/adapters/moneybird/moneybird.client.js';
import { personalToken } from '../../../src/adapters/consent/token-source.js';
import { httpSender } from '../../../src/platform/outgoing/http.js';
import { type OutgoingQuotas, memoryQuotas } from '../../../src/platform/outgoing/quota.js';
import type { Act, AdministrationProfile, Books } from '../../../src/sandbox/moneybird/books.js';
import { archiveContact, createContact, updateContact } from '../../../src/sandbox/moneybird/contacts.js';
import { createExternalInvoice } from '../../../src/sandbox/moneybird/external.js';
import { type FaultKind, type Faults, isWrite } from '../../../src/sandbox/moneybird/faults.js';
import { createInvoice, creditInvoice, sendInvoice, setPaused, updateInvoice } from '../../../src/sandbox/moneybird/invoicing.js';
import { MoneybirdSandbox } from '../../../src/sandbox/moneybird/moneybird-sandbox.js';
import { registerPayment, settleCreditInvoice } from '../../../src/sandbox/moneybird/payments.js';
import type { InvoiceRecord } from '../../../src/sandbox/moneybird/records.js';
import { moneyText } from '../../../src/sandbox/moneybird/rules/money-text.js';
import { unpaidOn } from '../../../src/sandbox/moneybird/totals.js';
import type { Scope } from '../../../src/sandbox/moneybird/tokens.js';
import type { Webhooks } from '../../../src/sandbox/moneybird/webhooks.js';
import type { Edited, PackageHarness, Truth } from '../accounting-package.contract.js';
import { fillBooks } from './moneybird-books.js';
import { countMarked } from './moneybird-marks.js';
import { truthOf } from './moneybird-truth.js';
import { type ContractValidator, moneybirdDocument, moneybirdValidator } from './openapi.js';
import { TroubledHarness } from './troubled-harness.js';

const PROFILE: AdministrationProfile = {
  name: 'Parkietje B.V.',
  language: 'nl',
  country: 'NL',
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
  periodStartDate: plainDate('2024-01-01'),
  iban: 'NL20INGB0001234567',
  city: 'Apeldoorn',
  chamberOfCommerce: '08123456',
  taxNumber: 'NL001234567B01',
};

const START = new Date('2026-11-20T08:00:00Z');
const WITHDRAWN = 'a-token-that-was-withdrawn';

let validator: ContractValidator | null = null;
/** Reading the vendor's document takes a second: once for all tests. */
const sharedValidator = (): ContractValidator | null => (validator ??= existsSync(moneybirdDocument) ? moneybirdValidator() : null);

/** The Moneybird adapter against the Moneybird sandbox. The days and the vendor's limits run by clocks of their own. */
export class MoneybirdHarness extends TroubledHarness<FaultKind> implements PackageHarness {
  protected readonly down = 'unavailable';
  protected readonly isWrite = isWrite;
  private readonly clock = new ManualClock(START);
  private readonly wireClock = new ManualClock(START);
  private readonly sandbox = new MoneybirdSandbox({ clock: this.clock, wireClock: this.wireClock });
  readonly books: Books = this.sandbox.addAdministration({ profile: PROFILE, nativeReminders: true }, new Date('2024-01-01T08:00:00Z'));
  private readonly foreign = this.sandbox.addAdministration(
    { profile: { ...PROFILE, name: 'Iemand anders' } },
    new Date('2024-01-02T08:00:00Z'),
  );
  private readonly token = this.sandbox.tokens.issuePersonal({ administrations: [this.books.id] });
  private readonly poorToken = this.sandbox.tokens.issuePersonal({ administrations: [this.books.id], scopes: ['settings'] });
  private readonly sent: SentRequest[] = [];
  private readonly sleep = async (milliseconds: number): Promise<void> => this.wireClock.advance(milliseconds);
  private readonly quota: OutgoingQuotas = memoryQuotas({ clock: this.wireClock, sleep: this.sleep });

  private first: PackageHarness['openInvoice'] | null = null;
  private edits = 0;

  readonly administrationRef = this.books.id;
  readonly foreignAdministrationRef = this.foreign.id;
  readonly secrets = [this.token, this.poorToken, WITHDRAWN];

  async start(): Promise<void> {
    fillBooks(this.books);
    await this.sandbox.start();
    this.sandbox.state.administrations(); // lets the days up to now pass
    const [first] = this.untouchedInvoices();
    if (!first) throw new Error('the books have no open invoice');
    const open = unpaidOn(this.books, first);
    this.first = { ref: `sales_invoices:${first.id}`, debtorRef: first.contactId, open, currency: first.currency };
  }

  stop(): Promise<void> {
    return this.sandbox.stop();
  }

  connect(changes: Partial<MoneybirdOptions> = {}): AccountingPackage {
    return this.adapter(this.token, changes);
  }

  connectWithoutRight(): AccountingPackage {
    return this.adapter(this.poorToken);
  }

  connectWithdrawn(): AccountingPackage {
    return this.adapter(WITHDRAWN);
  }

  /** The endpoints themselves, for what is no operation of the port. */
  api(): AdministrationApi {
    const { quota, sleep } = this;
    const limits = {
      attempts: 4,
      maxWaitMs: 310_000,
      random: () => 0.5,
      send: httpSender({ timeoutMs: 5_000, maxAnswerBytes: 10_000_000 }),
    };
    const onExchange = (sent: SentRequest): void => void this.sent.push(sent);
    const token = personalToken(this.token);
    return new AdministrationApi(
      new MoneybirdClient({ ...limits, baseUrl: this.sandbox.url, token, quota, sleep, onExchange }),
      this.books.id,
    );
  }

  /** Tokens that reached the host of the files. */
  storageLeaks(): number {
    return this.sandbox.storage.tokenLeaks;
  }

  get webhooks(): Webhooks {
    return this.sandbox.webhooks;
  }

  now(): Date {
    return this.clock.now();
  }

  /** The adapter on a consent with these scopes alone. */
  connectWithScopes(scopes: readonly Scope[]): AccountingPackage {
    return this.adapter(this.sandbox.tokens.issuePersonal({ administrations: [this.books.id], scopes }));
  }

  /** Waits for a window of the limit, but not as long as a refusal that lasts. */
  private adapter(token: string, changes: Partial<MoneybirdOptions> = {}): AccountingPackage {
    return createMoneybird({
      baseUrl: this.sandbox.url,
      token: personalToken(token),
      quota: this.quota,
      clock: this.clock,
      sleep: this.sleep,
      random: () => 0.5,
      maxWaitMs: 310_000,
      onExchange: (sent) => this.sent.push(sent),
      ...changes,
    });
  }

  truth(): Truth {
    return truthOf(this.sandbox.state.administration(this.books.id));
  }

  edit(): Edited {
    const { books } = this;
    this.clock.advance(60_000);
    const act = this.act();
    const day = books.day(act.at);
    const salt = ++this.edits;
    const details_attributes = [{ description: 'Nieuw', price: '100.0' }];
    const contacts = [...books.contacts.values()];
    const untouched = this.untouchedInvoices().slice(1);
    const take = (): InvoiceRecord => {
      const invoice = untouched.pop();
      if (!invoice) throw new Error('the books have too few open invoices');
      return invoice;
    };

    const [changed, archived] = contacts.filter((contact) => !contact.archived).slice(salt * 2);
    if (!changed || !archived) throw new Error('the books have too few contacts');
    unwrap(updateContact(books, changed, { phone: `055-55555${salt}` }, act));
    archiveContact(archived, act);
    const newcomer = unwrap(createContact(books, { company_name: `Nieuwkomer ${salt}`, customer_id: `N-${salt}` }, act));
    const unused = contacts.find(({ id, fields }) => id !== changed.id && id !== archived.id && fields.customer_id.startsWith('N-'));
    if (unused) books.contacts.delete(unused.id);

    const fresh = unwrap(createInvoice(books, { contact_id: changed.id, details_attributes }, act));
    unwrap(sendInvoice(books, fresh, { delivery_method: 'Manual' }, act));
    unwrap(createInvoice(books, { contact_id: changed.id, details_attributes }, act)); // a draft: nobody's business
    const paid = take();
    unwrap(registerPayment(books, paid, { price: moneyText(unpaidOn(books, paid)), payment_date: day }, act));
    const paused = take();
    setPaused(paused, true, act);
    const credited = take();
    const credit = unwrap(creditInvoice(books, credited, act));
    unwrap(sendInvoice(books, credit, { delivery_method: 'Manual' }, act));
    settleCreditInvoice(books, credit, act);
    const deleted = take();
    books.invoices.delete(deleted.id);

    const webshop = unwrap(
      createExternalInvoice(books, { reference: `X-${salt}`, date: day, contact_id: changed.id, details_attributes, due_date: day }, act),
    );
    const [deletedExternal] = books.externalInvoices.values();
    if (deletedExternal) books.externalInvoices.delete(deletedExternal.id);
    this.clock.advance(60_000);
    return {
      debtors: [changed.id, archived.id, newcomer.id],
      items: [...[fresh, paid, paused, credited, credit].map(({ id }) => `sales_invoices:${id}`), `external_sales_invoices:${webshop.id}`],
      deletedDebtors: unused ? [unused.id] : [],
      deletedItems: [`sales_invoices:${deleted.id}`, `external_sales_invoices:${deletedExternal?.id}`],
    };
  }

  touch(itemRef: string): void {
    unwrap(updateInvoice(this.books, this.invoice(itemRef), { reference: `PO-changed-${++this.edits}` }, this.act()));
  }

  get openInvoice(): PackageHarness['openInvoice'] {
    if (!this.first) throw new Error('the harness was not started');
    return this.first;
  }

  countMarked(marker: string): number {
    return countMarked(this.books, marker);
  }

  payByHand(itemRef: string, amount: Minor, on: PlainDate): void {
    unwrap(registerPayment(this.books, this.invoice(itemRef), { price: moneyText(amount), payment_date: on }, this.act()));
  }

  pauseByHand(itemRef: string): void {
    setPaused(this.invoice(itemRef), true, this.act());
  }

  isPaused(itemRef: string): boolean {
    return this.invoice(itemRef).paused;
  }

  openAmount(itemRef: string): Minor {
    return unpaidOn(this.books, this.invoice(itemRef));
  }

  get faults(): Faults {
    return this.sandbox.faults;
  }

  passTime(): void {
    this.clock.advance(60_000);
  }

  /** How often the sandbox answered what. */
  statuses(): Readonly<Record<string, number>> {
    return this.sandbox.log.statuses;
  }

  /** Seconds that passed by the clock of the limits. */
  wireSeconds(): number {
    return (this.wireClock.now().getTime() - START.getTime()) / 1_000;
  }

  writes(): number {
    return this.sandbox.log.count(isWrite);
  }

  told(): unknown {
    return this.sent;
  }

  violations(): readonly string[] {
    const document = sharedValidator();
    if (!document) return [];
    return this.sent.flatMap(({ method, url, body }) =>
      document.request(method, url, body).map((problem) => `${method} ${url}: ${problem}`),
    );
  }

  /** Open, nothing paid or credited, not paused, its contact in use. */
  private untouchedInvoices(): InvoiceRecord[] {
    const invoices = [...this.books.invoices.values()];
    return invoices.filter(
      (invoice) =>
        ['open', 'late', 'reminded'].includes(invoice.state) &&
        invoice.payments.length === 0 &&
        !invoice.paused &&
        invoice.originalInvoiceId === null &&
        !invoices.some(({ originalInvoiceId }) => originalInvoiceId === invoice.id) &&
        !this.books.contacts.get(invoice.contactId)?.archived,
    );
  }

  private act(): Act {
    return { userId: this.books.owner.id, at: this.clock.now() };
  }

  private invoice(itemRef: string): InvoiceRecord {
    const invoice = this.books.invoice(itemRef.replace('sales_invoices:', ''));
    if (!invoice) throw new Error(`the sandbox has no ${itemRef}`);
    return invoice;
  }
}
