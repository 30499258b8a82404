import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PullBatch } from '../../src/adapters/accounting-package.port.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { CaseItems } from '../../src/handover/case-items.js';
import { CaseRepository } from '../../src/handover/case.repository.js';
import { AgencyEntity, HandoverCaseEntity, HandoverItemEntity } from '../../src/handover/handover.entity.js';
import { LedgerRepository } from '../../src/ledger/ledger.repository.js';
import { DebtorEntity, InvoiceEntity } from '../../src/ledger/receivables.entity.js';
import { factsByDebtor } from '../../src/dunning/rules/facts.js';
import { ApiKeys } from '../../src/platform/auth/api-keys.js';
import { EffectEntity } from '../../src/platform/outbox/effect.entity.js';
import { markerOf } from '../../src/platform/outbox/outbox.repository.js';
import { type Company, DossierHouse, TODAY } from '../support/dossier-house.js';
import { pull, pulledDebtor, pulledItem } from '../support/pulled.js';

/** What people do in their bookkeeping with customers and invoices something was said about here. */

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
  await company.debtor('slager');
  await company.invoice('a', 'bakker');
  await company.invoice('b', 'bakker');
});

const brings = (batch: Partial<PullBatch>): Promise<unknown> =>
  pull({ id: company.id, within: (work) => company.within(work) }, batch, house.clock.now());
const debtor = (ref: string, archived = false) => pulledDebtor(ref, { emails: [company.addressOf(ref)], archived });
const hold = (): Promise<unknown> => company.done('POST', 'holds', { debtorId: 'bakker', reason: 'BANKRUPTCY', confirm: false });
const subjects = (ref: string): string[] => company.mailsTo(ref).map(({ subject }) => subject);
const kinds = async (ref: string): Promise<string[]> => (await company.entries(ref)).map(({ kind }) => kind);
const debtorNow = (id: string): Promise<DebtorEntity | null> =>
  company.within((manager) => manager.findOneBy(DebtorEntity, { administrationId: company.id, id }));
type Held = { id: string; debtorId: string; reason: string; invoice?: string };
const holds = async (): Promise<Held[]> => (await company.done<{ holds: Held[] }>('GET', 'agreements')).holds;
/** The page of today as people see it. */
const page = async (): Promise<string> => {
  const key = await house.service.app.get(ApiKeys).issue('somebody', [company.id]);
  const answer = await house.service.app.inject({
    method: 'GET',
    url: `/console/administrations/${company.id}`,
    headers: { cookie: `tegoed_key=${key}` },
  });
  expect(answer.statusCode).toBe(200);
  return answer.body;
};
const nextWeek = async (): Promise<void> => {
  await company.goTo(NEXT_WEEK);
  await company.runDay(NEXT_WEEK);
};

