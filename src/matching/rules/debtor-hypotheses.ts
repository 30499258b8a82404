import type { Minor } from '../../kernel/money.js';
import { agreedExplanations } from './agreements.js';
import {
  type Explanation,
  type OpenItem,
  type Payment,
  exactlyNamed,
  inPart,
  namedMinusCredit,
  namedPlusOthers,
  splitOver,
  tooMuch,
  totalOf,
  unnamedSums,
  withDifference,
} from './explain-amount.js';
import type { FirmHit } from './firm-hits.js';
import { foreignExplanations } from './foreign-currency.js';
import type { Naming } from './grade.js';
import { type Against, type Context, type Hypothesis, against, hypothesisOf, openItem } from './hypothesis.js';
import { type Relation, isLikely, relationOf } from './payer.js';
import { type Reading, paymentOf } from './read-line.js';
import type { BankLine } from './vocabulary.js';
import { type WeakHit, weakHits } from './weak-hits.js';
import { isCreditWord, isPartWord } from './words.js';

/** Debtors with more open items than this are not searched for damaged numbers. */
const DAMAGE_ITEMS_MAX = 2_000;
/** Equal explanations that are shown; all are counted. */
const EQUALS_SHOWN = 4;
/** People pay an invoice in two, three or four equal parts. */
const USUAL_PARTS = [2, 3, 4] as const;
/** A shortfall below this share of what is open, or below this amount, is a deduction of some kind rather than a part payment. */
const DEDUCTION_SHARE_MAX = 0.08;
const DEDUCTION_MAX: Minor = 30_00;

/** Everything that may explain a line by the items of one debtor. */
export function debtorHypotheses(
  line: BankLine,
  reading: Reading,
  hits: readonly FirmHit[],
  debtor: number,
  context: Context,
): Hypothesis[] {
  return new DebtorCase(line, reading, hits, debtor, context).weigh();
}

/** One debtor weighed for one line; each method adds the explanations of one kind. */
class DebtorCase {
  private readonly found: Hypothesis[] = [];
  private readonly relation: Relation;
  private readonly relationInWords: readonly string[];
  /** Items that are open, in the line's currency, oldest due first. */
  private readonly items: readonly OpenItem[];
  private readonly ownHits: readonly FirmHit[];
  private readonly firm: readonly OpenItem[];
  private readonly others: readonly OpenItem[];
  private readonly firmNaming: Naming;
  private readonly firmWords: readonly string[];
  /** Named, but paid already. */
  private readonly settledHits: readonly FirmHit[];
  private weakRead: readonly WeakHit[] | null = null;
  private readonly payment: Payment;

  constructor(
    private readonly line: BankLine,
    private readonly reading: Reading,
    hits: readonly FirmHit[],
    private readonly debtor: number,
    private readonly context: Context,
  ) {
    const { index, open, forbidden } = context;
    const { relation, because } = relationOf(reading.payer, debtor, index);
    this.relation = relation;
    this.relationInWords = because === null ? [] : [because];
    this.items = [...index.itemsOf(debtor)]
      .filter((at) => open[at] !== 0 && index.invoice(at).currency === line.currency && !forbidden.has(at))
      .map((at) => openItem(at, context));
    this.ownHits = hits.filter(({ invoice }) => index.debtorOf[invoice] === debtor);
    const named = new Map(this.ownHits.map((hit) => [hit.invoice, hit]));
    this.firm = this.items.filter(({ invoice }) => named.has(invoice));
    this.others = this.items.filter(({ invoice }) => !named.has(invoice));
    this.firmNaming = this.ownHits.some(({ naming }) => naming === 'reference') ? 'reference' : 'number';
    this.firmWords = this.firm.map(({ invoice }) => (named.get(invoice) as FirmHit).because);
    this.settledHits = this.ownHits.filter(({ invoice }) => open[invoice] === 0);
    this.payment = paymentOf(line, reading);
  }

  /** Parts of numbers and damaged numbers; read when they are needed, for most lines are explained without them. */
  private get weak(): readonly WeakHit[] {
    return (this.weakRead ??= this.readWeak());
  }

  private get weakItems(): OpenItem[] {
    return this.items.filter(({ invoice }) => this.weak.some((hit) => hit.invoice === invoice));
  }

