import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { IsNull } from 'typeorm';
import type { Clock } from '../../kernel/clock.js';
import type { Tenancy } from '../database/tenancy.js';
import { ApiKeyEntity } from './api-key.entity.js';
import type { Authority } from './rules/authority.js';

/** Who a request speaks for, and which administrations it may enter. */
export interface Caller extends Authority {
  readonly keyId: string;
  readonly name: string;
  readonly administrationIds: readonly string[];
}

/** `tgd_<id>_<secret>`: 12 and 43 characters of base64url without `_`; the prefix lets secret scanners find it. */
const KEY = /^tgd_([A-Za-z0-9-]{12})_([A-Za-z0-9-]{43})$/;

const token = (bytes: number): string => randomBytes(bytes).toString('base64url').replaceAll('_', '-');

/** A plain hash is enough: the secret is 32 random bytes, there is nothing to guess. */
const hash = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const OWNER: Authority = { role: 'owner', releaseUpTo: null };

export class ApiKeys {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /** Makes a key for the administrations, an owner's unless said otherwise. What it gives is shown once and cannot be read back. */
  async issue(name: string, administrationIds: readonly string[], authority = OWNER): Promise<string> {
    const [id, secret] = [token(9), token(32)];
    await this.tenancy.directory((manager) =>
      manager.insert(ApiKeyEntity, {
        id,
        name,
        secretHash: hash(secret),
        administrationIds: [...administrationIds],
        role: authority.role,
        releaseUpTo: authority.releaseUpTo,
        createdAt: this.clock.now(),
        revokedAt: null,
      }),
    );
    return `tgd_${id}_${secret}`;
  }

  /** Opens one more administration to a key: the one it just connected. */
  async admit(keyId: string, administrationId: string): Promise<void> {
    await this.tenancy.directory((manager) =>
      manager.query('UPDATE api_key SET administration_ids = administration_ids || $2::uuid WHERE id = $1', [keyId, administrationId]),
    );
  }

  /** Changes what a key may do, from its next request on; false when there is none of that id, or it was revoked. */
  async entrust(id: string, { role, releaseUpTo }: Authority): Promise<boolean> {
    const { affected } = await this.tenancy.directory((manager) =>
      manager.update(ApiKeyEntity, { id, revokedAt: IsNull() }, { role, releaseUpTo }),
    );
    return affected === 1;
  }

  /** Ends a key at once; false when there is none of that id, or it was revoked before. */
  async revoke(id: string): Promise<boolean> {
    const { affected } = await this.tenancy.directory((manager) =>
      manager.update(ApiKeyEntity, { id, revokedAt: IsNull() }, { revokedAt: this.clock.now() }),
    );
    return affected === 1;
  }

  /** The caller behind a key, null when it is none of ours, wrong or revoked. */
  async check(key: string): Promise<Caller | null> {
    const [, id, secret] = KEY.exec(key) ?? [];
    if (id === undefined || secret === undefined) return null;
    const known = await this.tenancy.directory((manager) => manager.findOneBy(ApiKeyEntity, { id, revokedAt: IsNull() }));
    if (!known || !timingSafeEqual(known.secretHash, hash(secret))) return null;
    const { id: keyId, name, administrationIds, role, releaseUpTo } = known;
    return { keyId, name, administrationIds, role, releaseUpTo };
  }
}
