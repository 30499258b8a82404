import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LAW, lawWith } from '../../../test/law/law-fixture.js';
import { sum } from '../../kernel/money.js';
import { addDays, plainDate } from '../../kernel/plain-date.js';
import { CAPACITIES, CONTACT_KINDS } from '../../ledger/rules/book.js';
import { type ChargeFacts, type ChargeItem, type ChargesAllowed, chargesAllowed } from './charges.js';
import { collectionCosts } from './collection-costs.js';

const item = (invoiceId: string, open: number, dueDate = '2026-10-15'): ChargeItem => ({ invoiceId, open, dueDate: plainDate(dueDate) });
type Sent = ChargeFacts['contacts'][number];
const sent = (kind: Sent['kind'], on: string, invoiceIds: string[], channel: Sent['channel'] = 'letter'): Sent => ({
  kind,
  channel,
  sentOn: plainDate(on),
  receivedOn: null,
  invoiceIds,
});

function ask(on: string, facts: Partial<ChargeFacts>): ChargesAllowed {
  const defaults: ChargeFacts = {
    country: 'NL',
    capacity: 'consumer',
    items: [item('a', 800_00)],
    contacts: [],
    vatDeductible: true,
    vatStatedInLetter: false,
    clause: null,
    termAgreed: true,
  };
  return chargesAllowed(LAW, { ...defaults, ...facts }, plainDate(on));
}

