import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AgencyEntity,
  HandoverCaseEntity,
  HandoverSettlementEntity,
  HandoverSettlementLineEntity,
} from '../../src/handover/handover.entity.js';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { type PlainDate, plainDate } from '../../src/kernel/plain-date.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { DebtorEntity } from '../../src/ledger/receivables.entity.js';
import { readAgencyResults } from '../../src/reporting/agency-results.repository.js';
import type { AgencyResult } from '../../src/reporting/rules/agency-results.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { administrationRow, debtorRow } from '../support/rows.js';

const AT = new Date('2026-06-01T08:00:00Z');
const ON = plainDate('2026-11-20');

describe('results of agencies, from the database', () => {
  let database: TestDatabase;
  let administrationId: string;
  let [north, south] = ['', ''];
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    administrationId = await company();
    [north, south] = [await agency('Incasso Noord'), await agency('Incasso Zuid')];
  });

  const insert = (entity: EntityTarget<ObjectLiteral>, row: object): Promise<unknown> =>
    database.tenancy.within(administrationId, (manager) => manager.insert(entity, row as never));
  const results = (on: PlainDate = ON, currency = 'EUR', of = administrationId): Promise<AgencyResult[]> =>
    database.tenancy.within(of, (manager) => readAgencyResults(manager, of, currency, on));

  async function company(): Promise<string> {
    const row = administrationRow();
    await database.tenancy.within(row.id, async (manager) => {
      await manager.insert(AdministrationEntity, row as never);
      await manager.insert(DebtorEntity, debtorRow({ administrationId: row.id, id: 'een' }) as never);
    });
    return row.id;
  }

  async function agency(name: string): Promise<string> {
    const id = randomUUID();
    await insert(AgencyEntity, {
      ...{
        administrationId,
        id,
        name,
        kind: 'agency',
        segments: ['B2B'],
        registrations: [],
        url: 'https://incasso.example',
        payload: 'full',
      },
      ...{ keys: Buffer.from('k'), channel: 'webhook', channelSettings: {}, vocabulary: 'canonical', callbackKeys: null, state: 'active' },
      ...{ stateBecause: null, createdAt: AT },
    });
    return id;
  }

  async function handed(agencyId: string, principal: number, on: string, given: Partial<HandoverCaseEntity> = {}): Promise<string> {
    const id = randomUUID();
    await insert(HandoverCaseEntity, {
      ...{
        administrationId,
        id,
        debtorId: 'een',
        agencyId,
        actId: null,
        state: 'AMICABLE',
        stateAs: null,
        version: 1,
        service: 'AMICABLE',
      },
      ...{ agencyReference: null, closeCode: null, currency: 'EUR', principal, approvedBy: 'A. Janssen', approvedAt: AT },
      ...{ handedOverOn: plainDate(on), endedOn: null, exclusiveUntil: null, ...given },
    });
    return id;
  }

  const ended = (on: string): Partial<HandoverCaseEntity> => ({
    state: 'CLOSED',
    closeCode: 'PAID_PARTIAL_SETTLED',
    endedOn: plainDate(on),
  });

  type Line = readonly [caseId: string, on: string, principal: number, commission: number, vat: number, courtCosts: number];
  async function settled(
    agencyId: string,
    state: HandoverSettlementEntity['state'],
    settlementId: string,
    ...lines: Line[]
  ): Promise<void> {
    await insert(HandoverSettlementEntity, {
      ...{ administrationId, agencyId, settlementId, receivedAt: AT, currency: 'EUR', remitted: 0, expected: 0, findings: [], state },
      ...{ bankLineId: null, contentSha256: 'a'.repeat(64), remittanceReference: null, decidedBy: null, decidedAt: null, decidedWhy: null },
      ...((state === 'accepted' || state === 'rejected') && { decidedBy: 'A. Janssen', decidedAt: AT, decidedWhy: 'nagerekend' }),
    });
    for (const [at, [caseId, on, principal, commission, vatOnCommission, courtCosts]] of lines.entries())
      await insert(HandoverSettlementLineEntity, {
        ...{ administrationId, agencyId, settlementId, lineNo: at + 1, caseId, invoiceNumber: 'F-1', receivedOn: plainDate(on) },
        ...{ gross: principal, principal, interest: 0, costs: 0, courtCosts, commission, vatOnCommission, net: 0, ownInterestFrom: null },
      });
  }

  it('are principal, money passed on, its costs and days, by agency, most principal first', async () => {
    const a = await handed(north, 1_000_00, '2026-06-01', ended('2026-07-31'));
    const b = await handed(north, 600_00, '2026-08-01');
    const c = await handed(south, 2_000_00, '2026-09-01', ended('2026-09-11'));
    // One settlement over two cases, a second for one of them, and one of the other agency under the same number.
    await settled(north, 'checked', 'S-1', [a, '2026-07-01', 400_00, 40_00, 8_40, 0], [b, '2026-08-20', 100_00, 10_00, 2_10, 25_00]);
    await settled(north, 'accepted', 'S-2', [a, '2026-07-20', 300_00, 30_00, 6_30, 0]);
    await settled(south, 'checked', 'S-1', [c, '2026-09-10', 500_00, 50_00, 10_50, 120_00]);
    expect(await results()).toEqual([
      // 500 of 2,000; 50 + 10.50 + 120; 1 to 11 September.
      { agency: 'Incasso Zuid', cases: 1, ended: 1, principal: 2_000_00, recovered: 500_00, rate: 0.25, costs: 180_50, averageDays: 10 },
      // 400 + 100 + 300 of 1,600; 48.40 + 12.10 + 25 + 36.30; 1 June to 31 July.
      { agency: 'Incasso Noord', cases: 2, ended: 1, principal: 1_600_00, recovered: 800_00, rate: 0.5, costs: 121_80, averageDays: 60 },
    ]);
    // On 15 July only the first line had come, and nothing had ended; the others were handed over later.
    expect(await results(plainDate('2026-07-15'))).toEqual([
      { agency: 'Incasso Noord', cases: 1, ended: 0, principal: 1_000_00, recovered: 400_00, rate: 0.4, costs: 48_40, averageDays: null },
    ]);
  });

  it('a settlement that waits for a person, or that a person refused, was passed on by nobody', async () => {
    const a = await handed(north, 1_000_00, '2026-06-01');
    await settled(north, 'rejected', 'S-1', [a, '2026-07-01', 900_00, 90_00, 18_90, 0]);
    await settled(north, 'parked', 'S-2', [a, '2026-07-02', 950_00, 95_00, 19_95, 0]);
    await settled(north, 'accepted', 'S-3', [a, '2026-07-03', 250_00, 25_00, 5_25, 0]);
    expect(await results()).toMatchObject([{ recovered: 250_00, rate: 0.25, costs: 30_25 }]);
  });

  it('are of cases in the currency that is asked, of twelve months, and of one administration', async () => {
    await handed(north, 1_000_00, '2025-11-20');
    await handed(north, 2_000_00, '2025-11-21');
    const dollars = await handed(south, 700_00, '2026-06-01', { currency: 'USD' });
    await settled(south, 'checked', 'S-1', [dollars, '2026-07-01', 70_00, 7_00, 1_47, 0]);
    expect((await results()).map(({ agency: name, principal }) => [name, principal])).toEqual([['Incasso Noord', 2_000_00]]);
    expect(await results(ON, 'USD')).toMatchObject([{ agency: 'Incasso Zuid', principal: 700_00, recovered: 70_00, rate: 0.1 }]);
    const other = await company();
    expect(await results(ON, 'EUR', other)).toEqual([]);
    // Another administration's rows are not seen either when they are asked for by their id.
    const foreign = await database.tenancy.within(other, (manager) => readAgencyResults(manager, administrationId, 'EUR', ON));
    expect(foreign).toEqual([]);
  });

  it('a case whose agency gave nothing back counts, and no agency without cases', async () => {
    await handed(south, 500_00, '2026-10-01');
    expect(await results()).toEqual([
      { agency: 'Incasso Zuid', cases: 1, ended: 0, principal: 500_00, recovered: 0, rate: 0, costs: 0, averageDays: null },
    ]);
  });

  it('are read in batches: more cases than one has', async () => {
    const rows = Array.from({ length: 1_050 }, () => randomUUID());
    const [first] = rows;
    await handed(north, 1_00, '2026-06-01', { id: first as string });
    await database.tenancy.within(administrationId, (manager) =>
      manager.query(
        `INSERT INTO handover_case SELECT (jsonb_populate_record(one, jsonb_build_object('id', other.id))).*
           FROM handover_case one CROSS JOIN unnest($2::uuid[]) AS other (id) WHERE one.administration_id = $1`,
        [administrationId, rows.slice(1)],
      ),
    );
    // By the order of ids the last one is in the second batch, wherever the first is.
    for (const [at, id] of rows.entries())
      if (at % 350 === 0) await settled(north, 'checked', `S-${at}`, [id, '2026-07-01', 1_00, 0, 0, 0]);
    expect(await results()).toMatchObject([{ cases: 1_050, principal: 1_050_00, recovered: 3_00 }]);
  });
});
