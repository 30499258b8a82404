import { ConflictException, NotFoundException } from '@nestjs/common';
import { InputError } from '../kernel/errors.js';
import { type Minor, parseAmount } from '../kernel/money.js';
import type { Result } from '../kernel/result.js';

export const unknownDebtor = (id: string): NotFoundException =>
  new NotFoundException({ code: 'unknown-debtor', message: `This administration has no debtor ${id}.` });

/** Lets on what a rule accepts; else 404 for what is not there, 409 for the rest, with the rule's code and reason. */
export function acceptedOr(result: Result<unknown>): void {
  if (result.ok) return;
  const { error } = result;
  throw error.code.startsWith('unknown-') ? new NotFoundException(error) : new ConflictException(error);
}

/** A decimal as minor units of the currency. Throws {@link InputError}. */
export function amountIn(text: string, currency: string): Minor {
  const parsed = parseAmount(text, currency);
  if (!parsed.ok) throw new InputError(parsed.error.code, `amount: ${parsed.error.message}`);
  return parsed.value;
}