describe('a Dutch consumer', () => {
  // Sent on Monday 2026-11-23 the letter frees until 2026-12-09 (§1.6); 800.00 costs 120.00.
  const letter = sent('fourteen-day-letter', '2026-11-23', ['a']);

  it('before the letter owes interest since default, no costs; the costs to announce are those of the scale', () => {
    const allowed = ask('2026-11-23', {});
    expect(allowed).toMatchObject({
      regime: 'nl',
      capacity: 'consumer',
      costs: { amount: 0 },
      costsToAnnounce: { amount: 120_00 },
      costsFrom: null,
    });
    // 2026-10-16 … 11-23: 39 days of 4 % over 800.00 = 3.4192
    expect(allowed.interest).toMatchObject({ amount: 3_42, invoiceIds: ['a'], provisional: false });
    expect(allowed.costs.because.join()).toContain('fourteen-day-letter');
  });

  it('inside the term owes no costs yet', () => {
    expect(ask('2026-12-09', { contacts: [letter] })).toMatchObject({
      costs: { amount: 0 },
      costsToAnnounce: { amount: 0 },
      costsFrom: '2026-12-10',
    });
  });

  it('after it owes them, with VAT only when it was stated', () => {
    const facts = { contacts: [letter] };
    expect(ask('2026-12-10', facts)).toMatchObject({ costs: { amount: 120_00, invoiceIds: ['a'] }, costsFrom: null });
    expect(ask('2026-12-10', { ...facts, vatDeductible: false }).costs.amount).toBe(120_00);
    expect(ask('2026-12-10', { ...facts, vatDeductible: false, vatStatedInLetter: true }).costs.amount).toBe(145_20);
  });

  it('after a payment inside the term owes them over what is left (§1.5: 500.00 gives 75.00)', () => {
    expect(ask('2026-12-10', { contacts: [letter], items: [item('a', 500_00)] }).costs.amount).toBe(75_00);
  });

  it('after a payment when the term is over owes them over what was open at its end (§1.3, §1.8: 800.00 gives 120.00)', () => {
    const paid = (on: string, amount: number) => ({ ...item('a', 800_00 - amount), receipts: [{ on: plainDate(on), amount }] });
    const costs = (...items: ChargeItem[]) => ask('2026-12-31', { contacts: [letter], items }).costs.amount;
    expect(costs(paid('2026-12-20', 300_00))).toBe(120_00);
    expect(costs(paid('2026-12-10', 300_00))).toBe(120_00);
    expect(costs(paid('2026-12-09', 300_00))).toBe(75_00);
    // Paid inside the term and returned by the bank after it: 500.00 was open at its end, and the fee stays with that.
    const returned = { ...item('a', 800_00), receipts: [{ on: plainDate('2026-12-15'), amount: -300_00 }] };
    expect(costs(returned)).toBe(75_00);
  });

  it('is told how much of the announced costs is VAT (§1.5: 800.00 gives 145.20)', () => {
    const announced = (facts: Partial<ChargeFacts>) => ask('2026-11-23', facts).costsToAnnounce;
    expect(announced({ vatDeductible: false, vatStatedInLetter: true })).toMatchObject({ amount: 145_20, vat: 25_20 });
    expect(announced({})).toMatchObject({ amount: 120_00, vat: 0 });
    // An agreed tariff below the scale: 10 % of 800.00 is 80.00, with 16.80 VAT.
    const clause = { kind: 'tariff', basisPoints: 1000, minimum: 0, maximum: null } as const;
    expect(announced({ clause, vatDeductible: false, vatStatedInLetter: true })).toMatchObject({ amount: 96_80, vat: 16_80 });
  });

  it('owes them in one demand over all items with a letter, and none over others', () => {
    const items = [item('a', 120_00), item('b', 80_00), item('c', 150_00), item('d', 900_00)];
    const letters = [sent('fourteen-day-letter', '2026-11-23', ['a', 'b']), sent('fourteen-day-letter', '2026-11-24', ['c'])];
    const allowed = ask('2026-12-15', { items, contacts: letters });
    expect(allowed.costs).toMatchObject({ amount: 52_50, invoiceIds: ['a', 'b', 'c'] });
    expect(allowed.costsToAnnounce).toMatchObject({ amount: 135_00, invoiceIds: ['d'] });
  });

  it('is not bound by a letter sent before default', () => {
    expect(ask('2026-12-31', { contacts: [sent('fourteen-day-letter', '2026-10-15', ['a'])] }).costs.amount).toBe(0);
  });

  it('without an agreed term owes nothing before a notice of default has run out', () => {
    expect(ask('2026-12-31', { termAgreed: false, contacts: [letter] })).toMatchObject({ costs: { amount: 0 }, interest: { amount: 0 } });
    // Sent on Monday 2026-11-02: received on 11-04, free until 11-18, default from 11-19.
    const notice = sent('notice-of-default', '2026-11-02', ['a']);
    const later = ask('2026-12-31', { termAgreed: false, contacts: [notice, letter] });
    expect(later.costs.amount).toBe(120_00);
    // 2026-11-19 … 12-31: 43 days of 4 % = 3.7699
    expect(later.interest.amount).toBe(3_77);
    expect(
      ask('2026-12-31', { termAgreed: false, contacts: [notice, sent('fourteen-day-letter', '2026-11-18', ['a'])] }).costs.amount,
    ).toBe(0);
  });

  it('is what someone unknown is treated as', () => {
    expect(ask('2026-12-10', { capacity: 'unknown' })).toMatchObject({ capacity: 'consumer', costs: { amount: 0 } });
  });

  it('marks interest beyond the published rates', () => {
    expect(ask('2027-01-05', {}).interest.provisional).toBe(true);
  });
});

