import { describe, expect, it } from '@jest/globals';
import { LAW } from '../../../test/law/law-fixture.js';
import { plainDate } from '../../kernel/plain-date.js';
import { type ChargeFacts, type ChargeItem, chargesAllowed } from './charges.js';

type Sent = ChargeFacts['contacts'][number];
const item = (invoiceId: string, open: number): ChargeItem => ({ invoiceId, open, dueDate: plainDate('2026-10-15') });

/** A message that asked these amounts and announced this; a letter of Monday 23 November 2026 frees until 9 December (§1.6). */
const sent = (kind: Sent['kind'], asked: Readonly<Record<string, number>>, announcedCosts: number, given: Partial<Sent> = {}): Sent => ({
  kind,
  channel: 'letter',
  sentOn: plainDate('2026-11-23'),
  receivedOn: null,
  invoiceIds: Object.keys(asked),
  asked: Object.entries(asked).map(([invoiceId, amount]) => ({ invoiceId, amount })),
  announcedCosts,
  ...given,
});

const allowed = (facts: Partial<ChargeFacts>, on = '2026-12-31') =>
  chargesAllowed(
    LAW,
    {
      country: 'NL',
      capacity: 'consumer',
      items: [item('a', 1000_00)],
      contacts: [],
      vatDeductible: true,
      vatStatedInLetter: false,
      clause: null,
      termAgreed: true,
      ...facts,
    },
    plainDate(on),
  );

describe('the costs of a Dutch consumer', () => {
  it('are reckoned over no more than the letter asked, however much is open now (100.00: the minimum of 40.00)', () => {
    const contacts = [sent('fourteen-day-letter', { a: 100_00 }, 40_00)];
    expect(allowed({ contacts }).costs).toMatchObject({ amount: 40_00, base: 100_00, scheme: 'nl-scale', invoiceIds: ['a'] });
  });

  it('are never above what the letter announced, VAT in proportion', () => {
    // 15 % of 1,000.00 is 150.00; the letter said 100.00.
    const contacts = [sent('fourteen-day-letter', { a: 1000_00 }, 100_00)];
    expect(allowed({ contacts }).costs).toMatchObject({ amount: 100_00, vat: 0 });
    // 150.00 and 31.50 of VAT are 181.50; held to 121.00, of which 21.00 is VAT.
    const withVat = { vatDeductible: false, vatStatedInLetter: true, contacts: [sent('fourteen-day-letter', { a: 1000_00 }, 121_00)] };
    expect(allowed(withVat).costs).toMatchObject({ amount: 121_00, vat: 21_00 });
  });

  it('are none after a letter that announced none, or did not ask for the item', () => {
    for (const contacts of [
      [sent('fourteen-day-letter', { a: 1000_00 }, 0)],
      [sent('fourteen-day-letter', { b: 1000_00 }, 150_00, { invoiceIds: ['a', 'b'] })],
    ]) {
      const { costs } = allowed({ contacts });
      expect(costs).toMatchObject({ amount: 0, invoiceIds: [] });
      expect(costs.because).not.toEqual([]);
    }
  });

  it('are over what is left when less is open than the letter asked (500.00: 75.00)', () => {
    const contacts = [sent('fourteen-day-letter', { a: 1000_00 }, 150_00)];
    expect(allowed({ contacts, items: [item('a', 500_00)] }).costs.amount).toBe(75_00);
  });

  it('may be announced again over an item of which a letter asked only a part, and then count as that letter has them', () => {
    const first = sent('fourteen-day-letter', { a: 100_00 }, 40_00, { sentOn: plainDate('2026-11-02') });
    expect(allowed({ contacts: [first] }, '2026-11-23').costsToAnnounce).toMatchObject({ amount: 150_00, invoiceIds: ['a'] });
    const second = sent('fourteen-day-letter', { a: 1000_00 }, 150_00);
    expect(allowed({ contacts: [first, second] }, '2026-12-09').costs.amount).toBe(40_00);
    expect(allowed({ contacts: [first, second] }, '2026-12-10').costs.amount).toBe(150_00);
  });

  it('of items in two letters are at most what both announced together', () => {
    const items = [item('a', 1000_00), item('b', 1000_00)];
    // One demand over 1,000.00 and 100.00 costs 15 % of 1,100.00 = 165.00; the letters announced 100.00 and 40.00.
    const contacts = [sent('fourteen-day-letter', { a: 1000_00 }, 100_00), sent('fourteen-day-letter', { b: 100_00 }, 40_00)];
    expect(allowed({ items, contacts }).costs.amount).toBe(140_00);
  });

  it('are over all that is open when nobody knows what the letter asked', () => {
    const { asked: _asked, announcedCosts: _announced, ...unknown } = sent('fourteen-day-letter', { a: 100_00 }, 40_00);
    expect(allowed({ contacts: [unknown] }).costs.amount).toBe(150_00);
  });
});

describe('the costs of a Belgian consumer', () => {
  const belgian = { country: 'BE', clause: { kind: 'statutory-maximum' } } as const;

  it('are those over what the first reminder asked (100.00: 20.00; 1,000.00 would be 90.00)', () => {
    const contacts = [sent('be-first-reminder', { a: 100_00 }, 20_00)];
    expect(allowed({ ...belgian, contacts }).costs).toMatchObject({ amount: 20_00, base: 100_00, scheme: 'be-consumer-caps' });
  });

  it('are never above what the first reminder announced', () => {
    const contacts = [sent('be-first-reminder', { a: 1000_00 }, 20_00)];
    expect(allowed({ ...belgian, contacts }).costs.amount).toBe(20_00);
  });
});

describe('interest of a consumer that stands on a notice', () => {
  it('runs over an item all of which the Belgian first reminder asked, not over one of which it asked a part', () => {
    const belgian = { country: 'BE', clause: { kind: 'statutory-maximum' } } as const;
    const interest = (asked: number) => allowed({ ...belgian, contacts: [sent('be-first-reminder', { a: asked }, 90_00)] }).interest;
    // A letter of Monday 23 November: from 10 December (§4.1); 22 days of 10.5 % over 1,000.00 are 6.3288.
    expect(interest(1000_00)).toMatchObject({ amount: 6_33, invoiceIds: ['a'] });
    expect(interest(999_99).amount).toBe(0);
  });

  it('runs without an agreed term in the Netherlands after a notice of default over all of it', () => {
    const interest = (asked: number) =>
      allowed({ termAgreed: false, contacts: [sent('notice-of-default', { a: asked }, 0, { sentOn: plainDate('2026-11-02') })] }).interest;
    // Default from 19 November: 43 days of 4 % over 1,000.00 are 4.7123.
    expect(interest(1000_00).amount).toBe(4_71);
    expect(interest(999_99).amount).toBe(0);
  });
});

describe('the costs of a Dutch business', () => {
  it('beyond the fixed sum are over what a demand asked (300.00: 45.00), over all of them without one 40.00', () => {
    const asked = (amount: number) => allowed({ capacity: 'business', contacts: [sent('demand', { a: amount }, 0)] }).costs;
    expect(asked(300_00)).toMatchObject({ amount: 45_00, base: 300_00, scheme: 'nl-scale' });
    expect(asked(1000_00).amount).toBe(150_00);
    expect(allowed({ capacity: 'business' }).costs).toMatchObject({ amount: 40_00, base: 1000_00, scheme: 'fixed-sum' });
  });
});
