import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { PlainDate } from '../kernel/plain-date.js';
import { derivedUuid } from '../platform/database/ids.js';
import { DebtorEntity, DossierEntryEntity, HoldEntity, InvoiceHoldEntity } from './receivables.entity.js';
import type { NewInvoiceHold } from './rules/invoice-hold.js';
import { type Followed, GONE_SOON_DAYS, type KnownHold, type Move, type MovingDebtor, whatFollows } from './rules/moved-items.js';

/** Invoices that went from one debtor to another. */
export interface Moved {
  readonly from: string;
  readonly to: string;
  readonly invoiceIds: readonly string[];
}

export interface When {
  readonly now: Date;
  readonly on: PlainDate;
}

/** Takes what protected invoices along when the package gives them to another debtor. Runs inside the unit of work that stores the batch. */
export class MovedInvoices {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /** Notes what moved with a batch, and takes along what is to be taken along by {@link whatFollows}. */
  async follow(moved: readonly Moved[], when: When): Promise<void> {
    for (const one of moved) {
      await this.manager.query(
        `INSERT INTO moved_invoice (administration_id, invoice_id, from_debtor_id, to_debtor_id, moved_at)
         SELECT $1, id, $3, $4, $5 FROM unnest($2::text[]) AS id
         ON CONFLICT (administration_id, invoice_id, from_debtor_id, to_debtor_id) DO UPDATE SET moved_at = excluded.moved_at`,
        [this.administrationId, one.invoiceIds, one.from, one.to, when.now],
      );
      await this.manager.query('UPDATE dispute SET debtor_id = $3 WHERE administration_id = $1 AND invoice_id = ANY ($2::text[])', [
        this.administrationId,
        one.invoiceIds,
        one.to,
      ]);
      await this.home(one, when.on);
      await this.takeAlong(one, when, true);
    }
  }

  /** Of debtors that are gone now: what had moved away from them shortly before. All they had is the other's. */
  async followGone(debtorIds: readonly string[], when: When): Promise<void> {
    if (debtorIds.length === 0) return;
    const rows = (await this.manager.query(
      `SELECT moved.from_debtor_id, invoice.debtor_id, array_agg(DISTINCT invoice.id) AS ids
         FROM moved_invoice moved
         JOIN invoice ON invoice.administration_id = $1 AND invoice.id = moved.invoice_id AND invoice.deleted_at IS NULL
        WHERE moved.administration_id = $1 AND moved.from_debtor_id = ANY ($2::text[]) AND invoice.debtor_id <> moved.from_debtor_id
          AND moved.moved_at >= $3::timestamptz - make_interval(days => $4)
        GROUP BY 1, 2 ORDER BY 1, 2`,
      [this.administrationId, debtorIds, when.now, GONE_SOON_DAYS],
    )) as { from_debtor_id: string; debtor_id: string; ids: string[] }[];
    for (const { from_debtor_id: from, debtor_id: to, ids } of rows) await this.takeAlong({ from, to, invoiceIds: ids }, when, false);
  }

  /** An invoice that is back with the debtor its hold came from is under his holds again. */
  private async home({ to, invoiceIds }: Moved, on: PlainDate): Promise<void> {
    await this.manager.query(
      `UPDATE invoice_hold SET ended_on = $4
        WHERE administration_id = $1 AND invoice_id = ANY ($2::text[]) AND ended_on IS NULL
          AND reason IN ('MOVED', 'MOVED-SETTINGS') AND detail ->> 'debtor' = $3`,
      [this.administrationId, invoiceIds, to, on],
    );
  }

  private async takeAlong(moved: Moved, when: When, isNew: boolean): Promise<void> {
    const move = await this.read(moved, when.on);
    const followed = whatFollows(move);
    await this.store(move, followed);
    if (followed.isMerge) {
      await this.manager.query(
        'INSERT INTO merged_debtor (administration_id, debtor_id, into_id, merged_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
        [this.administrationId, moved.from, moved.to, when.now],
      );
    }
    const taken = followed.holds.length > 0 || followed.overrides !== null || followed.invoiceHolds.length > 0;
    if (isNew || taken) await this.note(moved, move, followed, when.now);
  }