describe('a Dutch business', () => {
  const business = { capacity: 'business' } as const;

  it('owes € 40 from the day after the due date, the scale after a demand', () => {
    expect(ask('2026-10-15', business)).toMatchObject({ costs: { amount: 0 }, interest: { amount: 0 } });
    // One day of 10.40 % over 800.00 = 0.2279
    expect(ask('2026-10-16', business)).toMatchObject({ costs: { amount: 40_00, invoiceIds: ['a'] }, interest: { amount: 23 } });
    const demanded = { ...business, contacts: [sent('demand', '2026-11-01', ['a'], 'email')] };
    expect(ask('2026-10-31', demanded).costs.amount).toBe(40_00);
    expect(ask('2026-11-01', demanded).costs.amount).toBe(120_00);
    expect(ask('2026-11-01', { ...business, contacts: [sent('reminder', '2026-11-01', ['a'])] }).costs.amount).toBe(40_00);
  });

  it('owes the fixed sum per invoice only by setting', () => {
    const facts: ChargeFacts = {
      country: 'NL',
      capacity: 'business',
      items: [item('a', 1_00), item('b', 1_00)],
      contacts: [],
      vatDeductible: true,
      vatStatedInLetter: false,
      clause: null,
      termAgreed: true,
    };
    expect(chargesAllowed(lawWith({ b2bFixedSumPer: 'invoice' }), facts, plainDate('2026-11-01')).costs.amount).toBe(80_00);
  });

  it('has credit notes set off first, against what is due longest', () => {
    const items = [item('old', 300_00, '2026-09-30'), item('new', 200_00, '2026-10-31'), item('credit', -300_00, '2026-11-15')];
    const allowed = ask('2026-11-10', { ...business, items });
    expect(allowed.interest.invoiceIds).toEqual(['new']);
    // Ten days of 10.40 % over 200.00 = 0.5699
    expect(allowed.interest.amount).toBe(57);
    expect(ask('2026-11-10', { ...business, items: [...items, item('more', -200_00)] })).toMatchObject({
      costs: { amount: 0 },
      interest: { amount: 0 },
    });
  });
});

describe('a Belgian consumer (§4.1)', () => {
  // Sent by e-mail on Monday 2026-11-23: claimable from 2026-12-08.
  const facts = {
    country: 'BE',
    items: [item('a', 300_00)],
    contacts: [sent('be-first-reminder', '2026-11-23', ['a'], 'email')],
    clause: { kind: 'statutory-maximum' },
  } as const;

  it('owes nothing before the first reminder or inside its term', () => {
    expect(ask('2026-12-31', { ...facts, contacts: [] })).toMatchObject({
      costs: { amount: 0 },
      interest: { amount: 0 },
      costsToAnnounce: { amount: 45_00 },
    });
    expect(ask('2026-12-07', facts)).toMatchObject({ costs: { amount: 0 }, interest: { amount: 0 }, costsFrom: '2026-12-08' });
  });

  it('owes the capped compensation and interest after it', () => {
    const allowed = ask('2026-12-31', facts);
    expect(allowed.costs.amount).toBe(45_00);
    // 2026-12-08 … 12-31: 24 days of 10.5 % over 300.00 = 2.0712
    expect(allowed.interest).toMatchObject({ amount: 2_07, invoiceIds: ['a'] });
  });

  it('owes nothing at all without a clause', () => {
    expect(ask('2026-12-31', { ...facts, clause: null })).toMatchObject({ costs: { amount: 0 }, interest: { amount: 0 } });
  });

  it('reads in the first reminder which yearly interest the clause gives at most: 10.5 % in 2026', () => {
    expect(ask('2026-11-23', { ...facts, contacts: [] }).rateToAnnounce).toBe(1050);
    expect(ask('2026-11-23', { ...facts, contacts: [], clause: null }).rateToAnnounce).toBeNull();
    expect(ask('2026-11-23', { country: 'NL', clause: { kind: 'statutory-maximum' } }).rateToAnnounce).toBeNull();
  });

  it('is not bound by a call', () => {
    expect(ask('2026-12-31', { ...facts, contacts: [sent('be-first-reminder', '2026-11-23', ['a'], 'phone')] }).costs.amount).toBe(0);
  });
});