describe('an invoice that is booked on another customer', () => {
  it('stays on hold alone, until a person says otherwise', async () => {
    await company.invoice('own', 'slager');
    await hold();
    await brings({ items: [pulledItem('a', 'slager')] });
    expect(await company.standing('a')).toBe('insolvency');
    expect(await company.standing('own')).toMatch(/^act/);
    await company.runDay(TODAY);
    expect(company.mailsTo('slager').map(({ text }) => [text.includes('F-own'), text.includes('F-a')])).toEqual([[true, false]]);

    const [held] = (await holds()).filter(({ invoice }) => invoice === 'F-a');
    expect(held).toMatchObject({ debtorId: 'slager', reason: 'MOVED' });
    await company.done('POST', `holds/${held?.id}/end`, { reason: 'de slager is niet failliet' });
    expect(await company.refusal('POST', `holds/${held?.id}/end`, { reason: 'nog eens' })).toEqual([409, 'already-ended']);
    expect(await company.standing('a')).not.toBe('insolvency');
    // Brought again it has not moved again.
    await brings({ items: [pulledItem('a', 'slager')] });
    expect(await company.standing('a')).not.toBe('insolvency');
  });

  it('says nothing of the other customer, also when it was all that was open: neither his holds nor where his mail goes', async () => {
    await company.debtor('koster', { emails: [] });
    await company.invoice('own', 'koster');
    await brings({ items: [pulledItem('b', 'bakker', { open: 0 })] });
    await company.done('PATCH', 'debtors/bakker', { email: company.addressOf('chef') });
    await hold();
    await brings({ items: [pulledItem('a', 'koster')] });
    expect([await company.standing('a'), await company.standing('own')]).toEqual(['insolvency', expect.not.stringMatching('insolvency')]);
    expect((await holds()).map(({ debtorId, invoice }) => [debtorId, invoice])).toEqual([
      ['koster', 'F-a'],
      ['bakker', undefined],
    ]);
    expect((await debtorNow('koster'))?.overrides).toEqual({});
    await company.runDay(TODAY);
    expect(company.mailsTo('chef').filter(({ text }) => text.includes('F-own'))).toEqual([]);
  });

  it('is no longer on hold by itself once it is back', async () => {
    await hold();
    await brings({ items: [pulledItem('a', 'slager')] });
    await brings({ items: [pulledItem('a', 'bakker')] });
    expect((await holds()).map(({ invoice }) => invoice)).toEqual([undefined]);
    expect(await company.standing('a')).toBe('insolvency');
  });

  it('is not asked for twice in one contact moment, and goes on where it was', async () => {
    await company.runDay(TODAY);
    const [first] = subjects('bakker');
    expect(company.mailsTo('bakker')).toHaveLength(1);
    await brings({ items: [pulledItem('a', 'slager')] });
    await company.runDay(TODAY);
    expect(await company.standing('a')).toBe('waiting');
    expect(subjects('slager')).toEqual([]);
    await nextWeek();
    expect(subjects('slager')).toHaveLength(1);
    expect(subjects('slager')[0]).not.toBe(first);
    expect((await company.acts()).filter(({ debtorId }) => debtorId === 'slager').map(({ step }) => step)).not.toContain(
      (await company.acts())[0]?.step,
    );
  });

  it.each<[string, string, () => Promise<unknown>]>([
    ['waiting', 'a reminder', () => company.runDay(TODAY)],
    ['disputed', 'an objection', () => company.done('POST', 'disputes', { invoiceId: 'a', code: 'QUALITY_DAMAGE' })],
    ['promise', 'a promise', () => company.done('POST', 'promises', { invoiceIds: ['a', 'b'], amount: '242.00', dueDate: '2026-11-27' })],
    [
      'arrangement',
      'an arrangement',
      () =>
        company.done('POST', 'arrangements', {
          invoiceIds: ['a'],
          instalments: [
            { dueDate: '2026-11-27', amount: '60.00' },
            { dueDate: '2026-12-28', amount: '61.00' },
          ],
        }),
    ],
  ])('is %s as it was: %s goes along, for the whole book and for one debtor', async (state, _what, happens) => {
    await happens();
    await brings({ items: [pulledItem('a', 'slager')] });
    expect(await company.standing('a')).toBe(state);
    const [all, one] = await company.within(async (manager) => {
      const ledger = new LedgerRepository(manager);
      return [await ledger.book(company.id, TODAY), await ledger.book(company.id, TODAY, ['slager'])];
    });
    const facts = (book: typeof all): unknown => factsByDebtor(book).find(({ debtor: { id } }) => id === 'slager');
    expect(facts(one)).toEqual(facts(all));
  });
});

describe('customers that become one', () => {
  it('are one on hold, told in both dossiers, once', async () => {
    await company.invoice('own', 'slager');
    await hold();
    const batch = { debtors: [debtor('bakker', true), debtor('slager')], items: [pulledItem('a', 'slager'), pulledItem('b', 'slager')] };
    await brings(batch);
    expect([await company.standing('a'), await company.standing('own')]).toEqual(['insolvency', 'insolvency']);
    expect(await kinds('bakker')).toEqual(['hold-set', 'invoices-moved-away']);
    const [note] = (await company.entries('slager')).filter(({ kind }) => kind === 'invoices-moved-here');
    expect(note?.body).toMatchObject({ merge: true, invoices: ['a', 'b'], holds: [{ kind: 'insolvency', reason: 'BANKRUPTCY' }] });

    expect(await page()).toMatch(/Rearranged in the bookkeeping.*with all invoices, on hold since .*bankruptcy/s);

    const once = [await company.entries('bakker'), await company.entries('slager'), await holds()];
    await brings(batch);
    expect([await company.entries('bakker'), await company.entries('slager'), await holds()]).toEqual(once);
    const [held] = (await holds()).filter(({ debtorId }) => debtorId === 'slager');
    await company.done('POST', `holds/${held?.id}/end`, { reason: 'een ander' });
    await brings(batch);
    expect(await company.standing('own')).toMatch(/^act/);
  });

  it('are one also when the former goes a pull later; then his holds and what was said of him follow', async () => {
    await company.invoice('own', 'slager');
    await company.done('PATCH', 'debtors/bakker', { capacity: 'consumer' });
    await company.invoice('left', 'bakker');
    await brings({ items: [pulledItem('a', 'slager')] });
    expect((await holds()).map(({ invoice, reason }) => [invoice, reason])).toEqual([['F-a', 'MOVED-SETTINGS']]);
    await hold();
    await brings({ items: [pulledItem('b', 'slager'), pulledItem('left', 'slager')], deletedDebtorRefs: ['bakker'] });
    expect(await company.done('GET', 'debtors/slager')).toMatchObject({ capacity: 'consumer', onHold: true });
  });
});

