import type { PlainDate } from '../kernel/plain-date.js';
import { entitled } from '../platform/auth/entitled.js';
import { type Authority, mayRaise } from '../platform/auth/rules/authority.js';
import { limitChanges } from './rules/limit-raise.js';
import type { Limits } from './rules/limits.js';

/** Lets on a change of limits that a key has the authority for on every day it makes a difference ({@link mayRaise}). Throws 403. */
export function mayChange(by: Authority, before: Limits, after: Limits, on: PlainDate, currency: string): void {
  for (const change of limitChanges(before, after, on)) entitled(mayRaise(by, change.before, change.after, currency));
}
