import type { EntityManager } from 'typeorm';

const STATE = {
  /** Of which nobody knows whether they went out. */
  uncertain: `effect.state = 'uncertain'`,
  /** Those, the ones at the door, and confirmations that wait. */
  'on-their-way': `(effect.state IN ('claimed', 'sending', 'uncertain') OR (effect.state = 'planned' AND effect.act_id IS NULL))`,
} as const;

/**
 * Ids of the debtors that mails in a state are about by what is known now: those they were for, whoever has an invoice since that such a
 * mail names, and whoever such a debtor was merged into (all of them, where nobody can say who).
 */
export async function debtorsOfMails(
  manager: EntityManager,
  administrationId: string,
  which: keyof typeof STATE,
): Promise<ReadonlySet<string>> {
  const rows = (await manager.query(
    `WITH RECURSIVE concerned (id) AS (
       (SELECT effect.debtor_id FROM effect
         WHERE effect.administration_id = $1 AND effect.kind = 'mail' AND ${STATE[which]} AND effect.debtor_id IS NOT NULL
        UNION
        SELECT invoice.debtor_id FROM effect
          JOIN act_item item ON item.administration_id = $1 AND item.act_id = effect.act_id
          JOIN invoice ON invoice.administration_id = $1 AND invoice.id = item.invoice_id
         WHERE effect.administration_id = $1 AND effect.kind = 'mail' AND ${STATE[which]})
       UNION
       SELECT merged.into_id FROM concerned
         JOIN merged_debtor merged ON merged.administration_id = $1 AND merged.debtor_id = concerned.id
     ) SELECT id FROM concerned`,
    [administrationId],
  )) as { id: string }[];
  return new Set(rows.map(({ id }) => id));
}
