import type { Dossier } from '../dossier/dossier-desk.js';
import { addDays, type PlainDate } from '../kernel/plain-date.js';
import { HoldEntity } from '../ledger/receivables.entity.js';
import { derivedUuid } from '../platform/database/ids.js';
import type { HandoverCaseEntity } from './handover.entity.js';

/** The reason of the hold on who came back from an agency: nobody has decided yet how to go on with him. */
const REASON = 'RETURNED';
const KIND = 'manual';

const idOf = (administrationId: string, caseId: string): string => derivedUuid('return-hold', administrationId, caseId);

/**
 * Keeps dunning from a debtor whose invoices came back, until a person decided or `until` has passed. He is not told: nothing was asked of
 * him. Like any hold it can be ended by hand.
 */
export async function setReturnHold(dossier: Dossier, { id: caseId, debtorId }: HandoverCaseEntity, until: PlainDate): Promise<void> {
  const { manager, administration, on } = dossier;
  const id = idOf(administration.id, caseId);
  const row = {
    administrationId: administration.id,
    id,
    debtorId,
    kind: KIND,
    reason: REASON,
    startsOn: on,
    until,
    endedOn: null,
  } as const;
  await manager.insert(HoldEntity, row);
  await dossier.note(debtorId, 'hold-set', { hold: id, kind: KIND, reason: REASON, from: on, until, note: null });
}

/** A person decided how to go on. Does nothing when there is no such hold, or it is over. */
export async function endReturnHold(dossier: Dossier, caseId: string, because: string | null): Promise<void> {
  const { manager, administration, on } = dossier;
  const where = { administrationId: administration.id, id: idOf(administration.id, caseId) };
  const hold = await manager.findOneBy(HoldEntity, where);
  if (!hold || hold.endedOn !== null || (hold.until !== null && hold.until < on)) return;
  await manager.update(HoldEntity, where, { until: addDays(on, -1), endedOn: on });
  await dossier.note(hold.debtorId, 'hold-ended', { hold: hold.id, kind: hold.kind, reason: hold.reason, because });
}
