import { describe, expect, it } from '@jest/globals';
import { digests } from '../../src/handover/digests.js';
import { composeDossier } from '../../src/handover/rules/document/compose-dossier.js';
import type { CaseFile } from '../../src/handover/rules/document/case-file.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { LAW } from '../law/law-fixture.js';
import { debtor, invoice, item, payment, reminder, sampleCase, sampleDossier } from './support/sample-case.js';

describe('the claim of agency-handover.md §3', () => {
  it('with payments to principal, to the cent', () => {
    const { claims, interest, costs, totals } = sampleDossier();
    // F-1: 48 days on 1,210.00 = 16.5488, 83 days on 910.00 = 21.5209, at 10.40 % over 365 days: together 38.07.
    expect(claims[0]).toMatchObject({ paid: '300.00', credited: '0.00', open: '910.00', interest: '38.07', limitationDate: '2031-10-12' });
    expect(claims[0]?.interestSegments).toEqual([
      { from: '2026-07-16', to: '2026-09-01', days: 48, base: '1210.00', percent: '10.40', amount: '16.5488' },
      { from: '2026-09-02', to: '2026-11-23', days: 83, base: '910.00', percent: '10.40', amount: '21.5209' },
    ]);
    expect(claims[1]).toMatchObject({ paid: '0.00', credited: '60.50', open: '544.50', interest: '15.67' });
    expect(claims[2]).toMatchObject({ open: '332.75', interest: '6.73', lastInterruption: '2026-10-12' });
    expect(interest).toEqual({
      regime: 'NL_6_119a',
      dayCount: 'ACT_365F',
      allocation: 'LEDGER',
      calculatedTo: '2026-11-23',
      continuesFrom: '2026-11-24',
      amount: '60.47',
      perDay: '0.5092',
      provisional: false,
    });
    expect(costs).toEqual({ scheme: 'NL_SCALE', base: '1787.25', fee: '268.09', vatUplift: '0.00', alreadyClaimed: false });
    expect(totals).toEqual({ principal: '1787.25', interest: '60.47', costs: '268.09', claim: '2115.81' });
  });

  it('with payments to interest first (art. 6:44 BW), to the cent', () => {
    // 300.00 − 16.55 interest = 283.45 to principal: 1,210.00 − 283.45 = 926.55 open. 83 days on that = 21.91.
    const { claims, costs, totals } = sampleDossier({ allocation: 'ART_6_44' });
    expect(claims[0]).toMatchObject({ paid: '300.00', paidToInterest: '16.55', open: '926.55', interest: '21.91' });
    expect(costs.fee).toBe('270.57');
    expect(totals).toEqual({ principal: '1803.80', interest: '44.31', costs: '270.57', claim: '2118.68' });
  });
});

