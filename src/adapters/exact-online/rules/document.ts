import { type Minor, sum } from '../../../kernel/money.js';
import { normalizeReference } from '../../../kernel/identifiers/payment-reference.js';
import { minDate } from '../../../kernel/plain-date.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import type { PulledItem, PulledSettlement } from '../../accounting-package.port.js';
import { RecordReader, type VendorRecord, amountOf, guidOf, isRecord, textOf, wholeOf } from './record.js';
import { isSalesEntry, itemRef } from './refs.js';
import type { Sign } from './sign.js';
import { type KeptTerm, type Term, bare, toTerm, wasTried } from './term.js';

/** All terms of one document that are known, by id. What the ledger keeps as `raw` of its first instalment. */
export type Document = ReadonlyMap<string, KeptTerm>;

/** The form of {@link Document} in the ledger. `parts` lets a deleted term find its document. */
interface Kept {
  readonly terms: readonly KeptTerm[];
  readonly parts: readonly string[];
}

/** What the ledger kept of a document; null when it kept none. */
export function documentIn(raw: unknown): Document | null {
  if (!isRecord(raw) || !Array.isArray(raw['terms'])) return null;
  const terms = raw['terms'] as readonly KeptTerm[];
  return new Map(terms.map((term) => [guidOf(term.record['ID']) ?? '', term]));
}

/** The document with these records in place of what was known of them. */
export function withTerms(document: Document, records: readonly VendorRecord[], sign: Sign): Document {
  const terms = new Map(document);
  const idOf = (record: VendorRecord): string => guidOf(record['ID']) ?? '';
  const [known, unknown] = [
    records.filter((record) => document.has(idOf(record))),
    records.filter((record) => !document.has(idOf(record))),
  ];
  for (const record of [...known, ...[...unknown].sort(byDue)]) {
    const before = terms.get(idOf(record));
    const instalment = before?.instalment ?? instalmentOf(record, document, terms);
    const tried = wasTried(record) || (before?.tried ?? false);
    terms.set(idOf(record), { record: bare(record), sign, instalment, tried });
  }
  return terms;
}

export function withoutTerms(document: Document, ids: readonly string[]): Document {
  const gone = new Set(ids);
  const left = [...document].filter(([id]) => !gone.has(id));
  // A document is found by its first instalment, so there always is one.
  const ahead = Math.min(...left.map(([, { instalment }]) => instalment)) - 1;
  return new Map(left.map(([id, term]) => [id, { ...term, instalment: term.instalment - ahead }]));
}

/**
 * A new term was split off a known one when they fall due together, or when as much is missing from an instalment by now; else it is an
 * instalment of its own. So a part payment and a moved due date leave an item its ref, and with it what was said about it.
 */
function instalmentOf(record: VendorRecord, before: Document, now: Document): number {
  const terms = [...now.values()];
  const together = terms.find((term) => term.record['DueDate'] === record['DueDate']);
  if (together) return together.instalment;
  const size = Math.abs(figureOf(record));
  const numbers = [...new Set(terms.map(({ instalment }) => instalment))];
  const shrunk = numbers.find((number) => Math.abs(totalIn(before, number)) - Math.abs(totalIn(now, number)) >= size - TINY);
  return shrunk ?? Math.max(0, ...numbers) + 1;
}

/** Less than the smallest unit of any currency: these figures only tell instalments apart and are not taken over. */
const TINY = 0.00005;
const figureOf = (record: VendorRecord): number => (typeof record['AmountFC'] === 'number' ? record['AmountFC'] : 0);
const totalIn = (document: Document, number: number): number =>
  [...document.values()].reduce((total, { instalment, record }) => total + (instalment === number ? figureOf(record) : 0), 0);

const byDue = (a: VendorRecord, b: VendorRecord): number => dueOf(a) - dueOf(b);
const dueOf = (record: VendorRecord): number => Number(/-?\d+/.exec(String(record['DueDate']))?.[0] ?? 0);

/** What a document adds to the figures the package's own is held against, in minor units of the administration's currency. */
export interface Outstanding {
  readonly all: Minor;
  /** Invoices and credit notes, without receipts that were not allocated. */
  readonly documents: Minor;
  /** What is to be received, without credits and receipts. */
  readonly receivable: Minor;
}

export const NOTHING_OUTSTANDING: Outstanding = { all: 0, documents: 0, receivable: 0 };

export interface Mapped {
  readonly items: readonly PulledItem[];
  readonly outstanding: Outstanding;
}

/**
 * The items a document is: one, or one per instalment, so that nothing is asked before it is due. None for a receipt that is allocated
 * to the last cent and was never seen open: it is history of the bank. Fails with `unreadable-record`.
 */
