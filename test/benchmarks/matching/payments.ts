import { formatOgm } from '../../../src/kernel/identifiers/payment-reference.js';
import { type PlainDate, addDays } from '../../../src/kernel/plain-date.js';
import type { Debtor, Invoice } from '../../../src/ledger/rules/book.js';
import type { Random } from './random.js';
import { AS_OF, SAVINGS_IBAN, type World, ibanOf } from './world.js';

/** A line as it is rendered. */
export interface Payment {
  readonly amount: number;
  readonly date: PlainDate;
  readonly name: string;
  readonly iban: string | null;
  readonly text: readonly string[];
  readonly reference?: string;
  readonly endToEndId?: string;
  readonly mandateId?: string;
  readonly code: readonly [string, string, string];
  readonly returnCode?: string;
  readonly charges?: number;
  readonly batch?: string;
  /** Booked on the blocked account. */
  readonly blocked?: boolean;
}

/** What the line really is. */
export interface Truth {
  readonly class: string;
  /** Invoice id and cents, sorted by id. */
  readonly allocations: readonly (readonly [string, number])[];
  /** A careful person would book it without asking. */
  readonly bookable: boolean;
  /** It is a receipt for open items that the line and the book identify. */
  readonly receipt: boolean;
}

export interface GeneratedLine {
  readonly payment: Payment;
  readonly truth: Truth;
}

/** Proposed mix of camt053.md §13, in percent. */
const ORDINARY = {
  clean: 38, damaged: 14, reference: 10, iban: 9, several: 6, unnamed: 3, credit: 2.5, part: 3.5, split: 0.5, over: 1.5, discount: 1, charges: 1, twice: 1,
  collection: 2, bounced: 2, payout: 2, third: 2, other: 2,
} as const; // prettier-ignore
type Class = keyof typeof ORDINARY;
const HARD: Readonly<Record<Class, number>> = {
  clean: 20, damaged: 28, reference: 7, iban: 9, several: 10, unnamed: 4, credit: 3, part: 4, split: 0.5, over: 1.5, discount: 1, charges: 1, twice: 1,
  collection: 1.5, bounced: 1.5, payout: 1, third: 3, other: 3,
}; // prettier-ignore

const CREDIT_TRANSFER = ['PMNT', 'RCDT', 'ESCT'] as const;
const COLLECTION = ['PMNT', 'IDDT', 'ESDD'] as const;

const byId = (allocations: [string, number][]): [string, number][] => allocations.sort(([a], [b]) => (a < b ? -1 : 1));

/** Makes payments for a world until there are `count` lines. Each invoice is used once. */
export class PaymentMaker {
  private readonly free: Map<string, Invoice[]>;
  private readonly debtors: readonly Debtor[];
  private readonly byDebtor: ReadonlyMap<string, Debtor>;
  private readonly random: Random;
  private readonly hard: boolean;
  private next = 0;
  private sequence = 0;

  constructor(private readonly world: World) {
    this.random = world.random;
    this.hard = world.options.mix === 'hard';
    this.free = new Map([...world.items].map(([id, items]) => [id, items.filter(({ open }) => open > 0)]));
    this.debtors = this.random.shuffled(world.book.debtors);
    this.byDebtor = new Map(world.book.debtors.map((debtor) => [debtor.id, debtor]));
  }

  *lines(count: number): Generator<GeneratedLine> {
    for (let made = 0, dry = 0; made < count && dry < 500;) {
      const lines = this.ofClass(this.random.weighted(this.hard ? HARD : ORDINARY));
      if (lines.length === 0) dry++;
      else dry = 0;
      for (const line of lines) {
        yield line;
        made++;
      }
    }
  }

