import type { Dossier, DossierDesk } from '../dossier/dossier-desk.js';
import { amountIn, refused } from '../dossier/refusals.js';
import { type Minor, formatAmount, sum } from '../kernel/money.js';
import { type PlainDate, addDays } from '../kernel/plain-date.js';
import { CaseItems } from './case-items.js';
import { CaseNews } from './case-news.js';
import { lockedCase, mustRun, noteForwarded } from './case-desk.js';
import { CaseRepository } from './case.repository.js';
import { keepSentLetters } from './documents/sent-letters.js';
import { sealVersion } from './handover-desk.js';
import { handoverSettings, keepHandoverSettings } from './handover-settings.js';
import { AgencyEntity, type HandoverCaseEntity, HandoverItemEntity } from './handover.entity.js';
import { addOwnTask } from './own-tasks.js';
import { claimOpen, toldAtHandover } from './rules/case/changes.js';
import { RETURN_HOLD_DAYS, backToDunning } from './return-hold.js';
import { principalOf } from './rules/case/readiness-facts.js';
import type { HandoverSettings } from './rules/case/settings.js';
import { ENDED, canReach } from './rules/status/case-states.js';

/** What people do with cases that are with an agency. Each is told to the agency in the same unit of work. */
export class Cases {
  constructor(private readonly desk: DossierDesk) {}

  /**
   * The creditor takes a case back: its invoices are ours again, and a person is asked what is to become of them; until he said so, or the
   * day he was asked for has passed, the debtor is left alone. Costs of the agency may be
   * due. One whose dossier was never on its way is not told at all. Throws 404, and 409 `case-ended`.
   */
  withdraw(administrationId: string, caseId: string, reason: string, by: string): Promise<HandoverCaseEntity> {
    return this.onCase(administrationId, caseId, async (dossier, found) => {
      mustRun(found);
      if (!canReach(found.state, 'WITHDRAWN')) throw refused('case-ended', `A case that is ${found.state} cannot be withdrawn.`);
      const { manager, on, now } = dossier;
      const news = new CaseNews(manager, administrationId);
      // A dossier that is still here stays here.
      if (!(await news.neverMind(found, now))) await news.tell(found, 'collection.case.withdrawn', { reason, withdrawnOn: on }, now);
      const cases = new CaseRepository(manager, administrationId);
      const moved = await cases.move(found, { state: 'WITHDRAWN', as: found.stateAs }, { on, closeCode: 'WITHDRAWN_BY_CREDITOR' });
      await this.giveBack(dossier, found, reason, by, 'handover-withdrawn');
      return moved;
    });
  }

  /** What is left of a case the agency closed comes back to our own dunning, as {@link withdraw}. Throws 404, and 409 `still-running` or `nothing-to-release`. */
  release(administrationId: string, caseId: string, reason: string, by: string): Promise<void> {
    return this.onCase(administrationId, caseId, async (dossier, found) => {
      if (!ENDED.includes(found.state)) throw refused('still-running', `The case is ${found.state}: withdraw it first.`);
      const items = await new CaseRepository(dossier.manager, administrationId).items(caseId);
      if (items.every(({ releasedOn }) => releasedOn !== null)) throw refused('nothing-to-release', 'Its invoices are ours again already.');
      await this.giveBack(dossier, found, reason, by, 'handover-withdrawn');
    });
  }

