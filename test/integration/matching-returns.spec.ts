import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BankLineView } from '../../src/matching/bank-line-view.js';
import { PushPlan } from '../../src/writeback/push-plan.service.js';
import { BankDeskHouse, type Desk } from '../support/bank-desk.js';
import { ALL_POSSIBLE } from '../support/capabilities.js';

const PAYER = 'NL18RABO0123459876';
const BAKKER = { iban: PAYER, name: 'Bakkerij Korenaar' };

describe('payments that go back', () => {
  let house: BankDeskHouse;
  let desk: Desk;

  beforeAll(async () => {
    house = await BankDeskHouse.start();
  });
  afterAll(() => house.stop());
  beforeEach(async () => {
    desk = await house.administration();
    await firm(desk);
  });

  async function firm(of: Desk): Promise<void> {
    await of.debtor('bakker', { name: 'Bakkerij Korenaar B.V.', ibans: [PAYER] });
    await of.debtor('slager', { name: 'Slagerij Ossenhaas B.V.' });
    await of.invoice('2026-0101', 'bakker', 121_00);
    await of.invoice('2026-0102', 'bakker', 60_50);
  }
  const view = (id: string): Promise<BankLineView> => desk.done('GET', `bank-lines/${id}`);
  const undo = (id: string) => desk.ask<{ code: string }>('POST', `bank-lines/${id}/undo`, { why: 'was het niet' });

  /** Paid and booked on one day. */
  async function paid(amount = 121_00, rest: { endToEndId?: string | null; text?: string } = {}): Promise<string> {
    const id = await desk.line({
      ...BAKKER,
      amount,
      text: rest.text ?? 'factuur 2026-0101',
      day: '2026-11-12',
      endToEndId: rest.endToEndId ?? 'E1',
    });
    await desk.match();
    expect((await view(id)).outcome).toBe('matched');
    return id;
  }
  const bounced = (amount: number, rest: { endToEndId?: string | null } = {}): Promise<string> =>
    desk.line({
      ...BAKKER,
      amount,
      text: 'Storno',
      day: '2026-11-17',
      subFamily: 'UPDD',
      returned: 'AM04',
      endToEndId: rest.endToEndId === undefined ? 'E1' : rest.endToEndId,
    });

  it('reopen the invoice of the earlier match, and the dossier says why', async () => {
    const original = await paid();
    expect((await desk.open())['2026-0101']).toBeUndefined();
    const back = await bounced(-121_00);
    expect(await desk.match()).toMatchObject({ matched: 1 });
    expect(await view(back)).toMatchObject({
      outcome: 'matched',
      returnOf: original,
      allocations: [{ invoice: '2026-0101', amount: '-121.00' }],
    });
    expect(await desk.open()).toEqual({ '2026-0101': 121_00, '2026-0102': 60_50 });
    const [, entry] = await desk.dossier('bakker');
    expect(entry).toMatchObject({ kind: 'payment-returned', body: { bankLine: back } });
    expect(JSON.stringify(entry?.body['because'])).toMatch(/2026-11-12 \(AM04\).*open again/);
    const { payments } = await desk.book();
    expect(payments.map(({ invoiceId, amount, date }) => [invoiceId, amount, date])).toEqual([
      ['2026-0101', 121_00, '2026-11-12'],
      ['2026-0101', -121_00, '2026-11-17'],
    ]);
  });

  it('can be paid again by a line that follows in the same statement', async () => {
    await paid();
    await bounced(-121_00);
    const again = await desk.line({ ...BAKKER, amount: 121_00, text: 'alsnog 2026-0101', day: '2026-11-18', endToEndId: 'E2' });
    expect(await desk.match()).toMatchObject({ matched: 2 });
    expect(await view(again)).toMatchObject({ outcome: 'matched', allocations: [{ invoice: '2026-0101' }] });
    expect(await desk.open()).toEqual({ '2026-0102': 60_50 });
  });

  it('come back in the same round as they were paid', async () => {
    await desk.line({ ...BAKKER, amount: 121_00, text: 'factuur 2026-0101', day: '2026-11-12', endToEndId: 'E1' });
    const back = await bounced(-121_00);
    expect(await desk.match()).toMatchObject({ matched: 2 });
    expect((await view(back)).returnOf).not.toBeNull();
    expect(await desk.open()).toEqual({ '2026-0101': 121_00, '2026-0102': 60_50 });
  });

  it('take what was overpaid with them, and the fee of the bank is nobody’s', async () => {
    await paid(150_00);
    expect(await desk.unallocated()).toEqual({ bakker: 29_00 });
    const back = await bounced(-152_50);
    await desk.match();
    expect(await view(back)).toMatchObject({ outcome: 'matched', allocations: [{ amount: '-121.00' }], unallocated: '-31.50' });
    expect(await desk.unallocated()).toEqual({});
    expect(await desk.open()).toEqual({ '2026-0101': 121_00, '2026-0102': 60_50 });
  });

  it('wait for a person when another payment may be meant, and the invoice stays paid till then', async () => {
    await desk.invoice('2026-0103', 'bakker', 121_00);
    await paid(121_00, { endToEndId: null, text: 'factuur 2026-0101' });
    await paid(121_00, { endToEndId: null, text: 'factuur 2026-0103' });
    const back = await bounced(-121_00, { endToEndId: null });
    await desk.match();
    expect((await view(back)).outcome).toBe('proposed');
    expect(await desk.open()).toEqual({ '2026-0102': 60_50 });
    const confirmed = await desk.done<BankLineView>('POST', `bank-lines/${back}/confirm`, {});
    expect(confirmed.returnOf).not.toBeNull();
    expect(Object.values(await desk.open()).sort()).toEqual([121_00, 60_50]);
  });

  it('keep their tie to the payment when a person gives them another amount of it', async () => {
    const original = await paid();
    const back = await bounced(-121_00);
    await desk.match();
    const body = { allocations: [{ invoiceId: '2026-0101', amount: '-120.00' }] };
    expect(await desk.done('POST', `bank-lines/${back}/correct`, body)).toMatchObject({ returnOf: original, unallocated: '-1.00' });
    expect((await desk.open())['2026-0101']).toBe(120_00);
  });

  it('take a payment back once: a second proposal to do so is stale', async () => {
    const original = await paid(121_00, { endToEndId: null });
    const [one, two] = [await bounced(-121_00, { endToEndId: null }), await bounced(-121_00, { endToEndId: null })];
    const proposal = (line: string) =>
      `UPDATE bank_line SET outcome = 'proposed', proposal = '{"allocations":[{"invoiceId":"2026-0101","amount":-12100,"settles":null}],"debtorId":"bakker",
         "remainder":{"amount":0,"kind":null},"returnOf":"${original}","alternatives":[],"mayPay":[]}' WHERE id = '${line}'`;
    await desk.query(proposal(one));
    await desk.query(proposal(two));
    expect((await desk.ask('POST', `bank-lines/${one}/confirm`, {})).status).toBe(200);
    expect(await desk.ask('POST', `bank-lines/${two}/confirm`, {})).toMatchObject({ status: 409, body: { code: 'stale-proposal' } });
  });

  it('are undone like anything else, and not found again', async () => {
    await paid();
    const back = await bounced(-121_00);
    await desk.match();
    expect((await undo(back)).status).toBe(200);
    expect(await desk.open()).toEqual({ '2026-0102': 60_50 });
    await desk.match();
    expect(await view(back)).toMatchObject({ outcome: 'unmatched', returnOf: null });
    expect(await desk.open()).toEqual({ '2026-0102': 60_50 });
  });

  it('guard the payment they take back: that one cannot be undone under them', async () => {
    const original = await paid();
    const back = await bounced(-121_00);
    await desk.match();
    expect(await undo(original)).toMatchObject({ status: 409, body: { code: 'taken-back' } });
    expect((await undo(back)).status).toBe(200);
    expect((await undo(original)).status).toBe(200);
    expect(await desk.open()).toEqual({ '2026-0101': 121_00, '2026-0102': 60_50 });
  });

  it('stay as they are once the invoice was paid again: that payment would be too much', async () => {
    await paid();
    const back = await bounced(-121_00);
    await desk.match();
    const again = await desk.line({ ...BAKKER, amount: 121_00, text: 'alsnog 2026-0101', day: '2026-11-18', endToEndId: 'E2' });
    await desk.match();
    const before = await desk.open();
    expect(await undo(back)).toMatchObject({
      status: 409,
      body: { code: 'built-upon', detail: expect.stringMatching(/2026-0101 was paid again/) },
    });
    expect(await desk.open()).toEqual(before);
    expect((await undo(again)).status).toBe(200);
    expect((await undo(back)).status).toBe(200);
  });

  it('never reopen more than was settled', async () => {
    const back = await desk.line({ ...BAKKER, amount: -121_00, text: 'Storno', subFamily: 'UPDD', returned: 'AM04' });
    const body = { allocations: [{ invoiceId: '2026-0101', amount: '-121.00' }] };
    expect(await desk.ask('POST', `bank-lines/${back}/correct`, body)).toMatchObject({ status: 422, body: { code: 'more-than-settled' } });
  });

  it('give a person’s own return of an overpayment back to the debtor’s account', async () => {
    await paid(150_00);
    const refund = await desk.line({ amount: -29_00, text: 'terug teveel betaald', iban: PAYER });
    await desk.match();
    expect((await view(refund)).outcome).toBe('not-a-receipt');
    await desk.done('POST', `bank-lines/${refund}/split`, { parts: [], rest: { debtorId: 'bakker', amount: '-29.00' } });
    expect(Object.values(await desk.unallocated()).reduce((sum, amount) => sum + amount, 0)).toBe(0);
  });

  describe('and the package', () => {
    let plan: PushPlan;
    beforeEach(async () => {
      plan = house.service.app.get(PushPlan);
      desk = await house.administration({ mode: 'live' });
      await firm(desk);
    });

    interface Effect {
      readonly id: string;
      readonly state: string;
      readonly kind: string;
      readonly text: string | null;
      readonly item: string;
    }
    const effects = async (capabilities = ALL_POSSIBLE): Promise<Effect[]> => {
      await plan.run(desk.id, capabilities);
      return desk.query<Effect>(
        `SELECT id, state, payload->>'kind' AS kind, payload->>'text' AS text, payload->'about'->>'item' AS item FROM effect ORDER BY created_at, payload->>'kind' DESC, id`,
      );
    };
    const undoing = async (): Promise<Record<string, unknown>[]> =>
      (await desk.query<{ payload: Record<string, unknown> }>(`SELECT payload FROM effect WHERE payload->>'kind' = 'payment-undo'`)).map(
        ({ payload }) => payload,
      );
    /** How the payment is known to the package. */
    const marked = async (): Promise<{ undoes: string; settlement: string }> => {
      const [row] = await desk.query<{ marker: string }>(`SELECT marker FROM effect WHERE payload->>'kind' = 'payment-match'`);
      return { undoes: row?.marker ?? '', settlement: `pay-${row?.marker}` };
    };
    /** What the push and the next pull leave behind. */
    async function pushedAndPulled(): Promise<void> {
      await desk.query(`UPDATE effect SET state = 'done', result = '{}', ended_at = now() WHERE state = 'planned'`);
      await desk.query(
        `UPDATE allocation SET settlement_id = 'pay-' || marker WHERE reversed_at IS NULL AND settlement_id IS NULL AND amount > 0`,
      );
      await desk.query(
        `INSERT INTO settlement (administration_id, invoice_id, id, settled_on, amount, kind, marker)
         SELECT administration_id, invoice_id, settlement_id, '2026-11-12', amount, 'payment', marker FROM allocation WHERE settlement_id IS NOT NULL AND reversed_at IS NULL
         ON CONFLICT DO NOTHING`,
      );
      await desk.query(
        `UPDATE invoice SET package_open = amount - (SELECT coalesce(sum(amount), 0) FROM settlement WHERE invoice_id = invoice.id AND settlement.administration_id = invoice.administration_id)`,
      );
    }

    it('is told of what a person confirmed as of what was matched', async () => {
      const id = await desk.line({ amount: 60_50, text: 'iets' });
      await desk.match();
      expect((await view(id)).outcome).toBe('proposed');
      expect(await effects()).toEqual([]);
      await desk.done('POST', `bank-lines/${id}/confirm`, {});
      expect(await effects()).toMatchObject([{ kind: 'payment-match', state: 'planned', item: '2026-0102' }]);
    });

    describe('is told of a payment that is short', () => {
      const told = async (): Promise<object | undefined> => {
        await effects();
        return (await desk.query<{ payload: object }>(`SELECT payload FROM effect`))[0]?.payload;
      };

      it('by how much and why, when the engine was sure', async () => {
        await paid(120_98);
        expect(await told()).toMatchObject({ amount: 120_98, difference: { amount: 2, kind: 'underpayment' } });
      });

      it('and no more, when a person decided: then nobody knows why', async () => {
        await paid(120_98);
        await desk.query(`UPDATE bank_line SET decided_by = 'key'`);
        expect(await told()).toMatchObject({ amount: 120_98 });
        expect(await told()).not.toHaveProperty('difference');
      });
    });

    it('is told nothing of a payment where it has no place for one', async () => {
      await paid();
      await plan.run(desk.id, { ...ALL_POSSIBLE, 'payment-match': 'not-possible' });
      expect(await desk.query('SELECT id FROM effect')).toEqual([]);
      expect(await effects()).toHaveLength(1);
    });

    it('is told on the invoice that a payment it knows was returned, once', async () => {
      await paid();
      await effects();
      await pushedAndPulled();
      expect((await desk.open())['2026-0101']).toBeUndefined();
      await bounced(-121_00);
      await desk.match();
      expect((await desk.open())['2026-0101']).toBe(121_00);
      const [takenBack, payment, ...more] = await effects();
      expect([payment?.kind, takenBack?.kind, takenBack?.item, more]).toEqual(['payment-match', 'payment-undo', '2026-0101', []]);
      expect(takenBack?.text).toMatch(/EUR 121,00 van 12-11-2026 is op 17-11-2026 door de bank teruggeboekt/);
      expect(await undoing()).toMatchObject([
        { amount: 121_00, currency: 'EUR', paidOn: '2026-11-12', on: '2026-11-17', ...(await marked()) },
      ]);
      expect(await effects()).toHaveLength(2);

      // The bookkeeper reverses it there: nothing changes here.
      await desk.query('DELETE FROM settlement');
      await desk.query(`UPDATE invoice SET package_open = amount`);
      expect((await desk.open())['2026-0101']).toBe(121_00);
    });

    it('is told in a note, once, where it lets nobody take a payment back', async () => {
      const noUndo = { ...ALL_POSSIBLE, 'payment-undo': 'not-possible' } as const;
      const id = await paid();
      await effects();
      await pushedAndPulled();
      await undo(id);
      const [, note, ...more] = await effects(noUndo);
      expect([note?.kind, note?.item, more]).toEqual(['note', '2026-0101', []]);
      expect(note?.text).toMatch(/hoort niet bij deze factuur/);
      expect(await effects(noUndo)).toHaveLength(2);
      // Nor anew by a package that learned to.
      expect(await effects()).toHaveLength(2);
    });

    it('is not told which settlement it was when a person booked that there', async () => {
      const id = await paid();
      await effects();
      await pushedAndPulled();
      await desk.query(`UPDATE settlement SET marker = NULL`);
      await undo(id);
      await effects();
      expect((await undoing())[0]).not.toHaveProperty('settlement');
    });

    describe('of one taken back and given again to the same invoice', () => {
      const again = async (id: string) => {
        await desk.done('POST', `bank-lines/${id}/correct`, { allocations: [{ invoiceId: '2026-0101', amount: '121.00' }] });
        return (await effects()).map(({ kind, state }) => `${kind} ${state}`).sort();
      };

      it('keeps what it has, as long as it was not told', async () => {
        const id = await paid();
        await effects();
        await pushedAndPulled();
        await undo(id);
        await effects();
        expect(await again(id)).toEqual(['payment-match done', 'payment-undo cancelled']);
        expect(await desk.open()).toEqual({ '2026-0102': 60_50 });
      });

      it('is told anew when it took it back', async () => {
        const id = await paid();
        await effects();
        await pushedAndPulled();
        await undo(id);
        await effects();
        await desk.query(`UPDATE effect SET state = 'done', result = '{}', ended_at = now() WHERE state = 'planned'`);
        expect(await again(id)).toEqual(['payment-match done', 'payment-match planned', 'payment-undo done']);
        expect(await effects()).toHaveLength(3);
        expect(await desk.open()).toEqual({ '2026-0102': 60_50 });
      });
    });

    it('is told that a payment it knows was undone; it counts as open here at once, and after it was reversed there', async () => {
      const id = await paid();
      await effects();
      await pushedAndPulled();
      await undo(id);
      expect((await desk.open())['2026-0101']).toBe(121_00);
      expect((await desk.book()).payments).toEqual([]);
      const [takenBack] = await effects();
      expect(takenBack).toMatchObject({ kind: 'payment-undo', item: '2026-0101' });
      expect(takenBack?.text).toMatch(/hoort niet bij deze factuur/);
      await desk.query('DELETE FROM settlement');
      await desk.query(`UPDATE invoice SET package_open = amount`);
      expect((await desk.open())['2026-0101']).toBe(121_00);
    });

    it('is told nothing of a payment undone or returned before it knew of it', async () => {
      const id = await paid();
      await effects();
      await undo(id);
      expect(await effects()).toMatchObject([{ kind: 'payment-match', state: 'cancelled' }]);
      const other = await paid(60_50, { text: 'factuur 2026-0102', endToEndId: 'E7' });
      await effects();
      await bounced(-60_50, { endToEndId: 'E7' });
      await desk.match();
      expect((await effects()).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
        'payment-match cancelled',
        'payment-match cancelled',
      ]);

      // It did not go back after all: now the package is told, under a new mark.
      await undo((await desk.query<{ id: string }>(`SELECT id FROM bank_line WHERE return_of = '${other}'`))[0]?.id ?? '');
      expect((await effects()).map(({ state, item }) => `${state} ${item}`).sort()).toEqual([
        'cancelled 2026-0101',
        'cancelled 2026-0102',
        'planned 2026-0102',
      ]);
      expect(await desk.open()).toEqual({ '2026-0101': 121_00 });
    });

    it('is not told twice of a payment that was undone and given again', async () => {
      const id = await paid();
      await effects();
      await pushedAndPulled();
      await undo(id);
      await desk.done('POST', `bank-lines/${id}/correct`, { allocations: [{ invoiceId: '2026-0101', amount: '121.00' }] });
      expect((await effects()).map(({ kind }) => kind)).toEqual(['payment-match']);
      expect(await desk.open()).toEqual({ '2026-0102': 60_50 });
      expect((await desk.book()).payments.filter(({ invoiceId }) => invoiceId === '2026-0101')).toHaveLength(1);
    });

    it('is told nothing in shadow mode', async () => {
      desk = await house.administration({ mode: 'shadow' });
      await firm(desk);
      const id = await paid();
      expect(await effects()).toEqual([]);
      await undo(id);
      expect(await effects()).toEqual([]);
    });
  });
});

