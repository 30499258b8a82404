import { PackageError, type PushEntry, type PushResult } from '../accounting-package.port.js';
import { changeCredit } from './credit-block.js';
import { findLists } from './lists.js';
import { type Invoice, invoiceOf, settlementsIn } from './matched-invoice.js';
import type { PushOptions } from './push.js';
import { type BrowseRow, type Definition, customerMatchesQuery } from './rules/browse.js';
import {
  type Section,
  type Undoing,
  claimEntry,
  claimsOf,
  entryOf,
  hasMarker,
  readSection,
  undoingEntry,
  undoingOf,
  withEntry,
  withoutMarker,
} from './rules/comment.js';
import { type LineKey, parseItemRef, refOf } from './rules/refs.js';
import { isGone, numberOfMatch, periodsAround, sharedNumbers } from './rules/undo.js';
import type { OfficeApi } from './twinfield.api.js';

type PaymentUndo = Extract<PushEntry, { readonly kind: 'payment-undo' }>;

/** How often the undoing itself is sent, each time after the match was seen to stand still. */
const TRIES = 2;

/**
 * Undoes a match of ours (§7.1), and no other: which one it is comes from our claim in the customer's comment, or from the settlement the
 * ledger knows to be ours. Which number it has is written into our section first, in the claim's place, so that after a crash that match is
 * looked for and no other. Where nobody can say which match it was, or Twinfield refuses, the entry's text becomes a note for a person.
 */
export async function undoPayment(api: OfficeApi, entry: PaymentUndo, options: PushOptions): Promise<PushResult> {
  const outcome = await new PaymentUndoing(api, entry, options).run();
  return { outcome, ref: null, calls: api.calls };
}

class PaymentUndoing {
  private readonly key: LineKey;

  constructor(
    private readonly api: OfficeApi,
    private readonly entry: PaymentUndo,
    private readonly options: PushOptions,
  ) {
    const key = parseItemRef(entry.about.item);
    if (key === null) throw new PackageError('refused', `${entry.about.item} is no open item of Twinfield`);
    this.key = key;
  }

  async run(): Promise<PushResult['outcome']> {
    const invoice = await invoiceOf(this.api, this.key, this.entry.currency);
    const section = readSection((await this.api.customer(invoice.customer)).credit.comment ?? '');
    if (hasMarker(section, this.entry.marker)) return this.goOn(invoice, section);
    const receipt = this.receiptIn(section);
    if (!this.isMatched(invoice, receipt)) return this.forget(invoice.customer);
    const undoing = receipt === null ? null : await this.found(invoice, receipt);
    if (undoing === null) return this.note(invoice, null);
    await this.announce(invoice.customer, undoing);
    return this.undo(invoice, undoing);
  }

  /** Our entry is there: either a note, or what was about to be done when the process ended. */
  private async goOn(invoice: Invoice, section: Section): Promise<PushResult['outcome']> {
    const undoing = undoingOf(section, this.entry.marker);
    if (undoing === null || !(await this.stands(invoice, undoing))) return 'already-there';
    return this.undo(invoice, undoing);
  }

  /** The receipt our match took, by the claim or by what the ledger keeps; null: neither says. */
  private receiptIn(section: Section): string | null {
    const claim = claimsOf(section).find(({ marker, item }) => marker === this.entry.undoes && item === refOf(this.key));
    return claim?.receipt ?? this.entry.settlement?.split('#')[0] ?? null;
  }

  /** Whether something of that receipt is still taken off the invoice; where the receipt is not known, whether any such payment is. */
  private isMatched(invoice: Invoice, receipt: string | null): boolean {
    if (receipt !== null) return invoice.line.sets.some(({ lines }) => lines.some((line) => refOf(line) === receipt));
    return settlementsIn(invoice, '', this.entry).some(({ kind, amount }) => kind === 'payment' && amount === this.entry.amount);
  }