  private says(word: (text: string) => boolean): boolean {
    return this.reading.atoms.some(({ text }) => word(text));
  }

  private get saysPart(): boolean {
    return this.says(isPartWord);
  }

  /** A number like ours that nothing explains. */
  private get unknown(): string | null {
    return this.reading.numbers.unknown.length === 0 ? null : this.unexplainedNumber();
  }

  weigh(): Hypothesis[] {
    if (this.firm.length > 0) this.byNamed();
    else if (this.settledHits.length > 0) this.paidAlready();
    for (const { explanation, named } of foreignExplanations(this.line, this.ownHits, this.debtor, this.context)) {
      this.add(explanation, named ? this.firmNaming : 'none', named ? this.ownHits.map(({ because }) => because) : []);
    }
    if (this.relation === 'other' && this.firm.length > 0) return this.found;
    if (this.weakItems.length > 0) this.byWeak();
    if (this.firm.length === 0) this.bySplit();
    const same = this.byAmountAlone();
    if (isLikely(this.relation) && this.firm.length === 0 && same === 0) this.byDebtorAlone();
    return this.found;
  }

  private add(
    explanation: Explanation | null,
    naming: Naming,
    words: readonly string[],
    reason: Against | null = null,
    amountAlone = false,
  ): void {
    if (explanation === null) return;
    const draft = {
      explanation,
      naming,
      relation: this.relation,
      debtor: this.debtor,
      words: [...words, ...this.relationInWords],
      short: this.ownHits.length > 0 && this.ownHits.every(({ short }) => short),
      against: reason,
      amountAlone,
    };
    this.found.push(hypothesisOf(this.line, draft, this.context.index));
  }

  /** Whole numbers or references name open items: the explanations of the amount in the order of camt053.md §9. */
  private byNamed(): void {
    const { line, firm, others, payment, firmNaming, firmWords } = this;
    const { settings } = this.context;
    const exactly = exactlyNamed(line.amount, firm, settings);
    const missed = exactly !== null && exactly.parts.length < firm.length;
    this.add(exactly, firmNaming, firmWords, missed ? against('not all numbers in the text are paid by it') : null);
    if (exactly !== null && !missed) return;

    const withWeak = this.weakItems.length > 0 ? exactlyNamed(line.amount, [...firm, ...this.weakItems], settings) : null;
    const complete = withWeak !== null && withWeak.parts.length === firm.length + this.weakItems.length;
    const credited = namedMinusCredit(line.amount, firm, others, settings);
    const different = withDifference(payment, firm, settings);
    const rest = namedPlusOthers(line.amount, firm, others, settings);
    this.add(withWeak, complete ? 'listed' : 'short', [...firmWords, ...this.weak.map(({ how }) => how)]);
    this.add(credited, firmNaming, firmWords, this.unclearCredit(credited, exactly !== null));
    this.add(different, firmNaming, firmWords);
    this.add(rest, 'mixed', firmWords);
    this.bySplit();
    const better = exactly ?? withWeak ?? (this.saysPart ? null : credited) ?? different ?? rest;
    const reason = better === null ? this.unclear() : against('another explanation says more', 0.4);
    this.add(inPart(line.amount, firm), firmNaming, firmWords, reason);
    this.add(tooMuch(line.amount, firm), firmNaming, firmWords, reason);
  }

  /** Why a credit note nobody named may not be what is missing. */
  private unclearCredit(credited: Explanation | null, fewerFit: boolean): Against | null {
    if (this.saysPart) return against('the text says that it is a part payment', 0.6);
    if (this.says(isCreditWord)) return null;
    if (fewerFit) return against('fewer of the named items explain it as well');
    if (credited !== null && credited.parts.length - this.firm.length > 1) return against('it does not speak of credit notes');
    const total = totalOf(this.firm);
    const simple = USUAL_PARTS.some((parts) => Math.abs(this.line.amount * parts - total) < parts);
    return against(simple ? 'a simple part of what is open may as well be a part payment' : null);
  }

