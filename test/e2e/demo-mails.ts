import type { Minor } from '../../src/kernel/money.js';
import { type PlainDate, plainDateIn } from '../../src/kernel/plain-date.js';
import type { CaughtMail } from '../../src/sandbox/mailbox/mail-folder.js';

/** A mail read as its receiver reads it. */
export interface ReadMail {
  readonly mail: CaughtMail;
  readonly sentOn: PlainDate;
  /** Every invoice number named anywhere in it. */
  readonly numbers: readonly string[];
  /** The invoices of its table. */
  readonly rows: readonly { readonly number: string; readonly open: Minor }[];
  /** What it takes off below the table: by a credit note's number, or by the day money came in. */
  readonly deductions: readonly { readonly what: string; readonly amount: Minor }[];
  readonly asked: Minor;
}

const AMOUNT = '€\\s(-?[\\d.]+,\\d{2})';
const minorOf = (written: string | undefined): Minor => Number((written ?? '').replace(/[.,]/g, ''));

/** Reads a Dutch mail; `numberForm` is what the invoice numbers of the package look like, as the source of a regular expression. */
export function readMail(mail: CaughtMail, numberForm: string): ReadMail {
  const [, asked] = new RegExp(`^Bedrag:\\s+${AMOUNT}$`, 'm').exec(mail.text) ?? [];
  if (asked === undefined) throw new Error(`no total in:\n${mail.text}`);
  const rows = mail.text.matchAll(new RegExp(`^(${numberForm})\\s.*${AMOUNT}\\s+\\d+$`, 'gm'));
  const deductions = mail.text.matchAll(new RegExp(`^(?:Creditnota|Ontvangen, nog niet verwerkt,) ([\\d-]+).*\\s${AMOUNT}$`, 'gm'));
  const everything = [mail.subject, mail.text, mail.html].join('\n');
  return {
    mail,
    sentOn: plainDateIn(new Date(mail.headers.get('date') ?? ''), 'Europe/Amsterdam'),
    numbers: [...new Set(everything.match(new RegExp(`\\b${numberForm}\\b`, 'g')) ?? [])],
    rows: [...rows].map(([, number = '', open]) => ({ number, open: minorOf(open) })),
    deductions: [...deductions].map(([, what = '', amount]) => ({ what, amount: minorOf(amount) })),
    asked: minorOf(asked),
  };
}

/** `31-12-2026` → `2026-12-31`, and back. */
export const dayWritten = (text: string): string => text.split('-').reverse().join('-');

/** `2026-12-31 1234,50`: when a mail was sent and what it asked in all, as the notes in the packages say it. */
export const sentAndAsked = ({ sentOn, asked }: ReadMail): string =>
  `${dayWritten(sentOn)} ${Math.floor(asked / 100)},${String(asked % 100).padStart(2, '0')}`;
