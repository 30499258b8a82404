/** A key of an endpoint and until when it is used. */
export interface RingKey {
  /** Names it in logs, where the key itself never stands. */
  readonly id: string;
  /** `whsec_…`. */
  readonly secret: string;
  /** UTC timestamp; null: as long as nobody rotates. */
  readonly until: string | null;
}

/** The new key first. */
export type KeyRing = readonly RingKey[];

/** How long an old key signs beside the new one, so that a receiver can change over (agency-handover.md §7.3). */
const OVERLAP_MS = 7 * 86_400_000;

/** The keys to sign with now, the new one first. */
export const keysInUse = (ring: KeyRing, now: Date): KeyRing => ring.filter(({ until }) => until === null || until > now.toISOString());

/**
 * The ring with a new key. The one before it is kept for a week, those before that are not; none is kept when the secret has leaked
 * (`atOnce`).
 */
export function rotated(ring: KeyRing, fresh: Pick<RingKey, 'id' | 'secret'>, now: Date, atOnce: boolean): KeyRing {
  const until = new Date(now.getTime() + OVERLAP_MS).toISOString();
  const [last] = keysInUse(ring, now);
  const kept = last && !atOnce ? [{ ...last, until }] : [];
  return [{ ...fresh, until: null }, ...kept];
}
