import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { LedgerRepository } from '../../src/ledger/ledger.repository.js';
import { countPausedByPeople } from '../../src/ledger/package-pauses.js';
import { DebtorEntity, InvoiceEntity } from '../../src/ledger/receivables.entity.js';
import type { DebtorOverrides } from '../../src/ledger/rules/debtor-overrides.js';
import { EffectEntity } from '../../src/platform/outbox/effect.entity.js';
import { markerOf } from '../../src/platform/outbox/outbox.repository.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { administrationRow, debtorRow, invoiceRow } from '../support/rows.js';

const TODAY = plainDate('2026-11-20');
const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 20, hour));

describe('a package that stops its reminders for a debtor', () => {
  let database: TestDatabase;
  let administrationId: string;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    administrationId = randomUUID();
    const administration = administrationRow({ id: administrationId, package: 'twinfield', remindsPer: 'debtor' });
    await within((manager) => manager.insert(AdministrationEntity, administration as never));
    await within((manager) => manager.insert(DebtorEntity, debtorRow({ administrationId, id: 'd1' }) as never));
  });

  const within = <T>(work: Parameters<typeof database.tenancy.within<T>>[1]): Promise<T> => database.tenancy.within(administrationId, work);
  const invoice = (id: string, pausedSince: Date | null): Promise<unknown> =>
    within((manager) =>
      manager.insert(InvoiceEntity, invoiceRow({ administrationId, debtorId: 'd1', id, number: id, paused: true, pausedSince }) as never),
    );
  const pushed = (hour: number, payload: object, result: object | null = {}, state: EffectEntity['state'] = 'done'): Promise<unknown> => {
    const id = randomUUID();
    const effect = {
      ...{ administrationId, id, kind: 'push', state, marker: markerOf(id), debtorId: 'd1', actId: null, payload, result },
      ...{ attempts: 1, createdAt: at(hour), notBefore: at(hour), endedAt: state === 'done' ? at(hour) : null },
    };
    return within((manager) => manager.insert(EffectEntity, effect as never));
  };
  const hold = { kind: 'hold', about: { debtor: 'd1' }, action: 'pause', takesOver: 'd1' };
  const back = { kind: 'hold', about: { debtor: 'd1' }, action: 'resume', givesBack: 'd1' };
  const leftAlone = async (): Promise<string[]> => {
    const { invoices } = await within((manager) => new LedgerRepository(manager).book(administrationId, TODAY));
    return invoices.flatMap(({ id, pausedInPackage }) => (pausedInPackage ? [id] : []));
  };
  const overrule = (remindThoughPaused: DebtorOverrides['remindThoughPaused']): Promise<unknown> =>
    within((manager) => manager.update(DebtorEntity, { administrationId, id: 'd1' }, { overrides: { remindThoughPaused } as never }));

  it('leaves all of his alone when a person did it, whatever we wrote later, and those that came later too', async () => {
    await invoice('i1', at(6));
    await pushed(8, { kind: 'handover', about: { item: 'i1' } });
    await invoice('i2', at(12));
    expect(await leftAlone()).toEqual(['i1', 'i2']);
    expect(await within((manager) => countPausedByPeople(manager, { id: administrationId, remindsPer: 'debtor' }))).toEqual({
      paused: 2,
      open: 2,
    });
  });

  it('leaves none alone when we did it, also those that came later', async () => {
    await pushed(5, hold, { stoodSo: false });
    await invoice('i1', at(6));
    await invoice('i2', at(12));
    expect(await leftAlone()).toEqual([]);
  });

  it('leaves him alone again when a person did it after we gave him back', async () => {
    await pushed(5, hold, { stoodSo: false });
    await pushed(6, back);
    await invoice('i1', at(7));
    expect(await leftAlone()).toEqual(['i1']);
  });

  it('tells what our pause found stopped from what nobody ever chose: only the pull says that somebody did', async () => {
    await pushed(5, hold, { stoodSo: true });
    await invoice('i1', null);
    expect(await leftAlone()).toEqual([]);
    await invoice('i2', at(6));
    expect(await leftAlone()).toEqual(['i2']);
  });

  it('takes tries that certainly wrote nothing for none', async () => {
    await pushed(5, hold, { idle: 1 }, 'planned');
    await invoice('i1', at(6));
    expect(await leftAlone()).toEqual(['i1']);
  });

  it('reminds where a person decided so, for an invoice, for him, or for the administration', async () => {
    await invoice('i1', at(6));
    await invoice('i2', at(6));
    await overrule(['i1']);
    expect(await leftAlone()).toEqual(['i2']);
    await overrule(true);
    expect(await leftAlone()).toEqual([]);
    await overrule([]);
    await within((manager) => manager.update(AdministrationEntity, { id: administrationId }, { respectsPauses: false }));
    expect(await leftAlone()).toEqual([]);
  });
});
