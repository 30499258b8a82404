import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PullRepository } from '../../src/adapters/pull.repository.js';
import type { DossierView } from '../../src/dossier/debtor.views.js';
import { ReturnedPost } from '../../src/dossier/returned-post.service.js';
import { type PlainDate, addDays, plainDate } from '../../src/kernel/plain-date.js';
import { ContactEntity, DebtorEntity } from '../../src/ledger/receivables.entity.js';
import { type Company, DossierHouse, TODAY } from '../support/dossier-house.js';
import { pull, pulledItem } from '../support/pulled.js';

describe('calls, letters by hand and what is known of debtors', () => {
  let house: DossierHouse;
  let company: Company;

  beforeAll(async () => {
    house = await DossierHouse.start();
  });
  afterAll(() => house.stop());
  beforeEach(async () => {
    company = await house.company();
  });

  const live = async (on: PlainDate): Promise<void> => {
    await company.goTo(on);
    await company.runDay(on);
  };
  const steps = async (): Promise<string[]> => (await company.acts()).map(({ step, state }) => `${step} ${state}`);

  describe('a call on the list', () => {
    let actId: string;

    /** 6 000.00, eight days late, reminded four days ago: the call of nl-business at seven days overdue. */
    beforeEach(async () => {
      await company.debtor('groot');
      await company.invoice('g', 'groot', { amount: 6_000_00, packageOpen: 6_000_00, dueDate: plainDate('2026-11-12') });
      await company.goTo(plainDate('2026-11-16'));
      await company.runDay(plainDate('2026-11-16'));
      expect(company.mailsTo('groot')).toHaveLength(1);
      await live(TODAY);
      const call = (await company.acts()).find(({ kind }) => kind === 'call');
      expect(call?.state).toBe('to-do');
      actId = call?.id ?? '';
    });

    const note = (body: object): Promise<{ contact: boolean; promise: object | null; disputes: object[] }> =>
      company.done('POST', 'calls', { debtorId: 'groot', actId, ...body });

    it('that was made is closed, in the dossier, and a contact; the next step follows', async () => {
      expect(await note({ outcome: 'reached', note: 'stuurt vrijdag een overzicht' })).toEqual({
        contact: true,
        promise: null,
        disputes: [],
      });
      expect(await steps()).toEqual(['friendly-reminder done', 'seven-day-call done']);
      expect((await company.contacts('groot')).at(-1)).toMatchObject({ id: actId, kind: 'call', channel: 'phone', invoiceIds: ['g'] });
      expect((await company.entries('groot')).at(-1)).toMatchObject({ kind: 'call-made', body: { outcome: 'reached', act: actId } });
      expect(await company.refusal('POST', 'calls', { debtorId: 'groot', actId, outcome: 'reached' })).toEqual([409, 'not-on-the-list']);
    });

    it('nobody answered comes back the next day, and counts as made the third time', async () => {
      let on = TODAY;
      const made: boolean[] = [];
      for (let attempt = 1; attempt <= 3; attempt++) {
        const call = (await company.acts()).find(({ kind, state }) => kind === 'call' && state === 'to-do');
        const answer = await company.done<{ contact: boolean }>('POST', 'calls', {
          debtorId: 'groot',
          actId: call?.id,
          outcome: 'not-reached',
        });
        made.push(answer.contact);
        on = addDays(on, attempt === 1 ? 3 : 1);
        await live(on);
      }
      expect(made).toEqual([false, false, true]);
      expect((await company.acts()).filter(({ kind, state }) => kind === 'call' && state === 'to-do')).toEqual([]);
    });

    it('that brings a promise stores it with the call', async () => {
      const { promise } = await note({ outcome: 'promise', promise: { dueDate: '2026-11-27', madeBy: 'de directeur' } });
      expect(promise).toMatchObject({ amount: '6000.00', pauses: true, confirmation: { queued: true } });
      expect(await company.standing('g')).toBe('promise');
      expect((await company.entries('groot')).slice(-2).map(({ kind }) => kind)).toEqual(['call-made', 'promise-made']);
    });

    it('that brings an objection stores it with the call', async () => {
      await note({ outcome: 'dispute', dispute: { code: 'MISSING_DOCS' } });
      expect(await company.standing('g')).toBe('disputed');
    });

    it('that finds out "invoice not received" pauses, and a new term runs when it was sent again', async () => {
      const { disputes } = await note({ outcome: 'invoice-not-received' });
      const [dispute] = disputes as { id: string }[];
      await live(plainDate('2026-11-23'));
      expect(company.mailsTo('groot').at(-1)?.subject).toBe('Wij sturen u opnieuw factuur F-g');
      await company.done('POST', `disputes/${dispute?.id}/resolve`, { outcome: 'WITHDRAWN', note: 'opnieuw verstuurd' });
      // Fourteen days from the day it was sent again (resume.afterResentInvoiceDays).
      await company.goTo(plainDate('2026-12-07'));
      expect(await company.standing('g')).toBe('not-due');
    });

    it('is stored whole or not at all', async () => {
      expect(
        await company.refusal('POST', 'calls', { debtorId: 'groot', actId, outcome: 'promise', promise: { dueDate: '2026-11-01' } }),
      ).toEqual([409, 'in-the-past']);
      expect((await steps()).at(-1)).toBe('seven-day-call to-do');
      expect((await company.entries('groot')).some(({ kind }) => kind === 'call-made')).toBe(false);
    });

    it('is refused with the reason', async () => {
      const refused = (body: object): Promise<[number, string]> => company.refusal('POST', 'calls', { debtorId: 'groot', actId, ...body });
      await company.debtor('ander');
      expect(await refused({ outcome: 'reached', debtorId: 'nobody' })).toEqual([404, 'unknown-debtor']);
      expect(await refused({ outcome: 'reached', debtorId: 'ander' })).toEqual([404, 'unknown-act']);
      expect(await refused({ outcome: 'reached', actId: randomUUID() })).toEqual([404, 'unknown-act']);
      expect(await refused({ outcome: 'promise' })).toEqual([400, 'invalid-request']);
      expect(await refused({ outcome: 'dispute' })).toEqual([400, 'invalid-request']);
      expect(await refused({ outcome: 'dispute', dispute: { code: 'PRICE' }, invoiceIds: ['nowhere'] })).toEqual([404, 'unknown-invoice']);
      expect(await refused({ outcome: 'dispute', dispute: { code: 'PRICE' }, actId: undefined })).toEqual([409, 'about-nothing']);
      expect(await refused({ outcome: 'shouted' })).toEqual([400, 'invalid-request']);
    });
  });

  it('a call on no list takes no step, and keeps the peace between contacts', async () => {
    await company.debtor('bakker');
    await company.invoice('a', 'bakker');
    expect(await company.done('POST', 'calls', { debtorId: 'bakker', outcome: 'reached' })).toMatchObject({ contact: true });
    expect(await company.standing('a')).toBe('waiting');
    await company.goTo(plainDate('2026-11-24'));
    expect(await company.standing('a')).toBe('act:friendly-reminder');
  });

  describe('a letter on the list', () => {
    let actId: string;

    beforeEach(async () => {
      await company.debtor('papier', { emails: [] });
      await company.invoice('p', 'papier');
      await live(TODAY);
      const [act] = await company.acts();
      expect([act?.channel, act?.state]).toEqual(['letter', 'to-do']);
      actId = act?.id ?? '';
    });

    it('that was posted is a contact from that day on, and told to the package', async () => {
      await company.goTo(plainDate('2026-11-23'));
      await company.done('POST', `acts/${actId}/sent`, { sentOn: '2026-11-23' });
      expect(await company.contacts('papier')).toMatchObject([{ id: actId, channel: 'letter', sentOn: '2026-11-23', receivedOn: null }]);
      expect((await company.acts())[0]?.state).toBe('done');
      expect((await company.entries('papier')).at(-1)?.kind).toBe('letter-sent');
      expect(await company.refusal('POST', `acts/${actId}/sent`, { sentOn: '2026-11-23' })).toEqual([409, 'not-on-the-list']);
    });

    it('is refused with the reason', async () => {
      const refused = (body: object, id = actId): Promise<[number, string]> => company.refusal('POST', `acts/${id}/sent`, body);
      expect(await refused({ sentOn: '2026-11-19' })).toEqual([409, 'before-decision']);
      expect(await refused({ sentOn: '2026-11-21' })).toEqual([409, 'not-yet']);
      expect(await refused({ sentOn: '2026-11-20', receivedOn: '2026-11-23' })).toEqual([409, 'not-yet']);
      expect(await refused({ sentOn: '2026-11-20', receivedOn: '2026-11-19' })).toEqual([409, 'received-before-sent']);
      expect(await refused({ sentOn: '2026-11-20' }, randomUUID())).toEqual([404, 'unknown-act']);
      expect(await refused({ sentOn: 'yesterday' })).toEqual([400, 'invalid-request']);
    });
  });

  describe('a letter that was taken off the list', () => {
    let actId: string;
    const posted = (sentOn: string, id = actId): Promise<unknown> => company.done('POST', `acts/${id}/sent`, { sentOn });

    /** A letter of Friday, in place of which on Monday nothing is asked: he objected meanwhile, and took it back. */
    beforeEach(async () => {
      await company.debtor('papier', { emails: [] });
      await company.invoice('p', 'papier');
      await live(TODAY);
      actId = (await company.acts())[0]?.id ?? '';
      const { id } = await company.done<{ id: string }>('POST', 'disputes', { invoiceId: 'p', code: 'PRICE' });
      await live(plainDate('2026-11-23'));
      expect((await company.acts()).map(({ state }) => state)).toEqual(['cancelled']);
      await company.done('POST', `disputes/${id}/resolve`, { outcome: 'REJECTED', note: 'klopt' });
    });

    it('after it was posted is noted as sent on its day, once, and its step is not taken again', async () => {
      await live(plainDate('2026-12-01'));
      const again = (await company.acts())[1];
      expect(again).toMatchObject({ step: 'friendly-reminder', state: 'to-do' });
      const answers = await Promise.all([1, 2].map(() => company.ask('POST', `acts/${actId}/sent`, { sentOn: TODAY })));
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
      expect((await company.acts()).map(({ state, endedBecause }) => [state, endedBecause])).toEqual([
        ['done', null],
        ['cancelled', `it was posted on ${TODAY}`],
      ]);
      expect(await company.contacts('papier')).toMatchObject([{ id: actId, channel: 'letter', sentOn: TODAY }]);
      expect((await company.entries('papier')).filter(({ kind }) => kind === 'letter-sent')).toHaveLength(1);
      await live(plainDate('2026-12-02'));
      expect((await company.acts()).at(-1)).toMatchObject({ step: 'second-reminder', state: 'to-do' });
    });

    it('on the very day it was posted as well, not before it was posted', async () => {
      expect(await company.refusal('POST', `acts/${actId}/sent`, { sentOn: '2026-11-19' })).toEqual([409, 'before-decision']);
      await company.goTo(plainDate('2026-11-25'));
      expect(await company.refusal('POST', `acts/${actId}/sent`, { sentOn: '2026-11-24' })).toEqual([409, 'lapsed-before']);
      await posted('2026-11-23');
      expect((await company.acts())[0]?.state).toBe('done');
    });

    it('because a person said no to it is not noted', async () => {
      await live(plainDate('2026-12-01'));
      const again = (await company.acts())[1]?.id ?? '';
      await company.done('POST', `acts/${again}/reject`, { reason: 'bel ik zelf' });
      expect(await company.refusal('POST', `acts/${again}/sent`, { sentOn: '2026-12-01' })).toEqual([409, 'not-on-the-list']);
    });
  });

  describe('a letter to a debtor who is another one since', () => {
    let actId: string;
    const sent = (): Promise<unknown> => company.done('POST', `acts/${actId}/sent`, { sentOn: TODAY });

    beforeEach(async () => {
      for (const id of ['bakker', 'slager']) await company.debtor(id, { emails: [] });
      await company.invoice('p', 'bakker');
      await live(TODAY);
      actId = (await company.acts())[0]?.id ?? '';
      const batch = { items: [pulledItem('p', 'slager')], deletedDebtorRefs: ['bakker'] };
      await pull({ id: company.id, within: (work) => company.within(work) }, batch, house.clock.now());
    });

    it('is noted as sent all the same, and its step is not taken with the other', async () => {
      await sent();
      expect(await company.contacts('bakker')).toMatchObject([{ id: actId, channel: 'letter', sentOn: TODAY }]);
      await live(plainDate('2026-12-01'));
      expect((await company.acts()).slice(1)).toMatchObject([{ debtorId: 'slager', step: 'second-reminder' }]);
    });

    it('noted when its step waits with the other already, ends that', async () => {
      await live(plainDate('2026-11-23'));
      await live(plainDate('2026-11-24'));
      expect((await steps()).sort()).toEqual(['friendly-reminder cancelled', 'friendly-reminder to-do']);
      await sent();
      expect((await steps()).sort()).toEqual(['friendly-reminder cancelled', 'friendly-reminder done']);
    });

    it('can come back as well', async () => {
      await sent();
      await company.done('POST', `contacts/${actId}/returned`, {});
      expect((await company.entries('bakker')).at(-1)).toMatchObject({ kind: 'contact-returned', body: { undelivered: true } });
      expect(await company.refusal('POST', `contacts/${randomUUID()}/returned`, {})).toEqual([404, 'unknown-contact']);
    });
  });

  describe('post that came back', () => {
    const back = (id: string, body: object = {}): Promise<unknown> => company.done('POST', `contacts/${id}/returned`, body);
    const contact = (given: Partial<ContactEntity>): Promise<unknown> =>
      company.within((manager) =>
        manager.insert(ContactEntity, { administrationId: company.id, kind: 'reminder', receivedOn: null, ...given } as never),
      );
    const mailed = async (): Promise<string> => (await company.contacts('klant')).at(-1)?.id ?? '';

    it('opens no term: no costs, no handover, and the notice is sent again', async () => {
      await company.change({ policy: 'nl-consumer' });
      // Two consumers alike, reminded twice: the fourteen-day letters of both are posted, one comes back.
      for (const id of ['klant', 'ander']) {
        await company.debtor(id, { capacity: 'consumer' });
        await company.invoice(`i-${id}`, id, { description: 'Geleverd op 1 oktober', dueDate: plainDate('2026-10-20') });
        for (const [step, sentOn] of [
          ['friendly-reminder', '2026-10-26'],
          ['second-reminder', '2026-11-03'],
        ] as const) {
          await contact({ id: `${id}/${step}`, debtorId: id, invoiceIds: [`i-${id}`], step, channel: 'email', sentOn: plainDate(sentOn) });
        }
      }
      await live(TODAY);
      const letters = (await company.acts()).filter(({ kind }) => kind === 'fourteen-day-letter');
      for (const { id, state } of letters) {
        if (state === 'awaiting-approval') await company.done('POST', `acts/${id}/approve`);
        await company.done('POST', `acts/${id}/sent`, { sentOn: TODAY });
      }
      await company.goTo(plainDate('2026-11-27'));
      const mine = letters.find(({ debtorId }) => debtorId === 'klant')?.id ?? '';
      await back(mine, { note: 'onbekend' });
      await back(mine);
      expect((await company.entries('klant')).filter(({ kind }) => kind === 'contact-returned')).toMatchObject([
        { body: { contact: mine, undelivered: true, channel: 'letter', sentOn: TODAY, note: 'onbekend', by: 'test', mode: 'live' } },
      ]);
      // Long after the term of both.
      await live(plainDate('2026-12-22'));
      const last = async (debtorId: string) => (await company.acts()).filter((act) => act.debtorId === debtorId).at(-1);
      expect((await last('ander'))?.kind).toBe('propose-handover');
      expect(((await last('ander'))?.decision as { costs: string }).costs).not.toBe('0.00');
      expect(await company.standing('i-klant')).toBe('unreachable');
      await company.done('POST', 'debtors/klant/address-right', { channel: 'letter' });
      await live(plainDate('2026-12-23'));
      expect(await last('klant')).toMatchObject({ kind: 'fourteen-day-letter', channel: 'letter', decision: { costs: '0.00' } });
    });

    it('is looked up by a person until the address is another', async () => {
      await company.debtor('klant');
      await company.invoice('k', 'klant');
      await live(TODAY);
      await back(await mailed());
      expect(await company.done('GET', 'bad-addresses')).toMatchObject([
        { debtorId: 'klant', channel: 'email', address: company.addressOf('klant'), returnedOn: TODAY },
      ]);
      // Nothing goes there, whatever it is: not the confirmation of a dispute either.
      const dispute = await company.done<{ confirmation: object }>('POST', 'holds', {
        debtorId: 'klant',
        reason: 'REQUEST',
        until: '2026-11-22',
        confirm: true,
      });
      expect(dispute.confirmation).toEqual({ queued: false, because: 'no-email' });
      // The package has another by tomorrow.
      await company.within((manager) =>
        manager.update(DebtorEntity, { administrationId: company.id, id: 'klant' }, { emails: [company.addressOf('nieuw')] }),
      );
      expect(await company.done('GET', 'bad-addresses')).toEqual([]);
      await live(plainDate('2026-11-23'));
      expect(company.mailsTo('nieuw').map(({ subject }) => subject)).toEqual([expect.stringMatching(/^Herinnering/)]);
    });

    it('from one of two addresses arrived at the other, and stops only the one', async () => {
      const [good, bad] = [company.addressOf('goed'), company.addressOf('slecht')];
      await company.debtor('klant', { emails: [bad, good] });
      await company.invoice('k', 'klant');
      await live(TODAY);
      await back(await mailed(), { address: bad.toUpperCase() });
      expect(await company.standing('k')).toBe('waiting');
      await live(plainDate('2026-12-14'));
      expect([company.mailsTo('goed', good).length, company.mailsTo('slecht', bad).length]).toEqual([2, 1]);
      expect(await company.refusal('POST', `contacts/${await mailed()}/returned`, { address: 'else@where.example' })).toEqual([
        409,
        'other-address',
      ]);
    });

    it('a letter that came back is not posted again until the address is right', async () => {
      await company.debtor('klant', { emails: [] });
      await company.invoice('k', 'klant');
      await live(TODAY);
      const [act] = await company.acts();
      await company.done('POST', `acts/${act?.id}/sent`, { sentOn: TODAY });
      await company.goTo(plainDate('2026-11-26'));
      expect(await company.refusal('POST', `contacts/${act?.id}/returned`, { on: '2026-11-19' })).toEqual([409, 'before-sent']);
      await back(act?.id ?? '');
      await live(plainDate('2026-11-27'));
      expect(await company.standing('k')).toBe('unreachable');
      expect(await company.done('GET', 'bad-addresses')).toMatchObject([{ channel: 'letter', address: null }]);
      await company.done('POST', 'debtors/klant/address-right', { channel: 'letter', note: 'huisnummer verbeterd' });
      expect(await company.refusal('POST', 'debtors/klant/address-right', { channel: 'letter' })).toEqual([409, 'nothing-returned']);
      await live(plainDate('2026-11-30'));
      expect((await company.acts()).map(({ step, state }) => `${step} ${state}`)).toEqual([
        'friendly-reminder done',
        'friendly-reminder to-do',
      ]);
    });

    it('ends by itself when the package has another postal address', async () => {
      await company.change({ package: 'moneybird' });
      const at = (street: string): object => ({ address1: street, zipcode: '1234 AB', city: 'Testdorp' });
      await company.debtor('klant', { emails: [], raw: at('Kade 1') });
      await company.invoice('k', 'klant');
      const sentOn = plainDate('2026-11-16');
      await contact({ id: 'brief', debtorId: 'klant', invoiceIds: ['k'], step: 'friendly-reminder', channel: 'letter', sentOn });
      await back('brief');
      expect(await company.done('GET', 'bad-addresses')).toMatchObject([{ address: 'Kade 1, 1234 AB Testdorp' }]);
      const follow = (): Promise<void> => house.service.app.get(ReturnedPost, { strict: false }).followAddresses(company.id);
      await follow();
      expect(await company.done('GET', 'bad-addresses')).toHaveLength(1);
      await company.within((manager) =>
        manager.update(DebtorEntity, { administrationId: company.id, id: 'klant' }, { raw: at('Plein 2') as never }),
      );
      await follow();
      expect(await company.done('GET', 'bad-addresses')).toEqual([]);
      expect((await company.entries('klant')).at(-1)).toMatchObject({ kind: 'address-right', body: { channel: 'letter', by: null } });
    });

    it('is refused with the reason', async () => {
      await company.debtor('klant');
      await company.done('POST', 'calls', { debtorId: 'klant', outcome: 'reached' });
      const [call] = await company.contacts('klant');
      expect(await company.refusal('POST', `contacts/${call?.id}/returned`, {})).toEqual([409, 'not-written']);
      expect(await company.refusal('POST', `contacts/${randomUUID()}/returned`, {})).toEqual([404, 'unknown-contact']);
      expect(await company.refusal('POST', `contacts/${call?.id}/returned`, { on: 'gisteren' })).toEqual([400, 'invalid-request']);
      const stranger = await house.company();
      expect(await stranger.refusal('POST', `contacts/${call?.id}/returned`, {})).toEqual([404, 'unknown-contact']);
    });
  });

  describe('debtors', () => {
    it('are listed by name, a page at a time, with what is open', async () => {
      for (const [id, name] of [
        ['1', 'Aardappel'],
        ['2', 'Bakkerij 100%'],
        ['3', 'Citroen'],
      ] as const) {
        await company.debtor(id, { name, number: `D-${id}` });
      }
      await company.invoice('late', '1');
      await company.invoice('early', '1', { dueDate: plainDate('2026-12-01'), amount: 50_00 });
      await company.invoice('credit', '1', { kind: 'credit-note', amount: -21_00 });
      await company.invoice('dollars', '1', { currency: 'USD', amount: 10_00 });
      const page = await company.done<{ total: number; debtors: { name: string; amounts: object[] }[] }>('GET', 'debtors?size=2');
      expect([page.total, page.debtors.map(({ name }) => name)]).toEqual([3, ['Aardappel', 'Bakkerij 100%']]);
      // 121.00 + 50.00 - 21.00 open, of which 121.00 is late.
      expect(page.debtors[0]?.amounts).toEqual([
        { currency: 'EUR', open: '150.00', overdue: '121.00', items: 3 },
        { currency: 'USD', open: '10.00', overdue: '10.00', items: 1 },
      ]);
      const names = async (query: string): Promise<string[]> =>
        (await company.done<{ debtors: { name: string }[] }>('GET', `debtors?${query}`)).debtors.map(({ name }) => name);
      expect(await names('size=2&page=2')).toEqual(['Citroen']);
      expect(await names('search=bak')).toEqual(['Bakkerij 100%']);
      expect(await names('search=%25')).toEqual(['Bakkerij 100%']);
      expect(await names('search=D-3')).toEqual(['Citroen']);
      expect(await company.refusal('GET', 'debtors?size=201')).toEqual([400, 'invalid-request']);
      expect(await company.refusal('GET', 'debtors?page=0')).toEqual([400, 'invalid-request']);
    });

    it('show everything that happened with them', async () => {
      await company.debtor('bakker');
      await company.invoice('a', 'bakker');
      await company.invoice('b', 'bakker', { collecting: true });
      await company.done('POST', 'disputes', { invoiceId: 'a', code: 'PRICE', amount: '21.00' });
      await company.done('POST', 'holds', { debtorId: 'bakker', reason: 'REQUEST', until: '2026-12-31' });
      const view = await company.done<DossierView>('GET', 'debtors/bakker');
      expect(view).toMatchObject({
        onHold: true,
        setHere: [],
        items: [
          { id: 'a', open: '121.00', disputed: '21.00', collecting: false },
          { id: 'b', open: '121.00', disputed: '0.00', collecting: true },
        ],
        disputes: [{ invoiceId: 'a', amount: '21.00', outcome: null }],
        holds: [{ kind: 'manual', state: 'active' }],
      });
      expect(view.entries.map(({ kind }) => kind)).toEqual(['hold-set', 'dispute-opened']);
    });

    it('what the package collects itself is open, and left alone', async () => {
      await company.debtor('bakker');
      await company.invoice('b', 'bakker', { collecting: true });
      expect(await company.standing('b')).toBe('collecting');
    });

    it('keep what a person set after the next pull, until he takes it back', async () => {
      await company.debtor('bakker', { capacity: 'unknown' });
      await company.invoice('a', 'bakker');
      const answer = await company.done<{ confirmation: { queued: boolean } }>('PATCH', 'debtors/bakker', {
        capacity: 'business',
        language: 'fr',
        email: 'nieuw@adres.example',
        segment: 'retail',
        creditLimit: '2500.00',
      });
      expect(answer.confirmation.queued).toBe(true);
      await company.within((manager) =>
        new PullRepository(manager, company.id).store(
          {
            debtors: [
              {
                ref: 'bakker', number: null, name: 'Bakkerij', isBusiness: false, country: 'NL', language: 'nl', emails: ['oud@adres.example'],
                phone: null, ibans: [], vatId: null, registryId: null, creditLimit: 100_00, paymentTermDays: null, archived: false,
                createdOn: null, raw: {},
              }, // prettier-ignore
            ],
            items: [],
            deletedDebtorRefs: [],
            deletedItemRefs: [],
            cursor: {},
          },
          new Date(),
          'NL',
        ),
      );
      const set = { capacity: 'business', language: 'fr', email: 'nieuw@adres.example', segment: 'retail', creditLimit: '2500.00' };
      const view = await company.done<DossierView>('GET', 'debtors/bakker');
      expect(view).toMatchObject({ ...set, name: 'Bakkerij', setHere: ['capacity', 'creditLimit', 'emails', 'language', 'segment'] });
      await live(TODAY);
      expect(company.mailsTo('bakker', 'nieuw@adres.example').map(({ subject }) => subject)).toEqual([
        'Votre adresse pour les factures et messages a changé',
      ]);
      expect(company.mailsTo('bakker', 'oud@adres.example')).toEqual([]);

      await company.done('PATCH', 'debtors/bakker', { email: null, capacity: null });
      expect(await company.done('GET', 'debtors/bakker')).toMatchObject({
        email: 'oud@adres.example',
        capacity: 'consumer',
        language: 'fr',
        setHere: ['creditLimit', 'language', 'segment'],
      });
    });

    it('are changed only to what can be', async () => {
      await company.debtor('bakker');
      const refused = (body: object): Promise<[number, string]> => company.refusal('PATCH', 'debtors/bakker', body);
      for (const body of [{ email: 'nowhere' }, { language: 'French' }, { capacity: 'king' }, { creditLimit: '-1' }, { name: 'Ander' }]) {
        expect(await refused(body)).toEqual([400, 'invalid-request']);
      }
      expect(await refused({ creditLimit: '1.005' })).toEqual([422, 'too-many-decimals']);
      expect(await company.entries('bakker')).toEqual([]);
    });
  });
});
