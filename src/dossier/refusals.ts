import { ConflictException, NotFoundException } from '@nestjs/common';
import { InputError } from '../kernel/errors.js';
import { type Minor, parseAmount } from '../kernel/money.js';
import type { Result } from '../kernel/result.js';

/** What a rule accepted; else the request is refused (409) with the rule's code and reason, and nothing of it is stored. */
export function accepted<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ConflictException(result.error);
}

/** Something named in a request that this administration does not have. */
export const unknown = (
  what: 'debtor' | 'invoice' | 'dispute' | 'promise' | 'arrangement' | 'hold' | 'act' | 'contact',
  id: string,
): NotFoundException => new NotFoundException({ code: `unknown-${what}`, message: `This administration has no ${what} ${id}.` });

/** Something that cannot be done with what is there. */
export const refused = (code: string, message: string): ConflictException => new ConflictException({ code, message });

/** An amount of a request in minor units. Throws {@link InputError} for what is no amount of the currency. */
export function amountIn(field: string, text: string, currency: string): Minor {
  const parsed = parseAmount(text, currency);
  if (!parsed.ok) throw new InputError(parsed.error.code, `${field}: ${parsed.error.message}`);
  return parsed.value;
}
