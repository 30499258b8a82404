import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { unwrap } from '../../kernel/result.js';
import { sampleLetter } from '../letter-samples.js';
import type { Letter, LetterKind } from './letter.js';
import { type LetterView, prepareLetter } from './letter-view.js';

const viewOf = (letter: Letter): LetterView => unwrap(prepareLetter(letter)).view;
const spaced = (text: string | null | undefined): string | undefined => text?.replace(/[\u00a0\u202f]/g, ' ');

describe('prepareLetter', () => {
  it('writes an item out: what was paid is the amount less what is open, days count from the day after the due date', () => {
    // 1 500.00 - 1 234.56 = 265.44; 30 October to 21 November is 22 days.
    const [item] = viewOf(sampleLetter('reminder', 'nl')).items;
    expect(item).toMatchObject({ number: '2026-0042', issueDate: '30-09-2026', dueDate: '30-10-2026', daysOverdue: '22' });
    expect([spaced(item?.amount), spaced(item?.paid), spaced(item?.open)]).toEqual(['€ 1.500,00', '€ 265,44', '€ 1.234,56']);
  });

  it('does not call paid what is disputed', () => {
    // 1 500.00 - 1 234.56 asked - 100.00 disputed = 165.44 paid.
    const letter = sampleLetter('reminder', 'nl');
    const [item] = viewOf({ ...letter, items: letter.items.map((each) => ({ ...each, disputedPart: 10_000 })) }).items;
    expect([spaced(item?.paid), spaced(item?.open), item?.disputedPart && spaced(item.disputedPart)]).toEqual([
      '€ 165,44',
      '€ 1.234,56',
      '€ 100,00',
    ]);
  });

  it('makes names safe for headers', () => {
    const letter = sampleLetter('reminder', 'nl');
    expect(viewOf({ ...letter, debtor: { ...letter.debtor, name: 'Jansen\r\nBcc: x@example.com' } }).debtor.name).toBe(
      'Jansen Bcc: x@example.com',
    );
  });

  it('writes a Belgian enterprise number with its dots', () => {
    expect(viewOf(sampleLetter('be-first-reminder', 'fr')).creditor.registry).toEqual({ scheme: 'be-kbo', id: '0123.456.749' });
  });

  it('leaves the day to pay out of letters whose term runs from delivery, and out of a statement', () => {
    const withDay = (kind: LetterKind): boolean => viewOf(sampleLetter(kind, 'nl')).payBy !== null;
    expect(withDay('reminder')).toBe(true);
    expect(withDay('notice-of-default')).toBe(true);
    expect(withDay('fourteen-day-letter')).toBe(false);
    expect(withDay('be-first-reminder')).toBe(false);
    expect(withDay('statement')).toBe(false);
  });

  it.each<[LetterKind, number, boolean]>([
    ['reminder', 3, false],
    ['demand', 0, false],
    ['demand', 1, true],
    ['fourteen-day-letter', 0, false],
    ['fourteen-day-letter', 1, true],
    ['be-first-reminder', 1, false],
    ['notice-of-default', 0, true],
    ['statement', 2, false],
  ])('%s after %d demands reserves rights: %s', (kind, previousDemands, expected) => {
    expect(viewOf({ ...sampleLetter(kind, 'nl'), previousDemands }).reservesRights).toBe(expected);
  });

  it('states the law as soon as more than the principal is asked', () => {
    const demand = sampleLetter('demand', 'nl');
    const totals = { amount: 123_456, costs: 4_000, interest: 0, total: 127_456 };
    expect(viewOf(demand).statesLaw).toBe(false);
    expect(viewOf({ ...demand, totals }).statesLaw).toBe(true);
    expect(viewOf(sampleLetter('notice-of-default', 'nl')).statesLaw).toBe(true);
  });

  it('asks the bank for the total, with the reference of the item', () => {
    const { transfer } = unwrap(prepareLetter({ ...sampleLetter('demand', 'nl'), ...extras }));
    expect(transfer).toEqual({
      name: 'Voorbeeld Installaties BV',
      iban: 'NL91ABNA0417164300',
      bic: 'ABNANL2A',
      amount: 128_227,
      remittance: { kind: 'structured', reference: 'RF18539007547034' },
    });
  });

  it('has no transfer outside the euro, but still says how to pay', () => {
    const letter = sampleLetter('reminder', 'nl');
    const dollars: Letter = { ...letter, currency: 'USD', items: letter.items.map((item) => ({ ...item, currency: 'USD' })) };
    const { transfer, view } = unwrap(prepareLetter(dollars));
    expect(transfer).toBeNull();
    expect(spaced(view.payment?.amount)).toBe('US$ 1.234,56');
  });

  it('asks nothing of a debtor whose account stands in its favour', () => {
    const letter = sampleLetter('statement', 'nl');
    const { transfer, view } = unwrap(
      prepareLetter({
        ...letter,
        items: [],
        deductions: [{ kind: 'receipt', number: null, date: letter.date, amount: 5_000 }],
        totals: { amount: -5_000, costs: 0, interest: 0, total: -5_000 },
      }),
    );
    expect([transfer, view.payment]).toEqual([null, null]);
    expect(spaced(view.totals.total)).toBe('€ -50,00');
  });

  it('runs the balance through a statement', () => {
    // 100.00 + 1 500.00 = 1 600.00; - 365.44 = 1 234.56, which is what is open.
    const letter = sampleLetter('statement', 'en');
    const { account } = viewOf({
      ...letter,
      account: {
        from: plainDate('2026-09-01'),
        to: letter.date,
        opening: 10_000,
        lines: [
          { date: plainDate('2026-09-30'), kind: 'invoice', number: '2026-0042', reference: null, amount: 150_000 },
          { date: plainDate('2026-11-10'), kind: 'receipt', number: null, reference: 'X1', amount: -36_544 },
        ],
      },
    });
    expect(account).toMatchObject({ from: '1 September 2026', opening: '€100.00', closing: '€1,234.56' });
    expect(account?.lines.map(({ debit, credit, balance }) => [debit, credit, balance])).toEqual([
      ['€1,500.00', null, '€1,600.00'],
      [null, '€365.44', '€1,234.56'],
    ]);
  });

  it('puts what is open on a statement in buckets by days past the due date, none of it twice', () => {
    // Due today, and 1, 30, 31, 60, 61, 90, 91, 120 and 121 days ago: 1 + 2 + 4 + … so that each sum tells who is in it.
    const letter = sampleLetter('statement', 'en');
    const dueDates = ['2026-11-21', '2026-11-20', '2026-10-22', '2026-10-21', '2026-09-22', '2026-09-21', '2026-08-23', '2026-08-22'];
    const all = [...dueDates, '2026-07-24', '2026-07-23'].map((dueDate, at) => ({
      ...(letter.items[0] as Letter['items'][number]),
      dueDate: plainDate(dueDate),
      open: 100 * 2 ** at,
    }));
    const view = viewOf({ ...letter, items: all, totals: { amount: 102_300, costs: 0, interest: 0, total: 102_300 } });
    expect(view.ageing.map(({ bucket, amount }) => `${bucket} ${amount}`)).toEqual([
      'not-due €1.00',
      '1-30 €6.00',
      '31-60 €24.00',
      '61-90 €96.00',
      '91-120 €384.00',
      'over-120 €512.00',
    ]);
  });

  it('passes the reason on when the letter may not go out', () => {
    expect(prepareLetter({ ...sampleLetter('fourteen-day-letter', 'nl'), announced: null })).toMatchObject({
      ok: false,
      error: { code: 'no-fee-announced' },
    });
  });
});

const extras: Partial<Letter> = {
  totals: { amount: 123_456, costs: 4_000, interest: 771, total: 128_227 },
  interestPercent: '10.40',
};
