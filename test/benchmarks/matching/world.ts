import { mod97 } from '../../../src/kernel/identifiers/mod97.js';
import { toBetalingskenmerk, toOgm, toRf } from '../../../src/kernel/identifiers/payment-reference.js';
import { type PlainDate, addDays, daysBetween, plainDate } from '../../../src/kernel/plain-date.js';
import type { Book, Debtor, Invoice } from '../../../src/ledger/rules/book.js';
import { Random } from './random.js';

export type Mix = 'ordinary' | 'hard';

/** How an administration numbers its invoices. The last one is kept unseen while tuning. */
export const SCHEMES = [
  'year-dash',
  'compact',
  'letter-dot',
  'plain',
  'short-year',
  'unpadded',
  'prefixed',
  'tiny',
  'slashes',
  'monthly',
] as const;
export type Scheme = (typeof SCHEMES)[number];

export interface WorldOptions {
  readonly seed: number;
  readonly mix: Mix;
  readonly scheme: Scheme;
  /** Open items, roughly; paid ones that are still in the book come on top. */
  readonly openItems: number;
  /** Most invoices of one debtor; a tenth of it on average. 60 unless told. */
  readonly perDebtorMax?: number;
  /** Share of the paid invoices that is still in the book. 0.3 unless told. */
  readonly paidShare?: number;
}

export const AS_OF = plainDate('2026-11-20');
export const OWN_IBAN = ibanOf('TEST', 1);
export const SAVINGS_IBAN = ibanOf('TEST', 2);
/** Account numbers that start with 99 are blocked accounts (G-rekening). */
export const G_IBAN = ibanOf('TEST', 9_900_000_017);

/** A debtor with what the generator knows of it beyond the book. */
export interface World {
  readonly book: Book;
  readonly items: ReadonlyMap<string, readonly Invoice[]>;
  readonly references: 'rf' | 'kenmerk' | 'ogm';
  readonly random: Random;
  readonly options: WorldOptions;
}

const FIRST = 'Van Dijk,Jansen,De Vries,Bakker,Visser,Smit,Meijer,Mulder,Bos,Vos,Peters,Hendriks,Dekker,Brouwer,Dijkstra,Koster,Prins,Huisman,Postma,Kramer,Schouten,Willems,Hoekstra,Verbeek,Maas,Kuipers,Timmer,Groen,Martens,Claes,Lemmens,Wouters,Müller,Lefèvre,Özdemir,Nowak'.split(','); // prettier-ignore
const TRADE = 'Bouw,Installatie,Transport,Schilderwerken,Advies,Techniek,Tuinen,Interieur,Logistiek,Verhuur,Horeca,Bakkerij,Automatisering,Drukkerij,Metaal,Hout,Zorg,Reclame,Onderhoud,Elektro,Groothandel,Vastgoed,Media,Fietsen,Textiel,Catering,Keukens,Dakwerken'.split(','); // prettier-ignore
const PLACE = 'Utrecht,Zwolle,Breda,Gent,Antwerpen,Leiden,Almelo,Venlo,Assen,Gouda,Hasselt,Tilburg,Ede,Sneek,Delft,Hoorn,Noord,Zuid,West,Oost'.split(','); // prettier-ignore
const FORM = ['B.V.', 'BV', 'VOF', 'N.V.', 'Holding B.V.', 'BVBA', 'SRL', 'GmbH', ''];
const GIVEN = 'J.,A.M.,P.,K.,S.,M.H.,Piet,Anna,Kees,Fatima,Joris,Els,Tom,Sofie'.split(',');

export function ibanOf(bank: string, account: number): string {
  const body = `${bank}${String(account).padStart(10, '0')}`;
  return `NL${String(98 - mod97(`${body}NL00`)).padStart(2, '0')}${body}`;
}

