import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CaseForwarding } from '../../src/handover/forwarding.service.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import type { PullBatch } from '../../src/adapters/accounting-package.port.js';
import { pull, pulledItem } from '../support/pulled.js';
import { type DunnedCompany, DunningHouse } from './support/dunned-company.js';

/** What happens with a claim after it was handed over reaches its agency, once, the same day. */

const house = new DunningHouse();
const DAY = plainDate('2026-11-17');
let company: DunnedCompany;
let caseId = '';

beforeAll(async () => {
  await house.start();
  company = await house.proposed();
  caseId = (await company.approve()).body.id;
  await company.deliver();
  await company.goTo(DAY);
});
afterAll(() => house.stop());

const forwarding = (): CaseForwarding => house.inner.house.service.app.get(CaseForwarding, { strict: false });
/** What the agency is told now that it did not know. */
async function news(): Promise<{ type: string; data: Record<string, unknown> }[]> {
  const before = (await company.told()).length;
  // As often and as fast as it likes.
  await Promise.all([1, 2].map(() => forwarding().tell(company.id)));
  await forwarding().tell(company.id);
  await arrive();
  return (await company.told()).slice(before);
}
/** Events of one moment follow each other within minutes. */
async function arrive(): Promise<void> {
  for (let round = 0; round < 4; round++) {
    await company.deliver();
    house.clock.advance(61_000);
  }
}

