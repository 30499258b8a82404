import type { EntityManager } from 'typeorm';
import { type Clock, today } from '../kernel/clock.js';
import { formatAmount, sum } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { InvoiceEntity } from '../ledger/receivables.entity.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { CaseItems } from './case-items.js';
import { CaseNews } from './case-news.js';
import { CaseRepository } from './case.repository.js';
import { DossierLog } from './dossier-log.js';
import { addOwnTask } from './own-tasks.js';
import { AgencyEntity, type HandoverCaseEntity, type HandoverItemEntity } from './handover.entity.js';
import { type Change, changesOf } from './rules/case/changes.js';
import { ENDED } from './rules/status/case-states.js';
import { In } from 'typeorm';

/** Debtors whose log is linked in one go. */
const LOGS = 200;

export interface ForwardingFigures {
  /** Events queued for agencies. */
  readonly told: number;
  /** Dossier entries that were linked. */
  readonly linked: number;
}

/**
 * What happens with a claim after it was handed over: each payment, credit note and objection is told to its agency, once, as soon as the
 * books know of it.
 */
export class CaseForwarding {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /** Tells agencies what the books know and they do not. Run again it tells nothing; while the administration is not live nothing is told. */
  async tell(administrationId: string): Promise<number> {
    const cases = await this.tenancy.within(administrationId, async (manager) => {
      const { mode } = await new LedgerRepository(manager).administration(administrationId);
      return mode === 'live' ? new CaseRepository(manager, administrationId).running() : [];
    });
    let told = 0;
    // Each in a unit of work of its own: what was told stays told, whatever happens to the next.
    for (const { id } of cases)
      told += await this.tenancy.within(administrationId, (manager) => this.tellCase(manager, administrationId, id));
    return told;
  }

  /** Closes the day: what was written into dossiers is linked into their chains. */
  async run(administrationId: string): Promise<ForwardingFigures> {
    const told = await this.tell(administrationId);
    let linked = 0;
    for (;;) {
      const debtors = await this.tenancy.within(administrationId, (manager) => new DossierLog(manager, administrationId).unlinked(LOGS));
      if (debtors.length === 0) return { told, linked };
      for (const debtor of debtors) {
        linked += await this.tenancy.within(administrationId, (manager) => new DossierLog(manager, administrationId).link(debtor));
      }
    }
  }

  private async tellCase(manager: EntityManager, administrationId: string, caseId: string): Promise<number> {
    const cases = new CaseRepository(manager, administrationId);
    const found = await cases.locked(caseId);
    if (!found || ENDED.includes(found.state)) return 0;
    const on = today(this.clock);
    const items = (await cases.items(caseId)).filter(({ releasedOn }) => releasedOn === null);
    const ids = items.map(({ invoiceId }) => invoiceId);
    const standing = await new CaseItems(manager, administrationId).now(found.agencyId, found.debtorId, ids, on);
    const numbers = await numbersOf(manager, administrationId, ids);
    const before = sum(items.map(({ knownOpen }) => knownOpen));
    const open = new Map(items.map(({ invoiceId, knownOpen }) => [invoiceId, knownOpen]));
    const changed: { readonly item: HandoverItemEntity; readonly change: Change }[] = [];
    for (const item of items) {
      const now = standing.get(item.invoiceId);
      if (!now) continue;
      const { changes, told } = changesOf({ ...item.told, open: item.knownOpen }, { ...now, principal: item.principal });
      if (changes.length === 0 && told.open === item.knownOpen) continue;
      await cases.told(caseId, item.invoiceId, told);
      open.set(item.invoiceId, told.open);
      changed.push(...changes.map((change) => ({ item, change })));
    }
    const left = sum(open.values());
    const paid = before > 0 && left === 0;
    if (paid && (await new CaseNews(manager, administrationId).neverMind(found, this.clock.now()))) {
      await this.endUntold(manager, found, ids, on);
      return 0;
    }
    for (const { item, change } of changed) {
      const data = dataOf(change, numbers.get(item.invoiceId) ?? item.invoiceId, { open: open.get(item.invoiceId) ?? 0, left, on });
      await this.queue(manager, found, item.invoiceId, change, data);
    }
    if (paid) await this.paidInFull(manager, found, on);
    return changed.length;
  }

  private async queue(manager: EntityManager, found: HandoverCaseEntity, invoiceId: string, change: Change, data: object): Promise<void> {
    const { administrationId, debtorId, id } = found;
    const at = this.clock.now();
    await new CaseNews(manager, administrationId).tell(found, change.event, data, at);
    const body = { mode: 'live', case: id, event: change.event, invoices: [invoiceId], ...data };
    await new LedgerRepository(manager).appendToDossier([{ administrationId, debtorId, at, kind: 'handover-forwarded', body }]);
  }

  /** Paid while its dossier was still here: nobody outside ever hears of the debtor, and there is nothing to settle. */
  private async endUntold(manager: EntityManager, found: HandoverCaseEntity, invoices: readonly string[], on: PlainDate): Promise<void> {
    const { administrationId, id, debtorId, agencyId, stateAs } = found;
    const cases = new CaseRepository(manager, administrationId);
    await cases.move(found, { state: 'WITHDRAWN', as: stateAs }, { on, closeCode: 'WITHDRAWN_BY_CREDITOR' });
    await cases.release(id, on);
    const { name } = await manager.findOneByOrFail(AgencyEntity, { administrationId, id: agencyId });
    const body = { mode: 'live', case: id, agency: name, invoices, reason: 'PAID_IN_FULL', by: null };
    await new LedgerRepository(manager).appendToDossier([
      { administrationId, debtorId, at: this.clock.now(), kind: 'handover-withdrawn', body },
    ]);
  }

  /** Nobody is chased for a paid bill (agency-handover.md §12): the agency stops at once, and a person settles the rest with it. */
  private async paidInFull(manager: EntityManager, found: HandoverCaseEntity, on: PlainDate): Promise<void> {
    const now = this.clock.now();
    await new CaseNews(manager, found.administrationId).tell(found, 'collection.case.hold_requested', { reason: 'PAID_IN_FULL' }, now);
    await addOwnTask(manager, found, { kind: 'settle-paid', args: {}, dueOn: on }, `paid ${on}`, now);
  }
}

async function numbersOf(manager: EntityManager, administrationId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await manager.find(InvoiceEntity, {
    where: { administrationId, id: In([...ids]) },
    select: { administrationId: true, id: true, number: true },
  });
  return new Map(rows.map(({ id, number }) => [id, number]));
}

/** An event about an item: its number, what it is about, what is left of the item and of the case with the agency. */
function dataOf(
  change: Change,
  invoice: string,
  { open, left, on }: { readonly open: number; readonly left: number; readonly on: PlainDate },
): object {
  const after = { currency: 'EUR', open: formatAmount(open), caseOpen: formatAmount(left), on };
  if (change.event !== 'collection.case.dispute_received') {
    return { invoice, amount: formatAmount(change.amount), reversal: change.amount < 0, ...after };
  }
  const { code, amount, since, resolved } = change.dispute;
  return {
    invoice,
    code,
    ...(amount !== null && { amount: formatAmount(amount) }),
    since,
    status: resolved === null ? 'OPEN' : 'RESOLVED',
    ...(resolved !== null && { resolvedOn: resolved }),
    ...after,
  };
}
