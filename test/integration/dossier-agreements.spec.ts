import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { BookImport } from '../../src/ledger/book-import.service.js';
import { book, invoice, promise } from '../dunning/support/books.js';
import { type Company, DossierHouse } from '../support/dossier-house.js';

interface Noted {
  readonly id: string;
  readonly confirmation: { readonly queued: boolean; readonly because?: string };
}

describe('what stops dunning, and what lets it go on', () => {
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
    await company.invoice('b', 'bakker');
    await company.debtor('slager');
    await company.invoice('c', 'slager');
  });

  const kinds = async (debtorId = 'bakker'): Promise<string[]> => (await company.entries(debtorId)).map(({ kind }) => kind);
  const queued = async (): Promise<unknown[]> =>
    (await company.effects('mail')).map(({ payload }) => (payload as { confirmation?: string }).confirmation);

  describe('a dispute', () => {
    it('stops its invoice, leaves the others, is in the dossier, and is confirmed', async () => {
      expect(await company.standing('a')).toBe('act:friendly-reminder');
      const dispute = await company.done<Noted & { answerBy: string }>('POST', 'disputes', { invoiceId: 'a', code: 'QUALITY_DAMAGE' });
      // Ten working days after Friday 20 November: two weeks.
      expect(dispute.answerBy).toBe('2026-12-04');
      expect(dispute.confirmation.queued).toBe(true);
      expect(await company.standing('a')).toBe('disputed');
      expect(await company.standing('b')).toBe('act:friendly-reminder');
      expect(await kinds()).toEqual(['dispute-opened']);
      expect(await queued()).toEqual(['dispute-noted']);
    });

    it('about a part leaves the rest to be asked', async () => {
      await company.done('POST', 'disputes', { invoiceId: 'c', code: 'PRICE', amount: '21.00' });
      const { acts } = await company.done<{ acts: { debtorId: string; amount: string }[] }>('GET', 'plan');
      // 121.00 - 21.00
      expect(acts.find(({ debtorId }) => debtorId === 'slager')?.amount).toBe('100.00');
    });

    it('of a part grows to the whole, as one dispute, and not back to the same', async () => {
      const first = await company.done<Noted>('POST', 'disputes', { invoiceId: 'a', code: 'PRICE', amount: '21.00' });
      expect(await company.refusal('POST', 'disputes', { invoiceId: 'a', code: 'PRICE', amount: '30.00' })).toEqual([
        409,
        'already-disputed',
      ]);
      const second = await company.done<Noted>('POST', 'disputes', { invoiceId: 'a', code: 'NOT_ORDERED' });
      expect(second.id).toBe(first.id);
      expect(await kinds()).toEqual(['dispute-opened', 'dispute-changed']);
      expect(await company.standing('a')).toBe('disputed');
    });

    it('that is resolved lets dunning go on after the peace of the policy, and is told', async () => {
      const { id } = await company.done<Noted>('POST', 'disputes', { invoiceId: 'c', code: 'PRICE' });
      await company.done('POST', `disputes/${id}/resolve`, { outcome: 'REJECTED' });
      expect(await company.standing('c')).toBe('waiting');
      expect(await queued()).toEqual(expect.arrayContaining(['dispute-noted', 'dispute-settled']));
      expect(await kinds('slager')).toEqual(['dispute-opened', 'dispute-settled']);
      // resume.afterDisputeDays of nl-business is 5; Wednesday the 25th is a working day.
      await company.goTo(plainDate('2026-11-25'));
      expect(await company.standing('c')).toBe('act:friendly-reminder');
      // and can be disputed anew
      await company.done('POST', 'disputes', { invoiceId: 'c', code: 'PRICE' });
      expect(await company.standing('c')).toBe('disputed');
    });

    it('is refused with the reason', async () => {
      await company.invoice('credit', 'bakker', { kind: 'credit-note', amount: -10_00 });
      await company.invoice('paid', 'bakker', { packageOpen: 0 });
      const open = (body: object): Promise<[number, string]> => company.refusal('POST', 'disputes', { code: 'PRICE', ...body });
      expect(await open({ invoiceId: 'nowhere' })).toEqual([404, 'unknown-invoice']);
      expect(await open({ invoiceId: 'credit' })).toEqual([409, 'credit-note']);
      expect(await open({ invoiceId: 'paid' })).toEqual([409, 'nothing-open']);
      expect(await open({ invoiceId: 'a', amount: '0.00' })).toEqual([409, 'no-amount']);
      expect(await open({ invoiceId: 'a', amount: '1.005' })).toEqual([422, 'too-many-decimals']);
      expect(await open({ invoiceId: 'a', amount: '-1.00' })).toEqual([400, 'invalid-request']);
      expect(await open({ invoiceId: 'a', code: 'BECAUSE' })).toEqual([400, 'invalid-request']);
      expect(await company.refusal('POST', `disputes/${randomUUID()}/resolve`, { outcome: 'PAID' })).toEqual([404, 'unknown-dispute']);
      const { id } = await company.done<Noted>('POST', 'disputes', { invoiceId: 'a', code: 'PRICE' });
      await company.done('POST', `disputes/${id}/resolve`, { outcome: 'WITHDRAWN' });
      expect(await company.refusal('POST', `disputes/${id}/resolve`, { outcome: 'PAID' })).toEqual([409, 'already-resolved']);
      expect(await kinds()).toEqual(['dispute-opened', 'dispute-settled']);
    });

    it('is unique and unresolved once per invoice, also when two people note it at the same moment', async () => {
      const answers = await Promise.all([1, 2].map(() => company.ask('POST', 'disputes', { invoiceId: 'a', code: 'PRICE' })));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    });
  });

  describe('a promise to pay', () => {
    const promise = (body: object): Promise<[number, string]> =>
      company.refusal('POST', 'promises', { invoiceIds: ['a'], dueDate: '2026-11-27', ...body });

    it('pauses its invoices until its day, is in the dossier, and is confirmed', async () => {
      const made = await company.done<Noted & { amount: string; pauses: boolean }>('POST', 'promises', {
        invoiceIds: ['a', 'b'],
        dueDate: '2026-11-27',
        madeBy: 'de boekhouder',
        channel: 'phone',
      });
      expect([made.amount, made.pauses, made.confirmation.queued]).toEqual(['242.00', true, true]);
      expect([await company.standing('a'), await company.standing('b')]).toEqual(['promise', 'promise']);
      expect(await kinds()).toEqual(['promise-made']);
      expect(await queued()).toEqual(['promise-noted']);
    });

    it('is refused with the reason', async () => {
      await company.invoice('credit', 'bakker', { kind: 'credit-note', amount: -10_00 });
      await company.invoice('paid', 'bakker', { packageOpen: 0 });
      await company.invoice('gone', 'bakker', { handedOverOn: plainDate('2026-11-12') });
      await company.invoice('dollars', 'bakker', { currency: 'USD' });
      expect(await promise({ invoiceIds: ['nowhere'] })).toEqual([404, 'unknown-invoice']);
      expect(await promise({ invoiceIds: ['a', 'c'] })).toEqual([409, 'several-debtors']);
      expect(await promise({ invoiceIds: ['credit'] })).toEqual([409, 'credit-note']);
      expect(await promise({ invoiceIds: ['paid'] })).toEqual([409, 'nothing-open']);
      expect(await promise({ invoiceIds: ['gone'] })).toEqual([409, 'handed-over']);
      expect(await promise({ invoiceIds: ['dollars'] })).toEqual([409, 'other-currency']);
      expect(await promise({ amount: '0' })).toEqual([409, 'no-amount']);
      expect(await promise({ amount: '121.01' })).toEqual([409, 'more-than-open']);
      expect(await promise({ dueDate: '2026-11-19' })).toEqual([409, 'in-the-past']);
      expect(await promise({ dueDate: '2027-01-20' })).toEqual([409, 'too-late']);
      expect(await promise({ dueDate: '2026-02-30' })).toEqual([400, 'invalid-request']);
      expect(await promise({ invoiceIds: [] })).toEqual([400, 'invalid-request']);
      expect([await kinds(), await queued()]).toEqual([[], []]);
    });

    it('gives way to another only when it is withdrawn', async () => {
      const { id } = await company.done<Noted>('POST', 'promises', { invoiceIds: ['a'], dueDate: '2026-11-27' });
      expect(await promise({})).toEqual([409, 'promise-open']);
      await company.done('POST', `promises/${id}/withdraw`, { reason: 'verkeerde debiteur' });
      expect(await company.standing('a')).toBe('act:friendly-reminder');
      expect(await company.refusal('POST', `promises/${id}/withdraw`, { reason: 'nog eens' })).toEqual([409, 'already-withdrawn']);
      expect(await company.refusal('POST', 'promises/nowhere/withdraw', { reason: 'x' })).toEqual([404, 'unknown-promise']);
      await company.done('POST', 'promises', { invoiceIds: ['a'], dueDate: '2026-12-01' });
      expect(await kinds()).toEqual(['promise-made', 'promise-withdrawn', 'promise-made']);
    });
  });

  describe('an arrangement', () => {
    const parts = [
      { dueDate: '2026-12-01', amount: '121.00' },
      { dueDate: '2027-01-04', amount: '121.00' },
    ];
    const arrange = (body: object): Promise<[number, string]> =>
      company.refusal('POST', 'arrangements', { invoiceIds: ['a', 'b'], instalments: parts, ...body });

    it('stops its invoices while it is kept, is in the dossier, and is confirmed', async () => {
      const made = await company.done<Noted & { total: string }>('POST', 'arrangements', { invoiceIds: ['a', 'b'], instalments: parts });
      expect([made.total, made.confirmation.queued]).toEqual(['242.00', true]);
      expect([await company.standing('a'), await company.standing('b')]).toEqual(['arrangement', 'arrangement']);
      expect(await kinds()).toEqual(['arrangement-made']);
      expect(await queued()).toEqual(['arrangement-made']);
      await company.done('POST', `arrangements/${made.id}/withdraw`, { reason: 'op verzoek' });
      expect(await company.standing('a')).toBe('act:friendly-reminder');
    });

    it('is refused with the reason', async () => {
      const [first, second] = parts;
      expect(await arrange({ instalments: [first] })).toEqual([409, 'too-few-instalments']);
      expect(await arrange({ instalments: [second, first] })).toEqual([409, 'not-in-order']);
      expect(await arrange({ instalments: [{ ...first, amount: '0.00' }, second] })).toEqual([409, 'no-amount']);
      expect(await arrange({ instalments: [first, { ...second, amount: '120.99' }] })).toEqual([409, 'sum-differs']);
      expect(await arrange({ instalments: [{ ...first, dueDate: '2026-11-19' }, second] })).toEqual([409, 'in-the-past']);
      expect(
        await arrange({
          instalments: [
            { ...first, dueDate: '2027-01-30' },
            { ...second, dueDate: '2027-02-28' },
          ],
        }),
      ).toEqual([409, 'too-late']);
      expect(await arrange({ instalments: [first, { ...second, dueDate: '2032-01-01' }] })).toEqual([409, 'too-late']);
      expect(await arrange({ invoiceIds: ['a', 'c'] })).toEqual([409, 'several-debtors']);
      expect(await arrange({ instalments: [{ ...first, amount: 121 }, second] })).toEqual([400, 'invalid-request']);
      expect([await kinds(), await queued()]).toEqual([[], []]);
      await company.done('POST', 'arrangements', { invoiceIds: ['a', 'b'], instalments: parts });
      expect(await arrange({})).toEqual([409, 'in-arrangement']);
      expect(await company.refusal('POST', 'promises', { invoiceIds: ['a'], dueDate: '2026-11-27' })).toEqual([409, 'in-arrangement']);
      expect(await company.refusal('POST', 'arrangements/nowhere/withdraw', { reason: 'x' })).toEqual([404, 'unknown-arrangement']);
    });
  });

  describe('a hold', () => {
    const hold = (body: object): Promise<[number, string]> => company.refusal('POST', 'holds', { debtorId: 'bakker', ...body });

    it('on request stops the debtor until its last day, and is confirmed', async () => {
      const set = await company.done<Noted & { kind: string }>('POST', 'holds', {
        debtorId: 'bakker',
        reason: 'REQUEST',
        until: '2026-12-31',
      });
      expect([set.kind, set.confirmation.queued]).toEqual(['manual', true]);
      expect([await company.standing('a'), await company.standing('c')]).toEqual(['hold', 'act:friendly-reminder']);
      expect(await queued()).toEqual(['hold-noted']);
      await company.done('POST', `holds/${set.id}/end`, { reason: 'opgelost' });
      expect(await company.standing('a')).toBe('act:friendly-reminder');
      expect(await kinds()).toEqual(['hold-set', 'hold-ended']);
      expect(await company.refusal('POST', `holds/${set.id}/end`, { reason: 'nog eens' })).toEqual([409, 'already-ended']);
    });

    it.each([
      ['BANKRUPTCY', 'insolvency', 'insolvency'],
      ['GUARDIANSHIP', 'guardianship', 'hold'],
      ['WSNP', 'guardianship', 'hold'],
    ])('for %s stops everything, also what is written about other things', async (reason, kind, skipped) => {
      await company.done('POST', 'disputes', { invoiceId: 'a', code: 'PRICE' });
      const set = await company.done<{ kind: string; confirmation: null }>('POST', 'holds', { debtorId: 'bakker', reason });
      expect([set.kind, set.confirmation]).toEqual([kind, null]);
      expect(await company.standing('b')).toBe(skipped);
      await company.runDay(plainDate('2026-11-20'));
      expect(company.mailsTo('bakker')).toEqual([]);
      expect((await company.effects('mail')).find(({ debtorId }) => debtorId === 'bakker')?.state).toBe('cancelled');
      const later = await company.done<Noted>('POST', 'disputes', { invoiceId: 'b', code: 'PRICE' });
      expect(later.confirmation).toEqual({ queued: false, because: 'hard-stop' });
    });

    it('is noted and told once, however often and however fast it is asked for; another one is another', async () => {
      const asked = { debtorId: 'bakker', reason: 'REQUEST', until: '2026-12-01' };
      const both = await Promise.all([company.ask('POST', 'holds', asked), company.ask('POST', 'holds', asked)]);
      expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(await hold(asked)).toEqual([409, 'already-on-hold']);
      await company.runDay(plainDate('2026-11-20'));
      expect(company.mailsTo('bakker')).toHaveLength(1);
      await company.done('POST', 'holds', { ...asked, until: '2026-12-08' });
      await company.done('POST', 'holds', { debtorId: 'bakker', reason: 'BANKRUPTCY' });
      expect(await hold({ reason: 'BANKRUPTCY' })).toEqual([409, 'already-on-hold']);
      expect(await kinds()).toEqual(['hold-set', 'confirmation-sent', 'hold-set', 'hold-set']);
    });

    it('that was ended may be noted again', async () => {
      const asked = { debtorId: 'bakker', reason: 'REQUEST', until: '2026-12-01' };
      const { id } = await company.done<Noted>('POST', 'holds', asked);
      await company.done('POST', `holds/${id}/end`, { reason: 'opgelost' });
      expect((await company.ask('POST', 'holds', asked)).status).toBe(201);
    });

    it('is refused with the reason', async () => {
      expect(await hold({ reason: 'REQUEST' })).toEqual([409, 'no-end']);
      expect(await hold({ reason: 'LEGAL_HOLD' })).toEqual([409, 'no-end']);
      expect(await hold({ reason: 'REQUEST', from: '2026-12-10', until: '2026-12-09' })).toEqual([409, 'ends-before-it-begins']);
      expect(await hold({ reason: 'REQUEST', from: '2026-11-01', until: '2026-11-19' })).toEqual([409, 'in-the-past']);
      expect(await hold({ reason: 'BECAUSE' })).toEqual([400, 'invalid-request']);
      expect(await hold({ reason: 'BANKRUPTCY', debtorId: 'nobody' })).toEqual([404, 'unknown-debtor']);
      expect(await company.refusal('POST', `holds/${randomUUID()}/end`, { reason: 'x' })).toEqual([404, 'unknown-hold']);
    });
  });

  describe('outside live mode', () => {
    it.each(['shadow', 'off'] as const)('%s: is noted and decided with, and nothing is queued', async (mode) => {
      const silent = await house.company({ mode });
      await silent.debtor('stil');
      await silent.invoice('x', 'stil');
      await silent.invoice('y', 'stil');
      const dispute = await silent.done<Noted>('POST', 'disputes', { invoiceId: 'x', code: 'PRICE' });
      expect(dispute.confirmation).toEqual({ queued: false, because: 'not-live' });
      await silent.done('POST', 'promises', { invoiceIds: ['y'], dueDate: '2026-11-27' });
      await silent.done('POST', 'holds', { debtorId: 'stil', reason: 'REQUEST', until: '2026-12-31' });
      expect(await silent.standing('x')).toBe('hold');
      expect((await silent.entries('stil')).map(({ kind }) => kind)).toEqual(['dispute-opened', 'promise-made', 'hold-set']);
      if (mode === 'shadow') await silent.runDay(plainDate('2026-11-20'));
      // Nobody hears of it either when it is switched to live later.
      await silent.change({ mode: 'live' });
      await silent.goTo(plainDate('2026-11-23'));
      await silent.runDay(plainDate('2026-11-23'));
      expect([await silent.effects('mail'), await silent.effects('push'), silent.mailsTo('stil')]).toEqual([[], [], []]);
    });
  });

  it('outlives the next reading of the book it came from', async () => {
    const given = book({
      administration: { ...book().administration, id: randomUUID(), ibans: ['NL02ABNA0123456789'] },
      invoices: [invoice({ id: 'i1' }), invoice({ id: 'i2' })],
      promises: [promise({ id: 'of the book', invoiceIds: ['i2'], dueDate: plainDate('2026-11-27') })],
    });
    const imports = house.service.app.get(BookImport, { strict: false });
    const imported = await house.open(await imports.import(given));
    await imported.done('POST', 'disputes', { invoiceId: 'i1', code: 'PRICE' });
    const made = await imported.done<Noted>('POST', 'holds', { debtorId: 'd1', reason: 'REQUEST', until: '2026-12-31' });
    await imported.done('PATCH', 'debtors/d1', { language: 'fr' });
    await imports.import({ ...given, promises: [] });
    expect(await imported.done('GET', 'debtors/d1')).toMatchObject({
      onHold: true,
      language: 'fr',
      promises: [],
      disputes: [{ invoiceId: 'i1', outcome: null }],
    });
    await imported.done('POST', `holds/${made.id}/end`, { reason: 'klaar' });
    expect(await imported.standing('i1')).toBe('disputed');
  });

  it('is not confirmed to who has no address, and says so', async () => {
    await company.debtor('stil', { emails: [] });
    await company.invoice('z', 'stil');
    const { confirmation } = await company.done<Noted>('POST', 'disputes', { invoiceId: 'z', code: 'PRICE' });
    expect(confirmation).toEqual({ queued: false, because: 'no-email' });
  });

  it('is nobody else’s: a foreign administration does not exist, and its invoices and debtors neither', async () => {
    const other = await house.company();
    await other.debtor('ander');
    await other.invoice('other', 'ander');
    for (const [path, body] of [
      ['disputes', { invoiceId: 'other', code: 'PRICE' }],
      ['promises', { invoiceIds: ['other'], dueDate: '2026-11-27' }],
      ['arrangements', { invoiceIds: ['other'], instalments: [] }],
      ['holds', { debtorId: 'ander', reason: 'BANKRUPTCY' }],
      ['calls', { debtorId: 'ander', outcome: 'reached' }],
    ] as const) {
      expect((await company.askOf(other, 'POST', path, body)).status).toBe(404);
      expect((await company.ask('POST', path, body)).status).toBe(404);
    }
    expect((await company.askOf(other, 'GET', 'debtors')).status).toBe(404);
    expect(await company.refusal('GET', 'debtors/ander')).toEqual([404, 'unknown-debtor']);
    expect(await company.refusal('PATCH', 'debtors/ander', { language: 'fr' })).toEqual([404, 'unknown-debtor']);
    const { id } = await other.done<Noted>('POST', 'disputes', { invoiceId: 'other', code: 'PRICE' });
    expect(await company.refusal('POST', `disputes/${id}/resolve`, { outcome: 'PAID' })).toEqual([404, 'unknown-dispute']);
  });
});