describe('a dossier', () => {
  it('goes on a day later where it ended: the interest of that day is the one stated per day', () => {
    // 1,787.25 × 10.40 % / 365 = 0.50924…; by invoice to the 24th: 16.5488 + 21.7802 = 38.33, 15.8248 = 15.82, 6.8264 = 6.83.
    const later = sampleDossier({ calculatedTo: plainDate('2026-11-24') });
    expect(later.interest).toMatchObject({ amount: '60.98', continuesFrom: '2026-11-25', perDay: '0.5092' });
  });

  it('goes on over the interest that a full year has added', () => {
    // 1,000.00 from 2025-07-01: a year at 10.15 % = 101.50, added on 2026-07-01. Then 1,101.50 × 10.40 % / 365 = 0.31385 a day, 146 days = 45.82.
    const { claims, interest } = sampleDossier({
      invoices: [item(invoice('F-6', { dueDate: plainDate('2025-06-30'), amount: 1000_00, open: 1000_00 }))],
      receipts: [],
    });
    expect(interest).toMatchObject({ amount: '147.32', perDay: '0.3139' });
    expect(claims[0]).toMatchObject({ open: '1000.00', interest: '147.32' });
  });

  it('says that costs were asked already, and since when', () => {
    const reminders = [
      reminder('demand', '2026-10-01', { costsAsked: 268_09 }),
      reminder('notice-of-default', '2026-10-12', { costsAsked: 268_09 }),
    ];
    const { costs, totals } = sampleDossier({ reminders });
    expect(costs).toMatchObject({ alreadyClaimed: true, letterDate: '2026-10-01', fee: '268.09' });
    expect(totals.claim).toBe('2115.81');
  });

  it('adds VAT to the costs only when the creditor cannot deduct it and the letters say so', () => {
    const { creditor, legalBasis } = sampleCase();
    const undeductible = { ...creditor, administration: { ...creditor.administration, vatDeductible: false } };
    // 21 % of 268.09 = 56.2989.
    const stated = sampleDossier({ creditor: undeductible, legalBasis: { ...legalBasis, vatStatedInLetter: true } });
    expect(stated).toMatchObject({ costs: { scheme: 'NL_SCALE', fee: '268.09', vatUplift: '56.30' }, totals: { costs: '324.39' } });
    expect(sampleDossier({ creditor: undeductible }).costs).toMatchObject({ scheme: 'NL_SCALE', fee: '268.09', vatUplift: '0.00' });
  });

  it('asks for the fixed sum only when nothing was demanded', () => {
    expect(sampleDossier({ reminders: [reminder('reminder', '2026-07-20')] }).costs).toMatchObject({ scheme: 'NL_40', fee: '40.00' });
  });

  it('asks a consumer for no costs without a letter whose term is over, and takes the consumer rate', () => {
    const consumer = {
      debtor: { ...debtor, capacity: 'consumer' as const, registryId: null },
      segmentBasis: 'DECLARATION' as const,
      address: null,
    };
    const before = sampleDossier({ debtor: consumer });
    expect(before).toMatchObject({ segment: 'B2C', costs: { scheme: 'NONE', fee: '0.00' }, interest: { regime: 'NL_6_119' } });
    expect(before.debtor).not.toHaveProperty('registry');
    expect(before.debtor).not.toHaveProperty('address');
    const after = sampleDossier({ debtor: consumer, reminders: [reminder('fourteen-day-letter', '2026-10-12')] });
    expect(after.costs).toMatchObject({ scheme: 'NL_SCALE', fee: '268.09' });
  });

  it('keeps the disputed part out of the claim', () => {
    const invoices = [item(invoice('F-1', { amount: 1210_00, open: 910_00 }), { disputedPart: 110_00 })];
    const approval = { by: 'A. Janssen', at: '2026-11-23T08:15:00.000Z', principal: 800_00 };
    const { claims, totals } = sampleDossier({ invoices, approval });
    expect(claims[0]).toMatchObject({ original: '1210.00', disputed: true, disputedPart: '110.00', open: '800.00' });
    expect(totals.principal).toBe('800.00');
  });

  it('counts interest over a returned direct debit only for the days it was away', () => {
    // 1,000.00 due 2026-09-01, paid 09-10, taken back 09-20, to 09-30: 9 + 10 days at 10.40 % = 2.5644 + 2.8493 = 5.41.
    const invoices = [item(invoice('F-9', { dueDate: plainDate('2026-09-01'), amount: 1000_00, open: 1000_00 }))];
    const receipts = [payment('F-9', '2026-09-10', 1000_00, { reversedOn: plainDate('2026-09-20') })];
    const { claims, payments } = sampleDossier({ invoices, receipts, calculatedTo: plainDate('2026-09-30') });
    expect(claims[0]).toMatchObject({ paid: '0.00', open: '1000.00', interest: '5.41' });
    expect(payments[0]).toMatchObject({ amount: '1000.00', reversedOn: '2026-09-20' });
  });

  it('has no interest where none runs', () => {
    const invoices = [item(invoice('F-3', { amount: 332_75, open: 332_75 }), { lastFreeDay: null })];
    expect(sampleDossier({ invoices })).toMatchObject({
      interest: { amount: '0.00', perDay: '0.0000' },
      claims: [{ interestSegments: [] }],
    });
  });

  it('carries nothing of what is not known, and nothing of the debtor’s bank', () => {
    const text = JSON.stringify({ ...sampleDossier(), log: null, creditor: null });
    expect(text).not.toMatch(/:""/);
    expect(text.replace('"log":null,"creditor":null', '').replace('"creditor":null', '').replace('"log":null', '')).not.toContain('null');
    expect(text).not.toContain('NL02ABNA');
  });

  it.each<[string, Partial<CaseFile>, string]>([
    ['an invoice in dollars', { invoices: [item(invoice('F-1', { amount: 100, open: 100, currency: 'USD' }))] }, 'other-currency'],
    ['nothing', { invoices: [] }, 'nothing-claimed'],
    [
      'an invoice that is paid',
      { invoices: [item(invoice('F-8', { amount: 100_00, open: 0 }))], receipts: [payment('F-8', '2026-08-01', 100_00)] },
      'nothing-claimed',
    ],
    ['a payment the books do not know', { receipts: [payment('F-1', '2026-09-01', 300_01)] }, 'does-not-add-up'],
    [
      'a payment of tomorrow',
      { invoices: [item(invoice('F-1', { amount: 1210_00, open: 910_00 }))], receipts: [payment('F-1', '2026-11-24', 300_00)] },
      'does-not-add-up',
    ],
    [
      'a day before the rates',
      { invoices: [item(invoice('F-7', { dueDate: plainDate('1990-01-01'), amount: 100, open: 100 }))] },
      'no-rate',
    ],
  ])('is refused: %s', (_what, given, code) => {
    expect(composeDossier(LAW, sampleCase(given), digests)).toMatchObject({ ok: false, error: { code } });
  });
});