  private ofClass(kind: Class): GeneratedLine[] {
    switch (kind) {
      case 'clean':
        return this.single((debtor, invoice) => this.line('clean', debtor, [invoice], invoice.open, this.words(invoice.number), true));
      case 'damaged':
        return this.single((debtor, invoice) => this.damaged(debtor, invoice));
      case 'reference':
        return this.single((debtor, invoice) => this.referenced(debtor, invoice));
      case 'iban':
        return this.single((debtor, invoice) =>
          this.account(debtor) === null ? [] : this.line('iban', debtor, [invoice], invoice.open, this.chat(), this.isAlone(invoice)),
        );
      case 'several':
        return this.multiple((debtor, invoices) => this.listed(debtor, invoices));
      case 'unnamed':
        return this.unnamed();
      case 'credit':
        return this.credited();
      case 'part':
        return this.single((debtor, invoice) => this.parts(debtor, invoice));
      case 'split':
        return this.single((debtor, invoice) => this.split(debtor, invoice));
      case 'over':
        return this.single((debtor, invoice) => {
          const paid = this.random.chance(0.5) ? Math.ceil(invoice.open / 5) * 5 : invoice.open + this.random.int(1, 8) * 500;
          return this.line(
            paid - invoice.open > 5 ? 'over' : 'rounded',
            debtor,
            [invoice],
            paid,
            this.words(invoice.number),
            this.isKnown(debtor) && paid - invoice.open <= 5,
          );
        });
      case 'discount':
        return this.single((debtor, invoice) =>
          this.line('discount', debtor, [invoice], invoice.open - Math.round(invoice.open * 0.02), this.words(invoice.number), false),
        );
      case 'charges':
        return this.single((debtor, invoice) => this.charged(debtor, invoice));
      case 'twice':
        return this.single((debtor, invoice) => {
          const text = this.words(invoice.number);
          const [first] = this.line('twice-first', debtor, [invoice], invoice.open, text, true);
          const second: GeneratedLine = {
            payment: { ...(first as GeneratedLine).payment, date: addDays((first as GeneratedLine).payment.date, 1) },
            truth: { class: 'twice', allocations: [], bookable: false, receipt: false },
          };
          return [first as GeneratedLine, second];
        });
      case 'collection':
        return this.collection(false);
      case 'bounced':
        return this.collection(true);
      case 'payout':
        return this.payout();
      case 'third':
        return this.single((debtor, invoice) => this.third(debtor, invoice));
      case 'other':
        return [this.other()];
    }
  }

  private single(make: (debtor: Debtor, invoice: Invoice) => GeneratedLine[]): GeneratedLine[] {
    const debtor = this.nextDebtor(1);
    if (debtor === null) return [];
    const items = this.free.get(debtor.id) as Invoice[];
    const at = this.random.chance(0.6) ? 0 : this.random.int(0, items.length - 1);
    const invoice = items[at] as Invoice;
    const lines = make(debtor, invoice);
    if (lines.length > 0) items.splice(items.indexOf(invoice), 1);
    return lines;
  }

  private multiple(make: (debtor: Debtor, invoices: Invoice[]) => GeneratedLine[]): GeneratedLine[] {
    const debtor = this.nextDebtor(2);
    if (debtor === null) return [];
    const items = this.free.get(debtor.id) as Invoice[];
    const count = Math.min(items.length, this.random.int(2, 6));
    const from = this.random.int(0, items.length - count);
    const invoices = items.slice(from, from + count);
    const lines = make(debtor, invoices);
    if (lines.length > 0) items.splice(from, count);
    return lines;
  }

  private nextDebtor(items: number): Debtor | null {
    for (let tries = 0; tries < this.debtors.length; tries++) {
      const debtor = this.debtors[this.next++ % this.debtors.length] as Debtor;
      if ((this.free.get(debtor.id) as Invoice[]).length >= items) return debtor;
    }
    return null;
  }

  /** No other open item of the debtor, or of one it shares its account with, has the amount. */
  private isAlone(invoice: Invoice): boolean {
    const debtor = this.byDebtor.get(invoice.debtorId) as Debtor;
    const sharing =
      this.world.book.debtors.length > 50_000
        ? [debtor]
        : this.world.book.debtors.filter(({ ibans }) => ibans.some((iban) => debtor.ibans.includes(iban)));
    return sharing.length <= 1 && (this.world.items.get(debtor.id) ?? []).filter(({ open }) => open === invoice.open).length === 1;
  }

