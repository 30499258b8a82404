import { InputError } from '../../kernel/errors.js';
import { type PlainDate, parsePlainDate } from '../../kernel/plain-date.js';

/** The day a form or an address names; null: it names none. Throws {@link InputError} for what is no day. */
export function dayOf(asked: unknown): PlainDate | null {
  if (asked === undefined || asked === '') return null;
  const day = parsePlainDate(String(asked));
  if (!day.ok) throw new InputError(day.error.code, day.error.message);
  return day.value;
}