describe('after a handover', () => {
  beforeEach(() => {
    house.agency.moods.length = 0;
  });

  it('nothing is told as long as nothing happens', async () => {
    expect(await news()).toEqual([]);
  });

  it('an invoice that was deleted in the package and made again is no news either', async () => {
    const [old, again] = [company.idOf('F-2'), 'made-again'];
    const item = (ref: string) =>
      pulledItem(ref, company.debtorId, {
        number: 'F-2',
        amount: 150_00,
        issueDate: plainDate('2026-09-12'),
        dueDate: plainDate('2026-10-12'),
      });
    const brings = (batch: Partial<PullBatch>): Promise<unknown> =>
      pull({ id: company.id, within: (work) => company.within(work) }, batch, house.clock.now());
    await brings({ items: [item(again)], deletedItemRefs: [old] });
    expect(await news()).toEqual([]);
    expect(
      await company.rows(`SELECT id FROM invoice WHERE administration_id = $1 AND handed_over_on IS NOT NULL AND id = $2`, [again]),
    ).toHaveLength(1);
    // Here it is put back as it was, for what follows.
    await brings({ items: [{ ...item(old), dueDate: plainDate('2026-10-12') }], deletedItemRefs: [again] });
    expect(await news()).toEqual([]);
  });

  let paid = '';
  it('money of the debtor on our account is told in the day, with what is left', async () => {
    paid = (await company.bank('F-1', 100_00, plainDate('2026-11-16'))).allocationId;
    await company.runDay(DAY);
    await arrive();
    expect((await company.told()).slice(1)).toEqual([
      {
        type: 'direct_payment',
        data: {
          ...{ caseId, version: 1, invoice: 'F-1', amount: '100.00', reversal: false, currency: 'EUR' },
          ...{ open: '200.00', caseOpen: '350.00', on: DAY },
        },
      },
    ]);
    await company.runDay(DAY);
    expect(await news()).toEqual([]);
  });

  it('the same payment, once the package has booked it too, is no news', async () => {
    await company.book('F-1', 100_00, plainDate('2026-11-16'));
    expect(await news()).toEqual([]);
  });

  it('a payment that comes back is told with its sign', async () => {
    await company.rows("UPDATE allocation SET reversed_at = now(), reversed_why = 'returned' WHERE administration_id = $1 AND id = $2", [
      paid,
    ]);
    await company.rows('DELETE FROM settlement WHERE administration_id = $1 AND $2::text <> $$x$$', ['y']);
    await company.rows('UPDATE invoice SET package_open = amount WHERE administration_id = $1 AND number = $2', ['F-1']);
    expect(await news()).toMatchObject([
      { type: 'direct_payment', data: { invoice: 'F-1', amount: '-100.00', reversal: true, open: '300.00', caseOpen: '450.00' } },
    ]);
  });

  it('a credit note, and a payment somebody booked in the package', async () => {
    await company.book('F-1', 25_00, DAY, 'credit-note');
    await company.book('F-1', 40_00, DAY);
    expect(await news()).toMatchObject([
      { type: 'credit_note_issued', data: { invoice: 'F-1', amount: '25.00' } },
      { type: 'payment_received', data: { invoice: 'F-1', amount: '40.00', open: '235.00' } },
    ]);
  });

  it('an objection, and its end', async () => {
    const dispute = { invoiceId: company.idOf('F-2'), code: 'QUALITY_DAMAGE', amount: '30.00' };
    const { id } = await company.done<{ id: string }>('POST', '/disputes', dispute);
    expect(await news()).toMatchObject([
      { type: 'dispute_received', data: { invoice: 'F-2', code: 'QUALITY_DAMAGE', amount: '30.00', status: 'OPEN', open: '150.00' } },
    ]);
    await company.done('POST', `/disputes/${id}/resolve`, { outcome: 'REJECTED' });
    expect(await news()).toMatchObject([{ type: 'dispute_received', data: { invoice: 'F-2', status: 'RESOLVED' } }]);
  });

  it('money the agency itself passed on is not told back to it', async () => {
    await company.bank('F-2', 60_00, DAY, 'INCASSO  Proef');
    expect(await news()).toEqual([]);
    const detail = await company.done<{ items: { number: string; open: string }[] }>('GET', `/handovers/${caseId}`);
    expect(detail.items.find(({ number }) => number === 'F-2')).toMatchObject({ open: '90.00' });
  });

  it('money told as the debtor’s that turns out to be in a settlement is taken back there', async () => {
    const { lineId } = await company.bank('F-2', 20_00, DAY);
    expect(await news()).toMatchObject([{ type: 'direct_payment', data: { amount: '20.00', open: '70.00' } }]);
    await company.rows(
      `INSERT INTO handover_settlement (administration_id, agency_id, settlement_id, received_at, currency, remitted, expected, findings, bank_line_id, state)
       VALUES ($1, $2, 's-1', now(), 'EUR', 2000, 2000, '[]', $3, 'checked')`,
      [company.agencyId, lineId],
    );
    expect(await news()).toMatchObject([{ type: 'direct_payment', data: { amount: '-20.00', reversal: true, open: '70.00' } }]);
  });

  it('paid in full: told at once, the agency is asked to stop, and a person settles the rest', async () => {
    await company.rows("UPDATE administration SET language = 'nl' WHERE id = $1");
    await company.bank('F-1', 235_00, DAY);
    await company.bank('F-2', 70_00, DAY);
    expect((await news()).map(({ type, data }) => [type, data['caseOpen'] ?? data['reason']])).toEqual([
      ['direct_payment', '0.00'],
      ['direct_payment', '0.00'],
      ['hold_requested', 'PAID_IN_FULL'],
    ]);
    const { openTasks } = await company.done<{ openTasks: { kind: string; text: string }[] }>('GET', `/handovers/${caseId}`);
    expect(openTasks.map(({ kind, text }) => [kind, text.split(';')])).toEqual([
      [
        'settle-paid',
        [
          'Van deze vordering staat niets meer open',
          ' Incasso Proef is gevraagd te stoppen. Spreek de kosten af en trek het dossier dan in, of laat het sluiten.',
        ],
      ],
    ]);
  });

  it('an agency that refuses three times makes work for a person', async () => {
    await company.done('POST', `/handovers/${caseId}/hold`, { reason: 'once more' });
    house.agency.moods.push({ status: 422 }, { status: 422 }, { status: 422 });
    for (let attempt = 0; attempt < 3; attempt++) {
      await company.deliver();
      house.clock.advance(60 * 60_000);
    }
    const { openTasks } = await company.done<{ openTasks: { kind: string; text: string }[] }>('GET', `/handovers/${caseId}`);
    expect(openTasks).toContainEqual(expect.objectContaining({ kind: 'delivery-failed', text: expect.stringContaining('hold_requested') }));
  });

  it('every entry of the debtor’s dossier stands in his chain after the day', async () => {
    await forwarding().run(company.id);
    const [{ entries, links }] = (await company.rows<{ entries: number; links: number }>(
      `SELECT (SELECT count(*)::int FROM dossier_entry WHERE administration_id = $1) AS entries,
              (SELECT count(*)::int FROM dossier_link WHERE administration_id = $1) AS links`,
    )) as [{ entries: number; links: number }];
    expect(links).toBe(entries);
    expect(await forwarding().run(company.id)).toEqual({ told: 0, linked: 0 });
  });

  it('in shadow mode nothing is told', async () => {
    await company.rows("UPDATE administration SET mode = 'shadow' WHERE id = $1");
    await company.done('POST', '/disputes', { invoiceId: company.idOf('F-2'), code: 'OTHER' }).catch(() => undefined);
    await company.book('F-1', 1_00, DAY, 'credit-note');
    expect(await forwarding().tell(company.id)).toBe(0);
  });
});
