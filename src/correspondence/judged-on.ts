import type { EntityManager } from 'typeorm';

/**
 * What a message to each of these debtors was judged on, by his id: a text that is another one as soon as anything was noted in his dossier
 * (a payment, an objection, a handover, another message), the package says something else of him or of any of his open invoices, money came
 * in that may be his, or his company is run otherwise (who reminds, by what policy, from which address). Read before the facts it stands for.
 */
export async function judgedOn(
  manager: EntityManager,
  administrationId: string,
  debtorIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = (await manager.query(
    `SELECT debtor.id,
            concat_ws(' ',
              (SELECT count(*) FROM dossier_entry WHERE administration_id = $1 AND debtor_id = debtor.id),
              md5(row(debtor.name, debtor.emails, debtor.overrides, debtor.capacity, debtor.country, debtor.language, debtor.holds,
                      debtor.large_company, debtor.segment, debtor.deleted_at)::text),
              (SELECT md5(string_agg(row(id, number, kind, amount, package_open, currency, issue_date, due_date, collecting, written_off, paused,
                                         paused_since, dispute, package_dispute, package_dispute_on, handed_over_on, payment_reference, description)::text, ' ' ORDER BY id))
                 FROM invoice WHERE administration_id = $1 AND debtor_id = debtor.id AND deleted_at IS NULL AND package_open <> 0),
              (SELECT md5(string_agg(row(allocation.id, allocation.amount, allocation.settlement_id)::text, ' ' ORDER BY allocation.id))
                 FROM allocation JOIN invoice ON invoice.administration_id = $1 AND invoice.id = allocation.invoice_id
                WHERE allocation.administration_id = $1 AND invoice.debtor_id = debtor.id AND allocation.reversed_at IS NULL),
              (SELECT md5(string_agg(id::text, ' ' ORDER BY id)) FROM bank_line
                WHERE administration_id = $1 AND debtor_id = debtor.id AND outcome = 'matched'),
              company.state) AS state
       FROM debtor
      CROSS JOIN (SELECT md5(concat_ws(' ', row(reminded_by, respects_pauses, policy, ibans, sender, pulled_at IS NULL, control_total)::text,
                           (SELECT string_agg(row(id, outcome)::text, ' ' ORDER BY id) FROM bank_line
                             WHERE administration_id = $1 AND outcome IN ('unworked', 'proposed')))) AS state
                    FROM administration WHERE id = $1) AS company
      WHERE debtor.administration_id = $1 AND debtor.id = ANY ($2::text[])`,
    [administrationId, [...debtorIds]],
  )) as { id: string; state: string }[];
  return new Map(rows.map(({ id, state }) => [id, state]));
}

/** Waits for whoever is noting something about a debtor, and keeps others from it until this unit of work ends. */
export async function heldStill(manager: EntityManager, administrationId: string, debtorId: string): Promise<void> {
  await manager.query('SELECT 1 FROM debtor WHERE administration_id = $1 AND id = $2 FOR SHARE', [administrationId, debtorId]);
}
