import { InputError } from '../../kernel/errors.js';
import { normalizeIban } from '../../kernel/identifiers/iban.js';
import { normalizeReference } from '../../kernel/identifiers/payment-reference.js';
import { type Minor, formatAmount, parseAmount } from '../../kernel/money.js';
import { type PlainDate, parsePlainDate } from '../../kernel/plain-date.js';
import type { Arrangement, Book, BookLimit, Contact, Debtor, DebtorLimits, Dispute, Hold, Invoice, Payment, PromiseToPay } from './book.js';
import { CAPACITIES, CHANNELS, CONTACT_KINDS, HOLD_KINDS } from './book.js';

export const BOOK_FORMAT = 'tegoed.book/1';

/**
 * Reads a `tegoed.book/1` document (contracts.md). Absent optional values read as null, absent lists as empty; unknown fields are
 * ignored. Throws {@link InputError} naming the path (`invoices[3].dueDate`) for what cannot be used: wrong types, dates that do not
 * exist, amounts that are no decimals, duplicate ids, references to debtors or invoices that are not there.
 */
export function parseBook(json: unknown, file?: string): Book {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new InputError('invalid-book', 'the document is not an object', placeIn({ file }));
  }
  const assembler = new BookAssembler(file);
  for (const [field, value] of Object.entries(json)) {
    if (Array.isArray(value) && isBookList(field)) assembler.items(field, value);
    else assembler.field(field, value);
  }
  return assembler.finish();
}

/** The lists of a book, each after those it refers to. */
const BOOK_LISTS = ['debtors', 'invoices', 'payments', 'promises', 'arrangements', 'contacts'] as const;
export type BookList = (typeof BOOK_LISTS)[number];
export const isBookList = (field: string): field is BookList => (BOOK_LISTS as readonly string[]).includes(field);

/**
 * Puts a book together from the pieces of its document, in whatever order they come: what can be read is read at once, so that a
 * million invoices never stand in memory twice. Throws as {@link parseBook} does.
 */
export class BookAssembler {
  private readonly root: Record<string, unknown> = {};
  private readonly waiting = new Map<BookList, unknown[]>();
  private readonly counts = new Map<BookList, number>();
  private readonly debtors: Debtor[] = [];
  private readonly invoices: Invoice[] = [];
  private readonly texts = new Map<string, string>();

  private readonly source: Source;

  constructor(file?: string) {
    this.source = { file, dates: new Map() };
  }

  /** A field of the document that is no list of records. */
  field(name: string, value: unknown): void {
    this.root[name] = value;
  }

  /** The next records of a list, in their order. */
  items(list: BookList, items: readonly unknown[]): void {
    const administration = this.root['administration'];
    const earlier = this.waiting.get(list);
    if ((list !== 'debtors' && list !== 'invoices') || administration === undefined || earlier !== undefined) {
      const waiting = earlier ?? [];
      for (const item of items) waiting.push(item);
      this.waiting.set(list, waiting);
    } else if (list === 'debtors') this.readDebtors(items);
    else this.readInvoices(items);
  }

  /** The book, when all pieces are there. */
  finish(): Book {
    const root = new Fields(this.root, '', null, this.source);
    const format = root.text('format');
    if (format !== BOOK_FORMAT) root.refuse('format', `is "${format}", expected "${BOOK_FORMAT}"`);
    for (const list of BOOK_LISTS) root.list(list);
    const administration = root.object('administration');
    const { currency, country } = this.defaults();
    const registry = administration.optionalObject('registry');
    this.readDebtors(this.waiting.get('debtors') ?? []);
    this.readInvoices(this.waiting.get('invoices') ?? []);
    const debtorIds = uniqueIds(root, 'debtors', this.debtors);
    const invoiceIds = uniqueIds(root, 'invoices', this.invoices);
    this.invoices.forEach(({ debtorId }, at) => {
      if (!debtorIds.has(debtorId)) root.refuse(`invoices[${at}].debtorId`, `names the debtor "${debtorId}", which is not in the book`);
    });
    const foreign = new Map(
      this.invoices.filter((invoice) => invoice.currency !== currency).map((invoice) => [invoice.id, invoice.currency]),
    );
    const known: Known = { debtorIds, invoiceIds, currency, foreign };

    const payments = this.read('payments', (payment) => parsePayment(payment, known));
    const promises = this.read('promises', (promise) => parsePromise(promise, known));
    const arrangements = this.read('arrangements', (arrangement) => parseArrangement(arrangement, known));
    const contacts = this.read('contacts', (contact) => parseContact(contact, known));
    uniqueIds(root, 'payments', payments);
    uniqueIds(root, 'promises', promises);
    uniqueIds(root, 'arrangements', arrangements);
    uniqueIds(root, 'contacts', contacts);
    const freshness = root.optionalObject('freshness');

    return {
      asOf: root.date('asOf'),
      administration: {
        id: administration.text('id'),
        name: administration.textOr('name', ''),
        country,
        currency,
        ibans: administration.texts('ibans').map((iban) => normalizeIban(iban) ?? iban),
        vatDeductible: administration.flagOr('vatDeductible', true),
        registry: registry && { scheme: registry.text('scheme'), id: registry.text('id') },
      },
      debtors: this.debtors,
      invoices: this.invoices,
      payments,
      promises,
      arrangements,
      contacts,
      freshness: {
        pulledAt: freshness?.optionalTimestamp('pulledAt') ?? null,
        statementsThrough: freshness?.optionalDate('statementsThrough') ?? null,
      },
    };
  }

