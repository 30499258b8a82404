import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SettlementDetail, SettlementView } from '../../src/handover/callbacks/settlements.service.js';
import type { TaskView } from '../../src/handover/callbacks/tasks.service.js';
import type { CaseMoney } from '../../src/handover/rules/settlement/case-money.js';
import { DebtorEntity } from '../../src/ledger/receivables.entity.js';
import { AgencyHouse, type Company } from './support/agency-house.js';

/**
 * What agencies pass on (agency-handover.md §6, §13.9). The claim is that of §3: principal 1,787.25 (F-1 910.00, F-2 544.50, F-3 332.75), interest
 * 60.47 to 23 November and 0.5092 a day after, costs 268.09.
 */

const house = new AgencyHouse();
let company: Company;

beforeAll(() => house.start());
afterAll(() => house.stop());
beforeEach(async () => {
  house.reset();
  company = await house.company();
});

const LINE = {
  lineNo: 1, invoice: 'F-1', receivedOn: '2026-12-03', gross: '910.00', principal: '910.00', interest: '0.00', costs: '0.00', courtCosts: '0.00',
  commission: '91.00', vatOnCommission: '19.11', net: '799.89',
}; // prettier-ignore
const settlement = (given: object = {}, lines: object[] = [LINE]) => ({
  settlementId: '2026/48', currency: 'EUR', remitted: '799.89', remittanceReference: 'AFR-2026-48', lines, ...given,
}); // prettier-ignore
const issue = (stated: object, id?: string) =>
  house.callback(company, 'settlement_issued', { caseId: company.caseId, settlement: stated }, id === undefined ? {} : { id });
const list = async () => (await house.call<SettlementView[]>(company, 'GET', '/settlements')).body;
const show = async (id = '2026/48') =>
  (await house.call<SettlementDetail>(company, 'GET', `/settlements/${company.agencyId}/${encodeURIComponent(id)}`)).body;
const money = async () => (await house.call<CaseMoney>(company, 'GET', `/handovers/${company.caseId}/money`)).body;
const tasks = async () => (await house.call<TaskView[]>(company, 'GET', '/handover-tasks')).body;
const decide = (how: 'approve' | 'reject', id = '2026/48') =>
  house.call(company, 'POST', `/settlements/${company.agencyId}/${encodeURIComponent(id)}/${how}`, { why: 'Called them' });

/** A credit on the account of the company, as a statement brought it. */
async function bankLine(amount: number, description: string, from: string | null = null): Promise<string> {
  const [id, statement] = [randomUUID(), randomUUID()];
  const { administrationId } = company;
  await house.house.tenancy.within(administrationId, async (manager) => {
    await manager.query(
      `INSERT INTO statement (administration_id, id, file_name, file_sha256, iban, currency, through_date, content_hash, imported_at)
       VALUES ($1, $2, 'a.xml', '', 'NL02ABNA0123456789', 'EUR', '2026-11-24', $3, now())`,
      [administrationId, statement, statement],
    );
    await manager.query(
      `INSERT INTO bank_line (administration_id, id, statement_id, identity, position, booked_on, amount, currency, description, detail, counterparty_name)
       VALUES ($1, $2, $3, $6, 0, '2026-11-24', $4, 'EUR', $5, '{}', $7)`,
      [administrationId, id, statement, amount, description, id, from],
    );
  });
  return id;
}

