import { formatAmount } from '../../kernel/money.js';
import { PackageError, type PulledSettlement, type PushEntry, type PushResult } from '../accounting-package.port.js';
import { changeCredit } from './credit-block.js';
import { findLists } from './lists.js';
import { type Invoice, invoiceOf, settlementsIn } from './matched-invoice.js';
import type { PushOptions } from './push.js';
import { claimEntry, claimsOf, readSection, withEntry, withoutMarker } from './rules/comment.js';
import { dateOf } from './rules/dates.js';
import { refusalOf } from './rules/failure.js';
import { customerItemsQuery } from './rules/browse.js';
import { matchRequest, matchedLines } from './rules/match.js';
import { type Receipt, receiptFor } from './rules/receipt.js';
import { type LineKey, parseItemRef, refOf } from './rules/refs.js';
import { judgeEach } from './rules/result.js';
import { textAt } from './rules/xml.js';
import type { OfficeApi } from './twinfield.api.js';

type PaymentMatch = Extract<PushEntry, { readonly kind: 'payment-match' }>;

/** How often the match itself is sent, each time after the former was proven absent. */
const TRIES = 2;

/**
 * Matches a receipt that is booked in Twinfield with the invoice it was for (§7.1); nothing is booked. A match carries no text, so which
 * receipt it takes is written into our section first: after a crash the claim and the match sets together tell what is done.
 */
export async function matchPayment(api: OfficeApi, entry: PaymentMatch, options: PushOptions): Promise<PushResult> {
  return new PaymentMatching(api, entry, options).run();
}

class PaymentMatching {
  private readonly key: LineKey;

  constructor(
    private readonly api: OfficeApi,
    private readonly entry: PaymentMatch,
    private readonly options: PushOptions,
  ) {
    const key = parseItemRef(entry.about.item);
    if (key === null) throw new PackageError('refused', `${entry.about.item} is no open item of Twinfield`);
    this.key = key;
  }

  async run(): Promise<PushResult> {
    const invoice = await this.invoice();
    const comment = (await this.api.customer(invoice.customer)).credit.comment ?? '';
    const there = await this.findThere(invoice, comment);
    if (there !== null) return { outcome: 'already-there', ref: there, calls: this.api.calls };
    this.assertPossible(invoice);
    const receipt = await this.receipt(invoice, comment);
    await this.claim(invoice.customer, receipt);
    return { outcome: 'written', ref: await this.match(invoice, receipt), calls: this.api.calls };
  }

  private invoice(): Promise<Invoice> {
    return invoiceOf(this.api, this.key, this.entry.currency);
  }

  /** The ref of the settlement that is this payment already: ours by its claim, or the same money matched by a person. */
  private async findThere(invoice: Invoice, comment: string): Promise<string | null> {
    const settlements = settlementsIn(invoice, comment, this.entry);
    const ours = settlements.find(({ marker }) => marker === this.entry.marker);
    if (ours) return ours.ref;
    const alike = settlements.filter((each) => each.marker === null && each.kind === 'payment' && each.amount === this.entry.amount);
    for (const each of alike) if (each.date === this.entry.paidOn || (await this.isBookedThen(each))) return each.ref;
    return null;
  }

  /** A person may have matched it on a later day than it was paid. */
  private async isBookedThen({ ref }: PulledSettlement): Promise<boolean> {
    const key = parseItemRef(ref.split('#')[0] ?? '');
    const transaction = key === null ? null : await this.api.transaction(key);
    return transaction !== null && dateOf(textAt(transaction, 'header', 'date')) === this.entry.paidOn;
  }

  private assertPossible({ line, open }: Invoice): void {
    const { amount, currency } = this.entry;
    const refuse = (message: string): never => {
      throw new PackageError('refused', `${refOf(this.key)}: ${message}`);
    };
    if (!line.isDebit) refuse('a payment cannot be matched with a credit note');
    if (line.currency !== null && line.currency !== currency) refuse(`the invoice is in ${line.currency}, not in ${currency}`);
    const told = `${formatAmount(amount, currency)} ${currency}`;
    if (amount <= 0) refuse(`a payment of ${told} cannot be matched`);
    if (amount > open) refuse(`a payment of ${told} is more than the ${formatAmount(open, currency)} that is open`);
  }