  private async found(invoice: Invoice, receipt: string): Promise<Undoing | null> {
    const rows = await this.rows(invoice);
    const numbers = sharedNumbers(rows, refOf(this.key), receipt);
    const number = numberOfMatch(invoice.line.sets, numbers, receipt, this.entry);
    return number === null ? null : { item: refOf(this.key), receipt, number };
  }

  private async stands(invoice: Invoice, { item, receipt, number }: Undoing): Promise<boolean> {
    return sharedNumbers(await this.rows(invoice), item, receipt).includes(number);
  }

  /** Everything of the customer in the years around, with the numbers of its matches; none where no list tells them. */
  private async rows({ customer, line }: Invoice): Promise<readonly BrowseRow[]> {
    const { list, control } = await findLists(this.api);
    const isUseful = ({ columns, filters }: Definition): boolean => columns.includes('matchNumber') && filters.includes('customer');
    const definition = [list, control].find((each) => each !== null && isUseful(each));
    if (!definition) return [];
    const periods = periodsAround([line.date ?? this.entry.paidOn, this.entry.paidOn]);
    const rows = await this.api.browse('the matches of a customer', customerMatchesQuery(definition, customer, periods));
    return rows.filter(({ cells }) => cells.customer === customer);
  }

  private async undo(invoice: Invoice, undoing: Undoing): Promise<PushResult['outcome']> {
    let why = '';
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const outcome = await this.api.undoMatch(invoice.customer, undoing.number);
      if (outcome.applied === 'yes') {
        const { refusal } = outcome;
        return refusal === null || isGone(refusal) ? 'written' : this.note(invoice, undoing);
      }
      why = outcome.why;
      if (!(await this.standsStill(invoice, undoing, why))) return 'written';
    }
    throw new PackageError('unavailable', `match ${undoing.number} of ${refOf(this.key)} was not undone: ${why}`);
  }

  private async standsStill(invoice: Invoice, undoing: Undoing, why: string): Promise<boolean> {
    try {
      await this.options.sleep(this.options.settleMs, this.options.signal);
      return await this.stands(invoice, undoing);
    } catch (cause) {
      const message = `match ${undoing.number} of ${refOf(this.key)} may have been undone (${why}), and reading back failed`;
      throw new PackageError('uncertain', message, null, { cause });
    }
  }

  /** The claim makes way: from now on nothing says that the match is to stand. */
  private announce(customer: string, undoing: Undoing): Promise<boolean> {
    const { marker, on, undoes, amount, currency } = this.entry;
    const text = undoingEntry(marker, on, undoing, amount, currency);
    return this.change(customer, (section) => (hasMarker(section, marker) ? null : withEntry(withoutMarker(section, undoes), text)));
  }

  /** Nothing is matched any more: a claim that stayed would call somebody else's match of the same money ours. */
  private async forget(customer: string): Promise<'already-there'> {
    const { undoes } = this.entry;
    await this.change(customer, (section) => (hasMarker(section, undoes) ? withoutMarker(section, undoes) : null));
    return 'already-there';
  }

  /** Asks a person. A match that Twinfield does not let go of stays ours, and is claimed again. */
  private async note({ customer, line }: Invoice, refused: Undoing | null): Promise<'written'> {
    const { marker, on, undoes, text } = this.entry;
    const note = entryOf(marker, on, `inv ${line.invoice ?? `${this.key.code} ${this.key.number}`}`, text);
    await this.change(customer, (section) => {
      if (hasMarker(section, marker) && undoingOf(section, marker) === null) return null;
      const claimed = refused === null ? section : withEntry(withoutMarker(section, marker), this.claim(undoes, refused));
      return withEntry(claimed, note);
    });
    return 'written';
  }

  private claim(marker: string, { item, receipt }: Undoing): string {
    const { paidOn, amount, currency } = this.entry;
    return claimEntry(marker, paidOn, item, receipt, amount, currency);
  }

  private change(customer: string, next: (section: Section) => Section | null): Promise<boolean> {
    return changeCredit(
      this.api,
      customer,
      ({ credit }) => {
        const section = next(readSection(credit.comment ?? ''));
        return section === null ? null : { fields: {}, section };
      },
      this.options,
    );
  }
}
