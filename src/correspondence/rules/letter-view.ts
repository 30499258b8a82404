import { formatIban, normalizeIban } from '../../kernel/identifiers/iban.js';
import { type Minor, sum } from '../../kernel/money.js';
import { type PlainDate, daysBetween } from '../../kernel/plain-date.js';
import { type Result, ok } from '../../kernel/result.js';
import { type CreditTransfer, type PaymentReference, paymentReferenceOf } from './epc-qr.js';
import { lawful } from './lawful.js';
import type { AccountHistory, AccountMovement, Announced, Letter, LetterCreditor, LetterItem, LetterKind } from './letter.js';
import { formatLongDate, formatMoney, formatPercent, formatShortDate } from './localized.js';
import { singleLine } from './single-line.js';

/**
 * A letter with everything written out in its language: what the templates read. All text is one line and safe in a header; HTML
 * escaping is the templates' engine's. Absent values are null, never missing: a template that names an unknown one fails.
 */
export interface LetterView {
  readonly kind: Letter['kind'];
  readonly tone: Letter['tone'];
  readonly language: Letter['language'];
  readonly channel: Letter['channel'];
  readonly law: Letter['law'];
  readonly capacity: Letter['debtor']['capacity'];
  readonly date: string;
  readonly creditor: CreditorView;
  readonly debtor: { readonly name: string; readonly number: string | null };
  /** True when the letter is about one item, so that a sentence can name it. */
  readonly single: boolean;
  readonly itemCount: string;
  readonly items: readonly ItemView[];
  readonly deductions: readonly {
    readonly kind: string;
    readonly number: string | null;
    readonly date: string;
    /** With a minus sign. */
    readonly amount: string;
  }[];
  readonly totals: {
    readonly amount: string;
    /** Null when none are asked; so is `interest`. */
    readonly costs: string | null;
    readonly interest: string | null;
    readonly total: string;
    /** True when more than the principal is asked. */
    readonly hasExtras: boolean;
  };
  /** Null too in the letters that may not name a day (see `Letter.payBy`). */
  readonly payBy: string | null;
  /** `costs` is null when no clause was agreed. */
  readonly announced: { readonly costs: string | null; readonly vat: string | null; readonly interestPercent: string | null };
  readonly interestPercent: string | null;
  /** True when the letter must name the law it rests on: it asks for more than the principal, or is a notice of default. */
  readonly statesLaw: boolean;
  /** True when the letter must reserve the creditor's rights: from the second demand on, and in every notice of default. */
  readonly reservesRights: boolean;
  readonly contact: ContactView;
  /** Null when nothing is to be paid: a statement that ends in the debtor's favour. */
  readonly payment: {
    readonly name: string;
    readonly iban: string;
    readonly bic: string | null;
    readonly amount: string;
    readonly reference: string | null;
  } | null;
  /** Only in a statement, null else. */
  readonly account: AccountView | null;
  /** Only in a statement, empty else. */
  readonly ageing: readonly { readonly bucket: AgeingBucket; readonly amount: string }[];
}

export interface CreditorView {
  readonly name: string;
  readonly addressLines: readonly string[];
  readonly registry: { readonly scheme: string; readonly id: string } | null;
  readonly vatId: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}