  /**
   * Sends the whole dossier anew, as the books are now. `principal` is what the person was shown. Throws 404; 409 `case-ended`,
   * `approval-other-amount`, and what {@link sealVersion} refuses.
   */
  correct(administrationId: string, caseId: string, principal: string, by: string): Promise<HandoverCaseEntity> {
    return this.onCase(administrationId, caseId, async (dossier, found) => {
      mustRun(found);
      const { manager, on, now } = dossier;
      const cases = new CaseRepository(manager, administrationId);
      const facts = await dossier.debtor(found.debtorId);
      const rows = (await cases.items(caseId)).filter(({ releasedOn }) => releasedOn === null);
      const ids = rows.map(({ invoiceId }) => invoiceId);
      const items = facts.invoices.filter(({ id }) => ids.includes(id));
      const total = sum(items.map((item) => principalOf(item, on)));
      const approved = amountIn('principal', principal, 'EUR');
      if (approved !== total) {
        throw refused('approval-other-amount', `${formatAmount(approved)} was approved, it is about ${formatAmount(total)}.`);
      }
      const version = found.version + 1;
      const settings = await handoverSettings(manager, administrationId);
      const letters = await keepSentLetters(manager, administrationId, { debtorId: found.debtorId, invoiceIds: ids }, now);
      await dossier.note(found.debtorId, 'handover-corrected', {
        case: caseId,
        invoices: ids,
        version,
        principal: formatAmount(total),
        by,
      });
      const approval = { by, at: now.toISOString(), principal: total };
      const sealed = await sealVersion(dossier, facts, { caseId, version, approval, service: found.service, settings, items, letters });
      await cases.keepDossier({ caseId, version, document: sealed.document, sha256: sealed.sha256, madeAt: now });
      await new CaseNews(manager, administrationId).tellDossier(found, 'collection.case.updated', sealed, now);
      const standing = await new CaseItems(manager, administrationId).asRead(found.agencyId, found.debtorId, items, on);
      for (const item of items) {
        const now = { ...standing.get(item.id), principal: principalOf(item, on) } as Parameters<typeof claimOpen>[0];
        const told = toldAtHandover(now);
        // Nothing is left of one that was paid; what was handed over of it stays on record.
        const change = { ...(now.principal > 0 && { principal: now.principal }), knownOpen: claimOpen(now, told), told };
        await manager.update(HandoverItemEntity, { administrationId, caseId, invoiceId: item.id }, change);
      }
      return { ...found, version };
    });
  }

  /** Asks the agency to leave the debtor alone for a while. Throws 404, and 409 `case-ended`. */
  hold(administrationId: string, caseId: string, reason: string, until: PlainDate | null, by: string): Promise<void> {
    return this.onCase(administrationId, caseId, async (dossier, found) => {
      mustRun(found);
      const said = { reason, ...(until !== null && { until }) };
      await new CaseNews(dossier.manager, administrationId).tell(found, 'collection.case.hold_requested', said, dossier.now);
      await noteForwarded(dossier, found, 'collection.case.hold_requested', { because: reason, until, by });
    });
  }

  settings(administrationId: string): Promise<HandoverSettings> {
    return this.desk.within(administrationId, ({ manager }) => handoverSettings(manager, administrationId));
  }

  keepSettings(administrationId: string, settings: Partial<HandoverSettings>): Promise<HandoverSettings> {
    return this.desk.within(administrationId, ({ manager }) => keepHandoverSettings(manager, administrationId, settings));
  }

  private onCase<T>(
    administrationId: string,
    caseId: string,
    work: (dossier: Dossier, found: HandoverCaseEntity) => Promise<T>,
  ): Promise<T> {
    return this.desk.within(administrationId, async (dossier) => work(dossier, await lockedCase(dossier, caseId)));
  }

  private async giveBack(dossier: Dossier, found: HandoverCaseEntity, reason: string, by: string, kind: string): Promise<void> {
    const { manager, administration, on, now } = dossier;
    const invoices = await backToDunning(dossier, found);
    const { name } = await manager.findOneByOrFail(AgencyEntity, { administrationId: administration.id, id: found.agencyId });
    await dossier.note(found.debtorId, kind, { case: found.id, agency: name, invoices, reason, by });
    const dueOn = addDays(on, RETURN_HOLD_DAYS);
    await addOwnTask(manager, found, { kind: 'decide-after-return', args: { count: invoices.length }, dueOn }, 'given back', now);
  }
}

/** What was handed over and what of it is left, in minor units. */
export interface CaseAmounts {
  readonly handedOver: Minor;
  readonly open: Minor;
}

export const amountsOf = (items: readonly Pick<HandoverItemEntity, 'principal' | 'knownOpen'>[]): CaseAmounts => ({
  handedOver: sum(items.map(({ principal }) => principal)),
  open: sum(items.map(({ knownOpen }) => knownOpen)),
});
