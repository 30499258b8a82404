import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../kernel/plain-date.js';
import type { AdministrationEntity } from '../ledger/administration.entity.js';

/** An invoice or debtor whose native reminders a push of ours stopped, and which was not given back. */
export interface Stopped {
  /** The package's own id. */
  readonly ref: string;
  readonly per: 'item' | 'debtor';
  readonly debtorId: string;
  /** Giving it back is planned, or was tried in vain today. */
  readonly isUnderWay: boolean;
  /** How often it was planned. */
  readonly planned: number;
  /** The effect that stopped it. */
  readonly by: string;
}

/**
 * What we stopped: it ran until a try of that push. Taken over, or stopped along with a dispute, a
 * promise, a hold or a handover (only of packages that say how it stood before, `stoodSo`).
 */
export async function stoppedByUs(manager: EntityManager, administrationId: string, day: PlainDate): Promise<Stopped[]> {
  const rows = (await manager.query(
    `SELECT DISTINCT ON (ref) ref, effect.id, effect.debtor_id, effect.payload -> 'about' ? 'item' AS is_item, back.planned, back.under_way
       FROM effect,
            LATERAL (SELECT coalesce(effect.payload ->> 'takesOver', effect.payload -> 'about' ->> 'item') AS ref) about,
            LATERAL (SELECT count(*)::int AS planned,
                            coalesce(bool_or(given.state = 'done'), false) AS given,
                            coalesce(bool_or(given.state IN ('planned', 'claimed', 'sending', 'uncertain')
                                             OR (given.state = 'failed' AND given.payload ->> 'on' = $2::text)), false) AS under_way
                       FROM effect given
                      WHERE given.administration_id = $1 AND given.kind = 'push' AND given.payload ? 'givesBack'
                        AND given.payload ->> 'givesBack' = ref AND given.created_at >= effect.created_at) back
      WHERE effect.administration_id = $1 AND effect.kind = 'push' AND effect.state = 'done'
        AND (effect.payload ? 'takesOver'
             OR (effect.payload ->> 'kind' IN ('dispute', 'promise', 'handover', 'hold') AND effect.payload -> 'about' ? 'item'
                 AND effect.result ? 'stoodSo' AND effect.payload ->> 'action' IS DISTINCT FROM 'resume'))
        AND coalesce(effect.result ->> 'stoodSo', 'false') = 'false'
        AND NOT back.given
      ORDER BY ref, effect.created_at DESC, effect.id`,
    [administrationId, day],
  )) as { ref: string; id: string; debtor_id: string; is_item: boolean; planned: number; under_way: boolean }[];
  return rows.map((row) => ({
    ref: row.ref,
    per: row.is_item ? 'item' : 'debtor',
    debtorId: row.debtor_id,
    isUnderWay: row.under_way,
    planned: row.planned,
    by: row.id,
  }));
}

/** How many invoices of which something is left to be paid the package does not remind of because we stopped it. */
export async function countStoppedByUs(
  manager: EntityManager,
  { id: administrationId, remindsPer }: Pick<AdministrationEntity, 'id' | 'remindsPer'>,
  day: PlainDate,
): Promise<number> {
  if (remindsPer === null) return 0;
  const stopped = await stoppedByUs(manager, administrationId, day);
  if (stopped.length === 0) return 0;
  const refsOf = (per: Stopped['per']): string[] => stopped.flatMap((each) => (each.per === per ? [each.ref] : []));
  const [row] = (await manager.query(
    `SELECT count(*)::int AS count FROM invoice
      WHERE administration_id = $1 AND deleted_at IS NULL AND kind = 'invoice' AND package_open > 0 AND paused AND NOT written_off
        AND (id = ANY ($2::text[]) OR debtor_id = ANY ($3::text[]))`,
    [administrationId, refsOf('item'), refsOf('debtor')],
  )) as { count: number }[];
  return row?.count ?? 0;
}