export interface ContactView {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

interface ItemView {
  readonly number: string;
  readonly description: string | null;
  readonly issueDate: string;
  readonly dueDate: string;
  readonly amount: string;
  readonly paid: string;
  readonly open: string;
  /** Calendar days past the due date, `0` when not due. */
  readonly daysOverdue: string;
  readonly disputed: boolean;
  /** Open but not asked, null when nothing is. */
  readonly disputedPart: string | null;
}

interface AccountView {
  readonly from: string;
  readonly to: string;
  readonly opening: string;
  readonly closing: string;
  readonly lines: readonly {
    readonly date: string;
    readonly kind: AccountMovement['kind'];
    readonly number: string | null;
    readonly reference: string | null;
    readonly debit: string | null;
    readonly credit: string | null;
    readonly balance: string;
  }[];
}

/** Days past due, reference/collection-rules.md §7.5. */
export const AGEING_BUCKETS = ['not-due', '1-30', '31-60', '61-90', '91-120', 'over-120'] as const;
type AgeingBucket = (typeof AGEING_BUCKETS)[number];

/** Letters in which no day to pay may stand: the term runs from delivery or sending, or nothing is asked. */
const WITHOUT_PAY_BY: readonly LetterKind[] = ['fourteen-day-letter', 'be-first-reminder', 'statement', 'courtesy'];

/** What a letter becomes: the words for the templates, and the transfer for the QR code (null: nothing to pay, or not in euro). */
export interface PreparedLetter {
  readonly view: LetterView;
  readonly transfer: CreditTransfer | null;
}

/** Writes a letter out. Fails with the first legal or arithmetic requirement it breaks (codes in lawful.ts). */
export function prepareLetter(input: Letter): Result<PreparedLetter> {
  const checked = lawful(input);
  if (!checked.ok) return checked;
  const letter = checked.value;
  const reference = paymentReferenceOf(letter.items.map((item) => ({ ...item, number: singleLine(item.number, 60) })));
  return ok({ view: viewOf(letter, reference), transfer: transferOf(letter, reference) });
}

function transferOf(letter: Letter, reference: PaymentReference | null): CreditTransfer | null {
  const { creditor, currency, totals } = letter;
  if (currency !== 'EUR' || totals.total <= 0) return null;
  return {
    name: singleLine(creditor.name),
    iban: creditor.iban,
    bic: creditor.bic,
    amount: totals.total,
    remittance: reference?.remittance ?? null,
  };
}

function viewOf(letter: Letter, reference: PaymentReference | null): LetterView {
  const { kind, language, currency, creditor, debtor, totals } = letter;
  const money = (minor: Minor): string => formatMoney(minor, currency, language);
  const hasExtras = totals.costs > 0 || totals.interest > 0;
  return {
    kind,
    tone: letter.tone,
    language,
    channel: letter.channel,
    law: letter.law,
    capacity: debtor.capacity,
    date: formatLongDate(letter.date, language),
    creditor: creditorView(creditor),
    debtor: { name: singleLine(debtor.name), number: lineOrNull(debtor.number) },
    single: letter.items.length === 1,
    itemCount: String(letter.items.length),
    items: letter.items.map((item) => itemView(item, letter, money)),
    deductions: letter.deductions.map((deduction) => ({
      kind: deduction.kind,
      number: lineOrNull(deduction.number),
      date: formatShortDate(deduction.date, language),
      amount: money(-deduction.amount),
    })),
    totals: {
      amount: money(totals.amount),
      costs: totals.costs > 0 ? money(totals.costs) : null,
      interest: totals.interest > 0 ? money(totals.interest) : null,
      total: money(totals.total),
      hasExtras,
    },
    payBy: letter.payBy && !WITHOUT_PAY_BY.includes(kind) ? formatLongDate(letter.payBy, language) : null,
    announced: announcedView(letter.announced, letter, money),
    interestPercent: letter.interestPercent && formatPercent(letter.interestPercent, language),
    statesLaw: hasExtras || kind === 'notice-of-default',
    reservesRights: reservesRights(letter),
    contact: contactView(letter.contact),
    payment:
      totals.total > 0
        ? {
            name: singleLine(creditor.name),
            iban: formatIban(normalizeIban(creditor.iban) ?? creditor.iban),
            bic: lineOrNull(creditor.bic),
            amount: money(totals.total),
            reference: reference && singleLine(reference.display),
          }
        : null,
    account: letter.account && accountView(letter.account, letter, money),
    ageing: kind === 'statement' ? ageingView(letter, money) : [],
  };
}

export const creditorView = (creditor: LetterCreditor): CreditorView => ({
  name: singleLine(creditor.name),
  addressLines: creditor.addressLines.map((line) => singleLine(line)),
  registry: creditor.registry && { scheme: creditor.registry.scheme, id: registryNumber(creditor.registry) },
  vatId: lineOrNull(creditor.vatId),
  phone: phoneOrNull(creditor.phone),
  email: lineOrNull(creditor.email),
});

export const contactView = ({ name, email, phone }: Letter['contact']): ContactView => ({
  name: lineOrNull(name),
  email: lineOrNull(email),
  phone: phoneOrNull(phone),
});

export const lineOrNull = (text: string | null): string | null => (text === null || text.trim() === '' ? null : singleLine(text));

/** A telephone number, its groups held together. */
const phoneOrNull = (text: string | null): string | null => lineOrNull(text)?.replaceAll(' ', '\u00a0') ?? null;

/** A Belgian enterprise number is written 0123.456.789, a Dutch one as it is. */
function registryNumber({ scheme, id }: { readonly scheme: string; readonly id: string }): string {
  const number = singleLine(id);
  return scheme === 'be-kbo' ? number.replace(/^(\d{4})(\d{3})(\d{3})$/, '$1.$2.$3') : number;
}

function itemView(item: LetterItem, letter: Letter, money: (minor: Minor) => string): ItemView {
  const { disputedPart = 0 } = item;
  return {
    number: singleLine(item.number, 60),
    description: lineOrNull(item.description),
    issueDate: formatShortDate(item.issueDate, letter.language),
    dueDate: formatShortDate(item.dueDate, letter.language),
    amount: money(item.amount),
    paid: money(item.amount - item.open - disputedPart),
    open: money(item.open),
    daysOverdue: String(daysOverdue(item, letter.date)),
    disputed: item.disputed,
    disputedPart: disputedPart > 0 ? money(disputedPart) : null,
  };
}

const daysOverdue = ({ dueDate }: LetterItem, on: PlainDate): number => Math.max(0, daysBetween(dueDate, on));

function announcedView(announced: Announced | null, { language }: Letter, money: (minor: Minor) => string): LetterView['announced'] {
  return {
    costs: announced && announced.costs > 0 ? money(announced.costs) : null,
    vat: announced && announced.vat > 0 ? money(announced.vat) : null,
    interestPercent: announced?.interestPercent ? formatPercent(announced.interestPercent, language) : null,
  };
}

function reservesRights({ kind, previousDemands }: Letter): boolean {
  if (kind === 'notice-of-default') return true;
  return (kind === 'demand' || kind === 'fourteen-day-letter') && previousDemands >= 1;
}

function accountView(account: AccountHistory, { language }: Letter, money: (minor: Minor) => string): AccountView {
  let balance = account.opening;
  const lines = account.lines.map(({ kind, date, number, reference, amount }) => {
    balance = sum([balance, amount]);
    return {
      date: formatShortDate(date, language),
      kind,
      number: number === null ? null : singleLine(number, 60),
      reference: lineOrNull(reference),
      debit: amount >= 0 ? money(amount) : null,
      credit: amount < 0 ? money(-amount) : null,
      balance: money(balance),
    };
  });
  return {
    from: formatLongDate(account.from, language),
    to: formatLongDate(account.to, language),
    opening: money(account.opening),
    closing: money(balance),
    lines,
  };
}

const bucketOf = (days: number): AgeingBucket =>
  days <= 0 ? 'not-due' : days <= 30 ? '1-30' : days <= 60 ? '31-60' : days <= 90 ? '61-90' : days <= 120 ? '91-120' : 'over-120';

function ageingView(letter: Letter, money: (minor: Minor) => string): LetterView['ageing'] {
  return AGEING_BUCKETS.map((bucket) => ({
    bucket,
    amount: money(sum(letter.items.filter((item) => bucketOf(daysOverdue(item, letter.date)) === bucket).map(({ open }) => open))),
  }));
}