  private defaults(): { currency: string; country: string } {
    const administration = new Fields(this.root, '', null, this.source).object('administration');
    return { currency: administration.textOr('currency', 'EUR'), country: administration.textOr('country', 'NL').toUpperCase() };
  }

  private readDebtors(items: readonly unknown[]): void {
    if (items.length === 0) return;
    const { currency, country } = this.defaults();
    this.each('debtors', items, (debtor) => this.debtors.push(parseDebtor(debtor, country, currency)));
  }

  private readInvoices(items: readonly unknown[]): void {
    if (items.length === 0) return;
    const { currency } = this.defaults();
    this.each('invoices', items, (invoice) => this.invoices.push(parseInvoice(invoice, currency, this.share)));
  }

  private read<T>(list: BookList, parse: (item: Fields) => T): T[] {
    const items: T[] = [];
    this.each(list, this.waiting.get(list) ?? [], (item) => items.push(parse(item)));
    return items;
  }

  private each(list: BookList, items: readonly unknown[], take: (item: Fields) => void): void {
    let at = this.counts.get(list) ?? 0;
    for (const item of items) take(new Fields(item, list, at++, this.source));
    this.counts.set(list, at);
  }

  /** One copy of texts that repeat on many invoices (debtor, currency): 40 bytes less for each of a million. */
  private readonly share = (text: string): string => {
    const known = this.texts.get(text);
    if (known === undefined) this.texts.set(text, text);
    return known ?? text;
  };
}

interface Known {
  readonly debtorIds: ReadonlySet<string>;
  readonly invoiceIds: ReadonlySet<string>;
  readonly currency: string;
  /** Currency of the invoices that are not in the book's own. */
  readonly foreign: ReadonlyMap<string, string>;
}

function parseDebtor(from: Fields, country: string, currency: string): Debtor {
  const limits = from.optionalObject('limits');
  return {
    id: from.text('id'),
    number: from.optionalText('number'),
    name: from.textOr('name', ''),
    capacity: from.oneOfOr('capacity', CAPACITIES, 'unknown'),
    country: from.textOr('country', country).toUpperCase(),
    language: from.optionalText('language'),
    email: from.optionalText('email'),
    ...(from.flagOr('lettersReturn', false) && { lettersReturn: true as const }),
    phone: from.optionalText('phone'),
    ibans: from.texts('ibans').map((iban) => normalizeIban(iban) ?? iban),
    vatId: from.optionalText('vatId'),
    registryId: from.optionalText('registryId'),
    creditLimit: from.optionalAmount('creditLimit', currency),
    ...(limits && { limits: parseLimits(limits, currency) }),
    paymentTermDays: from.optionalInteger('paymentTermDays'),
    largeCompany: from.flagOr('largeCompany', false),
    customerSince: from.optionalDate('customerSince'),
    segment: from.optionalText('segment'),
    holds: parseHolds(from),
  };
}

const parseHolds = (from: Fields): Hold[] =>
  from
    .list('holds')
    .map((hold): Hold => ({ kind: hold.oneOf('kind', HOLD_KINDS), from: hold.date('from'), until: hold.optionalDate('until') }));

function parseLimits(from: Fields, currency: string): DebtorLimits {
  const limit = (own: Fields): BookLimit => ({
    amount: own.amount('amount', currency),
    from: own.optionalDate('from'),
    until: own.optionalDate('until'),
  });
  const [internal, temporary] = [from.optionalObject('internal'), from.optionalObject('temporary')];
  const [insured, group] = [from.optionalObject('insured'), from.optionalObject('group')];
  return {
    internal: internal && limit(internal),
    temporary: temporary && limit(temporary),
    insured: insured && { ...limit(insured), only: insured.flagOr('only', false) },
    group: group && { ...limit(group), usedByOthers: group.amount('usedByOthers', currency) },
  };
}

