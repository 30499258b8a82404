import { type PlainDate, addDays, daysBetween, parsePlainDate } from '../../../kernel/plain-date.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import { readSwiftAmount, signed } from '../decimal.js';
import type { Balance, DecimalText } from '../statement.js';

const invalid = (message: string): { ok: false; error: { code: string; message: string } } => err({ code: 'invalid-field', message });

/**
 * `YYMMDD`. Years to 79 are of this century. German banks reckon interest in months of 30 days and write 30 February: that is read as
 * the last day of February (camt053.md §3, §8). Null when it is no date.
 */
export function swiftDate(text: string): PlainDate | null {
  if (!/^\d{6}$/.test(text)) return null;
  const year = Number(text.slice(0, 2));
  const month = `${year < 80 ? '20' : '19'}${text.slice(0, 2)}-${text.slice(2, 4)}`;
  const parsed = parsePlainDate(`${month}-${text.slice(4)}`);
  if (parsed.ok) return parsed.value;
  if (!/02(29|30)$/.test(text)) return null;
  const march = parsePlainDate(`${month.slice(0, 4)}-03-01`);
  return march.ok ? addDays(march.value, -1) : null;
}

/** `MMDD` without a year: the day of that name nearest to the value date, so that the turn of the year comes out right. */
export function entryDate(text: string, valueDate: PlainDate): PlainDate | null {
  const year = Number(valueDate.slice(2, 4));
  const candidates = [year - 1, year, year + 1].flatMap((each) => swiftDate(`${String((each + 100) % 100).padStart(2, '0')}${text}`) ?? []);
  const [nearest] = candidates.toSorted((a, b) => Math.abs(daysBetween(a, valueDate)) - Math.abs(daysBetween(b, valueDate)));
  return nearest ?? null;
}

const BALANCE_TYPES: Readonly<Record<string, { type: string; subType: string | null }>> = {
  '60F': { type: 'OPBD', subType: null },
  '60M': { type: 'OPBD', subType: 'INTM' },
  '62F': { type: 'CLBD', subType: null },
  '62M': { type: 'CLBD', subType: 'INTM' },
  '64': { type: 'CLAV', subType: null },
  '65': { type: 'FWAV', subType: null },
};

/** `:60F:`, `:62F:` and their kin: mark, date, currency (left out by some old German banks), amount. */
export function readBalance(tag: string, text: string): Result<Balance> {
  const [, mark, day = '', currency, amountText = ''] = /^([CD])(\d{6})([A-Z]{3})?([\d,.]+)$/.exec(text.trim()) ?? [];
  const amount = readSwiftAmount(amountText);
  const kind = BALANCE_TYPES[tag];
  if (mark === undefined || kind === undefined) return invalid(`:${tag}:${text.slice(0, 40)} is no balance`);
  if (!amount.ok) return amount;
  return ok({ ...kind, amount: signed(amount.value, mark === 'D'), currency: currency ?? null, date: swiftDate(day) });
}

/** A `:61:` line. */
export interface StatementLine {
  readonly amount: DecimalText;
  readonly reversal: boolean;
  readonly valueDate: PlainDate | null;
  readonly bookingDate: PlainDate | null;
  /** Letter and three characters: `NTRF`, `N196`, `S051`. */
  readonly type: string;
  /** Reference for the account owner, up to 16 characters. */
  readonly customerReference: string | null;
  readonly bankReference: string | null;
  /** What follows the 16 characters on the same line (old Rabobank: a name) and on the next line. */
  readonly supplementary: readonly string[];
}

const LINE = /^(\d{6})(\d{4})?(R?[CD])([A-Z])?(\d[\d,.]*)([A-Z][A-Z0-9]{3})?(.*)$/;
const CUSTOMER_REFERENCE_LENGTH = 16;

const reference = (text: string): string | null => {
  const trimmed = text.trim();
  return trimmed === '' || trimmed === 'NONREF' ? null : trimmed;
};

/**
 * Reads `:61:`: value date, entry date (absent when it is the same), mark, amount, type, references. `RC` reverses a credit and
 * so is a debit. A bank that breaks the line in the middle is understood too.
 */
export function readStatementLine(lines: readonly string[]): Result<StatementLine> {
  const [first = '', ...others] = lines;
  const direct = LINE.exec(first.trimEnd());
  const match = direct ?? LINE.exec(lines.join('').trimEnd());
  if (match === null) return invalid(`:61:${first.slice(0, 40)} is no statement line`);
  const [, day = '', entryDay, mark = '', , amountText = '', type = '', rest = ''] = match;
  const amount = readSwiftAmount(amountText);
  if (!amount.ok) return amount;
  const reversal = mark.startsWith('R');
  const debit = mark === 'D' || mark === 'RC';
  const valueDate = swiftDate(day);
  const [owner = '', bank = ''] = splitAt(rest, rest.indexOf('//'), 2);
  const [customer, behind] = bank === '' ? splitAt(owner, CUSTOMER_REFERENCE_LENGTH, 0) : [owner, ''];
  return ok({
    amount: signed(amount.value, debit),
    reversal,
    valueDate,
    bookingDate: entryDay === undefined || valueDate === null ? valueDate : (entryDate(entryDay, valueDate) ?? valueDate),
    type,
    customerReference: reference(customer),
    bankReference: reference(bank),
    supplementary: [behind, ...(direct === null ? [] : others)].map((text) => text.trim()).filter((text) => text !== ''),
  });
}

const splitAt = (text: string, at: number, skip: number): [string, string] =>
  at < 0 || at >= text.length ? [text, ''] : [text.slice(0, at), text.slice(at + skip)];

/** `:28C:` or `:28:`: number and page, "00035/001". */
export function readSequence(text: string): { number: string | null; page: number | null } {
  const [, number, page] = /^\s*(\d+)(?:\/(\d{1,9}))?\s*$/.exec(text) ?? [];
  return { number: number ?? null, page: page === undefined || Number(page) === 0 ? null : Number(page) };
}