  /** Why a payment of another amount than the named items may not simply be part of them, or more than them. */
  private unclear(): Against | null {
    const { amount } = this.line;
    const total = totalOf(this.firm);
    if (this.ownHits.some(({ listed }) => listed)) return against('the list is shortened and its items do not add up to the amount');
    if (this.others.some(({ open }) => open === amount)) return against('another open item of the debtor is exactly this amount', 0.7);
    const { hits } = this.reading.numbers;
    if (hits.some(({ doubt, invoice }) => doubt !== null && this.context.open[invoice] === amount - total)) {
      return against('what is over is exactly what another number in the text asks', 0.6);
    }
    if (amount < total && this.firm.length > 1) return against('several items are named and it does not say which is paid in part');
    const missing = total - amount;
    const little = missing <= total * DEDUCTION_SHARE_MAX || (missing <= DEDUCTION_MAX && missing * 2 < total);
    if (missing > 0 && little && !this.saysPart) {
      return against('so little is missing that it may be a deduction', 0.6);
    }
    return this.others.length > 0 || amount < total ? against(this.unknown) : null;
  }

  private paidAlready(): void {
    const { amount } = this.line;
    const again = this.settledHits.some(({ invoice }) => this.context.index.invoice(invoice).amount === amount);
    const words = again
      ? 'it is paid already by the same amount: a double payment, it stays unapplied'
      : 'it is paid already: the money stays unapplied';
    this.add(
      { ...unapplied(amount, 'paid', words), certain: again },
      this.firmNaming,
      this.settledHits.map(({ because }) => because),
    );
  }

  /** Parts of numbers and damaged numbers: only together with the debtor and the amount. */
  private byWeak(): void {
    const { line, items, weak, weakItems, others, payment } = this;
    const { settings } = this.context;
    const exactly = exactlyNamed(line.amount, weakItems, settings);
    if (exactly !== null) {
      const used = weak.filter(({ invoice }) => exactly.parts.some((part) => part.invoice === invoice));
      const alone = items.filter(({ open }) => open === line.amount).length <= 1;
      const reason = this.firm.length > 0 ? against('the text names another open item of the debtor') : null;
      this.add(
        exactly,
        used.every(({ kind }) => kind === 'short') ? 'short' : 'damaged',
        used.map(({ how }) => how),
        reason,
        alone,
      );
      return;
    }
    const short = weak.filter(({ kind }) => kind === 'short');
    const shortItems = items.filter(({ invoice }) => short.some((hit) => hit.invoice === invoice));
    const words = short.map(({ how }) => how);
    this.add(namedMinusCredit(line.amount, shortItems, others, settings), 'short', words, this.conflict());
    this.add(withDifference(payment, shortItems, settings), 'short', words, this.conflict());
    if (this.firm.length > 0) return;
    this.add(inPart(line.amount, shortItems), 'short', words, this.conflict());
    this.add(tooMuch(line.amount, shortItems), 'short', words, this.conflict());
  }

  /** Two payments for one invoice: the blocked account (G-rekening) got the other part. */
  private bySplit(): void {
    const { otherHalf } = this.context;
    if (otherHalf === null) return;
    const pool = this.firm.length > 0 ? this.firm : this.items;
    this.add(
      splitOver(this.line.amount, otherHalf.amount, pool),
      this.firm.length > 0 ? this.firmNaming : 'none',
      this.firmWords,
      this.conflict(),
    );
  }

  /** Items of exactly this amount that nothing names; gives how many there are. */
  private byAmountAlone(): number {
    const { line } = this;
    const same = this.others.filter(({ open }) => open === line.amount);
    if (same.length === 0) return 0;
    const named = new Set(this.weakItems.map(({ invoice }) => invoice));
    if (!isLikely(this.relation) && this.firm.length > 0) return same.length;
    for (const item of same.slice(0, EQUALS_SHOWN)) {
      if (named.has(item.invoice)) continue;
      const explanation = exactlyNamed(line.amount, [item], this.context.settings);
      this.add(explanation && { ...explanation, equals: same.length + this.sharedRivals() }, 'none', [], this.conflict());
    }
    return same.length;
  }

  /** Items of the same amount at the other debtors whose account it is too. */
  private sharedRivals(): number {
    if (this.relation !== 'shared') return 0;
    const { index, open } = this.context;
    const others = this.reading.payer.byIban.filter((debtor) => debtor !== this.debtor);
    return others.reduce((count, debtor) => count + index.itemsOf(debtor).filter((at) => open[at] === this.line.amount).length, 0);
  }

