import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Keeps credentials encrypted at rest: AES-256-GCM, a fresh nonce for each, bound to its place (`context`, such as the
 * administration's id) so that a sealed value moved to another row does not open there.
 * Layout: version (1 byte), nonce (12), tag (16), ciphertext.
 */
export class Sealer {
  constructor(private readonly key: Buffer) {
    if (key.length !== 32) throw new Error('the key for secrets must be 32 bytes');
  }

  seal(plain: string, context: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), sealed]);
  }

  /** Throws when the key, the context or a byte is another. */
  open(sealed: Buffer, context: string): string {
    if (sealed[0] !== VERSION) throw new Error('sealed with another version');
    const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
    const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(context)).setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  }
}

/**
 * The key: from the setting (64 hexadecimal digits) when there is one, else from a file in the data folder that is made once and
 * readable by its owner only.
 */
export function loadSealer(setting: string | undefined, dataFolder: string | null): Sealer {
  if (setting !== undefined) {
    if (!/^[0-9a-f]{64}$/i.test(setting)) throw new Error('TEGOED_SECRET_KEY must be 64 hexadecimal digits (32 bytes)');
    return new Sealer(Buffer.from(setting, 'hex'));
  }
  if (dataFolder === null) return new Sealer(randomBytes(32));
  const file = join(dataFolder, 'secret.key');
  if (!existsSync(file)) {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  }
  return new Sealer(Buffer.from(readFileSync(file, 'utf8').trim(), 'hex'));
}