/** A book of debtors and invoices over two years. `hard` plants rivals: look-alike names, customer numbers that are invoice numbers, equal amounts. */
export function makeWorld(options: WorldOptions): World {
  const random = new Random(options.seed);
  const debtors: Debtor[] = [];
  const invoices: Invoice[] = [];
  const references = random.pick(['rf', 'kenmerk', 'ogm'] as const);
  const names = new Set<string>();
  const { perDebtorMax = 60, paidShare = 0.3 } = options;
  const hard = options.mix === 'hard';
  let account = 100_000_000 + options.seed * 1000;
  let open = 0;
  const drafts: Draft[] = [];
  while (open < options.openItems) {
    const at = debtors.length;
    const twin = hard && at > 0 && random.chance(0.08) ? (debtors[at - 1] as Debtor) : null;
    let name = twin ? oneLetterOff(twin.name, random) : newName(random);
    while (names.has(name)) name = newName(random);
    names.add(name);
    const group = twin === null && at > 0 && random.chance(0.03) ? (debtors[at - 1] as Debtor) : null;
    const ibans = Array.from({ length: random.weighted({ 0: 10, 1: 70, 2: 15, 3: 5 }) === '0' ? 0 : random.int(1, 2) }, () =>
      ibanOf(random.pick(['INGB', 'RABO', 'ABNA', 'TRIO', 'KNAB']), account++),
    );
    if (group && group.ibans[0] !== undefined) ibans[0] = group.ibans[0];
    const id = `d${String(at + 1).padStart(6, '0')}`;
    debtors.push(debtorOf(id, name, String(10_001 + at * 3), ibans));
    const count = Math.min(perDebtorMax, 1 + Math.floor((-Math.log(1 - random.next()) * perDebtorMax) / 10));
    const subscription = random.chance(hard ? 0.3 : 0.12) ? random.int(1500, 30_000) : null;
    for (let one = 0; one < count; one++) {
      const issued = addDays(AS_OF, -random.int(3, 650));
      const age = daysBetween(issued, AS_OF);
      const isOpen = random.chance(age < 120 ? 0.95 : age < 300 ? 0.3 : 0.08);
      if (isOpen) open++;
      drafts.push({
        debtorId: id,
        issued,
        amount: subscription !== null && random.chance(0.7) ? subscription : amountOf(random, hard),
        isOpen,
        isCredit: random.chance(0.04),
      });
    }
  }
  drafts.sort((a, b) => (a.issued < b.issued ? -1 : a.issued > b.issued ? 1 : 0));
  const serials = new Map<string, number>();
  drafts.forEach((draft, at) => {
    const year = draft.issued.slice(0, 4);
    const serial = (serials.get(year) ?? 0) + 1;
    serials.set(year, serial);
    if (!draft.isOpen && !random.chance(paidShare)) return;
    invoices.push(
      invoiceOf(draft, `i${String(at + 1).padStart(7, '0')}`, numberOf(options.scheme, year, serial, at, drafts.length), references, at),
    );
  });
  if (hard) borrowNumbers(debtors, invoices, random);
  const items = new Map<string, Invoice[]>(debtors.map(({ id }) => [id, []]));
  for (const invoice of invoices) items.get(invoice.debtorId)?.push(invoice);
  return { book: bookOf(debtors, invoices), items, references, random, options };
}

interface Draft {
  readonly debtorId: string;
  readonly issued: PlainDate;
  readonly amount: number;
  readonly isOpen: boolean;
  readonly isCredit: boolean;
}

function newName(random: Random): string {
  if (random.chance(0.25))
    return `${random.pick(GIVEN)} ${random.pick(FIRST)}${random.chance(0.3) ? `-${random.pick(FIRST)}` : ''} ${random.chance(0.5) ? '' : random.pick(PLACE)}`.trim();
  return `${random.pick(FIRST)} ${random.pick(TRADE)}${random.chance(0.6) ? ` ${random.pick(PLACE)}` : ''} ${random.pick(FORM)}`.trim();
}