it('what a person sets for the customer who stays, just when the other is merged into him, is kept', async () => {
  await company.done('PATCH', 'debtors/bakker', { language: 'fr' });
  await company.within((manager) => manager.update(DebtorEntity, { administrationId: company.id, id: 'slager' }, { language: null }));
  await brings({ items: [pulledItem('a', 'slager')] });
  const merged = await company.within(async (manager) => {
    await manager.update(DebtorEntity, { administrationId: company.id, id: 'slager' }, { overrides: { segment: 'quiet' } as never });
    const pulled = brings({ deletedDebtorRefs: ['bakker'] });
    // The pull comes as far as it can before the click is over.
    await new Promise((done) => setTimeout(done, 400));
    return { pulled };
  });
  await merged.pulled;
  expect((await debtorNow('slager'))?.overrides).toEqual({ segment: 'quiet', language: 'fr' });
});

it('customers are one also when the package first tells that one is gone', async () => {
  await company.invoice('own', 'slager');
  await hold();
  await brings({ deletedDebtorRefs: ['bakker'] });
  expect(await company.standing('own')).toMatch(/^act/);
  await brings({ items: [pulledItem('a', 'slager')] });
  expect([await company.standing('a'), await company.standing('own')]).toEqual(['insolvency', 'insolvency']);
});

it('a customer who is archived long after one invoice was booked elsewhere is somebody else', async () => {
  await company.invoice('own', 'slager');
  await brings({ items: [pulledItem('a', 'slager')] });
  await hold();
  await company.goTo(plainDate('2026-12-22'));
  await brings({ debtors: [debtor('bakker', true)] });
  expect((await holds()).map(({ debtorId }) => debtorId)).toEqual(['bakker']);
  expect(await company.standing('own')).toMatch(/^act/);
});