  private account(debtor: Debtor): string | null {
    return debtor.ibans.length > 0 ? this.random.pick(debtor.ibans) : null;
  }

  private isKnown(debtor: Debtor): boolean {
    return debtor.ibans.length > 0;
  }

  private date(): PlainDate {
    return addDays(AS_OF, -this.random.int(0, 9));
  }

  private stranger(): string {
    return ibanOf(this.random.pick(['BUNQ', 'SNSB', 'ASNB']), 700_000_000 + this.world.options.seed * 100_000 + this.sequence++);
  }

  private line(
    kind: string,
    debtor: Debtor,
    invoices: readonly Invoice[],
    amount: number,
    text: string | readonly string[],
    bookable: boolean,
    extra: Partial<Payment> = {},
  ): GeneratedLine[] {
    const open = invoices.reduce((sum, invoice) => sum + invoice.open, 0);
    const allocations = byId(
      invoices.map((invoice) => [invoice.id, kind === 'part' && invoices.length === 1 ? Math.min(amount, open) : invoice.open]),
    );
    return [
      {
        payment: {
          amount,
          date: this.date(),
          name: this.nameOf(debtor),
          iban: this.account(debtor) ?? this.stranger(),
          text: typeof text === 'string' ? cut(text, this.random) : text,
          code: CREDIT_TRANSFER,
          ...extra,
        },
        truth: { class: kind, allocations, bookable, receipt: true },
      },
    ];
  }

  private nameOf({ name }: Debtor): string {
    switch (this.random.weighted({ as: 50, upper: 25, short: 10, plain: 10, cut: 5 })) {
      case 'upper':
        return name.toUpperCase();
      case 'short':
        return name.replace(/\s(B\.?V\.?|VOF|N\.V\.|Holding B\.V\.|BVBA|SRL|GmbH)$/, '');
      case 'plain':
        return name.normalize('NFD').replace(/\p{M}/gu, '').replace(/\./g, '');
      case 'cut':
        return name.slice(0, 27);
      default:
        return name;
    }
  }

  private words(number: string): string {
    const { random } = this;
    const text = random.pick([
      number, number, number, `factuur ${number}`, `Factuurnr. ${number}`, `fact ${number}`, `betaling factuur ${number}`, `Invoice ${number}`, `Rechnung ${number}`, `facture ${number}`,
      `inzake ${number} bedankt`, `Uw factuur ${number} d.d. ${random.int(1, 28)}-${random.int(10, 12)}-2026`, `RE ${number}`, `betr.: ${number}`,
    ]); // prettier-ignore
    if (!random.chance(this.hard ? 0.35 : 0.1)) return text;
    const noise = [
      `tel 06${random.int(10_000_000, 99_999_999)}`,
      `klantnr ${random.int(10_000, 99_999)}`,
      `KvK ${random.int(10_000_000, 79_999_999)}`,
      `order ${random.int(1000, 99_999)}`,
      `${random.int(1000, 9999)} AB`,
    ];
    if (this.hard) {
      const other = random.pick(this.world.book.invoices).number;
      noise.push(`klantnr ${other}`, `order ${other.replace(/\D/g, '')}`, `KvK ${other.replace(/\D/g, '').padStart(8, '1').slice(0, 8)}`);
    }
    return random.chance(0.5) ? `${text} ${random.pick(noise)}` : `${random.pick(noise)} ${text}`;
  }

  private chat(): string {
    return this.random.pick([
      '',
      'bedankt',
      'betaling',
      'maandelijkse betaling',
      'zie mail',
      'volgens afspraak',
      'payment',
      'november 2026',
    ]);
  }

