import { In, type EntityManager } from 'typeorm';
import { AgencyEntity, HandoverCaseEntity, HandoverSettlementLineEntity } from '../handover/handover.entity.js';
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
    lines.push(
      ...(await manager.find(HandoverSettlementLineEntity, { where: { administrationId, caseId: In(batch.map(({ id }) => id)) } })),
    );
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
