import type { Dossier } from '../dossier/dossier-desk.js';
import { refused } from '../dossier/refusals.js';
import { CaseRepository, unknownCase } from './case.repository.js';
import type { HandoverCaseEntity } from './handover.entity.js';
import { ENDED } from './rules/status/case-states.js';

/** A case nobody else touches until the unit of work ends. Throws 404. */
export async function lockedCase({ manager, administration }: Dossier, caseId: string): Promise<HandoverCaseEntity> {
  const found = await new CaseRepository(manager, administration.id).locked(caseId);
  if (!found) throw unknownCase(caseId);
  return found;
}

/** Throws 409 `case-ended`: an agency is told nothing more about a case that ended. */
export function mustRun({ state }: HandoverCaseEntity): void {
  if (ENDED.includes(state)) throw refused('case-ended', `The case is ${state}.`);
}

/** A dossier entry for what the agency was told. */
export function noteForwarded(dossier: Dossier, { id, debtorId }: HandoverCaseEntity, event: string, said: object): Promise<void> {
  return dossier.note(debtorId, 'handover-forwarded', { case: id, event, invoices: [], ...said });
}