  private damaged(debtor: Debtor, invoice: Invoice): GeneratedLine[] {
    const { random, hard } = this;
    const { number } = invoice;
    const digits = number.replace(/\D/g, '');
    const groups = number.match(/\d+/g) ?? [];
    const serial = groups.length > 1 ? (groups.at(-1) as string) : digits.slice(-4);
    const known = this.isKnown(debtor) && this.isUnshared(debtor);
    const unique = known && this.isAlone(invoice);
    const kinds = {
      separator: 25,
      blank: 12,
      zeros: 12,
      more: 5,
      prefix: 12,
      year: hard ? 12 : 8,
      swapped: hard ? 8 : 5,
      lastYear: hard ? 8 : 4,
      cut: 4,
      broken: 6,
      customer: hard ? 6 : 4,
      glued: 4,
      words: 3,
    };
    const line = (kind: string, text: string | readonly string[], bookable: boolean): GeneratedLine[] =>
      this.line(`damaged:${kind}`, debtor, [invoice], invoice.open, text, bookable);
    switch (random.weighted(kinds)) {
      case 'separator':
        return line('separator', this.words(number.replace(/[-./]/g, random.pick([' ', '', '/', '.', '_', ' - ']))), true);
      case 'blank': {
        const at = random.int(1, number.length - 1);
        return line('blank', this.words(`${number.slice(0, at)} ${number.slice(at)}`), true);
      }
      case 'zeros':
        return line(
          'zeros',
          this.words(number.replace(/([-./])0+/, '$1')),
          !/^\D?\d\d[-./]\d{1,2}$/.test(number.replace(/([-./])0+/, '$1')) || known,
        );
      case 'more':
        return line('more-zeros', this.words(groups.length > 1 ? number.replace(/([-./])(?=\d+$)/, '$10') : `0${number}`), true);
      case 'prefix':
        return line('prefix', this.words(number.replace(/^[A-Z]+[-./]?/, '')), true);
      case 'year':
        return line('year', this.words(serial), unique);
      case 'swapped': {
        const at = random.int(digits.length - 4, digits.length - 2);
        const swapped = digits.slice(0, at) + (digits[at + 1] ?? '') + (digits[at] ?? '') + digits.slice(at + 2);
        return line('swapped', this.words(refit(number, swapped)), unique && swapped !== digits);
      }
      case 'lastYear':
        return line(
          'last-year',
          this.words(number.replace(/20(\d\d)/, (_, year: string) => `20${Number(year) - 1}`)),
          unique || !/20\d\d/.test(number),
        );
      case 'cut': {
        const filler =
          'Betaling volgens overeenkomst van levering en diensten in het afgelopen kwartaal met dank voor de prettige samenwerking en tot ziens '.repeat(
            2,
          );
        const room = 140 - Math.max(4, number.length - 2);
        return line('cut', chunks(`${filler.slice(0, room - 1)} ${number}`.slice(0, 140), 140), unique);
      }
      case 'broken': {
        const at = random.int(1, number.length - 1);
        return line('line-break', [`betaling factuur ${number.slice(0, at)}`, `${number.slice(at)} bedankt`], true);
      }
      case 'customer':
        return line('customer', random.pick(['klantnr ', 'debiteur ', '']) + (debtor.number ?? ''), unique);
      case 'glued':
        return this.glued(debtor, invoice);
      case 'words':
        return line('words', `Hartelijk dank, hierbij voldoen wij ${number} tijdig en volledig`, true);
    }
  }

  private isUnshared(debtor: Debtor): boolean {
    return (
      this.world.book.debtors.length > 50_000 ||
      this.world.book.debtors.every((other) => other.id === debtor.id || !other.ibans.some((iban) => debtor.ibans.includes(iban)))
    );
  }

  private glued(debtor: Debtor, invoice: Invoice): GeneratedLine[] {
    const items = this.free.get(debtor.id) as Invoice[];
    const other = items.find(({ id }) => id !== invoice.id);
    if (other === undefined) return [];
    items.splice(items.indexOf(other), 1);
    const both = [invoice, other];
    return this.line(
      'damaged:glued',
      debtor,
      both,
      invoice.open + other.open,
      both.map(({ number }) => number.replace(/\D/g, '')).join(''),
      this.isKnown(debtor) && this.isUnshared(debtor),
    );
  }

