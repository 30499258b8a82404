import { type Result, err, ok } from '../../../kernel/result.js';
import type { Digests } from '../digests.js';
import { type WebhookKey, toBase64 } from './secret.js';

/** One webhook as it travels: what is signed is exactly these. */
export interface WebhookMessage {
  /** Unique per event and the same on every retry: the receiver's idempotency key. */
  readonly id: string;
  /** Unix seconds of this attempt. */
  readonly timestamp: number;
  /** The bytes of the body as they are sent, never an object written anew. */
  readonly body: Uint8Array;
}

export const HEADERS = { id: 'webhook-id', timestamp: 'webhook-timestamp', signature: 'webhook-signature' } as const;
export type WebhookHeaders = Readonly<Record<(typeof HEADERS)[keyof typeof HEADERS], string>>;

/** The version of signatures made with a shared secret. */
const VERSION = 'v1';
/** No dot, because dots part the signed content; nothing that could end a header. */
export const WEBHOOK_ID = /^[A-Za-z0-9_-]{1,128}$/;
/** As far as a timestamp goes: seconds that fit the dates of this house (until the year 2999). */
const TIMESTAMP_MAX = 32_503_679_999;

/** `id.timestamp.body`, as bytes. */
export function signedContent({ id, timestamp, body }: { id: string; timestamp: string | number; body: Uint8Array }): Uint8Array {
  const head = new TextEncoder().encode(`${id}.${timestamp}.`);
  const content = new Uint8Array(head.length + body.length);
  content.set(head);
  content.set(body, head.length);
  return content;
}

/** One signature: the base64 of the HMAC. */
export const signatureOf = (key: WebhookKey, content: Uint8Array, { hmacSha256 }: Digests): string => toBase64(hmacSha256(key, content));

/**
 * The three headers of a message. During a rotation there are several keys, the new one first, and each gives an entry of the one
 * signature header: the receiver accepts any.
 * Refuses `no-key`, `invalid-id` (empty, over 128 characters, or with anything but letters, digits, `_` and `-`) and
 * `invalid-timestamp` (no whole number of seconds).
 */
export function signedHeaders(message: WebhookMessage, keys: readonly WebhookKey[], digests: Digests): Result<WebhookHeaders> {
  const { id, timestamp } = message;
  if (keys.length === 0) return err({ code: 'no-key', message: 'a webhook is signed with at least one key' });
  if (!WEBHOOK_ID.test(id)) {
    return err({ code: 'invalid-id', message: 'a webhook id has 1 to 128 letters, digits, "_" and "-", and no dot' });
  }
  if (!Number.isInteger(timestamp) || timestamp < 0 || timestamp > TIMESTAMP_MAX) {
    return err({ code: 'invalid-timestamp', message: 'a webhook timestamp is a whole number of Unix seconds' });
  }
  const content = signedContent(message);
  const signatures = keys.map((key) => `${VERSION},${signatureOf(key, content, digests)}`);
  return ok({ [HEADERS.id]: id, [HEADERS.timestamp]: String(timestamp), [HEADERS.signature]: signatures.join(' ') });
}

/** The signatures of our version in a header; those of other versions are skipped, not refused. */
export const signaturesIn = (header: string): string[] =>
  header.split(' ').flatMap((entry) => (entry.startsWith(`${VERSION},`) ? [entry.slice(VERSION.length + 1)] : []));
