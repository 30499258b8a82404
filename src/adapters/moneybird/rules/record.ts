import { type Minor, parseAmount } from '../../../kernel/money.js';
import { type PlainDate, parsePlainDate, plainDateIn } from '../../../kernel/plain-date.js';
import { type Result, err, ok } from '../../../kernel/result.js';

/** A JSON object as the vendor sent it. Keys come and go between versions, so nothing is taken for granted. */
export type VendorRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is VendorRecord => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The records in a list; anything else in it is left out. */
export const recordsIn = (value: unknown): VendorRecord[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** A text, trimmed; null for missing, null and blank alike: older records have `""` where newer ones have `null` (§2.1). */
export function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text;
}

/**
 * An id as text. Real ones have 18 digits: one that came as a JSON number has lost its last digits when it is beyond 2^53, so it is
 * refused rather than used (§0.5).
 */
export function idOf(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null;
  return textOf(value);
}

/**
 * Reads the fields of one record and remembers what it could not read, so that a mapping reads straight down. The values read
 * after a problem are placeholders; {@link finish} then gives the problem instead.
 */
export class RecordReader {
  private readonly problems: string[] = [];

  constructor(
    /** What it is, for the message: `sales invoice 497001240817632145`. */
    private readonly what: string,
    private readonly record: VendorRecord,
  ) {}

  text(key: string): string | null {
    return textOf(this.record[key]);
  }

  requiredText(key: string): string {
    return this.text(key) ?? this.problem(key, 'is missing', '');
  }

  id(key: string): string | null {
    return idOf(this.record[key]);
  }

  requiredId(key: string): string {
    return this.id(key) ?? this.problem(key, 'is no id', '');
  }

  date(key: string): PlainDate | null {
    const text = this.text(key);
    if (text === null) return null;
    const parsed = parsePlainDate(text);
    return parsed.ok ? parsed.value : this.problem(key, parsed.error.message, null);
  }

  requiredDate(key: string): PlainDate {
    return this.date(key) ?? this.problem(key, 'is missing', '1970-01-01' as PlainDate);
  }

  /** The day of a timestamp, for people in the Netherlands and Belgium; null when it is none. */
  dayOf(key: string): PlainDate | null {
    const instant = new Date(this.text(key) ?? Number.NaN);
    return Number.isNaN(instant.getTime()) ? null : plainDateIn(instant, 'Europe/Amsterdam');
  }

  /** Money is a decimal string with as few decimals as possible: `"363.0"`, `"-157.24"` (§2.1). */
  money(key: string, currency: string): Minor {
    const parsed = parseAmount(this.text(key) ?? '', currency);
    return parsed.ok ? parsed.value : this.problem(key, parsed.error.message, 0);
  }

  flag(key: string): boolean {
    return this.record[key] === true;
  }

  list(key: string): VendorRecord[] {
    return recordsIn(this.record[key]);
  }

  finish<T>(value: T): Result<T> {
    if (this.problems.length === 0) return ok(value);
    return err({ code: 'unreadable-record', message: `${this.what}: ${this.problems.join('; ')}` });
  }

  private problem<T>(key: string, message: string, placeholder: T): T {
    this.problems.push(`${key} ${message}`);
    return placeholder;
  }
}