function parseInvoice(from: Fields, bookCurrency: string, share: (text: string) => string): Invoice {
  const currency = share(from.textOr('currency', bookCurrency));
  const amount = from.amount('amount', currency);
  const kind = from.oneOfOr('kind', ['invoice', 'credit-note'] as const, amount < 0 ? 'credit-note' : 'invoice');
  const open = from.amount('open', currency);
  if (kind === 'credit-note' ? amount > 0 || open > 0 : amount < 0) {
    from.refuse('amount', kind === 'credit-note' ? 'of a credit note must be negative' : 'of an invoice must not be negative');
  }
  const dispute = from.optionalObject('dispute');
  const packageDispute = from.optionalObject('packageDispute');
  const [holds, formerDebtors] = [parseHolds(from), from.texts('formerDebtors')];
  const reference = from.optionalText('paymentReference');
  return {
    id: from.text('id'),
    number: from.textOr('number', from.text('id')),
    debtorId: share(from.text('debtorId')),
    kind,
    issueDate: from.optionalDate('issueDate') ?? from.date('dueDate'),
    dueDate: from.date('dueDate'),
    amount,
    open,
    currency,
    paymentReference: reference === null ? null : normalizeReference(reference) || null,
    description: from.optionalText('description'),
    dispute: dispute && parseDispute(dispute, currency),
    ...(packageDispute && { packageDispute: { text: packageDispute.text('text'), on: packageDispute.optionalDate('on') } }),
    ...(from.flagOr('pausedInPackage', false) && { pausedInPackage: true as const }),
    ...(holds.length > 0 && { holds }),
    ...(formerDebtors.length > 0 && { formerDebtors }),
    collecting: from.flagOr('collecting', false),
    handedOverOn: from.optionalDate('handedOverOn'),
  };
}

function parseDispute(from: Fields, currency: string): Dispute {
  return {
    code: from.textOr('code', 'OTHER'),
    since: from.date('since'),
    amount: from.optionalAmount('amount', currency),
    resolved: from.optionalDate('resolved'),
  };
}

function parsePayment(from: Fields, known: Known): Payment {
  const invoiceId = from.optionalReference('invoiceId', known.invoiceIds, 'invoice');
  const currency = invoiceId === null ? from.textOr('currency', known.currency) : (known.foreign.get(invoiceId) ?? known.currency);
  const proposedFor = from.list('proposedFor').map((part) => ({
    invoiceId: part.reference('invoiceId', known.invoiceIds, 'invoice'),
    amount: part.amount('amount', currency),
  }));
  return {
    id: from.text('id'),
    debtorId: from.reference('debtorId', known.debtorIds, 'debtor'),
    date: from.date('date'),
    amount: from.amount('amount', currency),
    invoiceId,
    ...(invoiceId === null && currency !== known.currency && { currency }),
    ...(proposedFor.length > 0 && { proposedFor }),
  };
}

function parsePromise(from: Fields, known: Known): PromiseToPay {
  return {
    id: from.text('id'),
    debtorId: from.reference('debtorId', known.debtorIds, 'debtor'),
    invoiceIds: from.references('invoiceIds', known.invoiceIds, 'invoice'),
    madeOn: from.date('madeOn'),
    dueDate: from.date('dueDate'),
    amount: from.amount('amount', known.currency),
  };
}

function parseArrangement(from: Fields, known: Known): Arrangement {
  return {
    id: from.text('id'),
    debtorId: from.reference('debtorId', known.debtorIds, 'debtor'),
    invoiceIds: from.references('invoiceIds', known.invoiceIds, 'invoice'),
    instalments: from
      .list('instalments')
      .map((instalment) => ({ dueDate: instalment.date('dueDate'), amount: instalment.amount('amount', known.currency) })),
  };
}

function parseContact(from: Fields, known: Known): Contact {
  const announcedCosts = from.optionalAmount('announcedCosts', 'EUR');
  const asked = from.list('asked').map((part) => {
    const invoiceId = part.reference('invoiceId', known.invoiceIds, 'invoice');
    return { invoiceId, amount: part.amount('amount', known.foreign.get(invoiceId) ?? known.currency) };
  });
  return {
    id: from.text('id'),
    debtorId: from.reference('debtorId', known.debtorIds, 'debtor'),
    invoiceIds: from.references('invoiceIds', known.invoiceIds, 'invoice'),
    step: from.textOr('step', from.text('kind')),
    kind: from.oneOf('kind', CONTACT_KINDS),
    channel: from.oneOfOr('channel', CHANNELS, 'email'),
    sentOn: from.date('sentOn'),
    receivedOn: from.optionalDate('receivedOn'),
    ...(asked.length > 0 && { asked }),
    ...(announcedCosts !== null && { announcedCosts }),
  };
}

