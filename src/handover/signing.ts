import { randomBytes } from 'node:crypto';
import { unwrap } from '../kernel/result.js';
import type { Sealer } from '../platform/secrets/sealer.js';
import { digests } from './digests.js';
import { type KeyRing, keysInUse } from './rules/webhook/key-ring.js';
import { formatSecret, parseSecret } from './rules/webhook/secret.js';
import { type WebhookHeaders, signedHeaders } from './rules/webhook/signature.js';

/** Bytes of a new key: as many as the digest has. */
const KEY_BYTES = 32;

/** A new key. Its secret is shown once, to whoever made it. */
export const newKey = (): { readonly id: string; readonly secret: string } => ({
  id: `key_${randomBytes(6).toString('hex')}`,
  secret: formatSecret(randomBytes(KEY_BYTES)),
});

/** Keeps the keys of endpoints sealed, each bound to its agency. */
export class KeyRings {
  constructor(private readonly sealer: Sealer) {}

  seal(ring: KeyRing, agencyId: string): Buffer {
    return this.sealer.seal(JSON.stringify(ring), `agency ${agencyId}`);
  }

  open(sealed: Buffer, agencyId: string): KeyRing {
    return JSON.parse(this.sealer.open(sealed, `agency ${agencyId}`)) as KeyRing;
  }
}

/** The headers of a try, by the keys in use at this moment, and which those are. */
export function signed(
  { webhookId, body }: { readonly webhookId: string; readonly body: string },
  ring: KeyRing,
  now: Date,
): { readonly headers: WebhookHeaders; readonly keyIds: string[] } {
  const keys = keysInUse(ring, now);
  const message = { id: webhookId, timestamp: Math.floor(now.getTime() / 1000), body: new TextEncoder().encode(body) };
  const bytes = keys.map(({ secret }) => unwrap(parseSecret(secret)));
  return { headers: unwrap(signedHeaders(message, bytes, digests)), keyIds: keys.map(({ id }) => id) };
}
