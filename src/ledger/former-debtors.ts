import type { EntityManager } from 'typeorm';

/** Whose invoices were before the package gave them to another debtor. */
export class FormerDebtors {
  private constructor(
    /** The debtor that took the place of one who is gone. */
    private readonly into: ReadonlyMap<string, string>,
    /** By invoice: ids of the debtors it was of, and their numbers. */
    private readonly before: ReadonlyMap<string, readonly string[]>,
    /** Each invoice with each debtor it was of. */
    private readonly pairs: ReadonlySet<string>,
    /** Debtors with whom something about invoices of the asked ones may have been said. */
    readonly ids: readonly string[],
  ) {}

  /** Of all invoices of an administration (`only` null), or of those of some debtors. */
  static async of(manager: EntityManager, administrationId: string, only: readonly string[] | null): Promise<FormerDebtors> {
    const into = await mergedInto(manager, administrationId);
    const rows = (await manager.query(
      `SELECT moved.invoice_id, moved.from_debtor_id, former.number
         FROM moved_invoice moved
         JOIN invoice ON invoice.administration_id = $1 AND invoice.id = moved.invoice_id
         JOIN debtor former ON former.administration_id = $1 AND former.id = moved.from_debtor_id
        WHERE moved.administration_id = $1 AND moved.from_debtor_id <> invoice.debtor_id
          AND ($2::text[] IS NULL OR invoice.debtor_id = ANY ($2))
        ORDER BY moved.invoice_id, moved.from_debtor_id`,
      [administrationId, only],
    )) as { invoice_id: string; from_debtor_id: string; number: string | null }[];
    const before = Map.groupBy(rows, ({ invoice_id }) => invoice_id);
    const merged = only === null ? [] : [...into].flatMap(([from, to]) => (only.includes(to) ? [from] : []));
    return new FormerDebtors(
      into,
      new Map(
        [...before].map(([id, moved]) => [
          id,
          [...new Set(moved.flatMap(({ from_debtor_id, number }) => [from_debtor_id, ...(number === null ? [] : [number])]))].sort(),
        ]),
      ),
      new Set(rows.map(({ invoice_id, from_debtor_id }) => pairOf(invoice_id, from_debtor_id))),
      [...new Set([...rows.map(({ from_debtor_id }) => from_debtor_id), ...merged])],
    );
  }

  /** The debtor who stands for one: himself, unless he is gone and was merged into another one. */
  standsFor(debtorId: string): string {
    return this.into.get(debtorId) ?? debtorId;
  }

  /** Ids and numbers of the debtors an invoice was of before; none for almost all. */
  of(invoiceId: string): readonly string[] {
    return this.before.get(invoiceId) ?? [];
  }

  /** Whether an invoice was once this debtor's, and is another's now. */
  wasOf(invoiceId: string, debtorId: string): boolean {
    return this.pairs.has(pairOf(invoiceId, debtorId));
  }
}

const pairOf = (invoiceId: string, debtorId: string): string => `${invoiceId}\n${debtorId}`;

/** Of each debtor that was merged into one other and is still gone: who stands for him, after all further merges. */
async function mergedInto(manager: EntityManager, administrationId: string): Promise<ReadonlyMap<string, string>> {
  const rows = (await manager.query(
    `SELECT merged.debtor_id, min(merged.into_id) AS into_id
       FROM merged_debtor merged JOIN debtor ON debtor.administration_id = $1 AND debtor.id = merged.debtor_id
      WHERE merged.administration_id = $1 AND (debtor.archived OR debtor.deleted_at IS NOT NULL)
      GROUP BY merged.debtor_id HAVING count(*) = 1`,
    [administrationId],
  )) as { debtor_id: string; into_id: string }[];
  const next = new Map(rows.map(({ debtor_id, into_id }) => [debtor_id, into_id]));
  const endOf = (id: string): string => {
    const seen = new Set([id]);
    let at = id;
    for (let to = next.get(at); to !== undefined && !seen.has(to); to = next.get(at)) {
      seen.add(to);
      at = to;
    }
    return at;
  };
  return new Map([...next.keys()].map((id) => [id, endOf(id)]));
}