function oneLetterOff(name: string, random: Random): string {
  const at = random.int(1, Math.max(1, Math.min(8, name.length - 2)));
  return /[a-z]/.test(name[at] ?? '') ? name.slice(0, at) + random.pick(['s', 'n', 'e', 'r', 'l']) + name.slice(at) : `${name} II`;
}

function amountOf(random: Random, hard: boolean): number {
  if (random.chance(hard ? 0.25 : 0.1)) return random.int(1, 40) * (random.chance(0.5) ? 2500 : 6050);
  return Math.max(500, Math.round(Math.exp(4.5 + 1.3 * (random.next() + random.next() + random.next() - 1.5) * 1.6) * 100));
}

const debtorOf = (id: string, name: string, number: string, ibans: readonly string[]): Debtor => ({
  id, name, number, ibans, capacity: 'business', country: 'NL', language: 'nl', email: null, phone: null, vatId: null, registryId: null, creditLimit: null,
  paymentTermDays: 30, largeCompany: false, customerSince: null, segment: null, holds: [],
}); // prettier-ignore

function numberOf(scheme: Scheme, year: string, serial: number, at: number, total: number): string {
  const digits = Math.max(4, String(total).length);
  const padded = String(serial).padStart(digits, '0');
  switch (scheme) {
    case 'year-dash':
      return `${year}-${padded}`;
    case 'compact':
      return `${year}${padded}`;
    case 'letter-dot':
      return `F${year.slice(2)}.${padded.padStart(5, '0')}`;
    case 'plain':
      return String(700_000 + at);
    case 'short-year':
      return `${year.slice(2)}-${padded}`;
    case 'unpadded':
      return `${year}-${serial}`;
    case 'prefixed':
      return `INV-${1001 + at}`;
    case 'tiny':
      return String(1001 + at);
    case 'monthly':
      return `${year}.${String((serial % 12) + 1).padStart(2, '0')}.${padded}`;
    case 'slashes':
      return `VK/${year.slice(2)}/${padded.padStart(5, '0')}`;
  }
}

function invoiceOf(draft: Draft, id: string, number: string, kind: World['references'], at: number): Invoice {
  const body = String(4_000_000 + at * 7);
  const reference = kind === 'rf' ? toRf(body) : kind === 'kenmerk' ? toBetalingskenmerk(body) : toOgm(body);
  const amount = draft.isCredit ? -Math.max(100, Math.round(draft.amount / 4)) : draft.amount;
  return {
    id, number, debtorId: draft.debtorId, kind: draft.isCredit ? 'credit-note' : 'invoice', issueDate: draft.issued, dueDate: addDays(draft.issued, 30), amount,
    open: draft.isOpen ? amount : 0, currency: 'EUR', paymentReference: draft.isCredit ? null : reference, description: null, dispute: null, collecting: false, handedOverOn: null,
  }; // prettier-ignore
}

/** Customer numbers that equal the digits of somebody else's invoice. */
function borrowNumbers(debtors: Debtor[], invoices: readonly Invoice[], random: Random): void {
  debtors.forEach((debtor, at) => {
    const invoice = random.pick(invoices);
    if (random.chance(0.1) && invoice.debtorId !== debtor.id) debtors[at] = { ...debtor, number: invoice.number.replace(/\D/g, '') };
  });
}

const bookOf = (debtors: readonly Debtor[], invoices: readonly Invoice[]): Book => ({
  asOf: AS_OF,
  administration: { id: 'adm-bench', name: 'Voorbeeld Leveranties B.V.', country: 'NL', currency: 'EUR', ibans: [OWN_IBAN, SAVINGS_IBAN, G_IBAN], vatDeductible: true, registry: null },
  debtors, invoices, payments: [], promises: [], arrangements: [], contacts: [], freshness: { pulledAt: null, statementsThrough: null },
}); // prettier-ignore