  private async receipt({ customer }: Invoice, comment: string): Promise<Receipt> {
    const { list } = await findLists(this.api);
    const rows = await this.api.browse('the open items of a customer', customerItemsQuery(list, customer));
    const claimed = claimsOf(readSection(comment)).find(({ marker }) => marker === this.entry.marker)?.receipt ?? null;
    const { amount, currency, paidOn } = this.entry;
    const own = rows.filter(({ cells }) => cells.customer === customer);
    const found = receiptFor(own, { amount, currency, paidOn, baseCurrency: await this.options.currency(), claimed });
    if (found.ok) return found.value;
    // A receipt that is still to be booked comes; of several somebody has to choose.
    throw new PackageError(found.error.code === 'no-receipt' ? 'not-yet' : 'refused', `${refOf(this.key)}: ${found.error.message}`);
  }

  private async claim(customer: string, { key }: Receipt): Promise<void> {
    const { marker, on, amount, currency } = this.entry;
    const text = claimEntry(marker, on, refOf(this.key), refOf(key), amount, currency);
    await changeCredit(
      this.api,
      customer,
      ({ credit }) => {
        const section = readSection(credit.comment ?? '');
        return section.entries.includes(text) ? null : { fields: {}, section: withEntry(withoutMarker(section, marker), text) };
      },
      this.options,
    );
  }

  /** Gives the ref of the settlement it became. */
  private async match(invoice: Invoice, receipt: Receipt): Promise<string> {
    const { amount, currency, paidOn, marker } = this.entry;
    const difference = this.options.writesOff ? (this.entry.difference ?? null) : null;
    const lines = matchedLines({ key: this.key, open: invoice.open }, receipt, amount, difference);
    const request = matchRequest({ office: this.api.office, on: paidOn, currency, lines });
    let why = '';
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const outcome = await this.api.change(`the match of ${refOf(this.key)}`, request);
      if (outcome.applied === 'yes') {
        const judgement = judgeEach(outcome.content, 'set')[0]?.judgement ?? { ok: false, messages: [] };
        if (!judgement.ok && outcome.content.attributes['result'] !== '1') {
          await this.withdrawClaim(invoice.customer);
          throw refusalOf(`the match of ${refOf(this.key)}`, judgement);
        }
      } else why = outcome.why;
      const ref = await this.readBack(invoice.customer, outcome.applied === 'unknown');
      if (ref !== null) return ref;
    }
    throw new PackageError('unavailable', `${refOf(this.key)} was not matched (${marker}): ${why || 'Twinfield shows no match'}`);
  }

  private async readBack(customer: string, wait: boolean): Promise<string | null> {
    try {
      if (wait) await this.options.sleep(this.options.settleMs, this.options.signal);
      const invoice = await this.invoice();
      const comment = (await this.api.customer(customer)).credit.comment ?? '';
      return settlementsIn(invoice, comment, this.entry).find(({ marker }) => marker === this.entry.marker)?.ref ?? null;
    } catch (cause) {
      throw new PackageError('uncertain', `${refOf(this.key)} may have been matched, and reading back failed`, null, { cause });
    }
  }

  /** Nothing was matched, so nothing may say so. What cannot be withdrawn now is overwritten by the next try. */
  private async withdrawClaim(customer: string): Promise<void> {
    const { marker } = this.entry;
    const without = changeCredit(
      this.api,
      customer,
      ({ credit }) => {
        const section = readSection(credit.comment ?? '');
        const left = withoutMarker(section, marker);
        return left.entries.length === section.entries.length ? null : { fields: {}, section: left };
      },
      this.options,
    );
    await without.catch((cause: unknown) => {
      if (!(cause instanceof PackageError)) throw cause;
    });
  }
}