describe('an invoice that is deleted and made again', () => {
  const again = pulledItem('a2', 'bakker', { number: 'F-a' });
  it.each<[string, (() => Promise<unknown>)[]]>([
    ['at once', [() => brings({ items: [again], deletedItemRefs: ['a'] })]],
    ['in a later pull', [() => brings({ deletedItemRefs: ['a'] }), () => brings({ items: [again] })]],
    ['before its deletion is told', [() => brings({ items: [again] }), () => brings({ deletedItemRefs: ['a'] })]],
  ])('goes on where it was: %s', async (_how, pulls) => {
    await brings({ items: [pulledItem('b', 'bakker', { open: 0 })] });
    await company.runDay(TODAY);
    expect(subjects('bakker')).toHaveLength(1);
    for (const one of pulls) {
      await one();
      await company.runDay(TODAY);
      expect(subjects('bakker')).toHaveLength(1);
    }
    expect(await company.standing('a2')).toBe('waiting');
    expect(await holds()).toEqual([]);
    await nextWeek();
    const steps = (await company.acts()).map(({ step }) => step);
    expect(new Set(steps).size).toBe(steps.length);
    expect(subjects('bakker')).toHaveLength(2);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['disputed', () => company.done('POST', 'disputes', { invoiceId: 'a', code: 'QUALITY_DAMAGE' })],
    ['promise', () => company.done('POST', 'promises', { invoiceIds: ['a'], amount: '121.00', dueDate: '2026-11-27' })],
    ['handed-over', () => change({ handedOverOn: TODAY })],
  ])('is %s as it was', async (state, happens) => {
    await happens();
    await brings({ items: [again], deletedItemRefs: ['a'] });
    expect(await company.standing('a2')).toBe(state);
    expect(await page()).not.toContain('Rearranged in the bookkeeping');
  });
  const change = (given: Partial<InvoiceEntity>): Promise<unknown> =>
    company.within((manager) => manager.update(InvoiceEntity, { administrationId: company.id, id: 'a' }, given as never));

  it('is shown to a person when an agency has it for another amount', async () => {
    await change({ handedOverOn: TODAY });
    await brings({ items: [pulledItem('a2', 'bakker', { number: 'F-a', amount: 150_00 })], deletedItemRefs: ['a'] });
    expect(await company.standing('a2')).toBe('handed-over');
    expect(await page()).toMatch(/Rearranged in the bookkeeping.*Invoice F-a of .*tell the agency/s);
  });

  it('is asked for by nobody while it is doubtful whether it is the same', async () => {
    await company.done('POST', 'disputes', { invoiceId: 'a', code: 'QUALITY_DAMAGE' });
    const other = pulledItem('a2', 'slager', { number: 'F-a' });
    await brings({ items: [other], deletedItemRefs: ['a'] });
    expect(await company.standing('a2')).toBe('hold');
    await company.runDay(TODAY);
    expect(subjects('slager')).toEqual([]);
    expect(await page()).toMatch(/Rearranged in the bookkeeping.*Invoice F-a of /s);

    const [held] = await holds();
    await company.done('POST', `holds/${held?.id}/end`, { reason: 'een andere levering' });
    await brings({ items: [other], deletedItemRefs: ['a'] });
    expect([await holds(), await company.standing('a2')]).toEqual([[], expect.stringMatching(/^act/)]);
  });

  it('is another claim when even its id was given out again: a person looks, and it begins anew', async () => {
    await brings({ items: [pulledItem('b', 'bakker', { open: 0 })] });
    await company.runDay(TODAY);
    const [first] = await company.acts();
    // As if a book that was read in had told of it: no act stands for what was said.
    await company.within((manager) => manager.query('UPDATE act_item SET live = false WHERE administration_id = $1', [company.id]));
    await brings({ deletedItemRefs: ['a'] });
    const other = { amount: 60_50, issueDate: plainDate('2026-10-20'), dueDate: plainDate('2026-11-12') };
    await brings({ items: [pulledItem('a', 'slager', other)] });
    expect(await company.standing('a')).toBe('hold');
    const [held] = await holds();
    await company.done('POST', `holds/${held?.id}/end`, { reason: 'een andere factuur' });
    await company.runDay(TODAY);
    expect((await company.acts()).map(({ debtorId, step }) => [debtorId, step]).sort()).toEqual([
      ['bakker', first?.step],
      ['slager', first?.step],
    ]);
  });

  it('is another claim when its number was given out again', async () => {
    await company.done('POST', 'disputes', { invoiceId: 'a', code: 'QUALITY_DAMAGE' });
    await brings({ items: [pulledItem('a2', 'slager', { number: 'F-a', amount: 60_50 })], deletedItemRefs: ['a'] });
    expect(await company.standing('a2')).toMatch(/^act/);
  });
});

describe('an invoice that is back after it was made again', () => {
  const again = pulledItem('a2', 'bakker', { number: 'F-a' });
  const [back, isBackAt] = [pulledItem('a', 'bakker'), (ref: string) => pulledItem('a', ref)];
  const madeAgain = async (): Promise<void> => {
    await company.done('POST', 'disputes', { invoiceId: 'a', code: 'QUALITY_DAMAGE' });
    await brings({ items: [again], deletedItemRefs: ['a'] });
    expect(await company.standing('a2')).toBe('disputed');
  };

  it.each<[string, Partial<PullBatch>[]]>([
    ['at once', [{ items: [back], deletedItemRefs: ['a2'] }]],
    ['in a later pull', [{ deletedItemRefs: ['a2'] }, { items: [back] }]],
    ['before the other goes', [{ items: [back] }, { deletedItemRefs: ['a2'] }]],
  ])('has its dispute again: %s', async (_how, pulls) => {
    await madeAgain();
    for (const batch of pulls) await brings(batch);
    expect([await company.standing('a'), await holds()]).toEqual(['disputed', []]);
    // And once more.
    await brings({ items: [again], deletedItemRefs: ['a'] });
    expect([await company.standing('a2'), await holds()]).toEqual(['disputed', []]);
  });

  it('is shown to a person while the other is there too', async () => {
    await madeAgain();
    await brings({ items: [back] });
    expect([await company.standing('a'), await company.standing('a2')]).toEqual(['hold', 'disputed']);
    expect(await page()).toMatch(/Rearranged in the bookkeeping.*Invoice F-a of /s);
    const [held] = await holds();
    await company.done('POST', `holds/${held?.id}/end`, { reason: 'het zijn er twee' });
    await brings({ items: [back, again] });
    expect(await company.standing('a')).toMatch(/^act/);
  });

  it('is shown to a person when it is back with another customer', async () => {
    await madeAgain();
    await brings({ items: [isBackAt('slager')], deletedItemRefs: ['a2'] });
    expect(await company.standing('a')).toBe('hold');
  });

  it('goes on where the other was', async () => {
    await brings({ items: [pulledItem('b', 'bakker', { open: 0 })] });
    await company.runDay(TODAY);
    await brings({ items: [again], deletedItemRefs: ['a'] });
    await nextWeek();
    expect(subjects('bakker')).toHaveLength(2);
    await brings({ items: [back], deletedItemRefs: ['a2'] });
    const { contacts } = await company.within((manager) => new LedgerRepository(manager).book(company.id, NEXT_WEEK));
    expect(contacts.map(({ invoiceIds }) => invoiceIds)).toEqual([['a'], ['a']]);
  });
});

