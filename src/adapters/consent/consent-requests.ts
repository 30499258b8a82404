import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { type Result, err, ok } from '../../kernel/result.js';
import { InputError } from '../../kernel/errors.js';

/** How long somebody has to log in at the vendor and answer. */
const PATIENCE_MS = 15 * 60_000;
/** Consents a key may have begun and not ended. */
const PENDING_AT_MOST = 20;

/** Where a consent was asked for. */
export interface ConsentPlace {
  readonly package: string;
  readonly site: string;
}

/** What a key asked consent for: each is good for one answer, for a while. Runs inside a unit of work of the key, which reaches only its own. */
export class ConsentRequests {
  constructor(
    private readonly manager: EntityManager,
    private readonly keyId: string,
  ) {}

  /** Throws {@link InputError} `too-many-requests`. */
  async begin(state: string, { package: name, site }: ConsentPlace, now: Date): Promise<{ readonly expiresAt: Date }> {
    await this.manager.query('DELETE FROM consent_request WHERE key_id = $1 AND expires_at < $2', [this.keyId, daysBefore(now)]);
    const [row] = (await this.manager.query(
      'SELECT count(*)::int AS pending FROM consent_request WHERE key_id = $1 AND used_at IS NULL AND expires_at > $2',
      [this.keyId, now],
    )) as { pending: number }[];
    if ((row?.pending ?? 0) >= PENDING_AT_MOST) {
      throw new InputError('too-many-requests', `${PENDING_AT_MOST} consents were begun and not ended; wait a quarter of an hour`);
    }
    const expiresAt = new Date(now.getTime() + PATIENCE_MS);
    await this.manager.query(
      'INSERT INTO consent_request (state_hash, key_id, package, site, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [hash(state), this.keyId, name, site, now, expiresAt],
    );
    return { expiresAt };
  }

  /** Uses a state up. Failures: `unknown-state` (also one of another key), `consent-replayed`, `consent-expired`. */
  async use(state: string, now: Date): Promise<Result<ConsentPlace>> {
    const [used] = (await this.manager.query(
      'UPDATE consent_request SET used_at = $2 WHERE state_hash = $1 AND used_at IS NULL RETURNING package, site, expires_at',
      [hash(state), now],
    )) as [{ package: string; site: string; expires_at: Date }[], number];
    const request = used[0];
    if (request) {
      if (request.expires_at > now) return ok({ package: request.package, site: request.site });
      return err({ code: 'consent-expired', message: 'this consent was begun too long ago; start again' });
    }
    const known = (await this.manager.query('SELECT FROM consent_request WHERE state_hash = $1', [hash(state)])) as unknown[];
    return known.length > 0
      ? err({ code: 'consent-replayed', message: 'this answer was used already; start again if something is still to be connected' })
      : err({ code: 'unknown-state', message: 'this answer belongs to no consent that was begun with this key; start again' });
  }
}

const hash = (state: string): Buffer => createHash('sha256').update(state).digest();

/** What is shown of a replayed answer is kept for a day. */
const daysBefore = (now: Date): Date => new Date(now.getTime() - 86_400_000);