describe('other debtors', () => {
  it('a Belgian business owes € 40 and interest, by law', () => {
    expect(ask('2026-11-01', { country: 'BE', capacity: 'business' })).toMatchObject({ regime: 'be', costs: { amount: 40_00 } });
  });

  it('a German business owes by the German profile', () => {
    // 2026-10-16 … 11-01: 17 days of 10.52 % over 800.00 = 3.9198
    expect(ask('2026-11-01', { country: 'DE', capacity: 'business' })).toMatchObject({
      regime: 'eu',
      costs: { amount: 40_00 },
      interest: { amount: 3_92 },
    });
  });

  it('a consumer elsewhere owes nothing', () => {
    const allowed = ask('2026-12-31', { country: 'FR', contacts: [sent('demand', '2026-11-01', ['a'])] });
    expect(allowed).toMatchObject({ costs: { amount: 0 }, costsToAnnounce: { amount: 0 }, interest: { amount: 0 } });
  });

  it('what the tables do not know is not charged', () => {
    const items = [item('a', 800_00, '2025-12-15')];
    const allowed = ask('2026-01-10', { country: 'DE', capacity: 'business', items });
    expect(allowed.interest.amount).toBe(0);
    expect(allowed.interest.because.join()).toContain('no rate');
  });
});

describe('for any facts', () => {
  const start = plainDate('2026-09-01');
  const day = fc.integer({ min: 0, max: 150 }).map((days) => addDays(start, days));
  const ids = ['a', 'b', 'c'];
  const contact = fc.record({
    kind: fc.constantFrom(...CONTACT_KINDS),
    channel: fc.constantFrom('email', 'letter', 'phone'),
    sentOn: day,
    receivedOn: fc.option(day),
    invoiceIds: fc.subarray(ids),
  });
  const facts: fc.Arbitrary<ChargeFacts> = fc.record({
    country: fc.constantFrom('NL', 'BE', 'DE', 'FR'),
    capacity: fc.constantFrom(...CAPACITIES),
    items: fc.tuple(
      ...ids.map((invoiceId) =>
        fc.record({
          invoiceId: fc.constant(invoiceId),
          open: fc.integer({ min: -500_00, max: 5_000_00 }),
          dueDate: day,
          receipts: fc.array(fc.record({ on: day, amount: fc.integer({ min: -100_00, max: 400_00 }) }), { maxLength: 2 }),
        }),
      ),
    ),
    contacts: fc.array(contact, { maxLength: 5 }),
    vatDeductible: fc.boolean(),
    vatStatedInLetter: fc.boolean(),
    clause: fc.constantFrom(null, { kind: 'statutory-maximum' } as const),
    termAgreed: fc.boolean(),
  });

  it('costs are never above what one demand over all that is overdue may cost, and zero is explained', () => {
    fc.assert(
      fc.property(facts, day, (anyone, on) => {
        const allowed = chargesAllowed(LAW, anyone, on);
        const overdue = anyone.items.filter(({ open, dueDate }) => open > 0 && dueDate < on);
        const ceiling = collectionCosts(LAW, {
          regime: allowed.regime,
          capacity: anyone.capacity,
          principals: overdue.map(({ open, receipts = [] }) => open + sum(receipts.map(({ amount }) => Math.max(0, amount)))),
          vatDeductible: false,
          on,
          clause: { kind: 'statutory-maximum' },
        });
        expect(allowed.costs.amount).toBeLessThanOrEqual(ceiling.ok ? ceiling.value.total : 0);
        for (const charge of [allowed.costs, allowed.costsToAnnounce])
          if (charge.amount === 0) expect(charge.because.length).toBeGreaterThan(0);
        expect(allowed.costs.amount === 0).toBe(allowed.costs.invoiceIds.length === 0);
        for (const id of [...allowed.costs.invoiceIds, ...allowed.interest.invoiceIds])
          expect(overdue.map(({ invoiceId }) => invoiceId)).toContain(id);
      }),
      { numRuns: 300 },
    );
  });

  it('a consumer never owes costs on an item without the notice his law requires', () => {
    fc.assert(
      fc.property(facts, day, (anyone, on) => {
        const allowed = chargesAllowed(LAW, { ...anyone, capacity: 'consumer' }, on);
        const required = allowed.regime === 'nl' ? 'fourteen-day-letter' : 'be-first-reminder';
        for (const id of allowed.costs.invoiceIds) {
          const noticed = anyone.contacts.some(
            ({ kind, sentOn, invoiceIds }) => kind === required && invoiceIds.includes(id) && addDays(sentOn, 14) < on,
          );
          expect(noticed).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
