import { ConflictException, NotFoundException } from '@nestjs/common';
import { InputError } from '../kernel/errors.js';
import type { Result } from '../kernel/result.js';

/** Failures that say how things stand, not that the request is wrong: asked again at another time it may be fine. */
const CONFLICTS: ReadonlySet<string> = new Set([
  'not-possible-now',
  'not-from-a-statement',
  'taken-back',
  'built-upon',
  'nothing-to-undo',
  'nothing-to-revoke',
  'no-proposal',
  'stale-proposal',
]);

/** The value, or the failure as a problem of the API: 404, 409 or 422. */
export function orProblem<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { code, message } = result.error;
  if (code === 'unknown-line') throw new NotFoundException({ code, message });
  if (CONFLICTS.has(code)) throw new ConflictException({ code, message });
  throw new InputError(code, message);
}
