import type { EntityManager } from 'typeorm';
import { plainDateIn } from '../kernel/plain-date.js';
import { contactsAbout, cutLinks } from './cut-links.js';
import { InvoiceSuccessors } from './invoice-successors.js';
import type { When } from './moved-invoices.js';
import { NUMBERED_COLUMNS, type NumberedRow, toNumbered } from './numbered-rows.js';
import { type FormerItem, type Succession, successionOf } from './rules/succession.js';
import { inherit, takeOver } from './taking-over.js';

interface Returned {
  readonly id: string;
  /** What stood for it, the last one last. */
  readonly heirs: readonly string[];
  /** The package has it again since this batch; else it was there already, and an heir went. */
  readonly isBack: boolean;
}

/**
 * Invoices that are back after others had taken their place: the dispute, the money and the holds they had are with those. While such a one is
 * there too, a person has to look before the one that is back is asked for; when it is gone, the one that is back takes over all of it.
 */
export class ReturnedFormers {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /** Of ids that were deleted and that a batch brought, and of those it deleted. Gives the ones that were such. */
  async follow(broughtBack: readonly string[], deletedIds: readonly string[], when: When): Promise<readonly string[]> {
    if (broughtBack.length === 0 && deletedIds.length === 0) return [];
    const made = await InvoiceSuccessors.of(this.manager, this.administrationId);
    const back = broughtBack.map((id) => ({ id, heirs: made.heirsOf(id), isBack: true }));
    const waiting = (await this.waitingFor(deletedIds))
      .filter((id) => !broughtBack.includes(id) && !made.wasReused(id))
      .map((id) => ({ id, heirs: made.with([id]).filter((each) => each !== id), isBack: false }));
    const returned = [...back, ...waiting].filter(({ heirs }) => heirs.length > 0);
    for (const one of returned) await this.settle(one, made, when);
    return returned.map(({ id }) => id);
  }

  /** Invoices that are back and wait for a person because one of these was there too. */
  private async waitingFor(deletedIds: readonly string[]): Promise<string[]> {
    if (deletedIds.length === 0) return [];
    const rows = (await this.manager.query(
      `SELECT DISTINCT invoice_id FROM invoice_hold held
        WHERE administration_id = $1 AND ended_on IS NULL AND reason = 'MADE-AGAIN' AND detail ->> 'invoice' = ANY ($2::text[])
          AND EXISTS (SELECT FROM invoice_successor WHERE administration_id = $1 AND former_id = held.invoice_id) ORDER BY 1`,
      [this.administrationId, deletedIds],
    )) as { invoice_id: string }[];
    return rows.map(({ invoice_id }) => invoice_id);
  }

  private async settle({ id, heirs, isBack }: Returned, made: InvoiceSuccessors, when: When): Promise<void> {
    const { manager, administrationId } = this;
    const rows = (await manager.query(
      `SELECT ${NUMBERED_COLUMNS} FROM invoice WHERE administration_id = $1 AND id = ANY ($2::text[]) ORDER BY array_position($2::text[], id)`,
      [administrationId, [id, ...heirs]],
    )) as NumberedRow[];
    const [own, ...others] = rows;
    const there = others.filter(({ deleted_at }) => deleted_at === null);
    const last = there.at(-1) ?? others.at(-1);
    if (!own || own.deleted_at !== null || !last || (!isBack && there.length > 0)) return;
    // What is said of it from now on is said of itself.
    if (isBack) await cutLinks(manager, administrationId, id, await contactsAbout(manager, administrationId, made, id));
    const former: FormerItem = {
      ...toNumbered(last),
      deletedOn: last.deleted_at && plainDateIn(last.deleted_at, 'Europe/Amsterdam'),
      ...{ hasHistory: true, handedOverOn: last.handed_over_on, isShared: false },
    };
    // What was said of it was said of the claim that may come back to it.
    const next = { ...toNumbered(own), seenOn: isBack ? when.on : null, hasHistory: false };
    const as = there.length > 0 ? DOUBT : successionOf(former, next);
    if (as.as === 'successor') {
      for (const each of others) {
        await inherit(manager, administrationId, { former: { id: each.id, handedOverOn: each.handed_over_on }, next }, when);
      }
    }
    await takeOver(manager, administrationId, { former, next }, as.as === 'successor' ? as : DOUBT, when);
  }
}

const DOUBT: Succession = { as: 'doubt', hold: 'MADE-AGAIN' };