describe('an id that is on another claim, after its invoice was made again', () => {
  const again = pulledItem('a2', 'bakker', { number: 'F-a' });
  const another = { number: 'F-9', amount: 60_50, issueDate: plainDate('2026-10-20'), dueDate: plainDate('2026-11-12') };
  const said = async (): Promise<[string, readonly string[]][]> => {
    const { contacts } = await company.within((manager) => new LedgerRepository(manager).book(company.id, TODAY));
    return contacts.map(({ debtorId, invoiceIds }) => [debtorId, invoiceIds]);
  };
  beforeEach(() => brings({ items: [pulledItem('b', 'bakker', { open: 0 })] }));

  it('takes nothing from what was made again: it is not reminded of twice', async () => {
    await company.runDay(TODAY);
    await brings({ items: [again], deletedItemRefs: ['a'] });
    await brings({ items: [pulledItem('a', 'slager', another)] });
    expect([await company.standing('a2'), await company.standing('a')]).toEqual(['waiting', 'hold']);
    expect(await said()).toEqual([['bakker', ['a2']]]);
    await company.runDay(TODAY);
    expect(subjects('bakker')).toHaveLength(1);
    await nextWeek();
    const steps = (await company.acts()).filter(({ debtorId }) => debtorId === 'bakker').map(({ step }) => step);
    expect([steps.length, new Set(steps).size]).toEqual([2, 2]);
  });

  it.each<[string, Partial<PullBatch>[]]>([
    ['at once', [{ items: [pulledItem('a', 'slager', another), again] }]],
    ['in a later pull', [{ deletedItemRefs: ['a'] }, { items: [pulledItem('a', 'slager', another)] }, { items: [again] }]],
  ])('is asked for by nobody when it is made again only then: %s', async (_how, pulls) => {
    await company.runDay(TODAY);
    for (const batch of pulls) await brings(batch);
    expect([await company.standing('a2'), await company.standing('a')]).toEqual(['hold', 'hold']);
    const [held] = (await holds()).filter(({ debtorId }) => debtorId === 'bakker');
    await company.done('POST', `holds/${held?.id}/end`, { reason: 'een andere factuur' });
    await brings({ items: [again] });
    expect(await company.standing('a2')).not.toBe('hold');
  });

  it('says nothing of what was made again, also when nothing had been said before', async () => {
    await brings({ items: [again], deletedItemRefs: ['a'] });
    await company.done('POST', 'holds', { debtorId: 'bakker', reason: 'REQUEST', until: '2026-11-25', confirm: false });
    await brings({ items: [pulledItem('a', 'slager', another)] });
    await company.runDay(TODAY);
    expect(subjects('slager')).toHaveLength(1);
    expect(await said()).toEqual([['slager', ['a']]]);
  });

  it('takes nothing from the last of several, and gets nothing that was said of the first', async () => {
    await company.runDay(TODAY);
    await brings({ items: [again], deletedItemRefs: ['a'] });
    await brings({ items: [pulledItem('a3', 'bakker', { number: 'F-a' })], deletedItemRefs: ['a2'] });
    await brings({ items: [pulledItem('a2', 'slager', another)] });
    expect(await said()).toEqual([['bakker', ['a3']]]);
  });

  it('is not what an agency has: neither its figures, nor is it given back with it', async () => {
    await company.within((manager) =>
      manager.update(InvoiceEntity, { administrationId: company.id, id: 'a' }, { handedOverOn: TODAY } as never),
    );
    const agencyId = randomUUID();
    const { agency, opened, item } = caseRows(agencyId, 'bakker', 'a');
    await company.within(async (manager) => {
      await manager.insert(AgencyEntity, agency as never);
      await manager.insert(HandoverCaseEntity, opened as never);
      await manager.insert(HandoverItemEntity, item as never);
    });
    const now = () => company.within((manager) => new CaseItems(manager, company.id).now(agencyId, 'bakker', ['a'], TODAY));
    await brings({ items: [again], deletedItemRefs: ['a'] });
    await brings({ items: [pulledItem('a', 'slager', another)] });
    expect((await now()).get('a')).toMatchObject({ open: 121_00, invoice: { id: 'a2' } });

    await company.within((manager) =>
      manager.update(InvoiceEntity, { administrationId: company.id, id: 'a' }, { handedOverOn: TODAY } as never),
    );
    await company.within((manager) => new CaseRepository(manager, company.id).release(opened.id, TODAY));
    const handedOver = await company.within((manager) =>
      manager.find(InvoiceEntity, { where: { administrationId: company.id }, order: { id: 'ASC' } }),
    );
    expect(handedOver.map(({ id, handedOverOn }) => [id, handedOverOn])).toEqual([
      ['a', TODAY],
      ['a2', null],
      ['b', null],
    ]);
    await brings({ deletedItemRefs: ['a2'] });
    expect((await now()).get('a')).toMatchObject({ open: 0, invoice: null, credited: Number.MAX_SAFE_INTEGER });
  });
});

