import { In, type EntityManager } from 'typeorm';
import { AgencyEntity, HandoverCaseEntity, HandoverSettlementEntity, HandoverSettlementLineEntity } from '../handover/handover.entity.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { batches } from '../kernel/batches.js';
import { type AgencyResult, agencyResults } from './rules/agency-results.js';

const BATCH = 1000;

/** The results of an administration's agencies on a day, of cases in its own currency. Inside a unit of work of it. */
export async function readAgencyResults(
  manager: EntityManager,
  administrationId: string,
  currency: string,
  on: PlainDate,
): Promise<AgencyResult[]> {
  const names = new Map(
    (await manager.find(AgencyEntity, { where: { administrationId }, select: { administrationId: true, id: true, name: true } })).map(
      ({ id, name }) => [id, name],
    ),
  );
  const cases = await manager.find(HandoverCaseEntity, { where: { administrationId, currency } });
  const lines: HandoverSettlementLineEntity[] = [];
  for (const batch of batches(cases, BATCH)) {
    const said = await manager.findBy(HandoverSettlementLineEntity, { administrationId, caseId: In(batch.map(({ id }) => id)) });
    lines.push(...(await standing(manager, administrationId, said)));
  }
  const linesOf = Map.groupBy(lines, ({ caseId }) => caseId);
  return agencyResults(
    cases.map(({ id, agencyId, principal, handedOverOn, endedOn }) => ({
      agencyId,
      agency: names.get(agencyId) ?? agencyId,
      principal,
      handedOverOn,
      endedOn,
      settled: (linesOf.get(id) ?? []).map((line) => ({
        receivedOn: line.receivedOn,
        principal: line.principal,
        costs: line.commission + line.vatOnCommission + line.courtCosts,
      })),
    })),
    on,
  );
}

/** The lines of settlements that count: what waits for a person, or a person refused, was passed on by nobody. */
async function standing(
  manager: EntityManager,
  administrationId: string,
  lines: readonly HandoverSettlementLineEntity[],
): Promise<HandoverSettlementLineEntity[]> {
  const ids = [...new Set(lines.map(({ settlementId }) => settlementId))];
  const settlements = await manager.findBy(HandoverSettlementEntity, {
    administrationId,
    settlementId: In(ids),
    state: In(['checked', 'accepted'] as const),
  });
  const counts = new Set(settlements.map(({ agencyId, settlementId }) => `${agencyId} ${settlementId}`));
  return lines.filter(({ agencyId, settlementId }) => counts.has(`${agencyId} ${settlementId}`));
}
