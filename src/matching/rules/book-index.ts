import { normalizeReference } from '../../kernel/identifiers/payment-reference.js';
import type { Minor } from '../../kernel/money.js';
import type { Arrangement, Book, Debtor, Invoice, PromiseToPay } from '../../ledger/rules/book.js';
import { CompactIndex } from './compact-index.js';
import { nameKey, nameTokens } from './names.js';
import { alphanumeric, fold } from './normalize.js';
import { type NumberParts, numberParts, strongKeys } from './number-keys.js';
import type { Numbered } from './weak-hits.js';

/** A number that stands on more invoices than this names none of them. */
const SAME_NUMBER_MAX = 12;
const SAME_AMOUNT_MAX = 10;
/** Some administrations give a debtor one reference for all its invoices. */
const SAME_REFERENCE_MAX = 1_000;
const SAME_WORD_MAX = 150;
/** Numbers kept taken apart: 200 bytes each. */
const NUMBERED_KEPT = 300_000;

/**
 * The book, ready to be asked: by reference, number, amount, account, name, customer number. Invoices and debtors are named by their
 * position in the book; every answer is in an order that depends on their content only, so that shuffling the book changes nothing.
 */
export class BookIndex {
  /** Debtor of each invoice. */
  readonly debtorOf: Int32Array;
  /** First letters of numbers that begin with letters. */
  readonly seriesLetters: ReadonlySet<string>;
  /** What numbers of this administration look like, see {@link shapeOf}. */
  readonly shapes: ReadonlySet<string>;
  readonly numberLengthMax: number;
  private readonly starts: Int32Array;
  private readonly items: Int32Array;
  private readonly numbers: CompactIndex;
  private readonly references: CompactIndex;
  private readonly amounts: CompactIndex;
  private readonly words: CompactIndex;
  private readonly names: CompactIndex;
  private readonly customers: CompactIndex;
  private readonly ibans = new Map<string, number[]>();
  private readonly tokens = new Map<number, readonly string[]>();
  private readonly debtorPositions: ReadonlyMap<string, number>;
  private readonly numbered = new Map<number, readonly Numbered[]>();
  private numberedCount = 0;
  private positions: Map<string, number> | null = null;
  private agreements: { arrangements: Map<string, Arrangement[]>; promises: Map<string, PromiseToPay[]> } | null = null;

  constructor(readonly book: Book) {
    const { invoices, debtors } = book;
    this.debtorPositions = new Map(debtors.map(({ id }, at) => [id, at]));
    this.debtorOf = Int32Array.from(invoices, ({ debtorId }) => this.debtorPositions.get(debtorId) as number);
    [this.starts, this.items] = groupByDebtor(this.debtorOf, debtors.length, invoices);

    this.numbers = new CompactIndex(invoices.length * 3);
    this.references = new CompactIndex(invoices.length);
    this.amounts = new CompactIndex(invoices.length);
    const letters = new Set<string>();
    const shapes = new Set<string>();
    let longest = 0;
    invoices.forEach((invoice, at) => {
      const parts = numberParts(invoice.number, invoice.issueDate);
      for (const key of strongKeys(parts)) this.numbers.add(key, at);
      if (parts.letters !== '') letters.add(parts.letters);
      shapes.add(shapeOf(parts.folded));
      longest = Math.max(longest, parts.folded.length);
      if (invoice.paymentReference !== null) this.references.add(normalizeReference(invoice.paymentReference), at);
      if (invoice.open !== 0) this.amounts.add(amountKey(invoice.open, invoice.currency), at);
    });
    this.seriesLetters = letters;
    this.shapes = shapes;
    this.numberLengthMax = longest;

    this.words = new CompactIndex(debtors.length * 3);
    this.names = new CompactIndex(debtors.length);
    this.customers = new CompactIndex(debtors.length);
    debtors.forEach((debtor, at) => {
      const tokens = nameTokens(debtor.name);
      for (const token of new Set(tokens)) this.words.add(token, at);
      this.names.add(nameKey(tokens), at);
      if (debtor.number !== null) this.customers.add(alphanumeric(fold(debtor.number)), at);
      for (const iban of new Set(debtor.ibans)) this.linkIban(iban, at);
    });
    for (const index of [this.numbers, this.references, this.amounts, this.words, this.names, this.customers]) index.seal();
  }

  /** Makes an account stand for one more debtor (evidence of earlier confirmations); unknown debtors are ignored. */
  addIban(iban: string, debtorId: string): void {
    const debtor = this.debtorPositions.get(debtorId);
    if (debtor !== undefined && !this.ibans.get(iban)?.includes(debtor)) this.linkIban(iban, debtor);
  }

  invoice(at: number): Invoice {
    return this.book.invoices[at] as Invoice;
  }

  debtor(at: number): Debtor {
    return this.book.debtors[at] as Debtor;
  }

  parts(at: number): NumberParts {
    const { number, issueDate } = this.invoice(at);
    return numberParts(number, issueDate);
  }

  /** Position of a debtor by id, undefined when it is not in the book. */
  debtorPosition(id: string): number | undefined {
    return this.debtorPositions.get(id);
  }

  /** Position of an invoice by id, undefined when it is not in the book. */
  position(id: string): number | undefined {
    this.positions ??= new Map(this.book.invoices.map((invoice, at) => [invoice.id, at]));
    return this.positions.get(id);
  }

  /** All invoices and credit notes of a debtor, open or not, oldest due first. */
  itemsOf(debtor: number): Int32Array {
    return this.items.subarray(this.starts[debtor], this.starts[debtor + 1]);
  }

