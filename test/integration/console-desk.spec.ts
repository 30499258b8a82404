import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BankLineView } from '../../src/matching/bank-line-view.js';
import { BankDeskHouse, type Desk } from '../support/bank-desk.js';

interface Answer {
  readonly statusCode: number;
  readonly location: unknown;
  readonly body: string;
}

type Field = [name: string, value: string];

describe('the desk of bank lines in the console', () => {
  let house: BankDeskHouse;
  let desk: Desk;
  let pages: string;
  beforeAll(async () => {
    house = await BankDeskHouse.start();
  });
  afterAll(() => house.stop());
  beforeEach(async () => {
    desk = await house.administration();
    pages = `/console/administrations/${desk.id}/bank-lines`;
    await desk.debtor('slager', { name: 'Slagerij Ossenhaas B.V.' });
    await desk.invoice('2026-0103', 'slager', 242_00);
    await desk.invoice('2026-0105', 'slager', 121_00);
    await desk.invoice('2026-0106', 'slager', 121_00);
  });

  const ask = async (method: 'GET' | 'POST', url: string, form: Field[] = [], key = desk.key): Promise<Answer> => {
    const reply = await house.service.app.inject({
      method,
      url,
      headers: { cookie: `tegoed_key=${key}`, origin: 'http://127.0.0.1', 'content-type': 'application/x-www-form-urlencoded' },
      ...(method === 'POST' && { payload: new URLSearchParams(form).toString() }),
    });
    return { statusCode: reply.statusCode, location: reply.headers['location'], body: reply.body };
  };
  const post = (path: string, ...form: Field[]): Promise<Answer> => ask('POST', `${pages}${path}`, form);
  /** An amount without a number, from nobody known: it waits for a person. */
  const waiting = async (amount: number): Promise<string> => {
    const id = await desk.line({ amount });
    await desk.match();
    return id;
  };
  const line = (id: string): Promise<BankLineView> => desk.done('GET', `bank-lines/${id}`);

  it('shows what waits with every way to book it', async () => {
    await waiting(121_00);
    const { body } = await ask('GET', `${pages}?outcome=proposed`);
    expect(body).toContain('€121.00 for 2026-0105');
    expect(body).toContain('€121.00 for 2026-0106');
    expect(body).toContain('Book the ticked proposals');
    // What was booked has nothing to book any more, and what waits cannot be taken back.
    expect((await ask('GET', `${pages}?outcome=matched`)).body).not.toContain('Book this');
  });

  it('books the alternative that was chosen, once', async () => {
    const id = await waiting(121_00);
    const other = (await line(id)).alternatives[0]?.allocations[0]?.invoiceId;
    const answer = await post(`/${id}/confirm`, ['choice', '0'], ['shown', 'proposed']);
    expect([answer.statusCode, answer.location]).toEqual([303, `${pages}?outcome=proposed&done=booked`]);
    expect((await line(id)).allocations).toMatchObject([{ invoiceId: other, amount: '121.00' }]);
    expect((await post(`/${id}/confirm`, ['choice', 'proposal'])).statusCode).toBe(422);
    expect((await line(id)).allocations).toHaveLength(1);
  });

  it('books the ticked ones, one as well as several', async () => {
    const [a, b] = [await waiting(242_00), await waiting(121_00)];
    expect((await post('/confirm', ['ids', a])).location).toBe(`${pages}?done=booked`);
    expect((await post('/confirm', ['ids', b], ['ids', a])).location).toBe(`${pages}?done=booked-some`);
    expect([(await line(a)).outcome, (await line(b)).outcome]).toEqual(['matched', 'matched']);
    expect((await post('/confirm')).statusCode).toBe(400);
  });

  it('puts aside with a reason, and takes back with one', async () => {
    const id = await waiting(242_00);
    expect((await post(`/${id}/dismiss`, ['reason', 'not-a-receivable'], ['why', ''])).statusCode).toBe(422);
    expect((await post(`/${id}/dismiss`, ['reason', 'not-a-receivable'], ['why', 'eigen geld'])).location).toBe(`${pages}?done=put-aside`);
    expect(await line(id)).toMatchObject({ outcome: 'not-a-receipt', decidedWhy: 'eigen geld' });

    const booked = await waiting(121_00);
    await post(`/${booked}/confirm`, ['choice', 'proposal']);
    expect((await post(`/${booked}/undo`, ['why', ''])).statusCode).toBe(400);
    expect((await post(`/${booked}/undo`, ['why', 'verkeerd'])).location).toBe(`${pages}?done=taken-back`);
    expect(await line(booked)).toMatchObject({ allocations: [] });
  });

  it('does nothing for who has another key, for no line, or for no choice', async () => {
    const id = await waiting(242_00);
    const stranger = (await house.administration()).key;
    expect((await ask('POST', `${pages}/${id}/confirm`, [['choice', 'proposal']], stranger)).statusCode).toBe(404);
    expect((await post('/7f000000-0000-4000-8000-000000000000/confirm', ['choice', 'proposal'])).statusCode).toBe(404);
    expect((await post('/x/confirm', ['choice', 'proposal'])).statusCode).toBe(404);
    expect((await post(`/${id}/confirm`, ['choice', 'all'])).statusCode).toBe(400);
    expect((await line(id)).outcome).toBe('proposed');
  });
});
