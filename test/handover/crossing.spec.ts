import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DossierDesk } from '../../src/dossier/dossier-desk.js';
import { CaseForwarding } from '../../src/handover/forwarding.service.js';
import { enact } from '../../src/handover/handover-enact.js';
import { prepare } from '../../src/handover/handover-proposal.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { EffectEntity } from '../../src/platform/outbox/effect.entity.js';
import { type DunnedCompany, DunningHouse } from './support/dunned-company.js';

/** What happens at the same moment as a handover, or on its way out. */

const house = new DunningHouse();
beforeAll(() => house.start());
afterAll(() => house.stop());

const YESTERDAY = plainDate('2026-11-15');
const request = (actId: string) => ({ actId, invoiceIds: null, agencyId: null, service: null, insurerConsultedOn: null });

describe('a handover', () => {
  let company: DunnedCompany;
  beforeAll(async () => {
    company = await house.proposed();
  });

  it('is off when money comes in between the look at the books and the dossier: the agency would never hear of it', async () => {
    const { id: actId } = await company.proposal();
    const desk = house.inner.house.service.app.get(DossierDesk, { strict: false });
    const crossed = desk.within(company.id, async (dossier) => {
      const prepared = await prepare(dossier, request(actId), 450_00);
      // In the same unit of work, where it is seen as what somebody else stores meanwhile is.
      await dossier.manager.query('UPDATE invoice SET package_open = package_open - 10000 WHERE administration_id = $1 AND number = $2', [
        company.id,
        'F-1',
      ]);
      return enact(prepared, { by: 'test', principal: 450_00 });
    });
    await expect(crossed).rejects.toMatchObject({ response: { code: 'books-changed' } });
    expect(await company.rows('SELECT 1 FROM handover_case WHERE administration_id = $1')).toEqual([]);
  });

  it('waits for a message to the debtor that is going out just now, or of which nobody knows', async () => {
    const id = '00000000-0000-4000-8000-00000000cafe';
    const mail = { administrationId: company.id, id, kind: 'mail', state: 'sending', actId: null, debtorId: company.debtorId, payload: {} };
    const now = house.clock.now();
    const row = { ...mail, marker: 'X', attempts: 1, notBefore: now, createdAt: now, leaseUntil: now, claimedBy: id };
    await company.within((manager) => manager.insert(EffectEntity, row as never));
    expect(await company.approve()).toMatchObject({ status: 409, body: { code: 'mail-under-way' } });
    await company.within((manager) => manager.update(EffectEntity, { administrationId: company.id, id }, { state: 'uncertain' }));
    expect(await company.approve()).toMatchObject({ status: 409, body: { code: 'mail-uncertain' } });
    // To one who was merged into him.
    await company.rows("INSERT INTO debtor (administration_id, id, name, capacity, country) VALUES ($1, 'former', 'F', 'business', 'NL')");
    await company.rows(`INSERT INTO merged_debtor VALUES ($1, 'former', '${company.debtorId}', now())`);
    await company.within((manager) => manager.update(EffectEntity, { administrationId: company.id, id }, { debtorId: 'former' }));
    expect(await company.approve()).toMatchObject({ status: 409, body: { code: 'mail-uncertain' } });
    await company.within((manager) => manager.update(EffectEntity, { administrationId: company.id, id }, { state: 'done' }));
  });

  it('that is taken back before its dossier was ever on its way is not told to the agency', async () => {
    const { id } = (await company.approve()).body;
    await company.bank('F-1', 300_00, YESTERDAY);
    await company.done('POST', `/handovers/${id}/withdraw`, { reason: 'paid after all' });
    expect(await company.deliver()).toEqual({ delivered: 0, later: 0, failed: 0 });
    expect(await company.told()).toEqual([]);
    expect((await company.call('GET', `/handovers/${id}`)).body).toMatchObject({
      state: 'WITHDRAWN',
      deliveries: [{ state: 'cancelled' }],
    });
  });
});

describe('a handover whose endpoint is down', () => {
  it('is off when all of it is paid before its dossier could leave', async () => {
    const company = await house.proposed();
    const { id } = (await company.approve()).body;
    await company.rows("UPDATE agency SET state = 'disabled' WHERE administration_id = $1");
    expect(await company.deliver()).toEqual({ delivered: 0, later: 1, failed: 0 });
    await company.bank('F-1', 300_00, YESTERDAY);
    const forwarding = house.inner.house.service.app.get(CaseForwarding, { strict: false });
    // A part of it: what is left is still claimed, and the part told behind it.
    expect(await forwarding.tell(company.id)).toBe(1);
    await company.bank('F-2', 150_00, YESTERDAY);
    expect(await forwarding.tell(company.id)).toBe(0);
    expect(await forwarding.tell(company.id)).toBe(0);
    await company.rows("UPDATE agency SET state = 'active' WHERE administration_id = $1");
    house.clock.advance(3_600_000);
    expect(await company.deliver()).toEqual({ delivered: 0, later: 0, failed: 0 });
    expect(await company.told()).toEqual([]);
    expect((await company.call('GET', `/handovers/${id}`)).body).toMatchObject({ state: 'WITHDRAWN', openTasks: [] });
    expect(await company.rows('SELECT handed_over_on FROM invoice WHERE administration_id = $1')).toEqual(
      Array(2).fill({ handed_over_on: null }),
    );
  });
});

describe('a handover of which something may have left', () => {
  it('is told to be taken back, behind what it is about', async () => {
    const company = await house.proposed();
    const { id } = (await company.approve()).body;
    house.agency.moods.push('drop');
    expect(await company.deliver()).toMatchObject({ delivered: 0, later: 1 });
    await company.done('POST', `/handovers/${id}/withdraw`, { reason: 'paid after all' });
    for (let round = 0; round < 4; round++) {
      house.clock.advance(3_600_000);
      await company.deliver();
    }
    expect((await company.told()).map(({ type }) => type)).toEqual(['submitted', 'withdrawn']);
  });
});