export function toItems(origin: string, document: Document, wasKnown: boolean, baseCurrency: string): Result<Mapped> {
  const terms: Term[] = [];
  for (const kept of document.values()) {
    const term = toTerm(kept, baseCurrency);
    if (!term.ok) return term;
    terms.push(term.value);
  }
  const records = [...document.values()].map(({ record }) => record);
  const isSale = records.some(isSalesEntry);
  const open = terms.filter((term) => term.open);
  if (terms.length === 0 || (!isSale && open.length === 0 && !wasKnown)) return ok({ items: [], outstanding: NOTHING_OUTSTANDING });

  const numbers = [...new Set(terms.map(({ instalment }) => instalment))].sort((a, b) => a - b);
  const items: PulledItem[] = [];
  for (const number of numbers) {
    const own = terms.filter(({ instalment }) => instalment === number);
    const raw = number === numbers[0] ? keptForm(document) : { of: itemRef(origin, numbers[0] ?? 1), parts: [] };
    const item = toItem(itemRef(origin, number), own, document, numbers.length === 1 && isSale, raw);
    if (!item.ok) return item;
    items.push(item.value);
  }
  return ok({ items, outstanding: outstandingOf(open, isSale, records) });
}

function toItem(ref: string, terms: readonly Term[], document: Document, isWholeSale: boolean, raw: object): Result<PulledItem> {
  const newest = document.get(speaker(terms)?.id ?? '')?.record ?? {};
  const read = new RecordReader(`payment terms of ${ref}`, newest);
  const currency = terms[0]?.currency ?? '';
  if (terms.some((term) => term.currency !== currency)) {
    return err({ code: 'unreadable-record', message: `payment terms of ${ref}: they are in more than one currency` });
  }
  const open = sum(terms.filter((term) => term.open).map(({ amount }) => amount));
  const known = sum(terms.map(({ amount }) => amount));
  const amount = isWholeSale ? atLeast(known, totalOf(newest, currency)) : known;
  const isCredit = amount < 0 || (amount === 0 && wholeOf(newest['TransactionType']) === 21);
  const reference = read.text('PaymentReference');
  const due = terms.filter((term) => term.open).map((term) => term.due);
  return read.finish({
    ref,
    number: numberOf(newest) ?? ref,
    debtorRef: read.guid('Account'),
    kind: isCredit ? 'credit-note' : 'invoice',
    issueDate: read.requiredDate('InvoiceDate', 'EntryDate', 'DueDate'),
    dueDate: (due.length > 0 ? due : terms.map((term) => term.due)).reduce(minDate),
    amount,
    open,
    currency,
    paymentReference: reference === null ? null : normalizeReference(reference),
    description: read.text('Description') ?? read.text('YourRef'),
    paused: false,
    collecting: terms.some((term) => term.collecting),
    writtenOff: false,
    settlements: terms
      .filter((term) => !term.open && term.amount !== 0)
      .sort((a, b) => (a.settledOn === b.settledOn ? (a.id < b.id ? -1 : 1) : a.settledOn < b.settledOn ? -1 : 1))
      .map((term) => settlementOf(term, isCredit)),
    raw,
  });
}

/** The term whose fields speak for the item: an open one, else the one that was matched last. */
const speaker = (terms: readonly Term[]): Term | undefined =>
  [...terms].sort((a, b) => Number(b.open) - Number(a.open) || (a.settledOn < b.settledOn ? 1 : -1) || (a.id < b.id ? -1 : 1))[0];

/** What a term was matched with is not told: money for an invoice, another document for a credit note. */
const settlementOf = ({ id, settledOn, amount }: Term, isCredit: boolean): PulledSettlement => ({
  ref: id,
  date: settledOn,
  amount,
  kind: isCredit ? 'credit-note' : 'payment',
  marker: null,
});

/** The total of a booking, whose sign is not sure everywhere (§7.4): its size; null when it is not told. */
function totalOf(record: VendorRecord, currency: string): Minor | null {
  const total = amountOf(record['TransactionAmountFC'], currency);
  return total.ok ? Math.abs(total.value) : null;
}

/** The known terms, or the booking's total where that is more: parts matched long ago may not be known (yet). */
const atLeast = (known: Minor, total: Minor | null): Minor =>
  known === 0 || total === null || total <= Math.abs(known) ? known : Math.sign(known) * total;

/** `InvoiceNumber` is 0 or null where there is none (§4.3). */
const numberOf = (record: VendorRecord): string | null => {
  const invoice = wholeOf(record['InvoiceNumber']);
  const entry = wholeOf(record['EntryNumber']);
  return invoice ? String(invoice) : (textOf(record['YourRef']) ?? (entry ? String(entry) : null));
};

function outstandingOf(open: readonly Term[], isSale: boolean, records: readonly VendorRecord[]): Outstanding {
  // Nobody is asked for what has no debtor, and the ledger does not keep it.
  if (records.every((record) => guidOf(record['Account']) === null)) return NOTHING_OUTSTANDING;
  const all = sum(open.map(({ base }) => base));
  return { all, documents: isSale ? all : 0, receivable: Math.max(0, all) };
}

function keptForm(document: Document): Kept {
  const terms = [...document.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return { terms: terms.map(([, term]) => term), parts: terms.map(([id]) => id) };
}
