import type { Calendar } from '../../kernel/calendar.js';
import { InputError } from '../../kernel/errors.js';
import { type Minor, scale, sum } from '../../kernel/money.js';
import { type PlainDate, addDays, daysBetween, minDate } from '../../kernel/plain-date.js';
import type { Random } from '../random.js';
import type { SettableClock } from '../running-clock.js';
import type { BankTransaction, Truth } from './bank-transaction.js';
import { type CamtVersion, closingOf, renderCamt053 } from './camt053.js';
import type { CompanyBooks, InvoiceLine, IssuedInvoice } from './company-books.js';
import type { Customer } from './customer.js';
import { fictitiousIban } from './fictitious-iban.js';
import { type ReferenceStyle, drawStyle, planPayment } from './habits.js';
import { remittanceFor, remittanceForSeveral } from './remittance.js';

export interface CompanyAccount {
  readonly iban: string;
  readonly owner: string;
  readonly bic: string;
}

/** A payment the bookkeeper registered in the package; no bank line belongs to it. */
export interface RegisteredPayment {
  readonly invoiceRef: string;
  readonly number: string;
  readonly amount: Minor;
}

/** One day that has passed. */
export interface LivedDay {
  readonly day: PlainDate;
  readonly transactions: readonly BankTransaction[];
  readonly registered: readonly RegisteredPayment[];
  readonly issued: readonly IssuedInvoice[];
  readonly credited: readonly IssuedInvoice[];
}

export interface WorldOptions {
  readonly books: CompanyBooks;
  readonly random: Random;
  readonly bankingDays: Calendar;
  readonly account: CompanyAccount;
  readonly customers: readonly Customer[];
  /** The first day to live. */
  readonly from: PlainDate;
  readonly invoicesPerWorkingDay: number;
  readonly statementVersion: CamtVersion;
  /** Moved along to the morning of each `today`. */
  readonly clock?: SettableClock;
}

/** Money somebody passes on to the company: a collection agency, what it collected. */
export interface Remittance {
  readonly from: { readonly name: string; readonly iban: string };
  readonly amount: Minor;
  readonly text: string;
}

interface KnownCustomer {
  readonly customer: Customer;
  readonly ref: string;
}

interface OpenInvoice {
  readonly invoice: IssuedInvoice;
  readonly buyer: KnownCustomer;
  /** What the customer still has to pay, by its own account. */
  left: Minor;
  plans: { day: PlainDate; share: number }[];
  reminded: boolean;
}

const OPENING_BALANCE = 2_500_000;
const SMALLEST_BALANCE = 200_000;

/**
 * A company that goes on living: it sells, its customers pay at their habit's day, the bank makes a statement a day, the bookkeeper does a
 * little by hand. The same seed lives the same life.
 */
export class SandboxWorld {
  /** It is the morning of this day: everything before it has happened. */
  today: PlainDate;
  readonly days: LivedDay[] = [];
  private readonly random: Random;
  private readonly buyers: readonly KnownCustomer[];
  private readonly open = new Map<string, OpenInvoice>();
  private readonly openings = new Map<PlainDate, Minor>();
  private readonly announced: Remittance[] = [];
  private balance = OPENING_BALANCE;
  private sold = 0;
  private booked = 0;

  constructor(private readonly options: WorldOptions) {
    this.random = options.random;
    this.today = options.from;
    const founded = new Date(`${options.from}T06:00:00.000Z`);
    this.buyers = options.customers.map((customer) => ({ customer, ref: options.books.addCustomer(customer, founded) }));
  }

  /**
   * Lives through to the morning of `day` and returns the days that passed. With `bookkeeper: true` somebody books the whole bank statement
   * by hand every evening: the past before Tegoed.
   */
  advanceTo(day: PlainDate, { bookkeeper = false }: { readonly bookkeeper?: boolean } = {}): LivedDay[] {
    if (day < this.today) throw new InputError('not-in-the-past', `the sandbox company is at ${this.today} and cannot go back to ${day}`);
    const lived: LivedDay[] = [];
    while (this.today < day) {
      const past = this.live(this.today);
      if (bookkeeper) this.bookByHand(past);
      lived.push(past);
      this.days.push(past);
      this.today = addDays(this.today, 1);
    }
    this.options.clock?.set(new Date(`${this.today}T05:00:00.000Z`));
    return lived;
  }

  /** The statement of a day that has passed, as camt.053 XML: one a day, also without bookings. Refuses other days. */
  statementFor(day: PlainDate, version: CamtVersion = this.options.statementVersion): string {
    const lived = this.days.find((past) => past.day === day);
    const opening = this.openings.get(day);
    if (!lived || opening === undefined) throw new InputError('no-such-day', `the sandbox company has no statement of ${day}`);
    const { account, from } = this.options;
    return renderCamt053({ version, day, account, opening, transactions: lived.transactions, sequence: daysBetween(from, day) + 1 });
  }