function uniqueIds(root: Fields, list: string, items: readonly { readonly id: string }[]): ReadonlySet<string> {
  const ids = new Set<string>();
  items.forEach(({ id }, at) => {
    if (ids.has(id)) root.refuse(`${list}[${at}].id`, `"${id}" is there twice`);
    ids.add(id);
  });
  return ids;
}

/** Where a document comes from, and the dates it has shown: two years have 730, a million invoices two million. */
interface Source {
  readonly file: string | undefined;
  readonly dates: Map<string, PlainDate>;
}

const placeIn = ({ file }: Pick<Source, 'file'>): { file?: string } => (file === undefined ? {} : { file });

/**
 * Typed access to the fields of a JSON object that says, for whatever is wrong, what and where. Made once per record, so it holds three references and
 * no closures; the path is put together only when something is refused.
 */
class Fields {
  private readonly values: Record<string, unknown>;

  /** `parent` is where the object stands, `at` its position when that is a list. */
  constructor(
    value: unknown,
    private readonly parent: string | Fields,
    private readonly at: number | string | null,
    private readonly source: Source,
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new InputError('invalid-book', `${this.path() || 'the document'} is not an object`, placeIn(source));
    }
    this.values = value as Record<string, unknown>;
  }

  private path(): string {
    if (typeof this.parent === 'string') return this.at === null ? this.parent : `${this.parent}[${this.at}]`;
    const outer = this.parent.path();
    return outer === '' ? String(this.at) : `${outer}.${this.at}`;
  }

  refuse(field: string, what: string): never {
    const outer = this.path();
    throw new InputError('invalid-book', `${outer === '' ? field : `${outer}.${field}`} ${what}`, placeIn(this.source));
  }

  /** The value, null when it is absent. */
  private value(field: string): unknown {
    return this.values[field] ?? null;
  }

  private missing(field: string): never {
    return this.refuse(field, 'is missing');
  }

  private textIn(field: string, value: unknown): string {
    return typeof value === 'string' ? value : this.refuse(field, 'must be a text');
  }

  text(field: string): string {
    const value = this.value(field);
    return value === null ? this.missing(field) : this.textIn(field, value);
  }

  optionalText(field: string): string | null {
    const value = this.value(field);
    return value === null ? null : this.textIn(field, value) || null;
  }

  textOr(field: string, otherwise: string): string {
    return this.optionalText(field) ?? otherwise;
  }

  date(field: string): PlainDate {
    return this.optionalDate(field) ?? this.missing(field);
  }

  optionalDate(field: string): PlainDate | null {
    const value = this.value(field);
    if (value === null) return null;
    const text = this.textIn(field, value);
    const known = this.source.dates.get(text);
    if (known !== undefined) return known;
    const parsed = parsePlainDate(text);
    if (!parsed.ok) return this.refuse(field, `is no date: ${parsed.error.message}`);
    this.source.dates.set(text, parsed.value);
    return parsed.value;
  }

  amount(field: string, currency: string): Minor {
    return this.optionalAmount(field, currency) ?? this.missing(field);
  }

  optionalAmount(field: string, currency: string): Minor | null {
    const value = this.value(field);
    if (value === null) return null;
    const text = typeof value === 'string' ? value : this.refuse(field, 'must be a decimal in quotes, such as "12.50"');
    const parsed = parseAmount(text, currency);
    return parsed.ok ? parsed.value : this.refuse(field, `is no amount: ${parsed.error.message}`);
  }

  optionalTimestamp(field: string): string | null {
    const text = this.optionalText(field);
    if (text === null) return null;
    return Number.isNaN(Date.parse(text)) ? this.refuse(field, `"${text}" is no timestamp`) : text;
  }

  optionalInteger(field: string): number | null {
    const value = this.value(field);
    if (value === null) return null;
    return Number.isSafeInteger(value) ? (value as number) : this.refuse(field, 'must be a whole number');
  }

  flagOr(field: string, otherwise: boolean): boolean {
    const value = this.value(field) ?? otherwise;
    return typeof value === 'boolean' ? value : this.refuse(field, 'must be true or false');
  }

  oneOf<T extends string>(field: string, allowed: readonly T[]): T {
    const value = this.value(field);
    if (value === null) return this.missing(field);
    return allowed.includes(value as T)
      ? (value as T)
      : this.refuse(field, `is ${JSON.stringify(value)}, expected one of ${allowed.join(', ')}`);
  }

  oneOfOr<T extends string>(field: string, allowed: readonly T[], otherwise: T): T {
    return this.value(field) === null ? otherwise : this.oneOf(field, allowed);
  }

  private array(field: string): readonly unknown[] {
    const list = this.values[field] ?? [];
    return Array.isArray(list) ? list : this.refuse(field, 'must be a list');
  }

  texts(field: string): string[] {
    return this.array(field).map((item, at) => this.textIn(`${field}[${at}]`, item));
  }

  reference(field: string, known: ReadonlySet<string>, what: string): string {
    const id = this.text(field);
    return known.has(id) ? id : this.refuse(field, `names the ${what} "${id}", which is not in the book`);
  }

  optionalReference(field: string, known: ReadonlySet<string>, what: string): string | null {
    return this.optionalText(field) === null ? null : this.reference(field, known, what);
  }

  references(field: string, known: ReadonlySet<string>, what: string): string[] {
    return this.texts(field).map((id, at) =>
      known.has(id) ? id : this.refuse(`${field}[${at}]`, `names the ${what} "${id}", which is not in the book`),
    );
  }

  object(field: string): Fields {
    return this.optionalObject(field) ?? this.missing(field);
  }

  optionalObject(field: string): Fields | null {
    const value = this.value(field);
    return value === null ? null : new Fields(value, this, field, this.source);
  }

  list(field: string): Fields[] {
    return this.array(field).map((item, at) => new Fields(item, this, `${field}[${at}]`, this.source));
  }
}

