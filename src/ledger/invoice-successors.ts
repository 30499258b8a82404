import type { EntityManager } from 'typeorm';

interface Link {
  readonly former_id: string;
  readonly invoice_id: string;
  /** The contacts that count for the successor; null: all that are, or will be, about the former. */
  readonly contact_ids: readonly string[] | null;
}

/** What invoices stand for under their ids: which stand for others that were made again, and which ids were given out for another claim. */
export class InvoiceSuccessors {
  private readonly next: ReadonlyMap<string, readonly Link[]>;
  private readonly before: ReadonlyMap<string, readonly Link[]>;

  private constructor(
    links: readonly Link[],
    /** By an id that was given out again: the contacts that were about what it stood for before. */
    private readonly ofFormer: ReadonlyMap<string, ReadonlySet<string>>,
  ) {
    this.next = Map.groupBy(links, ({ former_id }) => former_id);
    this.before = Map.groupBy(links, ({ invoice_id }) => invoice_id);
  }

  static async of(manager: EntityManager, administrationId: string): Promise<InvoiceSuccessors> {
    const links = (await manager.query(
      'SELECT former_id, invoice_id, contact_ids FROM invoice_successor WHERE administration_id = $1 ORDER BY former_id, seen_at, invoice_id',
      [administrationId],
    )) as Link[];
    const reused = (await manager.query('SELECT invoice_id, contact_ids FROM reused_invoice WHERE administration_id = $1', [
      administrationId,
    ])) as { invoice_id: string; contact_ids: string[] }[];
    return new InvoiceSuccessors(links, new Map(reused.map(({ invoice_id, contact_ids }) => [invoice_id, new Set(contact_ids)])));
  }

  /** The invoices a contact that named these was about: with those that stand for them, without what only has the id of one now. */
  about(contactId: string, invoiceIds: readonly string[]): readonly string[] {
    if (this.next.size === 0 && this.ofFormer.size === 0) return invoiceIds;
    const isOfFormer = (id: string): boolean => this.ofFormer.get(id)?.has(contactId) ?? false;
    const counts = ({ former_id, contact_ids }: Link): boolean =>
      contact_ids === null ? !isOfFormer(former_id) : contact_ids.includes(contactId);
    // Links first: what stands for a former is no less meant because the former's id is on something else now.
    return this.follow(invoiceIds, counts).filter((id) => !isOfFormer(id));
  }

  /** Parts of what a contact asked, each also for what stands for its invoice. */
  aboutParts<T extends { readonly invoiceId: string }>(contactId: string, parts: readonly T[]): readonly T[] {
    return parts.flatMap((part) => this.about(contactId, [part.invoiceId]).map((invoiceId) => ({ ...part, invoiceId })));
  }

  /** Invoices with all that stand, or stood once, for them: whose they are is to be asked besides. */
  with(invoiceIds: readonly string[]): readonly string[] {
    return this.follow(invoiceIds, () => true);
  }

  /** What stands for an invoice that was deleted, through all that was made again since; none when it stands for itself. */
  heirsOf(invoiceId: string): readonly string[] {
    return this.follow([invoiceId], ({ contact_ids }) => contact_ids === null).filter((id) => id !== invoiceId);
  }

  /** The invoices this one stands for by itself, not through others. */
  formersOf(invoiceId: string): readonly string[] {
    return (this.before.get(invoiceId) ?? []).map(({ former_id }) => former_id);
  }

  /** An invoice and all that may be meant by it, by whatever links. */
  ancestorsOf(invoiceId: string): readonly string[] {
    const all = new Set([invoiceId]);
    for (const id of all) for (const former of this.formersOf(id)) all.add(former);
    return [...all];
  }

  /** Whether the id was given out again, for another claim. */
  wasReused(invoiceId: string): boolean {
    return this.ofFormer.has(invoiceId);
  }

  private follow(invoiceIds: readonly string[], counts: (link: Link) => boolean): readonly string[] {
    if (!invoiceIds.some((id) => this.next.has(id))) return invoiceIds;
    const all = new Set(invoiceIds);
    // A set gives what is added to it on the way: an invoice may have been made again more than once.
    for (const id of all) for (const link of this.next.get(id) ?? []) if (counts(link)) all.add(link.invoice_id);
    return [...all];
  }
}
