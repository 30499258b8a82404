import { randomUUID } from 'node:crypto';
import { In } from 'typeorm';
import { type ActEntity, ActItemEntity } from '../dunning/act.entity.js';
import { ActRepository } from '../dunning/act.repository.js';
import type { Dossier } from '../dossier/dossier-desk.js';
import { refused } from '../dossier/refusals.js';
import { type Minor, formatAmount } from '../kernel/money.js';
import { CaseItems } from './case-items.js';
import { CaseNews } from './case-news.js';
import { CaseRepository } from './case.repository.js';
import { type SealedVersion, sealVersion } from './handover-desk.js';
import type { Prepared } from './handover-proposal.js';
import { handoverSettings } from './handover-settings.js';
import type { HandoverCaseEntity } from './handover.entity.js';
import { claimOpen, toldAtHandover } from './rules/case/changes.js';
import { principalOf } from './rules/case/readiness-facts.js';

interface Yes {
  readonly by: string;
  readonly principal: Minor;
}

/** Everything a handover is, in the unit of work it was prepared in. */
export async function enact(prepared: Prepared, { by, principal }: Yes): Promise<{ opened: HandoverCaseEntity; sealed: SealedVersion }> {
  const { dossier, facts, act, items, agency, letters, service } = prepared;
  const { manager, administration, now, on } = dossier;
  if (!agency) throw refused('needs-agency', 'there is no agency to hand this over to');
  const cases = new CaseRepository(manager, administration.id);
  const ids = items.map(({ id }) => id);
  const standing = await new CaseItems(manager, administration.id).asRead(agency.id, facts.debtor.id, items, on);
  const opened = await cases.open(
    {
      ...{ id: randomUUID(), debtorId: facts.debtor.id, agencyId: agency.id, actId: act?.id ?? null, service },
      ...{ currency: 'EUR', principal, approvedBy: by, approvedAt: now, handedOverOn: on, exclusiveUntil: null },
    },
    items.map((item) => {
      const own = principalOf(item, on);
      const { open = item.open, dispute = item.dispute, credited = 0, banked = 0, remitted = 0 } = standing.get(item.id) ?? {};
      const state = { principal: own, open, dispute, credited, banked, remitted };
      const told = toldAtHandover(state);
      return { invoiceId: item.id, principal: own, knownOpen: claimOpen(state, told), told };
    }),
  );
  await endActs(dossier, act, ids);
  await dossier.note(facts.debtor.id, 'handed-over', {
    ...{ case: opened.id, act: act?.id ?? null, agency: agency.name, invoices: ids },
    ...{ principal: formatAmount(principal), currency: 'EUR', version: 1, handedOverOn: on },
  });
  const settings = await handoverSettings(manager, administration.id);
  const approval = { by, at: now.toISOString(), principal };
  const sealed = await sealVersion(dossier, facts, { ...{ caseId: opened.id, version: 1, approval, service, settings, items, letters } });
  await cases.keepDossier({ caseId: opened.id, version: 1, document: sealed.document, sha256: sealed.sha256, madeAt: now });
  await new CaseNews(manager, administration.id).tellDossier(opened, 'collection.case.submitted', sealed, now);
  return { opened, sealed };
}

/**
 * The proposal is done. Whatever else a person was to do or to approve about these invoices is not done any more; a mail that is planned is
 * decided again before it goes.
 */
async function endActs({ manager, administration }: Dossier, act: ActEntity | null, invoiceIds: readonly string[]): Promise<void> {
  const administrationId = administration.id;
  const acts = new ActRepository(manager, administrationId);
  if (act && !(await acts.move(act.id, 'done'))) throw refused('not-waiting', `Act ${act.id} does not wait for approval.`);
  const about = await manager.find(ActItemEntity, { where: { administrationId, invoiceId: In([...invoiceIds]), live: true } });
  for (const actId of new Set(about.map((item) => item.actId))) {
    if (actId !== act?.id) await acts.move(actId, 'cancelled', 'handed over', ['awaiting-approval', 'to-do']);
  }
}