describe('what waits for a person', () => {
  let house: BankDeskHouse;
  let desk: Desk;

  beforeAll(async () => {
    house = await BankDeskHouse.start();
  });
  afterAll(() => house.stop());
  beforeEach(async () => {
    desk = await house.administration();
    await desk.debtor('bakker', { name: 'Bakkerij Korenaar B.V.' });
    await desk.debtor('slager', { name: 'Slagerij Ossenhaas B.V.' });
  });

  it('counts as money of every debtor it may pay, and of nobody once it is placed', async () => {
    await desk.invoice('2026-0101', 'bakker', 121_00);
    await desk.invoice('2026-0102', 'slager', 121_00);
    const id = await desk.line({ amount: 121_00, text: 'x' });
    await desk.match();
    expect(await desk.unallocated()).toEqual({ bakker: 121_00, slager: 121_00 });
    await desk.done('POST', `bank-lines/${id}/correct`, { allocations: [{ invoiceId: '2026-0101', amount: '121.00' }] });
    expect(await desk.unallocated()).toEqual({});
  });

  it('holds only as long as it waits: matching leaves it out of its own book', async () => {
    await desk.invoice('2026-0101', 'bakker', 121_00);
    await desk.line({ amount: 121_00, text: 'x' });
    await desk.match();
    const first = await desk.done<BankLineView[]>('GET', 'bank-lines');
    await desk.match();
    expect(await desk.done('GET', 'bank-lines')).toEqual(first);
  });

  it('is part of the book of one debtor alone as of the whole', async () => {
    await desk.invoice('2026-0101', 'bakker', 121_00);
    await desk.invoice('2026-0102', 'slager', 121_00);
    await desk.line({ amount: 121_00, text: 'x' });
    await desk.match();
    const whole = (await desk.book()).payments.filter(({ debtorId }) => debtorId === 'slager');
    const own = await desk.bookOf('slager');
    expect(whole).toHaveLength(1);
    expect(own.payments).toEqual(whole);
  });

  it('does not make the statements stale, but lines nobody looked at do', async () => {
    const through = async (): Promise<string | null> => (await desk.book()).freshness.statementsThrough;
    expect(await through()).toBeNull();
    await desk.invoice('2026-0101', 'bakker', 121_00);
    await desk.line({ amount: 121_00, text: 'x', day: '2026-11-18' });
    // The statement reaches 19 November; until it has been through matching, only the days before its first line are known.
    expect(await through()).toBe('2026-11-17');
    expect(await desk.match()).toMatchObject({ matched: 0, proposed: 1 });
    expect(await through()).toBe('2026-11-19');
  });
});