  private referenced(debtor: Debtor, invoice: Invoice): GeneratedLine[] {
    const reference = invoice.paymentReference as string;
    const known = this.isKnown(debtor) && this.isUnshared(debtor);
    if (this.random.chance(0.06)) {
      const at = this.random.int(4, reference.length - 1);
      const wrong = reference.slice(0, at) + String((Number(reference[at]) + this.random.int(1, 9)) % 10) + reference.slice(at + 1);
      return this.line('reference:typo', debtor, [invoice], invoice.open, [], known && this.isAlone(invoice), { reference: wrong });
    }
    if (this.random.chance(0.3)) {
      const written =
        this.world.references === 'ogm'
          ? formatOgm(reference)
          : this.random.chance(0.5)
            ? (reference.match(/.{1,4}/g) ?? []).join(' ')
            : reference;
      return this.line('reference:text', debtor, [invoice], invoice.open, written, true);
    }
    return this.line('reference', debtor, [invoice], invoice.open, [], true, { reference });
  }

  private listed(debtor: Debtor, invoices: Invoice[]): GeneratedLine[] {
    const { random, hard } = this;
    const numbers = invoices.map(({ number }) => number);
    const amount = invoices.reduce((sum, { open }) => sum + open, 0);
    const first = numbers[0] as string;
    const sameYear = numbers.every((number) => number.slice(0, 4) === first.slice(0, 4));
    const serials = numbers.map((number) => (/\d{2,}$/.exec(number)?.[0] ?? number).slice(-4));
    const style = random.weighted({ comma: 30, words: 20, plus: 10, shortened: hard ? 30 : 12, single: hard ? 8 : 3 });
    const full = this.line('several', debtor, invoices, amount, numbers.join(', '), true);
    switch (style) {
      case 'words':
        return this.line(
          'several',
          debtor,
          invoices,
          amount,
          `facturen ${numbers.slice(0, -1).join(' ')} en ${numbers.at(-1) as string}`,
          true,
        );
      case 'plus':
        return this.line('several', debtor, invoices, amount, numbers.join(random.pick(['+', '/', ' + ', ' & ', ';'])), true);
      case 'shortened': {
        const tight = first.length >= 6 && numbers.every((number) => number.slice(0, -4) === first.slice(0, -4)) && sameYear;
        if (!tight) return full;
        const short = serials
          .slice(1)
          .map((serial) => (random.chance(0.5) ? serial : serial.slice(-Math.max(2, distinctTail(first.slice(-4), serial)))));
        return this.line(
          'several:shortened',
          debtor,
          invoices,
          amount,
          `factuur ${[first, ...short.slice(0, -1)].join(', ')} en ${short.at(-1) as string}`,
          true,
        );
      }
      case 'single':
        return this.line('several:one-named', debtor, invoices, amount, this.words(first), false);
      default:
        return full;
    }
  }

  private unnamed(): GeneratedLine[] {
    const debtor = this.nextDebtor(2);
    if (debtor === null || !this.isKnown(debtor)) return [];
    const items = this.free.get(debtor.id) as Invoice[];
    const credits = (this.world.items.get(debtor.id) ?? []).some(({ open }) => open < 0);
    const untouched = items.length === (this.world.items.get(debtor.id) ?? []).filter(({ open }) => open > 0).length;
    const sorted = [...items].sort((a, b) => (a.dueDate < b.dueDate ? -1 : a.dueDate > b.dueDate ? 1 : a.number < b.number ? -1 : 1));
    const count = this.random.chance(0.5) ? sorted.length : this.random.int(2, sorted.length);
    const chosen = this.random.chance(0.8) ? sorted.slice(0, count) : this.random.shuffled(sorted).slice(0, count);
    const orderly = untouched && !credits && chosen.length === items.length && this.isUnshared(debtor);
    const lines = this.line(
      `unnamed:${chosen.length}/${sorted.length}`.replace(/:.*/, ''),
      debtor,
      chosen,
      chosen.reduce((sum, { open }) => sum + open, 0),
      this.chat(),
      orderly,
    );
    this.free.set(
      debtor.id,
      items.filter((item) => !chosen.includes(item)),
    );
    return lines;
  }

