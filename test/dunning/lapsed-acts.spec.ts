import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ActEntity } from '../../src/dunning/act.entity.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { DebtorEntity, InvoiceEntity } from '../../src/ledger/receivables.entity.js';
import { type Company, DossierHouse, TODAY } from '../support/dossier-house.js';

/** What stands on a list of people, or waits for their yes, is looked at again each day and before it is let go. */

const THIRTIETH = plainDate('2026-11-30');
const MONDAY = plainDate('2026-11-23');

let house: DossierHouse;
let company: Company;
beforeAll(async () => {
  house = await DossierHouse.start();
});
afterAll(() => house.stop());

const on = async (day: typeof MONDAY): Promise<void> => {
  await company.goTo(day);
  await company.runDay(day);
};
const acts = async () =>
  (await company.acts()).map(({ debtorId, step, state, endedBecause, decision }) => ({
    ...{ debtorId, step, state, endedBecause },
    invoiceIds: (decision as { invoiceIds: string[] }).invoiceIds,
  }));
const waiting = async () => (await acts()).filter(({ state }) => state === 'to-do' || state === 'awaiting-approval');
const liveItems = () =>
  company.within((manager) =>
    manager.query('SELECT invoice_id FROM act_item WHERE administration_id = $1 AND live AND step <> $2', [
      company.id,
      'friendly-reminder',
    ]),
  );

describe('a call that is for a person to make', () => {
  beforeEach(async () => {
    company = await house.company();
    await company.debtor('bakker');
    // nl-business calls from 5 000.00 on.
    await company.invoice('a', 'bakker', { amount: 6000_00, packageOpen: 6000_00 });
    await on(TODAY);
    await on(THIRTIETH);
    expect(await waiting()).toMatchObject([{ state: 'to-do', invoiceIds: ['a'] }]);
  });

  it('is not to be made any more when he paid, and says why', async () => {
    await company.pay('a', 6000_00, THIRTIETH);
    await on(plainDate('2026-12-02'));
    expect(await waiting()).toEqual([]);
    expect(await acts()).toContainEqual(
      expect.objectContaining({ state: 'cancelled', endedBecause: 'Wat gevraagd zou worden, staat niet meer (geheel) open.' }),
    );
    expect((await company.entries('bakker')).at(-1)).toMatchObject({ kind: 'act-lapsed' });
    expect(await liveItems()).toEqual([]);
  });

  it('is told in the language of the administration', async () => {
    await company.change({ language: 'fr' });
    await company.done('POST', 'disputes', { invoiceId: 'a', code: 'PRICE' });
    await on(plainDate('2026-12-02'));
    expect((await acts()).at(-1)?.endedBecause).toMatch(/^Contesté depuis le 2026-11-30/);
  });

  it('is about the rest when he paid a part', async () => {
    await company.pay('a', 500_00, THIRTIETH);
    await on(plainDate('2026-12-02'));
    const [call, ...others] = (await company.acts()).filter(({ state }) => state === 'to-do');
    expect(others).toEqual([]);
    expect(call?.decision).toMatchObject({ step: 'seven-day-call', amount: '5500.00' });
    expect((await acts()).filter(({ state }) => state === 'cancelled')).toMatchObject([
      { endedBecause: 'Vandaag wordt iets anders gevraagd: stap "seven-day-call" over € 5500.00.' },
    ]);
  });

  it('stands as it is when more is open, on a day of rest, and on figures that are old', async () => {
    await company.invoice('b', 'bakker', { dueDate: plainDate('2026-11-12') });
    const before = (await company.acts()).map(({ id, state }) => [id, state]);
    await on(plainDate('2026-12-02'));
    await on(plainDate('2026-12-05'));
    await company.pay('a', 6000_00, THIRTIETH);
    await company.goTo(plainDate('2026-12-09'), false);
    await company.runDay(plainDate('2026-12-09'));
    expect((await company.acts()).map(({ id, state }) => [id, state])).toEqual(before);
  });
});

describe('a letter that waits for a yes', () => {
  beforeEach(async () => {
    company = await house.company({ policy: 'nl-consumer' });
    await company.debtor('jan', { capacity: 'consumer', emails: [] });
    await company.invoice('a', 'jan', { amount: 6000_00, packageOpen: 6000_00 });
    await on(TODAY);
    expect(await waiting()).toMatchObject([{ state: 'awaiting-approval' }]);
  });
  const approve = async (): Promise<number> => {
    const [act] = await company.acts();
    return (await company.ask('POST', `acts/${act?.id}/approve`)).status;
  };

  it('is let go while he owes it', async () => {
    expect(await approve()).toBe(204);
    expect(await waiting()).toMatchObject([{ state: 'to-do' }]);
  });

  it('is cancelled in place of approved when he paid, one by one and all at once', async () => {
    await company.pay('a', 6000_00, TODAY);
    expect(await approve()).toBe(409);
    expect(await acts()).toMatchObject([{ state: 'cancelled' }]);
    await company.invoice('b', 'jan', { amount: 6000_00, packageOpen: 6000_00 });
    await on(MONDAY);
    await company.pay('b', 6000_00, MONDAY);
    const kind = (await company.acts()).at(-1)?.kind;
    expect(await company.done('POST', 'acts/approve', { day: MONDAY, kind })).toEqual({ approved: 0 });
    expect(await waiting()).toEqual([]);
  });

  it('is not let go on old figures', async () => {
    await company.goTo(plainDate('2026-11-27'), false);
    const [act] = await company.acts();
    expect(await company.refusal('POST', `acts/${act?.id}/approve`)).toEqual([409, 'held']);
    expect(await waiting()).toMatchObject([{ state: 'awaiting-approval' }]);
  });

  const merged = async (): Promise<void> => {
    await company.debtor('nieuw', { capacity: 'consumer', emails: [] });
    await company.debtor('ander', { capacity: 'consumer' });
    await company.within(async (manager) => {
      await manager.update(InvoiceEntity, { administrationId: company.id, id: 'a' }, { debtorId: 'nieuw' });
      await manager.update(DebtorEntity, { administrationId: company.id, id: 'jan' }, { deletedAt: new Date() });
    });
    await company.invoice('c', 'ander');
  };

  it('is not written again to the debtor whose invoice it is by then, as long as it may have gone out, and stops no day', async () => {
    const [act] = await company.acts();
    await company.within((manager) =>
      manager.update(ActEntity, { administrationId: company.id, id: String(act?.id) }, { state: 'uncertain' }),
    );
    await merged();
    await on(MONDAY);
    expect((await acts()).map(({ debtorId, state }) => [debtorId, state])).toEqual([
      ['jan', 'uncertain'],
      ['ander', 'done'],
    ]);
  });

  it('stops no day when its invoice is another debtor’s by then', async () => {
    await merged();
    await on(MONDAY);
    expect(await waiting()).toMatchObject([{ debtorId: 'nieuw', invoiceIds: ['a'] }]);
    expect(await acts()).toContainEqual(expect.objectContaining({ debtorId: 'ander' }));
  });
});