  private async read({ from, to, invoiceIds }: Moved, on: PlainDate): Promise<Move> {
    const { administrationId } = this;
    // What a person sets for him meanwhile is waited for, and not written over.
    await this.manager.query('SELECT FROM debtor WHERE administration_id = $1 AND id = $2 FOR NO KEY UPDATE', [administrationId, to]);
    const rows = await this.manager.find(DebtorEntity, {
      where: { administrationId, id: In([from, to]) },
      select: { administrationId: true, id: true, capacity: true, language: true, emails: true, segment: true, overrides: true, archived: true, deletedAt: true, holds: true }, // prettier-ignore
    });
    const holds = await this.manager.find(HoldEntity, { where: { administrationId, debtorId: In([from, to]) }, order: { id: 'ASC' } });
    const debtor = (id: string): MovingDebtor & { isGone: boolean } => {
      const row = rows.find((each) => each.id === id);
      if (!row) throw new Error(`an invoice moved from or to a debtor that is not in the ledger: ${id}`);
      const { capacity, language, emails, segment, overrides } = row;
      const own = holds.filter((hold) => hold.debtorId === id).map(toKnown);
      const ofBook = row.holds.map((hold, at): KnownHold => ({ ...hold, id: `book/${at}`, reason: 'BOOK' }));
      return {
        id,
        capacity,
        language,
        emails,
        segment,
        overrides,
        holds: [...ofBook, ...own],
        isGone: row.archived || row.deletedAt !== null,
      };
    };
    const [{ open }] = (await this.manager.query(
      `SELECT ARRAY (SELECT id FROM invoice WHERE administration_id = $1 AND id = ANY ($2::text[]) AND deleted_at IS NULL AND package_open <> 0
                      ORDER BY id) AS open`,
      [administrationId, invoiceIds],
    )) as [{ open: string[] }];
    const rejections = (await this.manager.query(
      `SELECT act.id AS act, act.not_again_before::text AS "notBefore", array_agg(item.invoice_id ORDER BY item.invoice_id) AS "invoiceIds"
         FROM act JOIN act_item item ON item.administration_id = $1 AND item.act_id = act.id
        WHERE act.administration_id = $1 AND act.debtor_id = $2 AND act.mode = 'live' AND act.not_again_before > $3
          AND item.invoice_id = ANY ($4::text[])
        GROUP BY act.id, act.not_again_before ORDER BY act.id`,
      [administrationId, from, on, open],
    )) as { act: string; notBefore: PlainDate; invoiceIds: string[] }[];
    return { from: debtor(from), to: debtor(to), openIds: open, rejections, on };
  }

  private async store({ from: { id: movedFrom }, to }: Move, { holds, invoiceHolds, overrides }: Followed): Promise<void> {
    const { manager, administrationId } = this;
    const rows = holds.map(({ id, kind, reason, from, until }) => ({
      administrationId,
      // Made of what it is a copy of: one that a person ended is not set again.
      id: derivedUuid('moved-hold', administrationId, to.id, id),
      debtorId: to.id,
      ...{ kind, reason, startsOn: from, until, endedOn: null, movedFrom },
    }));
    if (rows.length > 0) await manager.createQueryBuilder().insert().into(HoldEntity).values(rows).orIgnore().execute();
    await holdInvoices(manager, administrationId, invoiceHolds);
    if (overrides !== null) await manager.update(DebtorEntity, { administrationId, id: to.id }, { overrides: overrides as never });
  }

  /** In the dossiers of both, what moved and what went along. */
  private async note(moved: Moved, { to }: Move, { isMerge, holds, invoiceHolds, overrides }: Followed, at: Date): Promise<void> {
    const body = {
      ...{ from: moved.from, to: moved.to, invoices: moved.invoiceIds, merge: isMerge },
      holds: holds.map(({ kind, reason, from, until }) => ({ kind, reason, from, until })),
      invoiceHolds: invoiceHolds.map(({ invoiceId, kind, reason, until }) => ({ invoice: invoiceId, kind, reason, until })),
      taken: overrides === null ? [] : Object.keys(overrides).filter((key) => !Object.hasOwn(to.overrides, key) || key === 'capacity'),
    };
    const entry = (debtorId: string, kind: string) => ({ administrationId: this.administrationId, debtorId, at, kind, body });
    await this.manager.insert(DossierEntryEntity, [entry(moved.from, 'invoices-moved-away'), entry(moved.to, 'invoices-moved-here')]);
  }
}

const toKnown = ({ id, kind, reason, startsOn: from, until }: HoldEntity): KnownHold => ({ id, kind, reason, from, until });

/** Puts holds on invoices; one that was there and ended begins anew, because what it is for has happened again. */
export async function holdInvoices(manager: EntityManager, administrationId: string, holds: readonly NewInvoiceHold[]): Promise<void> {
  for (const { invoiceId, key, kind, reason, detail, from, until } of holds) {
    const id = derivedUuid('invoice-hold', administrationId, invoiceId, key);
    await manager.upsert(
      InvoiceHoldEntity,
      { administrationId, id, invoiceId, kind, reason, detail, startsOn: from, until, endedOn: null } as never,
      ['administrationId', 'id'],
    );
  }
}
