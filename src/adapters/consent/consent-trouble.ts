import type { EntityManager } from 'typeorm';

/** A connection that only a person can open again. */
export interface ConnectionTrouble {
  /** What the package said, for people. */
  readonly because: string;
  readonly since: Date;
}

/**
 * Why the package does not let an administration's connection in, null while it does. As long as there is trouble nothing goes out for
 * the administration: the books cannot be known. Runs inside a unit of work of the administration.
 */
export async function connectionTrouble(manager: EntityManager, administrationId: string): Promise<ConnectionTrouble | null> {
  const [row] = (await manager.query(
    `SELECT coalesce(consent.trouble, connection.trouble) AS because, coalesce(consent.trouble_since, connection.trouble_since) AS since
       FROM connection LEFT JOIN consent ON consent.id = connection.consent_id
      WHERE connection.administration_id = $1`,
    [administrationId],
  )) as { because: string | null; since: Date | null }[];
  return row?.because && row.since ? { because: row.because, since: row.since } : null;
}

/** How many connections and consents wait for a person, over all administrations; runs inside a unit of work of the directory. */
export async function countTroubles(manager: EntityManager): Promise<number> {
  const [row] = (await manager.query(
    `SELECT (SELECT count(*) FROM connection WHERE trouble IS NOT NULL)::int + (SELECT count(*) FROM consent WHERE trouble IS NOT NULL)::int AS count`,
  )) as { count: number }[];
  return row?.count ?? 0;
}
