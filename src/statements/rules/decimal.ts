import { type Minor, exponentOf, parseAmount } from '../../kernel/money.js';
import { type Result, err, ok } from '../../kernel/result.js';
import type { DecimalText } from './statement.js';

/** Longer than any amount (18 digits in the schema, 21 were seen): what is longer is an attack, not money. */
const DIGITS_MAX = 40;

const PLAIN = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;
const XML_DECIMAL = /^([+-]?)0*(\d*)(?:\.(\d*))?$/;

/**
 * An amount as CAMT writes it, an `xs:decimal` that is not negative: blanks around it, a plus, leading zeros, ".25" and "3." are
 * allowed; its decimals are kept. Refuses (`invalid-amount`) everything else: "12,34", "1.234,56", "1E3", "", "-1.00" (the schema
 * knows no negative amounts, the direction is in the indicator; reading a sign on top of it would be a guess).
 */
export function readXmlAmount(text: string): Result<DecimalText> {
  if (text.length < DIGITS_MAX && PLAIN.test(text)) return ok(text);
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  const match = XML_DECIMAL.exec(text);
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (!match || !/\d/.test(text) || whole.length + fraction.length > DIGITS_MAX) {
    return err({ code: 'invalid-amount', message: `"${shown}" is not an amount such as 1234.56` });
  }
  if (sign === '-' && /[1-9]/.test(whole + fraction)) {
    return err({ code: 'invalid-amount', message: `"${shown}" is negative; a statement gives the direction as CRDT or DBIT` });
  }
  return ok(`${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`);
}

/** An amount as MT940 writes it: digits, a comma, decimals ("1250,", "0,5"). Leading zeros go. Refuses (`invalid-amount`) all else. */
export function readSwiftAmount(text: string): Result<DecimalText> {
  const match = /^0*(\d+)(?:[,.](\d*))?$/.exec(text);
  const [, whole = '', fraction = ''] = match ?? [];
  if (!match || whole.length + fraction.length > DIGITS_MAX) {
    return err({ code: 'invalid-amount', message: `"${text.slice(0, 40)}" is not an amount such as 1234,56` });
  }
  return ok(`${whole}${fraction === '' ? '' : `.${fraction}`}`);
}

export const isZero = (amount: DecimalText): boolean => !/[1-9]/.test(amount);

/** With a minus for a debit; zero has no sign. */
export const signed = (amount: DecimalText, debit: boolean): DecimalText => (debit && !isZero(amount) ? `-${amount}` : amount);

export const negated = (amount: DecimalText): DecimalText => (amount.startsWith('-') ? amount.slice(1) : signed(amount, true));

const scaleOf = (amount: DecimalText): number => {
  const point = amount.indexOf('.');
  return point === -1 ? 0 : amount.length - point - 1;
};

const unitsOf = (amount: DecimalText, scale: number): bigint => BigInt(amount.replace('.', '')) * 10n ** BigInt(scale - scaleOf(amount));

function formatUnits(units: bigint, scale: number): DecimalText {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return units < 0n ? `-${text}` : text;
}

/** Digits that a double holds exactly, with room to add a thousand such numbers. */
const EXACT_DIGITS_MAX = 12;
const EXACT_SUM_MAX = Number.MAX_SAFE_INTEGER / 2;

/**
 * An exact running total that takes amounts of any number of decimals. Amounts of ordinary length are added as whole numbers in the
 * safe range and carried over into a bigint before they leave it: a bigint for each took a twentieth of the time of reading a file.
 */
export class DecimalSum {
  private units = 0n;
  /** Not yet in `units`; a whole number in the same scale. */
  private pending = 0;
  private scale = 0;

  add(amount: DecimalText): this {
    const scale = scaleOf(amount);
    if (scale > this.scale) {
      this.carry();
      this.units *= 10n ** BigInt(scale - this.scale);
      this.scale = scale;
    }
    if (scale === this.scale && amount.length <= EXACT_DIGITS_MAX) {
      this.pending += Number(scale === 0 ? amount : amount.slice(0, -scale - 1) + amount.slice(-scale));
      if (Math.abs(this.pending) > EXACT_SUM_MAX) this.carry();
    } else this.units += unitsOf(amount, this.scale);
    return this;
  }

  /** With as many decimals as the most precise amount added, and no fewer than `decimals`. */
  total(decimals = 0): DecimalText {
    this.carry();
    const scale = Math.max(this.scale, decimals);
    return formatUnits(this.units * 10n ** BigInt(scale - this.scale), scale);
  }

  private carry(): void {
    this.units += BigInt(this.pending);
    this.pending = 0;
  }
}

export const sumOf = (amounts: readonly DecimalText[], decimals = 0): DecimalText => {
  const sum = new DecimalSum();
  for (const amount of amounts) sum.add(amount);
  return sum.total(decimals);
};

/** Whether two amounts are worth the same: "1.5" and "1.50" are. */
export const sameValue = (a: DecimalText, b: DecimalText): boolean => a === b || isZero(sumOf([a, negated(b)]));

/** Decimals to write a sum with: those of the currency, two when it is unknown. */
export const decimalsOf = (currency: string | null): number => (currency === null ? 2 : exponentOf(currency));

/** For people: with the decimals of the currency, or those it has where there are more. */
export const shownAmount = (amount: DecimalText, currency: string | null): string => sumOf([amount], decimalsOf(currency));

/** Into whole minor units of the currency; refuses as `parseAmount` does: too many decimals, outside the safe range. */
export const minorOf = (amount: DecimalText, currency: string): Result<Minor> => parseAmount(amount, currency);
