import type { Outcome } from '../../platform/outgoing/outcome.js';
import { type Result, err, ok } from '../../kernel/result.js';
import type { LookupFailure, LookupFailureKind } from '../rules/findings.js';

export const failed = (kind: LookupFailureKind, message: string, more: Partial<LookupFailure> = {}): Result<never, LookupFailure> =>
  err({ kind, message, billed: true, retryAfterSeconds: null, ...more });

/** The body of an answer that was meant as one (200), else why there is none. */
export function bodyOf(outcome: Outcome): Result<string, LookupFailure> {
  if (outcome.kind === 'no-answer') return failed('unavailable', outcome.reason, { billed: outcome.reached === 'maybe' });
  const { status, headers, body } = outcome;
  if (status === 200) return ok(body);
  if (status === 429) {
    const seconds = Number(headers['retry-after']);
    const retryAfterSeconds = Number.isSafeInteger(seconds) && seconds > 0 ? seconds : null;
    return failed('too-many', 'asked too often', { billed: false, retryAfterSeconds });
  }
  if (status >= 500) return failed('unavailable', `answered ${status}`);
  if (status >= 300 && status < 400) return failed('wrong-format', `answered ${status}, which sends us elsewhere`);
  return failed('refused', `answered ${status}`, { billed: false });
}

/** A JSON object; anything else is none. */
export function jsonIn(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

export const textIn = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null);