  /** The same with their numbers taken apart, for comparing them with a text; what was asked for lately is kept. */
  numberedItemsOf(debtor: number): readonly Numbered[] {
    let items = this.numbered.get(debtor);
    if (items === undefined) {
      items = [...this.itemsOf(debtor)].map((invoice) => ({
        invoice,
        parts: this.parts(invoice),
        reference: this.invoice(invoice).paymentReference,
      }));
      if (this.numberedCount > NUMBERED_KEPT) {
        this.numbered.clear();
        this.numberedCount = 0;
      }
      this.numbered.set(debtor, items);
      this.numberedCount += items.length;
    }
    return items;
  }

  /** Invoices that have this key ({@link strongKeys}); null when it stands on too many to mean one of them. */
  withNumber(key: string): number[] | null {
    const found = this.numbers.find(key, SAME_NUMBER_MAX);
    if (found === null || found.length === 0) return found;
    return this.ordered(found.filter((at) => strongKeys(this.parts(at)).includes(key)));
  }

  /** Invoices with this structured reference, normalized. */
  withReference(reference: string): number[] {
    const found = this.references.find(reference, SAME_REFERENCE_MAX) ?? [];
    return this.ordered(found.filter((at) => normalizeReference(this.invoice(at).paymentReference ?? '') === reference));
  }

  /** Invoices that had exactly this open in the book; empty when there are too many to be of use. */
  withAmount(amount: Minor, currency: string): number[] {
    const found = this.amounts.find(amountKey(amount, currency), SAME_AMOUNT_MAX) ?? [];
    return this.ordered(found.filter((at) => this.invoice(at).open === amount && this.invoice(at).currency === currency));
  }

  debtorsWithIban(iban: string): readonly number[] {
    return this.ibans.get(iban) ?? [];
  }

  /** Debtors whose customer number is this text (folded, letters and digits only). */
  debtorsWithNumber(text: string): number[] {
    const found = this.customers.find(text, SAME_NUMBER_MAX) ?? [];
    return this.orderedDebtors(found.filter((at) => alphanumeric(fold(this.debtor(at).number ?? '')) === text));
  }

  /** Debtors that share a telling word with the name, or the whole of it. */
  debtorsWithName(tokens: readonly string[]): number[] {
    const found = new Set(this.names.find(nameKey(tokens), SAME_WORD_MAX) ?? []);
    for (const token of tokens) {
      if (token.length < 3) continue;
      for (const at of this.words.find(token, SAME_WORD_MAX) ?? []) found.add(at);
    }
    return this.orderedDebtors([...found]);
  }

  /** Arrangements and promises of a debtor. */
  agreementsOf(debtor: number): { readonly arrangements: readonly Arrangement[]; readonly promises: readonly PromiseToPay[] } {
    this.agreements ??= {
      arrangements: Map.groupBy(this.book.arrangements, ({ debtorId }) => debtorId),
      promises: Map.groupBy(this.book.promises, ({ debtorId }) => debtorId),
    };
    const { id } = this.debtor(debtor);
    return { arrangements: this.agreements.arrangements.get(id) ?? [], promises: this.agreements.promises.get(id) ?? [] };
  }

  nameTokensOf(debtor: number): readonly string[] {
    let tokens = this.tokens.get(debtor);
    if (tokens === undefined) this.tokens.set(debtor, (tokens = nameTokens(this.debtor(debtor).name)));
    return tokens;
  }

  /** Orders two invoices by due date, issue date, number, id. */
  compare = (a: number, b: number): number => compareInvoices(this.invoice(a), this.invoice(b));

  private ordered(found: number[]): number[] {
    return found.length > 1 ? found.sort(this.compare) : found;
  }

  private orderedDebtors(found: number[]): number[] {
    return found.length > 1 ? found.sort((a, b) => (this.debtor(a).id < this.debtor(b).id ? -1 : 1)) : found;
  }

  private linkIban(iban: string, debtor: number): void {
    const known = this.ibans.get(iban);
    if (known === undefined) this.ibans.set(iban, [debtor]);
    else this.orderedDebtors((known.push(debtor), known));
  }
}

const amountKey = (amount: Minor, currency: string): string => `${currency}${amount}`;

/** What a number looks like: its first letters, its length, and how a long one begins. F2500042 → "F8:25". */
export function shapeOf(folded: string): string {
  let letters = 0;
  while (letters < folded.length && folded.charCodeAt(letters) > 57) letters++;
  const begins = folded.length - letters >= 6 ? folded.slice(letters, letters + 2) : '';
  return `${folded.slice(0, letters)}${folded.length}:${begins}`;
}

function compareInvoices(a: Invoice, b: Invoice): number {
  if (a.dueDate !== b.dueDate) return a.dueDate < b.dueDate ? -1 : 1;
  if (a.issueDate !== b.issueDate) return a.issueDate < b.issueDate ? -1 : 1;
  if (a.number !== b.number) return a.number < b.number ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Positions of invoices per debtor, as one array and the start of each debtor's part in it. */
function groupByDebtor(debtorOf: Int32Array, debtors: number, invoices: readonly Invoice[]): [Int32Array, Int32Array] {
  const starts = new Int32Array(debtors + 1);
  for (const debtor of debtorOf) starts[debtor + 1] = (starts[debtor + 1] as number) + 1;
  for (let at = 0; at < debtors; at++) starts[at + 1] = (starts[at + 1] as number) + (starts[at] as number);
  const fill = starts.slice();
  const items = new Int32Array(debtorOf.length);
  debtorOf.forEach((debtor, at) => (items[(fill[debtor] as number)++] = at));
  for (let at = 0; at < debtors; at++) {
    items.subarray(starts[at], starts[at + 1]).sort((a, b) => compareInvoices(invoices[a] as Invoice, invoices[b] as Invoice));
  }
  return [starts, items];
}