function limitsToJson(
  { internal, temporary, insured, group }: DebtorLimits,
  amount: (minor: Minor) => string | null,
): Record<string, unknown> {
  const limit = <T extends BookLimit>(one: T | null) => one && { ...one, amount: amount(one.amount) };
  return {
    internal: limit(internal),
    temporary: limit(temporary),
    insured: limit(insured),
    group: group && { ...limit(group), usedByOthers: amount(group.usedByOthers) },
  };
}

/** The `tegoed.book/1` document of a book; `parseBook(bookToJson(book))` gives the book back. */
export function bookToJson(book: Book): Record<string, unknown> {
  const currencyOf = new Map(book.invoices.map(({ id, currency }) => [id, currency]));
  const own = book.administration.currency;
  const amount = (minor: Minor | null, currency = own): string | null => (minor === null ? null : formatAmount(minor, currency));
  return {
    format: BOOK_FORMAT,
    asOf: book.asOf,
    administration: book.administration,
    debtors: book.debtors.map(({ limits, ...debtor }) => ({
      ...debtor,
      creditLimit: amount(debtor.creditLimit),
      ...(limits && { limits: limitsToJson(limits, amount) }),
    })),
    invoices: book.invoices.map((invoice) => ({
      ...invoice,
      amount: amount(invoice.amount, invoice.currency),
      open: amount(invoice.open, invoice.currency),
      dispute: invoice.dispute && { ...invoice.dispute, amount: amount(invoice.dispute.amount, invoice.currency) },
    })),
    payments: book.payments.map((payment) => ({
      ...payment,
      amount: amount(payment.amount, (payment.invoiceId === null ? payment.currency : currencyOf.get(payment.invoiceId)) ?? own),
      ...(payment.proposedFor && {
        proposedFor: payment.proposedFor.map(({ invoiceId, amount: part }) => ({
          invoiceId,
          amount: amount(part, payment.currency ?? own),
        })),
      }),
    })),
    promises: book.promises.map((promise) => ({ ...promise, amount: amount(promise.amount) })),
    arrangements: book.arrangements.map((arrangement) => ({
      ...arrangement,
      instalments: arrangement.instalments.map(({ dueDate, amount: part }) => ({ dueDate, amount: amount(part) })),
    })),
    contacts: book.contacts.map(({ asked, announcedCosts, ...contact }) => ({
      ...contact,
      ...(asked && {
        asked: asked.map(({ invoiceId, amount: part }) => ({ invoiceId, amount: amount(part, currencyOf.get(invoiceId) ?? own) })),
      }),
      ...(announcedCosts !== undefined && { announcedCosts: formatAmount(announcedCosts, 'EUR') }),
    })),
    freshness: { pulledAt: book.freshness.pulledAt, statementsThrough: book.freshness.statementsThrough },
  };
}
