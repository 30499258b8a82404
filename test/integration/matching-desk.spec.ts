import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DecisionService } from '../../src/dunning/decision.service.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import type { BankLineView } from '../../src/matching/bank-line-view.js';
import { BankDeskHouse, type Desk, TODAY } from '../support/bank-desk.js';

type Problem = { code: string; detail: string };

describe('the desk of bank lines', () => {
  let house: BankDeskHouse;
  let desk: Desk;

  beforeAll(async () => {
    house = await BankDeskHouse.start();
  });
  afterAll(() => house.stop());

  /** Two debtors. An amount without a number, from nobody known, is proposed and never booked: so `proposed` lines can be made at will. */
  beforeEach(async () => {
    desk = await house.administration();
    await desk.debtor('bakker', { name: 'Bakkerij Korenaar B.V.' });
    await desk.debtor('slager', { name: 'Slagerij Ossenhaas B.V.' });
    await desk.invoice('2026-0101', 'bakker', 121_00);
    await desk.invoice('2026-0102', 'bakker', 60_50);
    await desk.invoice('2026-0103', 'slager', 242_00);
    await desk.invoice('2026-0104', 'slager', -20_00);
  });

  /** A line that names an invoice and comes from a stranger with another amount or without anything: it waits. */
  async function proposed(amount: number, text = ''): Promise<string> {
    const id = await desk.line({ amount, text });
    await desk.match();
    const { body } = await desk.ask<BankLineView>('GET', `bank-lines/${id}`);
    expect(body.outcome).toBe('proposed');
    return id;
  }
  const act = <T = BankLineView>(id: string, action: string, body: object = {}) => desk.ask<T>('POST', `bank-lines/${id}/${action}`, body);
  const refusal = async (id: string, action: string, body: object = {}): Promise<[number, string]> => {
    const { status, body: problem } = await act<Problem>(id, action, body);
    return [status, problem.code];
  };

  it('shows the queue with what would be booked, the alternatives and the reasons', async () => {
    await desk.invoice('2026-0105', 'slager', 121_00);
    const id = await proposed(121_00);
    const [line] = await desk.done<BankLineView[]>('GET', 'bank-lines?outcome=proposed');
    expect(line?.id).toBe(id);
    expect(line?.proposed?.allocations).toHaveLength(1);
    expect(line?.alternatives.length).toBeGreaterThan(0);
    expect(line?.because.length).toBeGreaterThan(0);
    expect([line?.allocations, line?.unallocated]).toEqual([[], '121.00']);
  });

  it('keeps the invoice of a proposal from being asked for, and not an older one in its place', async () => {
    await desk.invoice('2026-0090', 'slager', 181_50, { dueDate: plainDate('2026-10-08') });
    const asked = async (): Promise<unknown[]> => {
      const { held, acts } = await house.service.app.get(DecisionService).plan(desk.id, TODAY);
      expect(held).toBeNull();
      return acts.flatMap(({ debtorId, lines }) =>
        debtorId === 'slager' ? lines.flatMap(({ invoiceId, asked: amount }) => (amount > 0 ? [[invoiceId, amount]] : [])) : [],
      );
    };
    // The credit note of 20.00 counts against the oldest: 181.50 − 20.00.
    await desk.line({ amount: 1_00, text: 'niets' });
    await desk.match();
    expect(await asked()).toEqual([['2026-0090', 161_50], ['2026-0103', 242_00]]); // prettier-ignore
    await proposed(242_00);
    expect(await asked()).toEqual([['2026-0090', 161_50]]);
  });

  it('confirms a proposal: booked to the cent, in the dossier, by whom', async () => {
    const id = await proposed(242_00);
    const { status, body } = await act(id, 'confirm');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      outcome: 'matched',
      unallocated: '0.00',
      debtorId: 'slager',
      allocations: [{ invoiceId: '2026-0103', amount: '242.00' }],
    });
    expect(body.decidedBy).toBe(desk.key.split('_')[1]);
    expect(await desk.open()).toEqual({ '2026-0101': 121_00, '2026-0102': 60_50, '2026-0104': -20_00 });
    const [entry] = await desk.dossier('slager');
    expect(entry).toMatchObject({
      kind: 'payment-allocated',
      body: { bankLine: id, allocations: [{ invoiceId: '2026-0103', amount: 242_00 }], by: body.decidedBy },
    });
    expect(await desk.dossier('bakker')).toEqual([]);
  });

  it('confirms an alternative, and remembers that the first proposal was not it', async () => {
    await desk.invoice('2026-0105', 'slager', 121_00);
    const id = await proposed(121_00);
    const before = await desk.done<BankLineView>('GET', `bank-lines/${id}`);
    const [first] = before.proposed?.allocations ?? [];
    const [other] = before.alternatives[0]?.allocations ?? [];
    const { body } = await act(id, 'confirm', { alternative: 0 });
    expect(body.allocations).toMatchObject([{ invoiceId: other?.invoiceId, amount: '121.00' }]);
    const evidence = await desk.done<{ undone: { invoiceId: string }[] }>('GET', 'match-evidence');
    expect(evidence.undone).toMatchObject([{ invoiceId: first?.invoiceId }]);
    expect((await desk.open())[first?.invoiceId ?? '']).toBe(121_00);
  });

  it('refuses an alternative that is not there and a line that does not wait', async () => {
    const id = await proposed(242_00);
    expect(await refusal(id, 'confirm', { alternative: 9 })).toEqual([409, 'no-proposal']);
    expect(await refusal(id, 'confirm', { alternative: -1 })).toEqual([400, 'invalid-request']);
    await act(id, 'confirm');
    expect(await refusal(id, 'confirm')).toEqual([409, 'not-possible-now']);
  });

  it('refuses a stale proposal: the invoice was settled meanwhile, and says so', async () => {
    const id = await proposed(242_00);
    const other = await desk.line({ amount: 242_00, text: 'iets anders' });
    await act(other, 'correct', { allocations: [{ invoiceId: '2026-0103', amount: '242.00' }] });
    const { status, body } = await act<Problem>(id, 'confirm');
    expect([status, body.code]).toEqual([409, 'stale-proposal']);
    expect(body.detail).toMatch(/2026-0103 has 0\.00 EUR open, not 242\.00 EUR/);
    expect((await desk.done<BankLineView>('GET', `bank-lines/${id}`)).outcome).toBe('proposed');
  });

  it('corrects over several debtors with a credit note, and shows each debtor only his part', async () => {
    const id = await proposed(242_00);
    const allocations = [
      { invoiceId: '2026-0101', amount: '20.00' },
      { invoiceId: '2026-0103', amount: '242.00' },
      { invoiceId: '2026-0104', amount: '-20.00' },
    ];
    const { body } = await act(id, 'correct', { allocations, why: 'betaald voor beide zaken' });
    expect(body).toMatchObject({ outcome: 'matched', unallocated: '0.00', debtorId: null, decidedWhy: 'betaald voor beide zaken' });
    expect(await desk.open()).toEqual({ '2026-0101': 101_00, '2026-0102': 60_50 });
    const [bakker] = await desk.dossier('bakker');
    expect(JSON.stringify(bakker)).not.toContain('2026-0103');
    expect(bakker?.body).toMatchObject({ allocations: [{ invoiceId: '2026-0101', amount: 20_00 }] });
  });

  it('leaves what was overpaid with the debtor', async () => {
    const id = await proposed(242_00);
    const { body } = await act(id, 'correct', { allocations: [{ invoiceId: '2026-0101', amount: '121.00' }] });
    expect(body).toMatchObject({ unallocated: '121.00', debtorId: 'bakker' });
    expect(await desk.unallocated()).toEqual({ bakker: 121_00 });
  });

  it.each([
    ['more than open', [{ invoiceId: '2026-0102', amount: '60.51' }], 422, 'more-than-open'],
    [
      'more than the line',
      [
        { invoiceId: '2026-0101', amount: '121.00' },
        { invoiceId: '2026-0103', amount: '121.01' },
      ],
      422,
      'more-than-line',
    ],
    [
      'an invoice twice',
      [
        { invoiceId: '2026-0101', amount: '1.00' },
        { invoiceId: '2026-0101', amount: '2.00' },
      ],
      422,
      'twice',
    ],
    ['an unknown invoice', [{ invoiceId: '9999', amount: '1.00' }], 422, 'unknown-invoice'],
    ['nothing', [{ invoiceId: '2026-0101', amount: '0.00' }], 422, 'wrong-direction'],
    ['less than nothing', [{ invoiceId: '2026-0101', amount: '-5.00' }], 422, 'wrong-direction'],
    ['a tenth of a cent', [{ invoiceId: '2026-0101', amount: '1.001' }], 422, 'too-many-decimals'],
    ['no amount', [{ invoiceId: '2026-0101', amount: '1e3' }], 400, 'invalid-request'],
    [
      'a rest of several debtors',
      [
        { invoiceId: '2026-0101', amount: '1.00' },
        { invoiceId: '2026-0103', amount: '1.00' },
      ],
      422,
      'rest-of-nobody',
    ],
    ['no parts', [], 400, 'invalid-request'],
    ['a field nobody knows', [{ invoiceId: '2026-0101', amount: '1.00', debtor: 'x' }], 400, 'invalid-request'],
  ])('refuses to correct with %s and changes nothing', async (_, allocations, status, code) => {
    const id = await proposed(242_00);
    const before = await desk.open();
    expect(await refusal(id, 'correct', { allocations })).toEqual([status, code]);
    expect(await desk.open()).toEqual(before);
    expect(await desk.query('SELECT id FROM allocation')).toEqual([]);
    expect((await desk.done<BankLineView>('GET', `bank-lines/${id}`)).outcome).toBe('proposed');
  });

  it('refuses another currency', async () => {
    await desk.invoice('2026-0200', 'bakker', 50_00, { currency: 'USD' });
    const id = await proposed(242_00);
    expect(await refusal(id, 'correct', { allocations: [{ invoiceId: '2026-0200', amount: '50.00' }] })).toEqual([422, 'other-currency']);
  });

  it('splits exactly, with a rest that stays visible with a debtor', async () => {
    const id = await proposed(242_00);
    const parts = [{ invoiceId: '2026-0102', amount: '60.50' }];
    const { body } = await act(id, 'split', { parts, rest: { debtorId: 'slager', amount: '181.50' } });
    expect(body).toMatchObject({ outcome: 'matched', unallocated: '181.50', debtorId: 'slager' });
    expect(await desk.unallocated()).toEqual({ slager: 181_50 });
    expect((await desk.dossier('slager')).at(-1)?.body).toMatchObject({ allocations: [], unallocated: 181_50 });
  });

  it('gives the debtor all that is left when the amount of the rest is not said', async () => {
    const id = await proposed(242_00);
    const { body } = await act(id, 'split', { parts: [{ invoiceId: '2026-0102', amount: '60.50' }], rest: { debtorId: 'slager' } });
    expect(body).toMatchObject({ outcome: 'matched', unallocated: '181.50', debtorId: 'slager' });
  });

  it('splits all of it into money in advance', async () => {
    const id = await proposed(242_00);
    await act(id, 'split', { parts: [], rest: { debtorId: 'bakker', amount: '242.00' } });
    expect(await desk.unallocated()).toEqual({ bakker: 242_00 });
  });

  it.each([
    [
      'one cent short',
      { parts: [{ invoiceId: '2026-0101', amount: '121.00' }], rest: { debtorId: 'bakker', amount: '120.99' } },
      422,
      'not-the-amount',
    ],
    ['no rest though something is left', { parts: [{ invoiceId: '2026-0101', amount: '121.00' }] }, 422, 'not-the-amount'],
    ['an unknown debtor', { parts: [], rest: { debtorId: 'niemand', amount: '242.00' } }, 422, 'unknown-debtor'],
    ['nothing at all', { parts: [] }, 422, 'not-the-amount'],
  ])('refuses to split with %s', async (_, body, status, code) => {
    const id = await proposed(242_00);
    expect(await refusal(id, 'split', body)).toEqual([status, code]);
    expect(await desk.query('SELECT id FROM allocation')).toEqual([]);
  });

  it('dismisses what is no receivable: out of the queue for good, with the reason', async () => {
    const id = await proposed(242_00);
    expect(await refusal(id, 'dismiss', { reason: 'not-a-receivable' })).toEqual([400, 'invalid-request']);
    const { body } = await act(id, 'dismiss', { reason: 'not-a-receivable', why: 'teruggave van een leverancier' });
    expect(body).toMatchObject({ outcome: 'not-a-receipt', decidedWhy: 'teruggave van een leverancier', debtorId: null });
    await desk.match();
    expect((await desk.done<BankLineView>('GET', `bank-lines/${id}`)).outcome).toBe('not-a-receipt');
    expect(await desk.unallocated()).toEqual({});
    expect((await desk.dossier('slager')).map(({ kind }) => kind)).toEqual(['payment-dismissed']);
  });

  it('dismisses as unknown: unmatched, and the same is not proposed again', async () => {
    const id = await proposed(242_00);
    await act(id, 'dismiss', { reason: 'unknown' });
    await desk.match();
    const line = await desk.done<BankLineView>('GET', `bank-lines/${id}`);
    expect(line.outcome).toBe('unmatched');
    expect(await desk.unallocated()).toEqual({});
  });

  it('refuses to dismiss what is matched', async () => {
    const id = await proposed(242_00);
    await act(id, 'confirm');
    expect(await refusal(id, 'dismiss', { reason: 'unknown' })).toEqual([409, 'not-possible-now']);
  });

  it('undoes: open as before, the pair is remembered, the history stays', async () => {
    const id = await proposed(242_00);
    const before = await desk.open();
    await act(id, 'confirm');
    const { body } = await act(id, 'undo', { why: 'verkeerde klant' });
    expect(body).toMatchObject({ outcome: 'unmatched', allocations: [], unallocated: '242.00', debtorId: null });
    expect(await desk.open()).toEqual(before);
    await desk.match();
    const again = await desk.done<BankLineView & { history: Record<string, unknown>[] }>('GET', `bank-lines/${id}`);
    expect(again.outcome).toBe('unmatched');
    expect(again.history).toMatchObject([
      { invoiceId: '2026-0103', amount: '242.00', reversedWhy: 'verkeerde klant', reversedBy: body.decidedBy },
    ]);
    expect((await desk.dossier('slager')).map(({ kind }) => kind)).toEqual(['payment-allocated', 'payment-undone']);
  });

  it('lets a person give an undone pair again, after all', async () => {
    const id = await proposed(242_00);
    await act(id, 'confirm');
    await act(id, 'undo', { why: 'vergissing' });
    const { status } = await act(id, 'correct', { allocations: [{ invoiceId: '2026-0103', amount: '242.00' }] });
    expect(status).toBe(200);
    expect((await desk.done<{ undone: unknown[] }>('GET', 'match-evidence')).undone).toEqual([]);
  });

  it('puts a dismissed line back into matching', async () => {
    const id = await proposed(242_00);
    await act(id, 'dismiss', { reason: 'not-a-receivable', why: 'dacht ik' });
    await act(id, 'undo', { why: 'toch een klant' });
    await desk.match();
    expect((await desk.done<BankLineView>('GET', `bank-lines/${id}`)).outcome).toBe('proposed');
  });

  it('undoes only what was decided, and asks why', async () => {
    const id = await proposed(242_00);
    expect(await refusal(id, 'undo', { why: 'zomaar' })).toEqual([409, 'nothing-to-undo']);
    await act(id, 'confirm');
    expect(await refusal(id, 'undo', {})).toEqual([400, 'invalid-request']);
  });

  it('corrects what the engine matched: the former parts are reversed, not removed', async () => {
    await desk.house.tenancy.within(desk.id, (manager) =>
      manager.query(`UPDATE debtor SET ibans = '{NL18RABO0123459876}' WHERE id = 'bakker'`),
    );
    const id = await desk.line({ amount: 121_00, text: 'factuur 2026-0101', iban: 'NL18RABO0123459876', name: 'Bakkerij Korenaar' });
    expect((await desk.match()).matched).toBe(1);
    const { body } = await act(id, 'correct', { allocations: [{ invoiceId: '2026-0102', amount: '60.50' }] });
    expect(body).toMatchObject({ unallocated: '60.50', debtorId: 'bakker' });
    expect(await desk.open()).toMatchObject({ '2026-0101': 121_00, '2026-0103': 242_00 });
    const { history } = await desk.done<{ history: { invoice: string; reversedAt: string | null; allocatedBy: string | null }[] }>(
      'GET',
      `bank-lines/${id}`,
    );
    expect(history.map(({ invoice, reversedAt, allocatedBy }) => [invoice, reversedAt !== null, allocatedBy !== null])).toEqual([
      ['2026-0101', true, false],
      ['2026-0102', false, true],
    ]);
  });

  it('confirms in bulk: by id and by how sure, and one that cannot be does not hold up the others', async () => {
    const [a, b, c] = [await proposed(242_00), await proposed(60_50), await proposed(121_00)];
    const taken = await desk.line({ amount: 60_50, text: 'x' });
    await act(taken, 'correct', { allocations: [{ invoiceId: '2026-0102', amount: '60.50' }] });
    const unknown = '00000000-0000-4000-8000-000000000000';
    const { body } = await desk.ask<{ confirmed: string[]; refused: { id: string; code: string }[] }>('POST', 'bank-lines/confirm', {
      ids: [a, b, unknown],
    });
    expect(body.confirmed).toEqual([a]);
    expect(body.refused.map(({ id, code }) => [id, code])).toEqual([
      [b, 'stale-proposal'],
      [unknown, 'unknown-line'],
    ]);
    const none = await desk.done<{ confirmed: string[] }>('POST', 'bank-lines/confirm', { minConfidence: 1 });
    expect(none.confirmed).toEqual([]);
    await desk.query(`UPDATE bank_line SET confidence = 0.8 WHERE id = '${c}'`);
    const sure = await desk.done<{ confirmed: string[] }>('POST', 'bank-lines/confirm', { minConfidence: 0.8 });
    expect(sure.confirmed).toEqual([c]);
    for (const wrong of [{}, { ids: [] }, { ids: ['x'] }, { minConfidence: 0.1 }, { ids: [a], minConfidence: 0.9 }]) {
      expect((await desk.ask('POST', 'bank-lines/confirm', wrong)).status).toBe(400);
    }
  });

  it('answers 404 for a line that is not there, and for a foreign administration', async () => {
    const id = await proposed(242_00);
    expect(await refusal('00000000-0000-4000-8000-000000000000', 'confirm')).toEqual([404, 'unknown-line']);
    expect(await refusal('nonsense', 'confirm')).toEqual([404, 'unknown-line']);
    expect((await desk.ask('GET', 'bank-lines/nonsense')).status).toBe(404);
    const stranger = await house.administration();
    for (const action of ['confirm', 'correct', 'split', 'dismiss', 'undo']) {
      const path = `bank-lines/${id}/${action}`;
      expect((await desk.ask('POST', path, {}, stranger.key)).status).toBe(404);
    }
    for (const path of ['match-evidence', 'match-settings', `bank-lines/${id}`])
      expect((await desk.ask('GET', path, undefined, stranger.key)).status).toBe(404);
    // The line does not exist inside the stranger's own administration either.
    expect((await stranger.ask('POST', `bank-lines/${id}/confirm`, {})).status).toBe(404);
  });

  it('gives the last euro of an invoice once, however many ask at the same time', async () => {
    const lines = [
      await desk.line({ amount: 242_00, text: 'a' }),
      await desk.line({ amount: 242_00, text: 'b' }),
      await desk.line({ amount: 242_00, text: 'c' }),
    ];
    const answers = await Promise.all(
      lines.map((id) => act(id, 'correct', { allocations: [{ invoiceId: '2026-0103', amount: '242.00' }] })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
    expect((await desk.open())['2026-0103']).toBeUndefined();
  });
});