  /** A customer was reminded of these invoices (by id) on a day: some habits pay only then. */
  reminded(invoiceRefs: readonly string[], on: PlainDate): void {
    for (const ref of invoiceRefs) {
      const open = this.open.get(ref);
      if (!open || open.reminded || open.buyer.customer.habit === 'never') continue;
      open.reminded = true;
      const answered = addDays(on, this.random.int(2, 6));
      open.plans = open.plans.map((plan) => ({ ...plan, day: minDate(plan.day, answered) }));
    }
  }

  /** Somebody passes money on: it is on the account the next banking day. */
  remit(remittance: Remittance): void {
    this.announced.push(remittance);
  }

  /** By the customers' own account: what is still to be paid on each invoice (by id) that is not settled. */
  get owed(): ReadonlyMap<string, Minor> {
    return new Map([...this.open].map(([ref, { left }]) => [ref, left]));
  }

  /** By the customers' own plans: what each (by ref) is about to pay between two days, if nothing comes between. */
  expected(first: PlainDate, last: PlainDate): ReadonlyMap<string, Minor> {
    const payments = new Map<string, Minor>();
    for (const { buyer, left, plans } of this.open.values()) {
      const [plan] = plans;
      if (!plan || plan.day < first || plan.day > last) continue;
      const amount = plans.length === 1 ? left : scale(left, plan.share, 10_000);
      payments.set(buyer.ref, (payments.get(buyer.ref) ?? 0) + amount);
    }
    return payments;
  }

  private live(day: PlainDate): LivedDay {
    this.openings.set(day, this.balance);
    const isBankingDay = this.options.bankingDays.isWorkingDay(day);
    const registered = isBankingDay ? this.payCash(day) : [];
    const transactions = isBankingDay ? [...this.customersPay(day), ...this.otherMoney(day)] : [];
    const issued = isBankingDay ? this.sell(day) : [];
    const credited = isBankingDay ? this.credit(day) : [];
    this.balance = closingOf({ opening: this.balance, transactions });
    return { day, transactions, registered, issued, credited };
  }

  private sell(day: PlainDate): IssuedInvoice[] {
    this.sold += this.options.invoicesPerWorkingDay;
    const issued: IssuedInvoice[] = [];
    const choices = this.buyers.map((buyer) => [buyer, buyer.customer.weight] as const);
    while (this.sold >= 1) {
      this.sold -= 1;
      const buyer = this.random.weighted(choices);
      const at = new Date(`${day}T${String(8 + (issued.length % 8)).padStart(2, '0')}:${this.random.int(10, 59)}:00.000Z`);
      const lines = this.lines(buyer.customer);
      const invoice = this.options.books.issueInvoice({ customerRef: buyer.ref, termDays: buyer.customer.termDays, lines }, at);
      issued.push(invoice);
      const plans = planPayment(buyer.customer.habit, invoice, this.random);
      this.open.set(invoice.ref, { invoice, buyer, left: invoice.total, plans, reminded: false });
    }
    return issued;
  }

  private lines({ business }: Customer): InvoiceLine[] {
    const what = ['Levering', 'Onderhoud', 'Advies', 'Montage', 'Materiaal', 'Voorrijkosten'];
    return Array.from({ length: this.random.int(1, 3) }, () => ({
      description: `${this.random.pick(what)} week ${this.random.int(1, 52)}`,
      price: this.random.int(business ? 4_000 : 1_500, business ? 90_000 : 20_000),
      quantity: this.random.int(1, 4),
    }));
  }

  /** A few sales are taken back in full some days later, mostly set off at once. */
  private credit(day: PlainDate): IssuedInvoice[] {
    const untouched = [...this.open.values()].filter(
      ({ invoice, left }) => left === invoice.total && daysBetween(invoice.issueDate, day) >= 4 && daysBetween(invoice.issueDate, day) <= 8,
    );
    return untouched
      .filter(() => this.random.chance(0.008))
      .map(({ invoice }) => {
        this.open.delete(invoice.ref);
        return this.options.books.creditInvoice(invoice.ref, { settle: this.random.chance(0.7) }, new Date(`${day}T15:30:00.000Z`));
      });
  }

  /** Now and then somebody pays at the counter, and the bookkeeper registers it. */
  private payCash(day: PlainDate): RegisteredPayment[] {
    if (!this.random.chance(0.12)) return [];
    const atCounter = [...this.open.values()].filter(({ buyer, plans }) => !buyer.customer.business && plans.length > 0);
    if (atCounter.length === 0) return [];
    const { invoice, left } = this.random.pick(atCounter);
    this.options.books.registerPayment(invoice.ref, { amount: left, date: day, cash: true }, new Date(`${day}T14:00:00.000Z`));
    this.open.delete(invoice.ref);
    return [{ invoiceRef: invoice.ref, number: invoice.number, amount: left }];
  }

  private customersPay(day: PlainDate): BankTransaction[] {
    const due = [...this.open.values()].filter(({ plans }) => plans[0] !== undefined && plans[0].day <= day);
    return this.buyers.flatMap((buyer) => {
      const mine = due.filter((open) => open.buyer === buyer);
      const atOnce = mine.length > 1 && (buyer.customer.habit === 'monthly' || this.random.chance(0.5));
      return atOnce ? [this.paySeveral(day, buyer, mine)] : mine.flatMap((open) => this.payOne(day, buyer, open));
    });
  }

