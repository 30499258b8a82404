import { type EntityManager } from 'typeorm';
import { refused } from '../dossier/refusals.js';
import type { Minor } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { Invoice } from '../ledger/rules/book.js';
import { standingClaims } from '../ledger/standing-claims.js';
import type { ItemNow } from './rules/case/changes.js';

interface MoneyRow {
  readonly invoice_id: string;
  readonly credited: string;
  readonly banked: string;
  readonly remitted: string;
}

/** What the books say now of invoices that are, or are about to be, with an agency; without what was handed over of them. */
export class CaseItems {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /**
   * The invoices as they are today, by id. One that the package has deleted is credited as a whole, unless it was made again there: then what
   * stands for it is it. So is one whose id is on another customer's invoice now: the agency never has another's figures. What it wrote off is credited too: neither is asked of anybody any more.
   */
  async now(
    agencyId: string,
    debtorId: string,
    wanted: readonly string[],
    on: PlainDate,
  ): Promise<ReadonlyMap<string, Omit<ItemNow, 'principal'> & { readonly invoice: Invoice | null }>> {
    const ledger = new LedgerRepository(this.manager);
    // The book has what was said about disputes; what was settled long ago is no longer in it.
    const book = await ledger.book(this.administrationId, on, [debtorId]);
    const inBook = new Map(book.invoices.map((invoice) => [invoice.id, invoice]));
    const claims = await standingClaims(this.manager, this.administrationId, debtorId, wanted);
    const all = [...new Set([...claims.values()].flat())];
    const others = all.filter((id) => !inBook.has(id));
    const settled = new Map((others.length === 0 ? [] : await ledger.items(this.administrationId, others)).map((item) => [item.id, item]));
    const money = await this.money(agencyId, all);
    return new Map(
      wanted.map((id) => {
        const his = claims.get(id) ?? [];
        const invoice = his.reduce<Invoice | null>((found, one) => found ?? inBook.get(one) ?? settled.get(one) ?? null, null);
        const moved = money.get(invoice?.id ?? his[0] ?? '') ?? { credited: 0, banked: 0, remitted: 0 };
        const gone = invoice === null ? Number.MAX_SAFE_INTEGER : 0;
        return [
          id,
          { invoice, open: invoice?.open ?? 0, dispute: invoice?.dispute ?? null, ...moved, credited: Math.max(moved.credited, gone) },
        ];
      }),
    );
  }

  /**
   * The same of invoices that were read before, in the same unit of work. Throws 409 `books-changed` when something came in on one since: what
   * is told from those first facts would leave it out, and what is noted here would never tell it.
   */
  async asRead(agencyId: string, debtorId: string, read: readonly Invoice[], on: PlainDate): ReturnType<CaseItems['now']> {
    const ids = read.map(({ id }) => id);
    const standing = await this.now(agencyId, debtorId, ids, on);
    const moved = read.find(({ id, open }) => standing.get(id)?.open !== open);
    if (moved) throw refused('books-changed', `Something was booked on invoice ${moved.number} just now: look again.`);
    return standing;
  }

  /**
   * What took something off the invoices: credit notes and other bookings of the package, the debtor's bank lines, and lines by which the
   * agency passed money on: those of its settlements, and those in its name.
   */
  private async money(
    agencyId: string,
    invoiceIds: readonly string[],
  ): Promise<ReadonlyMap<string, Readonly<Record<'credited' | 'banked' | 'remitted', Minor>>>> {
    const rows = (await this.manager.query(
      `WITH given AS (
         SELECT allocation.invoice_id, allocation.amount,
                EXISTS (SELECT FROM handover_settlement settled
                         WHERE settled.administration_id = $1 AND settled.agency_id = $2 AND settled.bank_line_id = line.id)
                OR regexp_replace(lower(coalesce(line.counterparty_name, '')), '[^[:alnum:]]', '', 'g')
                   = (SELECT regexp_replace(lower(name), '[^[:alnum:]]', '', 'g') FROM agency WHERE administration_id = $1 AND id = $2) AS by_agency
           FROM allocation JOIN bank_line line ON line.administration_id = $1 AND line.id = allocation.bank_line_id
          WHERE allocation.administration_id = $1 AND allocation.invoice_id = ANY ($3) AND allocation.reversed_at IS NULL)
       SELECT wanted.id AS invoice_id,
              (SELECT coalesce(sum(amount), 0) FROM settlement
                WHERE administration_id = $1 AND invoice_id = wanted.id AND kind <> 'payment')::text AS credited,
              (SELECT coalesce(sum(amount), 0) FROM given WHERE invoice_id = wanted.id AND NOT by_agency)::text AS banked,
              (SELECT coalesce(sum(amount), 0) FROM given WHERE invoice_id = wanted.id AND by_agency)::text AS remitted
         FROM unnest($3::text[]) AS wanted (id)`,
      [this.administrationId, agencyId, [...invoiceIds]],
    )) as MoneyRow[];
    return new Map(
      rows.map((row) => [row.invoice_id, { credited: Number(row.credited), banked: Number(row.banked), remitted: Number(row.remitted) }]),
    );
  }
}