  private credited(): GeneratedLine[] {
    for (let tries = 0; tries < 200; tries++) {
      const debtor = this.nextDebtor(1);
      if (debtor === null) return [];
      const credit = (this.world.items.get(debtor.id) ?? []).find(({ open }) => open < 0);
      const items = this.free.get(debtor.id) as Invoice[];
      const invoice = items.find(({ open }) => credit !== undefined && open > -credit.open);
      if (credit === undefined || invoice === undefined || this.usedCredits.has(credit.id)) continue;
      this.usedCredits.add(credit.id);
      items.splice(items.indexOf(invoice), 1);
      const both = [invoice, credit];
      const named = this.random.chance(0.6);
      const text = named ? `${invoice.number} minus creditnota ${credit.number}` : this.words(invoice.number);
      return this.line(named ? 'credit' : 'credit:unnamed', debtor, both, invoice.open + credit.open, text, named || this.isKnown(debtor));
    }
    return [];
  }
  private readonly usedCredits = new Set<string>();

  private parts(debtor: Debtor, invoice: Invoice): GeneratedLine[] {
    const part = Math.max(1, Math.round((invoice.open * this.random.pick([25, 33, 40, 50, 60])) / 100 / 100) * 100);
    if (part >= invoice.open) return [];
    const known = this.isKnown(debtor) && this.isUnshared(debtor);
    const rivals = (this.world.items.get(debtor.id) ?? []).some(({ open }) => open === part || open === invoice.open - part);
    const [first] = this.line('part', debtor, [invoice], part, `deelbetaling ${invoice.number}`, known && !rivals);
    if (this.random.chance(0.5)) return [first as GeneratedLine];
    const [rest] = this.line('part', debtor, [invoice], invoice.open - part, this.words(invoice.number), known && !rivals);
    return [first as GeneratedLine, { ...(rest as GeneratedLine), payment: { ...(rest as GeneratedLine).payment, date: AS_OF } }];
  }

  private split(debtor: Debtor, invoice: Invoice): GeneratedLine[] {
    const blocked = Math.round((invoice.open * 30) / 100);
    const known = this.isKnown(debtor) && this.isUnshared(debtor);
    const text = this.words(invoice.number);
    return [blocked, invoice.open - blocked].flatMap((amount, at) =>
      this.line('part', debtor, [invoice], amount, text, known, at === 0 ? { blocked: true } : {}).map((line) => ({
        ...line,
        truth: { ...line.truth, class: 'split' },
      })),
    );
  }

  private charged(debtor: Debtor, invoice: Invoice): GeneratedLine[] {
    const charges = this.random.int(3, 30) * 100;
    if (invoice.open < charges * 8) return [];
    const stated = this.random.chance(0.6);
    return this.line('charges', debtor, [invoice], invoice.open - charges, this.words(invoice.number), stated && this.isKnown(debtor), {
      code: ['PMNT', 'RCDT', 'XBCT'],
      ...(stated && { charges }),
    });
  }

  private collection(bounces: boolean): GeneratedLine[] {
    const batch = `INC-${this.sequence++}`;
    const lines: GeneratedLine[] = [];
    const date = addDays(this.date(), -10);
    for (let one = this.random.int(2, 8); one > 0; one--) {
      lines.push(
        ...this.single((debtor, invoice) =>
          this.line('collection', debtor, [invoice], invoice.open, `Incasso ${invoice.number}`, true, {
            date, batch, code: COLLECTION, endToEndId: `${invoice.number.replace(/[^A-Z0-9]/g, '')}-${this.sequence++}`, mandateId: `M${debtor.number ?? ''}`,
          }),
        ),
      ); // prettier-ignore
    }
    const [bounced] = lines;
    if (!bounces || bounced === undefined) return lines;
    const undone = bounced.truth.allocations.map(([id, cents]): [string, number] => [id, -cents]);
    return [
      ...lines,
      {
        payment: {
          ...withoutBatch(bounced.payment),
          amount: -bounced.payment.amount,
          date: addDays(date, 4),
          code: ['PMNT', 'IDDT', 'UPDD'],
          returnCode: this.random.pick(['AM04', 'MD06', 'AC04', 'MS03']),
        },
        truth: { class: 'bounced', allocations: undone, bookable: true, receipt: false },
      },
    ];
  }