  private payOne(day: PlainDate, buyer: KnownCustomer, open: OpenInvoice): BankTransaction[] {
    const before = open.left;
    const amount = this.takePlan(open);
    const style: ReferenceStyle = this.random.chance(0.85) ? buyer.customer.style : drawStyle(this.random);
    const payment = { ...this.from(buyer), ...remittanceFor(style, open.invoice, this.random) };
    const allocations = [{ invoiceRef: open.invoice.ref, number: open.invoice.number, amount }];
    const truth: Truth = { kind: style, debtorRef: buyer.ref, allocations, unallocated: 0, part: amount < before };
    const made = [this.transaction(day, { ...payment, amount, truth })];
    if (!truth.part && this.random.chance(0.006)) {
      const again: Truth = { kind: 'paid-twice', debtorRef: buyer.ref, allocations: [], unallocated: amount, part: false };
      made.push(this.transaction(day, { ...payment, amount, truth: again }));
    }
    return made;
  }

  private paySeveral(day: PlainDate, buyer: KnownCustomer, mine: readonly OpenInvoice[]): BankTransaction {
    const part = mine.some(({ plans }) => plans.length > 1);
    const allocations = mine.map((open) => ({ invoiceRef: open.invoice.ref, number: open.invoice.number, amount: this.takePlan(open) }));
    const amount = sum(allocations.map((allocation) => allocation.amount));
    const remittance = remittanceForSeveral(
      mine.map(({ invoice }) => invoice),
      this.random,
    );
    const truth: Truth = { kind: 'several', debtorRef: buyer.ref, allocations, unallocated: 0, part };
    return this.transaction(day, { ...this.from(buyer), ...remittance, amount, truth });
  }

  /** Carries out the next planned share of an invoice; the last one pays all that is left. */
  private takePlan(open: OpenInvoice): Minor {
    const [plan, ...later] = open.plans;
    const amount = later.length === 0 || !plan ? open.left : scale(open.left, plan.share, 10_000);
    open.left -= amount;
    open.plans = later;
    if (open.left === 0) this.open.delete(open.invoice.ref);
    return amount;
  }

  /** Money that has nothing to do with invoices: a receipt now and then, and what the company pays itself. */
  private otherMoney(day: PlainDate): BankTransaction[] {
    const { random } = this;
    const none = { debtorRef: null, allocations: [], part: false };
    const made: BankTransaction[] = [];
    const stranger = (name: string) => ({
      counterparty: { name, iban: fictitiousIban('NL', random) },
      structuredReference: null,
      endToEndId: null,
    });
    if (random.chance(0.12)) {
      const amount = random.int(1_000, 80_000);
      const [name = '', text = ''] = random.pick([
        ['Verzekeraar De Goede Hoop', 'Schade-uitkering dossier 88-1203'],
        ['Stichting Wijkfonds', 'Bijdrage zomerfeest'],
        ['J. Zonderling', 'terug van vorige week'],
      ]);
      made.push(this.transaction(day, { ...stranger(name), amount, text, truth: { kind: 'unknown', ...none, unallocated: amount } }));
    }
    const spend = (amount: Minor, name: string | null, text: string): void => {
      const rest = { text, truth: { kind: 'outgoing', ...none, unallocated: -amount } as Truth, amount: -amount };
      const who = name === null ? { counterparty: null, structuredReference: null, endToEndId: null } : stranger(name);
      made.push(this.transaction(day, { ...who, ...rest }));
    };
    for (const { from, amount, text } of this.announced.splice(0)) {
      const passedOn: Truth = { kind: 'unknown', ...none, unallocated: amount };
      made.push(this.transaction(day, { counterparty: from, structuredReference: null, endToEndId: null, amount, text, truth: passedOn }));
    }
    if (random.chance(0.25)) spend(random.int(5_000, 60_000), 'Groothandel Wolvenstee', `Inkoop ${random.digits(6)}`);
    if (day.endsWith('-25') && this.balance > SMALLEST_BALANCE * 3) spend(450_000, 'Salarisbureau Maanhoeve', 'Salarissen');
    if (day.endsWith('-01')) spend(1_295, null, 'Kosten zakelijke rekening');
    return made;
  }

  private from({ customer }: KnownCustomer): Pick<BankTransaction, 'counterparty' | 'endToEndId'> {
    return {
      counterparty: { name: customer.name, iban: customer.iban },
      endToEndId: customer.business && this.random.chance(0.4) ? `${customer.number}-${this.random.digits(6)}` : null,
    };
  }

  private transaction(day: PlainDate, facts: Omit<BankTransaction, 'id' | 'day'>): BankTransaction {
    this.booked += 1;
    return { ...facts, id: `${day.replaceAll('-', '')}${String(this.booked).padStart(8, '0')}`, day };
  }

  private bookByHand({ day, transactions }: LivedDay): void {
    const at = new Date(`${day}T20:00:00.000Z`);
    for (const { truth } of transactions) {
      for (const { invoiceRef, amount } of truth.allocations) {
        this.options.books.registerPayment(invoiceRef, { amount, date: day, cash: false }, at);
      }
    }
  }
}