  /** Only the debtor is known: agreed amounts, sums, differences, and at last oldest first. */
  private byDebtorAlone(): void {
    const { line, items, others, payment } = this;
    const { settings } = this.context;
    for (const agreed of agreedExplanations(line.amount, this.debtor, items, this.context.index))
      this.add(agreed, 'none', [], this.conflict());
    for (const sum of unnamedSums(payment, items, settings)) this.add(sum, 'none', [], this.conflict());
    const near = others.map((item) => withDifference(payment, [item], settings)).filter((explanation) => explanation !== null);
    for (const explanation of near.slice(0, EQUALS_SHOWN)) this.add({ ...explanation, equals: near.length }, 'none', [], this.conflict());
    const invoices = items.filter(({ open }) => open > 0);
    if (invoices.length > 0) {
      this.add(inPart(line.amount, invoices), 'none', ['oldest first'], this.conflict());
      this.add(tooMuch(line.amount, items), 'none', [], this.conflict());
    } else if (this.settledHits.length === 0) {
      this.add(unapplied(line.amount, 'advance', 'the debtor has nothing open: the money stays unapplied'), 'none', []);
    }
  }

  /** What the text says against an explanation by debtor and amount alone. */
  private conflict(): Against | null {
    if (this.firm.length > 0) return against('the text names another open item of the debtor', 0.8);
    if (this.settledHits.length > 0 || this.namesPaid()) return against('the text names an item that is paid already', 0.8);
    return against(this.unknown, 0.8);
  }

  /** A number in the text, doubtful or not, is that of a paid item with this very amount: the line may be a double payment. */
  private namesPaid(): boolean {
    const { index, open } = this.context;
    return this.reading.numbers.hits.some(
      ({ invoice }) => index.debtorOf[invoice] === this.debtor && open[invoice] === 0 && index.invoice(invoice).amount === this.line.amount,
    );
  }

  /** Doubtful whole numbers, parts of numbers and damaged ones, read for the items of this debtor only. */
  private readWeak(): WeakHit[] {
    const { index, open } = this.context;
    const { hits } = this.reading.numbers;
    const weak: WeakHit[] = [];
    for (const { invoice, doubt, written } of hits) {
      if (doubt === null || !this.others.some((item) => item.invoice === invoice)) continue;
      weak.push({ invoice, kind: 'short', written, how: `number ${index.invoice(invoice).number} in the text, but ${doubt}` });
    }
    const { unchecked, failed } = this.reading.references;
    if ((this.reading.atoms.length === 0 && failed.length === 0) || this.others.length > DAMAGE_ITEMS_MAX) return weak;
    const covered = new Set<number>();
    for (const { invoice, from, to, doubt } of hits) {
      // the number of a paid item of another amount may be the number of another year
      const stands = open[invoice] !== 0 || index.invoice(invoice).amount === this.line.amount;
      if (doubt === null && stands && index.debtorOf[invoice] === this.debtor) for (let at = from; at <= to; at++) covered.add(at);
    }
    const others = new Set(this.others.map(({ invoice }) => invoice));
    const numbered = index.numberedItemsOf(this.debtor).filter(({ invoice }) => others.has(invoice));
    // who writes his customer number means himself, also where one of his invoices ends with it
    const customerNumbers = this.reading.numbers.customers.filter((one) => one.debtor === this.debtor).map(({ written }) => written);
    for (const hit of weakHits(this.reading.atoms, covered, [...unchecked, ...failed], numbered)) {
      if (customerNumbers.includes(hit.written) || weak.some(({ invoice }) => invoice === hit.invoice)) continue;
      weak.push(hit);
    }
    return weak;
  }

  private unexplainedNumber(): string | null {
    const explained = this.weak.map(({ written }) => written.replace(/[^A-Z0-9]/g, ''));
    const open = this.reading.numbers.unknown.find(({ written }) => {
      const folded = written.replace(/[^A-Z0-9]/g, '');
      return !explained.some((text) => folded.includes(text) || text.includes(folded));
    });
    return open === undefined ? null : `number ${open.written} looks like one of ours and is not in the book`;
  }
}

const unapplied = (amount: Minor, way: 'paid' | 'advance', because: string): Explanation => ({
  way,
  parts: [],
  remainder: { amount, kind: 'overpayment' },
  equals: 1,
  accident: 0,
  because,
  certain: true,
});