  private payout(): GeneratedLine[] {
    return this.multiple((debtor, invoices) => {
      const total = invoices.reduce((sum, { open }) => sum + open, 0);
      const fee = 29 * invoices.length;
      const named = this.random.chance(0.3);
      const text = named
        ? `Settlement ${invoices.map(({ number }) => number).join(' ')}`
        : `Settlement ${this.random.int(1_000_000, 9_999_999)}.2611.07`;
      return this.line('payout', debtor, invoices, total - fee, text, false, {
        name: 'Stichting Mollie Payments',
        iban: ibanOf('ABNA', 777_777_777),
      }).map((line) => ({
        ...line,
        truth: { ...line.truth, receipt: named },
      }));
    });
  }

  private third(debtor: Debtor, invoice: Invoice): GeneratedLine[] {
    const name = this.random.pick([
      'Moeder Holding B.V.',
      'Administratiekantoor Ploeg',
      'Factor Nederland N.V.',
      'Deurwaarders Noord',
      'M. Vrijdag',
    ]);
    return this.line('third', debtor, [invoice], invoice.open, `${this.words(invoice.number)} namens ${debtor.name}`, true, {
      name,
      iban: this.stranger(),
    });
  }

  private other(): GeneratedLine {
    const { random } = this;
    const amount = random.int(1000, 400_000);
    const someone = random.pick(this.world.book.invoices);
    const base = { date: this.date(), amount, code: CREDIT_TRANSFER };
    const payment: Payment = random.pick<() => Payment>([
      () => ({
        ...base,
        name: 'Belastingdienst',
        iban: ibanOf('INGB', 2_445_588),
        text: [`OMZETBELASTING ${random.int(10_000_000, 99_999_999)}B01.6100 teruggaaf`],
      }),
      () => ({ ...base, name: this.world.book.administration.name, iban: SAVINGS_IBAN, text: ['van spaarrekening'] }),
      () => ({
        ...base,
        name: 'Leverancier Zuid B.V.',
        iban: this.stranger(),
        text: ['retour betaling'],
        code: ['PMNT', 'ICDT', 'RRTN'],
        returnCode: 'AC01',
      }),
      () => ({ ...base, name: 'Leverancier Zuid B.V.', iban: this.stranger(), text: [`creditering uw ref ${random.int(10_000, 99_999)}`] }),
      () => ({
        ...base,
        name: 'Verzekeraar Oost N.V.',
        iban: this.stranger(),
        text: [`schade ${this.hard ? someone.number : random.int(100_000, 999_999)} polis ${random.int(10_000, 99_999)}`],
      }),
      () => ({
        ...base,
        amount: -amount,
        name: 'Leverancier West B.V.',
        iban: this.stranger(),
        text: [`factuur ${someone.number}`],
        code: ['PMNT', 'ICDT', 'ESCT'],
      }),
    ])();
    return { payment, truth: { class: 'other', allocations: [], bookable: false, receipt: false } };
  }
}

const withoutBatch = ({ batch: _, ...payment }: Payment): Payment => payment;

/** How many digits at the end tell two serials apart. */
function distinctTail(a: string, b: string): number {
  let same = 0;
  while (same < b.length && a[same] === b[same]) same++;
  return b.length - same;
}

/** Puts other digits into a number, separators kept. */
function refit(number: string, digits: string): string {
  let at = 0;
  return number.replace(/\d/g, () => digits[at++] ?? '');
}

const chunks = (text: string, size: number): string[] => text.match(new RegExp(`.{1,${size}}`, 'g')) ?? [];

/** Some banks cut the text in lines of 35 or 65. */
const cut = (text: string, random: Random): string[] =>
  text === '' ? [] : random.chance(0.15) ? chunks(text, random.pick([35, 65])) : [text.slice(0, 140)];
