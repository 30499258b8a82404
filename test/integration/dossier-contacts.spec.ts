import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PullRepository } from '../../src/adapters/pull.repository.js';
import type { DossierView } from '../../src/dossier/debtor.views.js';
import { type PlainDate, addDays, plainDate } from '../../src/kernel/plain-date.js';
import { type Company, DossierHouse, TODAY } from '../support/dossier-house.js';

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
