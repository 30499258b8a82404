import { type Result, err, ok } from '../../../kernel/result.js';

/** A shared key of a webhook endpoint. Never print it, and never put it into an error. */
export type WebhookKey = Uint8Array;

/** Standard Webhooks 1.0.0: a symmetric secret has 24 to 64 random bytes and is written with this before its base64. */
const PREFIX = 'whsec_';
export const KEY_BYTES = { min: 24, max: 64 } as const;

/**
 * Reads a secret (`whsec_` and base64, as written by {@link formatSecret}). The messages of its refusals carry nothing of it:
 * `asymmetric-key` (`whsk_`, `whpk_`: ed25519 is not agreed with anybody yet), `not-a-secret`, `secret-length`.
 */
export function parseSecret(text: string): Result<WebhookKey> {
  if (/^wh[sp]k_/.test(text)) {
    return err({ code: 'asymmetric-key', message: 'this is a key pair (whsk_, whpk_); a shared secret begins with whsec_' });
  }
  const bytes = text.startsWith(PREFIX) ? fromBase64(text.slice(PREFIX.length)) : null;
  if (bytes === null) return err({ code: 'not-a-secret', message: 'a secret is whsec_ followed by standard base64' });
  if (bytes.length < KEY_BYTES.min || bytes.length > KEY_BYTES.max) {
    const message = `a secret has ${KEY_BYTES.min} to ${KEY_BYTES.max} bytes, this one has ${bytes.length}`;
    return err({ code: 'secret-length', message });
  }
  return ok(bytes);
}

/** A key as it is shown, once, to whoever is to verify with it. */
export const formatSecret = (key: WebhookKey): string => `${PREFIX}${toBase64(key)}`;

/** Standard base64 with its padding, strictly (RFC 4648 §4); null for anything else. */
export function fromBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64');
  return text !== '' && toBase64(bytes) === text ? new Uint8Array(bytes) : null;
}

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