describe('a settlement', () => {
  it('that adds up is checked, counts, and shows how it could be booked', async () => {
    const lines = [
      LINE,
      { ...LINE, lineNo: 2, invoice: 'F-2', gross: '878.15', principal: '544.50', interest: '65.56', costs: '268.09', net: '768.04', ownInterestFrom: '2026-11-24' },
    ]; // prettier-ignore
    expect(await issue(settlement({ remitted: '1567.93' }, lines))).toMatchObject({ status: 202, body: { outcome: 'kept' } });
    expect(await list()).toMatchObject([
      { settlementId: '2026/48', state: 'checked', expected: '1567.93', difference: '0.00', findings: [] },
    ]);
    expect((await show()).booking).toEqual([
      { account: 'bank', invoice: null, amount: '1567.93' },
      { account: 'commission', invoice: null, amount: '182.00' },
      { account: 'vat-on-commission', invoice: null, amount: '38.22' },
      { account: 'receivable', invoice: 'F-1', amount: '-910.00' },
      { account: 'receivable', invoice: 'F-2', amount: '-544.50' },
      { account: 'interest-income', invoice: null, amount: '-65.56' },
      { account: 'recovered-costs', invoice: null, amount: '-268.09' },
    ]);
    expect(await money()).toMatchObject({
      claimed: { principal: '1787.25', interest: '60.47', costs: '268.09', total: '2115.81' },
      settled: { principal: '1454.50', interest: '65.56', costs: '268.09', total: '1788.15' },
      difference: { principal: '332.75', interest: '-5.09', costs: '0.00' },
      remitted: '1567.93',
      kept: { commission: '182.00', vatOnCommission: '38.22' },
    });
    // Nothing is booked of it, here or in the package.
    expect(await house.rows(company, 'SELECT 1 FROM allocation WHERE administration_id = $1')).toEqual([]);
    expect(await house.rows(company, `SELECT 1 FROM effect WHERE administration_id = $1 AND kind = 'push'`)).toEqual([]);
    expect(await tasks()).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['a cent less remitted', settlement({ remitted: '799.88' }), 'sum-differs'],
    ['a cent more than was open', settlement({ remitted: '799.90' }, [{ ...LINE, gross: '910.01', principal: '910.01', net: '799.90' }]), 'more-than-open'],
    ['costs on top of ours', settlement({ remitted: '1067.99' }, [{ ...LINE, gross: '1178.10', costs: '268.10', net: '1067.99' }]), 'costs-twice'],
    ['interest from our last day', settlement({}, [{ ...LINE, ownInterestFrom: '2026-11-23' }]), 'interest-twice'],
    ['an invoice it never had', settlement({}, [{ ...LINE, invoice: 'F-9' }]), 'unknown-invoice'],
    ['dollars', settlement({ currency: 'USD' }), 'currency-differs'],
  ])('with %s is parked with what is wrong, and counts for nothing', async (_what, stated, code) => {
    expect(await issue(stated)).toMatchObject({ status: 202 });
    const [parked] = await list();
    expect(parked?.state).toBe('parked');
    expect(parked?.findings.map((finding) => finding.code)).toContain(code);
    expect((await tasks()).map(({ kind }) => kind)).toEqual(['check-settlement']);
    expect((await money()).settled.total).toBe('0.00');
  }); // prettier-ignore

  it('that is parked is taken or refused by a person, once', async () => {
    const passedOn = async () => (await house.call<{ received: string }>(company, 'GET', `/handovers/${company.caseId}`)).body.received;
    await issue(settlement({ remitted: '799.88' }));
    expect(await passedOn()).toBe('0.00');
    expect(await decide('approve')).toMatchObject({
      status: 200,
      body: { state: 'accepted', decided: { by: 'test', why: 'Called them' } },
    });
    expect(await passedOn()).toBe('910.00');
    expect(await tasks()).toEqual([]);
    expect((await money()).settled.principal).toBe('910.00');
    for (const how of ['approve', 'reject'] as const)
      expect(await decide(how)).toMatchObject({ status: 409, body: { code: 'not-parked' } });
    await issue(settlement({ settlementId: 's-2', remitted: '1.00' }));
    expect(await decide('reject', 's-2')).toMatchObject({ body: { state: 'rejected' } });
    // What was refused leaves room for the right one; what was accepted does not.
    const rest = { ...LINE, invoice: 'F-2', gross: '544.50', principal: '544.50', net: '434.39' };
    await issue(settlement({ settlementId: 's-3', remitted: '434.39' }, [rest]));
    expect((await list()).map(({ settlementId, state }) => [settlementId, state]).sort()).toEqual([
      ['2026/48', 'accepted'],
      ['s-2', 'rejected'],
      ['s-3', 'checked'],
    ]);
    await issue(settlement({ settlementId: 's-4' }));
    expect((await show('s-4')).findings.map(({ code }) => code)).toEqual(['more-than-open']);
  });

  it('comes once: the same again does nothing, another under its id is refused, a line twice is none', async () => {
    await issue(settlement());
    expect(await issue(settlement())).toMatchObject({ status: 202 });
    expect(await list()).toHaveLength(1);
    expect(await issue(settlement({ remitted: '1.00' }))).toMatchObject({ status: 409 });
    expect(await issue(settlement({ settlementId: 's-2' }, [LINE, LINE]))).toMatchObject({ status: 400 });
    expect(await list()).toHaveLength(1);
    expect(await house.rows(company, 'SELECT 1 FROM handover_settlement_line WHERE administration_id = $1')).toHaveLength(1);
  });

  it('costs are settled once, however many settlements there are, also at the same time', async () => {
    const line = (lineNo: number) => ({ ...LINE, lineNo, gross: '268.09', principal: '0.00', costs: '268.09', commission: '0.00', vatOnCommission: '0.00', net: '268.09' });
    await Promise.all([1, 2, 3].map((at) => issue(settlement({ settlementId: `s-${at}`, remitted: '268.09' }, [line(at)]))));
    expect((await list()).map(({ state }) => state).sort()).toEqual(['checked', 'parked', 'parked']);
    expect((await money()).settled.costs).toBe('268.09');
  }); // prettier-ignore

  it('of a case that is another’s is refused whole', async () => {
    const other = await house.company('Another');
    const lines = [LINE, { ...LINE, lineNo: 2, caseId: other.caseId }];
    expect(await issue(settlement({}, lines))).toMatchObject({ status: 404, body: { code: 'unknown-case' } });
    const upload = { agencyId: company.agencyId, settlement: settlement({}, lines.map((line) => ({ caseId: company.caseId, ...line }))) };
    expect(await house.call(company, 'POST', '/settlements', upload)).toMatchObject({ status: 404 });
    expect(await house.call(company, 'POST', '/settlements', { ...upload, agencyId: other.agencyId })).toMatchObject({ status: 404 });
    expect(await list()).toEqual([]);
    expect((await house.call<SettlementView[]>(other, 'GET', '/settlements')).body).toEqual([]);
  }); // prettier-ignore

  it('may keep what the tariff says, to the cent', async () => {
    const terms = { vocabulary: 'canonical', tariff: { of: 'GROSS', commission: 1000, vat: 2100 } };
    expect(await house.call(company, 'PUT', `/agencies/${company.agencyId}/terms`, terms)).toMatchObject({ status: 200 });
    await issue(settlement());
    const greedy = { ...LINE, invoice: 'F-3', gross: '332.75', principal: '332.75', commission: '33.29', vatOnCommission: '6.99', net: '292.47' };
    await issue(settlement({ settlementId: 's-2', remitted: '292.47' }, [greedy]));
    // Ten percent of 332.75 is 33.28 (half a cent up), 21 % of 33.29 is 6.99.
    expect((await list()).map(({ settlementId, state }) => [settlementId, state]).sort()).toEqual([
      ['2026/48', 'checked'],
      ['s-2', 'parked'],
    ]);
    expect((await show('s-2')).findings).toEqual([
      { code: 'tariff-differs', path: '/lines/0/commission', message: 'commission: 33.29 is kept, 33.28 is agreed' },
    ]);
  }); // prettier-ignore

  it('that came on paper is put in by a person, by the same rules', async () => {
    const lines = [{ ...LINE, caseId: company.caseId }];
    const upload = { agencyId: company.agencyId, settlement: settlement({}, lines) };
    expect(await house.call(company, 'POST', '/settlements', upload)).toMatchObject({ status: 201, body: { state: 'checked' } });
    expect(await house.call(company, 'POST', '/settlements', upload)).toMatchObject({ status: 409, body: { code: 'settled-already' } });
    const without = { ...upload, settlement: settlement({ settlementId: 's-2' }) };
    expect(await house.call(company, 'POST', '/settlements', without)).toMatchObject({ status: 422, body: { detail: expect.stringContaining('lines/0/caseId') } });
    const wrong = { ...upload, settlement: settlement({ settlementId: 's-3', remitted: 'ten' }, lines) };
    expect(await house.call(company, 'POST', '/settlements', wrong)).toMatchObject({ status: 400 });
    const parked = { ...upload, settlement: settlement({ settlementId: 's-4', remitted: '0.01' }, [{ ...lines[0], gross: '1.00', principal: '1.00', net: '0.01' }]) };
    expect(await house.call(company, 'POST', '/settlements', parked)).toMatchObject({ status: 201, body: { state: 'parked', booking: null } });
    expect((await tasks()).map(({ kind }) => kind)).toEqual(['check-settlement']);
  }); // prettier-ignore

  it('shows what the agency received and has not settled', async () => {
    await house.callback(company, 'payment_registered', {
      caseId: company.caseId,
      amount: '1000.00',
      currency: 'EUR',
      receivedOn: '2026-12-03',
    });
    await issue(settlement());
    expect(await money()).toMatchObject({ registered: '1000.00', notYetSettled: '90.00' });
  });

  it('leaves the plan of the case as the agency says it was paid', async () => {
    expect(await money()).toMatchObject({ plan: null });
    const arrangement = { instalments: 3, amount: '600.00', currency: 'EUR', first: '2026-11-30', interval: 'P1M' };
    await house.callback(company, 'arrangement_agreed', { caseId: company.caseId, arrangement, sequence: 1 });
    house.clock.advance(40 * 86_400_000);
    const paid = { caseId: company.caseId, amount: '700.00', currency: 'EUR', receivedOn: '2026-12-30', sequence: 2 };
    await house.callback(company, 'payment_registered', paid);
    expect(await money()).toMatchObject({
      plan: [
        { dueDate: '2026-11-30', amount: '600.00', paid: '600.00', state: 'paid' },
        { dueDate: '2026-12-30', amount: '600.00', paid: '100.00', state: 'late' },
        { dueDate: '2027-01-30', amount: '600.00', paid: '0.00', state: 'due' },
      ],
    });
  });

  it('ends the waiting for it', async () => {
    await house.callback(company, 'closed', { caseId: company.caseId, closeCode: 'PAID_PARTIAL_SETTLED' });
    expect((await tasks()).map(({ kind, dueOn }) => [kind, dueOn])).toEqual([
      ['expect-settlement', '2026-12-07'],
      ['decide-rest', null],
    ]);
    await issue(settlement());
    expect((await tasks()).map(({ kind }) => kind)).toEqual(['decide-rest']);
  });
});