/** An agency that has one invoice of a debtor, of which it was told nothing yet. */
function caseRows(agencyId: string, debtorId: string, invoiceId: string) {
  const [administrationId, caseId, at] = [company.id, randomUUID(), house.clock.now()];
  return {
    agency: {
      ...{ administrationId, id: agencyId, name: 'Incasso Proef', kind: 'agency', segments: ['B2B'], registrations: [], payload: 'full' },
      ...{ url: 'https://incasso.example', keys: Buffer.from('k'), channel: 'webhook', channelSettings: {}, vocabulary: 'canonical' },
      ...{ callbackKeys: null, state: 'active', stateBecause: null, createdAt: at },
    },
    opened: {
      ...{
        administrationId,
        id: caseId,
        debtorId,
        agencyId,
        actId: null,
        state: 'AMICABLE',
        stateAs: null,
        version: 1,
        service: 'AMICABLE',
      },
      ...{ agencyReference: null, closeCode: null, currency: 'EUR', principal: 121_00, approvedBy: 'A. Janssen', approvedAt: at },
      ...{ handedOverOn: TODAY, endedOn: null, exclusiveUntil: null },
    },
    item: { administrationId, caseId, invoiceId, principal: 121_00, knownOpen: 121_00, told: {}, releasedOn: null },
  };
}

describe('an invoice whose reminders are stopped in the package, booked on another customer whose we stopped', () => {
  it.each<['debtor' | 'item', string[]]>([
    // He was not stopped by a person, whatever stopped the one it was of.
    ['debtor', []],
    // It is itself what a person stopped.
    ['item', ['a']],
  ])('where they are stopped per %s', async (remindsPer, leftAlone) => {
    await company.change({ remindsPer });
    await brings({ items: [pulledItem('a', 'bakker', { paused: true })] });
    await company.goTo(plainDate('2026-11-21'));
    const id = randomUUID();
    const about = remindsPer === 'debtor' ? { debtor: 'slager' } : { item: 'own' };
    await company.within((manager) =>
      manager.insert(EffectEntity, {
        ...{ administrationId: company.id, id, kind: 'push', state: 'done', marker: markerOf(id), debtorId: 'slager', actId: null },
        payload: { kind: remindsPer === 'debtor' ? 'hold' : 'dispute', about, action: 'pause' },
        ...{
          result: { stoodSo: false },
          attempts: 1,
          createdAt: house.clock.now(),
          notBefore: house.clock.now(),
          endedAt: house.clock.now(),
        },
      } as never),
    );
    await company.goTo(plainDate('2026-11-22'));
    await brings({ items: [pulledItem('a', 'slager', { paused: true }), pulledItem('own', 'slager', { paused: true })] });
    const { invoices } = await company.within((manager) => new LedgerRepository(manager).book(company.id, TODAY));
    expect(invoices.flatMap(({ id: each, pausedInPackage }) => (pausedInPackage ? [each] : []))).toEqual(leftAlone);
  });
});
