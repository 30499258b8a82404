import type { EntityManager } from 'typeorm';

/**
 * What a message to each of these debtors was judged on, by his id: a text that is another one as soon as anything was noted in his dossier
 * (a payment, an objection, a handover, another message) or the package says something else of his invoices. Read before the facts it stands for.
 */
export async function judgedOn(
  manager: EntityManager,
  administrationId: string,
  debtorIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = (await manager.query(
    `SELECT wanted.id,
            concat_ws(' ',
              (SELECT count(*) FROM dossier_entry WHERE administration_id = $1 AND debtor_id = wanted.id),
              (SELECT concat_ws(' ', sum(package_open), count(*), count(dispute), count(handed_over_on), count(*) FILTER (WHERE collecting),
                                count(*) FILTER (WHERE written_off))
                 FROM invoice WHERE administration_id = $1 AND debtor_id = wanted.id AND deleted_at IS NULL AND package_open <> 0),
              (SELECT sum(allocation.amount) FROM allocation JOIN invoice ON invoice.administration_id = $1 AND invoice.id = allocation.invoice_id
                WHERE allocation.administration_id = $1 AND invoice.debtor_id = wanted.id AND allocation.reversed_at IS NULL)) AS state
       FROM unnest($2::text[]) AS wanted (id)`,
    [administrationId, [...debtorIds]],
  )) as { id: string; state: string }[];
  return new Map(rows.map(({ id, state }) => [id, state]));
}

/** Waits for whoever is noting something about a debtor, and keeps others from it until this unit of work ends. */
export async function heldStill(manager: EntityManager, administrationId: string, debtorId: string): Promise<void> {
  await manager.query('SELECT 1 FROM debtor WHERE administration_id = $1 AND id = $2 FOR SHARE', [administrationId, debtorId]);
}