describe('the bank line of a settlement', () => {
  it('is found by its reference, whatever else has the amount', async () => {
    await issue(settlement());
    expect((await list())[0]?.bankLineId).toBeNull();
    await bankLine(799_89, 'Something else');
    const own = await bankLine(799_89, 'AFR 2026 48 incasso');
    expect((await list())[0]?.bankLineId).toBe(own);
  });

  it('is found by its amount when only one has it, and is one settlement’s', async () => {
    const only = await bankLine(799_89, 'remittance');
    await issue(settlement());
    expect((await list())[0]?.bankLineId).toBe(only);
    const again = { ...LINE, invoice: 'F-2', gross: '544.50', principal: '544.50', commission: '-255.39', vatOnCommission: '0.00', net: '799.89' };
    await issue(settlement({ settlementId: 's-2', remittanceReference: null }, [again]));
    expect((await show('s-2')).bankLineId).toBeNull();
  }); // prettier-ignore

  it('is never what a debtor paid himself: the agency would be told that he did not', async () => {
    const { name } = await house.house.tenancy.within(company.administrationId, (manager) =>
      manager.findOneByOrFail(DebtorEntity, { administrationId: company.administrationId, id: company.debtorId }),
    );
    await bankLine(799_89, 'AFR 2026 48', name.toUpperCase());
    await issue(settlement());
    expect((await list())[0]?.bankLineId).toBeNull();
    const own = await bankLine(799_89, 'AFR 2026 48', 'Stichting Derdengelden');
    expect((await list())[0]?.bankLineId).toBe(own);
  });

  it('is not guessed of two, and parks what has another amount', async () => {
    await bankLine(799_89, 'one');
    await bankLine(799_89, 'two');
    await issue(settlement({ remittanceReference: null }));
    expect((await list())[0]).toMatchObject({ bankLineId: null, state: 'checked' });
    await bankLine(799_88, 'ref 2026/48');
    // The id is named by a line of another amount: a cent is a cent.
    expect((await list())[0]).toMatchObject({ bankLineId: null, state: 'parked', findings: [{ code: 'bank-differs' }] });
  });

  it('of another administration is none of it', async () => {
    const mine = company;
    company = await house.company('Another');
    await bankLine(799_89, 'AFR-2026-48');
    company = mine;
    await issue(settlement());
    expect((await list())[0]?.bankLineId).toBeNull();
  });
});
