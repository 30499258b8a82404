import type { Digests } from '../digests.js';
import type { WebhookKey } from './secret.js';
import { signatureOf, signaturesIn, signedContent } from './signature.js';

/** A webhook as it came, before anything of it is believed. A header that was not there is null. */
export interface ReceivedWebhook {
  readonly id: string | null;
  readonly timestamp: string | null;
  readonly signature: string | null;
  /** The raw bytes of the body, before any parsing. */
  readonly body: Uint8Array;
}

export const INVALID_REASONS = ['missing-header', 'invalid-timestamp', 'too-old', 'too-new', 'wrong-signature'] as const;
export type InvalidReason = (typeof INVALID_REASONS)[number];

export type Verification =
  /** `key`: which of the given keys it was signed with, 0 for the first. */
  { readonly valid: true; readonly key: number } | { readonly valid: false; readonly reason: InvalidReason };

/** How far the clocks may differ, in seconds, either way (the reference libraries' window). */
export const TOLERANCE_SECONDS = 300;

/** A signature header longer than this is no header of ours: without a bound it is work for whoever sends it. */
const SIGNATURES_MAX = 16;

/**
 * Whether a webhook was signed with one of the keys, at about this time (Standard Webhooks 1.0.0, "Verifying signatures"). One entry
 * of the header that fits is enough; entries of unknown versions are skipped. Whoever calls this still has to look whether the id
 * was seen before.
 */
export function verifyWebhook(
  received: ReceivedWebhook,
  keys: readonly WebhookKey[],
  digests: Digests,
  { nowSeconds, toleranceSeconds = TOLERANCE_SECONDS }: { readonly nowSeconds: number; readonly toleranceSeconds?: number },
): Verification {
  const { id, timestamp, signature, body } = received;
  if (!id || !timestamp || !signature) return { valid: false, reason: 'missing-header' };
  if (!/^\d{1,11}$/.test(timestamp)) return { valid: false, reason: 'invalid-timestamp' };
  const age = nowSeconds - Number(timestamp);
  if (age > toleranceSeconds) return { valid: false, reason: 'too-old' };
  if (age < -toleranceSeconds) return { valid: false, reason: 'too-new' };

  const content = signedContent({ id, timestamp, body });
  const given = signaturesIn(signature).slice(0, SIGNATURES_MAX);
  const key = keys.findIndex((each) => {
    const expected = signatureOf(each, content, digests);
    return given.some((one) => sameText(one, expected));
  });
  return key < 0 ? { valid: false, reason: 'wrong-signature' } : { valid: true, key };
}

/** Compares in a time that does not tell where two texts of the same length part. */
function sameText(given: string, expected: string): boolean {
  if (given.length !== expected.length) return false;
  let difference = 0;
  for (let at = 0; at < expected.length; at++) difference |= given.charCodeAt(at) ^ expected.charCodeAt(at);
  return difference === 0;
}
