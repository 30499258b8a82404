import type { Dossier } from '../dossier/dossier-desk.js';
import { addDays } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { HoldEntity } from '../ledger/receivables.entity.js';
import { derivedUuid } from '../platform/database/ids.js';
import { CaseRepository } from './case.repository.js';
import type { HandoverCaseEntity } from './handover.entity.js';

/** The reason of the hold on who came back from an agency: nobody has decided yet how to go on with him. */
const REASON = 'RETURNED';
const KIND = 'manual';

const idOf = (administrationId: string, caseId: string): string => derivedUuid('return-hold', administrationId, caseId);

/** Days in which somebody should have looked at what came back, and the debtor is left alone. */
export const RETURN_HOLD_DAYS = 5;

/** Gives what is left of a case back to our own dunning, which waits until a person has decided. Gives the invoices. */
export async function backToDunning(
  at: Pick<Dossier, 'manager' | 'administration' | 'on' | 'now'>,
  found: HandoverCaseEntity,
): Promise<string[]> {
  const cases = new CaseRepository(at.manager, at.administration.id);
  const invoices = (await cases.items(found.id)).filter(({ releasedOn }) => releasedOn === null).map(({ invoiceId }) => invoiceId);
  await cases.release(found.id, at.on);
  await setReturnHold(at, found, invoices);
  return invoices;
}

/**
 * Keeps dunning from a debtor of whom invoices came back with something open, until a person decided or {@link RETURN_HOLD_DAYS} have passed.
 * He is not told: nothing was asked of him. Like any hold it can be ended by hand.
 */
async function setReturnHold(
  { manager, administration, on, now }: Pick<Dossier, 'manager' | 'administration' | 'on' | 'now'>,
  { id: caseId, debtorId }: HandoverCaseEntity,
  invoiceIds: readonly string[],
): Promise<void> {
  const ledger = new LedgerRepository(manager);
  const items = await ledger.items(administration.id, invoiceIds);
  if (items.every(({ open }) => open <= 0)) return;
  const id = idOf(administration.id, caseId);
  const until = addDays(on, RETURN_HOLD_DAYS);
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
  const body = { hold: id, kind: KIND, reason: REASON, from: on, until, note: null, mode: administration.mode };
  await ledger.appendToDossier([{ administrationId: administration.id, debtorId, at: now, kind: 'hold-set', body }]);
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
