import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ActEntity } from '../../src/dunning/act.entity.js';
import { registerExplain } from '../../src/dunning/explain.command.js';
import type { ActExplanation } from '../../src/dunning/explain.service.js';
import { PolicyVersionEntity } from '../../src/dunning/policy-version.entity.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { type Company, DossierHouse, TODAY } from '../support/dossier-house.js';
import { catchingOutput } from '../support/output.js';

const MONDAY = plainDate('2026-11-23');
const TUESDAY = plainDate('2026-11-24');

describe('the plan is approved, rejected and explained', () => {
  let house: DossierHouse;
  let company: Company;

  beforeAll(async () => {
    house = await DossierHouse.start();
  });
  afterAll(() => house.stop());

  /** Two debtors above the 25 000.00 from which nl-business asks a person, one below. */
  beforeEach(async () => {
    company = await house.company();
    for (const id of ['een', 'twee']) {
      await company.debtor(id);
      await company.invoice(`i-${id}`, id, { amount: 30_000_00, packageOpen: 30_000_00 });
    }
    await company.debtor('drie');
    await company.invoice('i-drie', 'drie');
    await company.runDay(TODAY);
  });

  const states = async (): Promise<Record<string, string>> =>
    Object.fromEntries((await company.acts()).filter(({ state }) => state !== 'cancelled').map(({ debtorId, state }) => [debtorId, state]));
  const actOf = async (debtorId: string): Promise<ActEntity> => {
    const found = (await company.acts()).findLast((act) => act.debtorId === debtorId);
    if (!found) throw new Error(`no act for ${debtorId}`);
    return found;
  };
  const live = async (on: typeof MONDAY): Promise<void> => {
    await company.goTo(on);
    await company.runDay(on);
  };

  it('what the policy lets go by itself went, the rest waits', async () => {
    expect(await states()).toEqual({ een: 'awaiting-approval', twee: 'awaiting-approval', drie: 'done' });
    expect(company.mailsTo('een')).toEqual([]);
  });

  it('is approved per kind and day, once', async () => {
    expect(await company.done('POST', 'acts/approve', { day: TODAY, kind: 'demand' })).toEqual({ approved: 0 });
    expect(await company.done('POST', 'acts/approve', { day: TODAY, kind: 'reminder' })).toEqual({ approved: 2 });
    expect(await company.done('POST', 'acts/approve', { day: TODAY, kind: 'reminder' })).toEqual({ approved: 0 });
    expect(await states()).toMatchObject({ een: 'planned', twee: 'planned' });
    expect((await company.entries('een')).map(({ kind }) => kind)).toEqual(['act-decided', 'act-approved']);
    await live(MONDAY);
    expect(company.mailsTo('een')).toHaveLength(1);
    expect(await states()).toMatchObject({ een: 'done', twee: 'done' });
  });

  it('is approved per act', async () => {
    const { id } = await actOf('een');
    await company.done('POST', `acts/${id}/approve`);
    expect(await company.refusal('POST', `acts/${id}/approve`)).toEqual([409, 'not-waiting']);
    expect(await states()).toMatchObject({ een: 'planned', twee: 'awaiting-approval' });
  });

  it('what is rejected does not go, and is not proposed again for a week', async () => {
    const { id } = await actOf('een');
    await company.done('POST', `acts/${id}/reject`, { reason: 'eerst bellen met de eigenaar' });
    expect(await company.refusal('POST', `acts/${id}/reject`, { reason: 'nog eens' })).toEqual([409, 'not-waiting']);
    expect((await company.entries('een')).at(-1)).toMatchObject({
      kind: 'act-rejected',
      body: { because: 'eerst bellen met de eigenaar', notAgainBefore: '2026-11-27' },
    });
    await company.runDay(TODAY);
    await live(MONDAY);
    expect(await states()).not.toHaveProperty('een');
    await live(plainDate('2026-11-27'));
    expect(await states()).toMatchObject({ een: 'awaiting-approval' });
  });

  it('what is rejected until a day comes back on that day', async () => {
    const { id } = await actOf('een');
    await company.done('POST', `acts/${id}/reject`, { reason: 'maandag weer', notBefore: '2026-11-23' });
    await live(MONDAY);
    expect(await states()).toMatchObject({ een: 'awaiting-approval' });
  });

  it('what was sent can neither be approved nor rejected', async () => {
    const { id } = await actOf('drie');
    expect(await company.refusal('POST', `acts/${id}/approve`)).toEqual([409, 'not-waiting']);
    expect(await company.refusal('POST', `acts/${id}/reject`, { reason: 'te laat' })).toEqual([409, 'not-waiting']);
    expect(await company.refusal('POST', `acts/${randomUUID()}/reject`, { reason: 'geen' })).toEqual([409, 'not-waiting']);
    expect(await company.refusal('POST', `acts/${id}/reject`, {})).toEqual([400, 'invalid-request']);
    expect(await company.refusal('POST', 'acts/approve', { day: 'today', kind: 'reminder' })).toEqual([400, 'invalid-request']);
  });

  describe('what changes between approval and sending cancels it', () => {
    beforeEach(async () => {
      await company.done('POST', 'acts/approve', { day: TODAY, kind: 'reminder' });
    });

    it('a payment of all', async () => {
      await company.pay('i-een', 30_000_00, TODAY);
      await live(MONDAY);
      const act = await actOf('een');
      expect([act.state, act.endedBecause]).toEqual(['cancelled', 'nothing would be asked of this debtor today']);
      expect([company.mailsTo('een').length, company.mailsTo('twee').length]).toEqual([0, 1]);
    });

    it('a payment of a part: what is asked must be what was approved', async () => {
      await company.pay('i-een', 1_000_00, TODAY);
      await live(MONDAY);
      const act = (await company.acts()).find(({ debtorId }) => debtorId === 'een');
      expect(act?.state).toBe('cancelled');
      expect(act?.endedBecause).toContain('amount was "30000.00", now "29000.00"');
      expect(company.mailsTo('een')).toEqual([]);
      // Decided anew, for the rest, and asked for again.
      await live(TUESDAY);
      expect(await states()).toMatchObject({ een: 'awaiting-approval' });
    });

    it.each([
      ['a dispute', 'disputes', { invoiceId: 'i-een', code: 'PRICE' }],
      ['a promise', 'promises', { invoiceIds: ['i-een'], dueDate: '2026-11-30' }],
      ['a hold', 'holds', { debtorId: 'een', reason: 'BANKRUPTCY' }],
    ])('%s', async (_what, path, body) => {
      await company.done('POST', path, body);
      await live(MONDAY);
      expect((await actOf('een')).state).toBe('cancelled');
      expect(company.mailsTo('een').filter(({ subject }) => subject.startsWith('Herinnering'))).toEqual([]);
    });

    it('stale figures', async () => {
      await company.goTo(TUESDAY, false);
      await company.runDay(TUESDAY);
      expect((await actOf('een')).endedBecause).toMatch(/^held: stale/);
      expect(company.mailsTo('een')).toEqual([]);
    });
  });

  describe('explain', () => {
    const explain = (id: string): Promise<ActExplanation> => company.done('GET', `acts/${id}/explain`);

    it('decides again from the stored facts and agrees, also after the facts changed', async () => {
      await company.pay('i-een', 30_000_00, TODAY);
      const explained = await explain((await actOf('een')).id);
      expect(explained).toMatchObject({ agrees: true, because: null, differences: [], policy: { name: 'nl-business', source: 'kept' } });
      expect(explained.recomputed).toEqual(explained.decided);
    });

    it('of a message that waited explains what went out', async () => {
      const before = (await actOf('een')).decision as { payBy: string };
      await company.done('POST', 'acts/approve', { day: TODAY, kind: 'reminder' });
      await live(TUESDAY);
      const act = await actOf('een');
      expect((act.decision as { payBy: string }).payBy > before.payBy).toBe(true);
      expect(await explain(act.id)).toMatchObject({ agrees: true, day: TUESDAY });
    });

    it('says so, and shows both, when it does not come out the same', async () => {
      const act = await actOf('een');
      const decision = { ...act.decision, total: '1.00' };
      await company.within((manager) => manager.update(ActEntity, { id: act.id }, { decision: decision as never }));
      const explained = await explain(act.id);
      expect(explained).toMatchObject({ agrees: false, differences: ['total'], because: 'differs in total' });
      expect([explained.decided, explained.recomputed]).toMatchObject([{ total: '1.00' }, { total: '30000.00' }]);
    });

    it('uses the texts kept with the act, whatever the policy files say now', async () => {
      const act = await actOf('een');
      const [kept] = await company.within((manager) => manager.find(PolicyVersionEntity, { where: { administrationId: company.id } }));
      expect([kept?.name, kept?.version, kept?.digest]).toEqual(['nl-business', '1', act.policyDigest]);
      // As if the files had moved on since: no such version there any more.
      await company.within((manager) => manager.update(ActEntity, { id: act.id }, { policyVersion: '0' }));
      expect(await explain(act.id)).toMatchObject({ agrees: true, policy: { version: '0', source: 'kept' } });
      await company.within((manager) => manager.update(ActEntity, { id: act.id }, { policyDigest: null }));
      expect(await explain(act.id)).toMatchObject({
        agrees: null,
        policy: { source: null },
        because: 'version 0 of the policy "nl-business" is no longer there',
      });
      await company.within((manager) => manager.update(ActEntity, { id: act.id }, { policyVersion: '1' }));
      expect(await explain(act.id)).toMatchObject({ agrees: true, policy: { source: 'file' } });
    });

    it('says that the tables of law it was decided with have changed since', async () => {
      const act = await actOf('een');
      expect((await explain(act.id)).changedTables).toEqual([]);
      const kept = await company.within((manager) => manager.findOneByOrFail(PolicyVersionEntity, { digest: act.policyDigest ?? '' }));
      /** As if the act had been decided with these texts: what is kept is never changed. */
      const decidedWith = (digest: string, files: object) =>
        company.within(async (manager) => {
          await manager.insert(PolicyVersionEntity, { ...kept, digest, files: files as never });
          await manager.update(ActEntity, { id: act.id }, { policyDigest: digest });
        });
      const { main, files, tables } = kept.files;
      await decidedWith('other tables', { main, files, tables: { ...tables, 'law/nl.yml': '# an older table' } });
      const decision = { ...act.decision, costs: '1.00' };
      await company.within((manager) => manager.update(ActEntity, { id: act.id }, { decision: decision as never }));
      expect(await explain(act.id)).toMatchObject({
        agrees: false,
        because: 'differs in costs; law/nl.yml changed since',
        changedTables: ['law/nl.yml'],
      });
      // Kept before tables were: nothing is known of them.
      await decidedWith('no tables', { main, files });
      expect((await explain(act.id)).changedTables).toBeNull();
    });

    it('is a command too, which says both when they differ', async () => {
      const act = await actOf('een');
      const run = async (...args: string[]): Promise<string> => {
        let written = '';
        const program = new Command('tegoed').exitOverride().configureOutput({ writeErr: () => undefined });
        registerExplain(program, (work) => work((part) => house.service.app.get(part, { strict: false })));
        await catchingOutput(
          (text) => (written += text),
          () => program.parseAsync(['explain', ...args], { from: 'user' }),
        );
        return written;
      };
      const asked = [act.id, '--administration', company.id];
      expect(await run(...asked)).toContain('policy "nl-business" version 1: comes out the same');
      expect(JSON.parse(await run(...asked, '--json'))).toEqual(await explain(act.id));
      await company.within((manager) =>
        manager.update(ActEntity, { id: act.id }, { decision: { ...act.decision, total: '1.00' } as never }),
      );
      const told = await run(...asked);
      expect(told).toContain('does NOT come out the same: differs in total');
      expect(told).toMatch(/decided:.*"total":"1\.00"/);
      expect(told).toMatch(/recomputed:.*"total":"30000\.00"/);
      await expect(run(randomUUID(), '--administration', company.id)).rejects.toMatchObject({ code: 'unknown-act' });
      await expect(run('act', '--administration', company.id)).rejects.toMatchObject({ code: 'invalid-id' });
      await expect(run(act.id, '--administration', 'mine')).rejects.toMatchObject({ code: 'invalid-id' });
    });

    it('keeps the texts of a policy once', async () => {
      await live(MONDAY);
      expect(await company.within((manager) => manager.count(PolicyVersionEntity, { where: { administrationId: company.id } }))).toBe(1);
    });

    it('does not know an act of another administration', async () => {
      const { id } = await actOf('een');
      const other = await house.company();
      expect(await other.refusal('GET', `acts/${id}/explain`)).toEqual([404, 'unknown-act']);
      expect((await other.askOf(company, 'GET', `acts/${id}/explain`)).status).toBe(404);
    });
  });
});
