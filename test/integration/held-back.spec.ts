import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OpenAgreements } from '../../src/dossier/rules/open-agreements.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { StatementEntity } from '../../src/ledger/bank.entity.js';
import { LedgerRepository } from '../../src/ledger/ledger.repository.js';
import { InvoiceEntity } from '../../src/ledger/receivables.entity.js';
import { type Company, DossierHouse, TODAY } from '../support/dossier-house.js';

/** Messages that must not go out although some invoice is open and late. */

const NEXT_WEEK = plainDate('2026-11-30');
let house: DossierHouse;
let company: Company;

beforeAll(async () => {
  house = await DossierHouse.start();
});
afterAll(() => house.stop());
beforeEach(async () => {
  company = await house.company();
  await company.debtor('bakker');
  await company.invoice('a', 'bakker');
});

const subjects = (): string[] => company.mailsTo('bakker').map(({ subject }) => subject);
const nextWeek = async (): Promise<void> => {
  await company.goTo(NEXT_WEEK);
  await company.runDay(NEXT_WEEK);
};

describe('a dispute that was settled with money', () => {
  const settle = async (outcome: string): Promise<string> => {
    const { id } = await company.done<{ id: string }>('POST', 'disputes', { invoiceId: 'a', code: 'QUALITY_DAMAGE' });
    await company.done('POST', `disputes/${id}/resolve`, { outcome });
    await company.runDay(TODAY);
    return id;
  };

  it.each(['CREDITED', 'PARTLY_CREDITED', 'PAID'])('%s: nothing is asked until the books show it', async (outcome) => {
    await settle(outcome);
    await nextWeek();
    expect(await company.standing('a')).toBe('disputed');
    expect(subjects().filter((subject) => subject.includes('inner'))).toEqual([]);
  });

  it('is asked for again once a part of it was credited, and when its outcome is put right', async () => {
    await settle('PARTLY_CREDITED');
    await company.within((manager) => manager.update(InvoiceEntity, { administrationId: company.id, id: 'a' }, { packageOpen: 100_00 }));
    await nextWeek();
    expect(subjects().filter((subject) => subject.includes('inner'))).toHaveLength(1);

    await company.invoice('b', 'bakker');
    const { id } = await company.done<{ id: string }>('POST', 'disputes', { invoiceId: 'b', code: 'PRICE' });
    await company.done('POST', `disputes/${id}/resolve`, { outcome: 'PAID' });
    expect(await company.refusal('POST', `disputes/${id}/resolve`, { outcome: 'PAID' })).toEqual([409, 'already-resolved']);
    await company.done('POST', `disputes/${id}/resolve`, { outcome: 'REJECTED' });
    await company.goTo(plainDate('2026-12-14'));
    expect(await company.standing('b')).toMatch(/^act/);
  });
});

describe('a dispute that stands in the package', () => {
  const said = (packageDispute: string | null): Promise<unknown> =>
    company.within((manager) => manager.update(InvoiceEntity, { administrationId: company.id, id: 'a' }, { packageDispute }));

  it('keeps back whatever is about its invoice, and once it is gone there that is asked for, once', async () => {
    await company.invoice('b', 'bakker');
    await said('B2 Prijs');
    await company.runDay(TODAY);
    expect(await company.standing('a')).toBe('disputed');
    const [first] = company.mailsTo('bakker');
    expect([subjects().length, first?.text?.includes('F-b'), first?.text?.includes('F-a')]).toEqual([1, true, false]);
    const { packageDisputes } = await company.done<OpenAgreements>('GET', 'agreements');
    expect(packageDisputes).toMatchObject([{ invoiceId: 'a', words: 'B2 Prijs', on: null }]);

    await company.pay('b', 121_00, TODAY);
    await nextWeek();
    expect(subjects()).toHaveLength(1);
    await said(null);
    await company.runDay(NEXT_WEEK);
    await company.runDay(NEXT_WEEK);
    expect(subjects()).toHaveLength(2);
    expect(company.mailsTo('bakker')[1]?.text).toContain('F-a');
  });

  it('counts beside one that was noted and settled here', async () => {
    await said('B2 Prijs');
    const { id } = await company.done<{ id: string }>('POST', 'disputes', { invoiceId: 'a', code: 'PRICE' });
    await company.done('POST', `disputes/${id}/resolve`, { outcome: 'REJECTED' });
    await nextWeek();
    expect(await company.standing('a')).toBe('disputed');
    expect(subjects().filter((subject) => subject.includes('inner'))).toEqual([]);
  });
});

describe('the day of an administration that is live', () => {
  it('is the day it is: no other one is run', async () => {
    expect(await company.refusal('POST', 'days/run?day=2026-11-13')).toEqual([422, 'not-today']);
    expect(await company.refusal('POST', 'days/run?day=2026-11-23')).toEqual([422, 'not-today']);
    expect(company.mailsTo('bakker')).toEqual([]);
    await company.change({ mode: 'shadow' });
    expect((await company.ask('POST', 'days/run?day=2026-11-13')).status).toBe(200);
    expect(company.mailsTo('bakker')).toEqual([]);
  });

  it.each([
    ['2026-11-19T11:00:00Z', '2026-11-18'],
    ['2026-11-19T16:59:00Z', '2026-11-18'],
    ['2026-11-19T17:00:00Z', '2026-11-19'],
    ['2026-11-20T05:00:00Z', '2026-11-19'],
  ])('knows of a statement fetched at %s that it is whole up to %s', async (moment, through) => {
    const at = new Date(moment);
    const fetched = { throughDate: plainDate('2026-11-19'), importedAt: at, createdAt: at, message: 'camt.053' as const };
    const freshness = await company.within(async (manager) => {
      await manager.update(StatementEntity, { administrationId: company.id }, fetched);
      return new LedgerRepository(manager).freshness(company.id);
    });
    expect(freshness.statementsThrough).toBe(through);
  });
});

describe('that an instalment is missing', () => {
  beforeEach(async () => {
    const instalments = [
      { dueDate: '2026-11-24', amount: '60.00' },
      { dueDate: '2026-12-24', amount: '61.00' },
    ];
    await company.done('POST', 'arrangements', { invoiceIds: ['a'], instalments });
    await company.runDay(TODAY);
  });
  const change = (given: Partial<InvoiceEntity>): Promise<unknown> =>
    company.within((manager) => manager.update(InvoiceEntity, { administrationId: company.id, id: 'a' }, given as never));

  it('is told when nothing is in its way', async () => {
    await nextWeek();
    expect(subjects().filter((subject) => subject.includes('ontbreekt'))).toHaveLength(1);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['is on hold', () => company.done('POST', 'holds', { debtorId: 'bakker', reason: 'REQUEST', until: '2026-12-15', confirm: false })],
    ['disputes it', () => company.done('POST', 'disputes', { invoiceId: 'a', code: 'QUALITY_DAMAGE' })],
    ['disputes it, says the package', () => change({ dispute: { code: 'PRICE', since: plainDate('2026-11-21'), amount: null, resolved: null } })],
    ['disputes it in the package', () => change({ packageDispute: 'B2 Prijs' })],
    ['a person stopped in the package', () => change({ paused: true, pausedSince: new Date() })],
    ['is being collected from', () => change({ collecting: true })],
    ['has a credit note', () => company.invoice('n', 'bakker', { kind: 'credit-note', amount: -121_00, packageOpen: -121_00 })],
  ])('is not told to a debtor who %s', async (_, happens) => {
    await happens();
    await nextWeek();
    expect(subjects().filter((subject) => subject.includes('ontbreekt'))).toEqual([]);
  }); // prettier-ignore
});
