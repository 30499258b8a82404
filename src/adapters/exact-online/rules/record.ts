import { type Minor, exponentOf, parseAmount } from '../../../kernel/money.js';
import { type PlainDate, plainDate } from '../../../kernel/plain-date.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import { plainDateOf } from './dates.js';

/** A JSON object as the vendor sent it. Fields come and go, in any order, so nothing is taken for granted. */
export type VendorRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is VendorRecord => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text without its padding (§2: codes left, countries and VAT codes right); null for missing and blank alike. */
export function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NO_GUID = '00000000-0000-0000-0000-000000000000';

export const isGuid = (text: string): boolean => GUID.test(text);

/** An id in lower case; null for what is none, and for the one of zeros, which stands for none. */
export function guidOf(value: unknown): string | null {
  const text = textOf(value)?.toLowerCase() ?? '';
  return isGuid(text) && text !== NO_GUID ? text : null;
}

/** A whole number, also one that came as text, as Int64 does (§2); null for anything else. */
export function wholeOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) ? (number as number) : null;
}

/** A rowversion as decimal text, for it may be beyond what a number holds exactly (§4.8). */
export function timestampOf(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
  return typeof value === 'string' && /^\d{1,20}$/.test(value) ? value : null;
}

/** The later of two timestamps. */
export const laterTimestamp = (a: string, b: string): string => (BigInt(a) >= BigInt(b) ? a : b);

/**
 * A JSON number as amount. The vendor's figures have the decimals of their currency; what binary floating point adds to them is less
 * than a hundredth of a cent and is taken off. A figure with real decimals beyond is refused rather than rounded.
 */
export function amountOf(value: unknown, currency: string): Result<Minor> {
  if (typeof value !== 'number' || !Number.isFinite(value)) return err({ code: 'not-an-amount', message: 'is no amount' });
  const exponent = exponentOf(currency);
  const text = value.toFixed(exponent);
  if (Math.abs(value - Number(text)) >= 10 ** -(exponent + 2)) {
    return err({ code: 'too-many-decimals', message: `${value} has more than the ${exponent} decimals of ${currency}` });
  }
  return parseAmount(text, currency);
}

/** A value as text in one order of keys, whichever it came in: from the vendor, or back from the ledger. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) =>
    isRecord(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each,
  );

/**
 * Reads the fields of one record and remembers what it could not read, so that a mapping reads straight down. The values read after a
 * problem are placeholders; {@link finish} then gives the problem instead.
 */
export class RecordReader {
  private readonly problems: string[] = [];

  constructor(
    /** What it is, for the message: `payment term a1d1f1c0-…`. */
    private readonly what: string,
    private readonly record: VendorRecord,
  ) {}

  text(key: string): string | null {
    return textOf(this.record[key]);
  }

  guid(key: string): string | null {
    return guidOf(this.record[key]);
  }

  requiredGuid(key: string): string {
    return this.guid(key) ?? this.problem(key, 'is no id', NO_GUID);
  }

  whole(key: string): number | null {
    return wholeOf(this.record[key]);
  }

  flag(key: string): boolean {
    return this.record[key] === true;
  }

  date(key: string): PlainDate | null {
    const value = this.record[key];
    if (value === null || value === undefined || value === '') return null;
    return plainDateOf(value) ?? this.problem(key, `is no date: ${String(value).slice(0, 40)}`, null);
  }

  requiredDate(...keys: readonly string[]): PlainDate {
    for (const key of keys) {
      const date = this.date(key);
      if (date !== null) return date;
    }
    return this.problem(keys[0] ?? '', 'is missing', plainDate('1970-01-01'));
  }

  money(key: string, currency: string): Minor {
    const amount = amountOf(this.record[key], currency);
    return amount.ok ? amount.value : this.problem(key, amount.error.message, 0);
  }

  optionalMoney(key: string, currency: string): Minor | null {
    return this.record[key] === null || this.record[key] === undefined ? null : this.money(key, currency);
  }

  finish<T>(value: T): Result<T> {
    if (this.problems.length === 0) return ok(value);
    return err({ code: 'unreadable-record', message: `${this.what}: ${this.problems.join('; ')}` });
  }

  problem<T>(key: string, message: string, placeholder: T): T {
    this.problems.push(`${key} ${message}`);
    return placeholder;
  }
}
