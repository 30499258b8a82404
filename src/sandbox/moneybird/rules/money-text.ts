import { type Minor, formatAmount } from '../../../kernel/money.js';

/** Cents as Moneybird writes them: the fewest decimals, at least one (`363.0`, `157.24`, `12.5`). */
export const moneyText = (minor: Minor): string => formatAmount(minor).replace(/0$/, '');

const MONEY = /^([+-]?)(\d+)(?:[.,](\d*))?$/;
const LARGEST = 1_000_000_000_00;

/**
 * Reads money as Moneybird takes it: a number or a text, with a point or a comma, from −1e9 to 1e9; rounded to cents (half away from
 * zero). Null when it is none.
 */
export function readMoney(value: unknown): Minor | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const match = MONEY.exec(String(value).trim());
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  const thousandths = Number(whole + fraction.slice(0, 3).padEnd(3, '0'));
  const cents = Math.floor(thousandths / 10) + (thousandths % 10 >= 5 ? 1 : 0);
  if (cents > LARGEST) return null;
  return sign === '-' && cents !== 0 ? -cents : cents;
}

/** Thousandths of a quantity as `amount_decimal` (`1.0`, `2.5`). */
export function quantityText(milli: number): string {
  const digits = String(Math.abs(milli)).padStart(4, '0');
  const fraction = digits.slice(-3).replace(/0{1,2}$/, '');
  return `${milli < 0 ? '-' : ''}${digits.slice(0, -3)}.${fraction}`;
}

/** The quantity in thousandths at the head of a free text (`"4 x"`, `"2,5 uur"`); a text without one means one. */
export function readQuantity(value: unknown): number {
  const match = /^\s*(-?)(\d+)(?:[.,](\d{1,3}))?/.exec(typeof value === 'number' || typeof value === 'string' ? String(value) : '');
  if (!match) return 1000;
  const [, sign, whole = '', fraction = ''] = match;
  const milli = Number(whole + fraction.padEnd(3, '0'));
  return sign === '-' && milli !== 0 ? -milli : milli;
}
