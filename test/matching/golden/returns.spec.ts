import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../src/kernel/plain-date.js';
import { matchStatements } from '../../../src/matching/rules/match.js';
import type { BankLine } from '../../../src/matching/rules/vocabulary.js';
import { book, from, golden, invoice, line, stranger } from '../support/golden.js';

const coded = (family: string, subFamily: string) => ({ code: { domain: 'PMNT', family, subFamily, proprietary: null } }) as const;
const two = book([invoice('2026-0042', 'jansen', '121.00'), invoice('2026-0060', 'muller', '64.10')]);
const collected = { ...coded('IDDT', 'ESDD'), batchSize: 2, date: plainDate('2026-11-10') };
const first = (): BankLine => line('121.00', 'Incasso 2026-0042', { ...collected, endToEndId: 'E-2026-0042', mandateId: 'M10023' });
const second = (): BankLine =>
  line('64.10', 'Incasso 2026-0060', {
    ...collected,
    ...from('DE89370400440532013000', 'Müller Metallbau'),
    endToEndId: 'E-2026-0060',
    mandateId: 'M10051',
  });
const bounced = (amount = '-121.00', rest: Partial<BankLine> = {}): BankLine =>
  line(amount, 'Storno', {
    ...coded('IDDT', 'UPDD'),
    date: plainDate('2026-11-14'),
    endToEndId: 'E-2026-0042',
    mandateId: 'M10023',
    returned: { code: 'AM04', information: null },
    ...rest,
  });
const collections = [
  { outcome: 'matched', gives: { '2026-0042': '121.00' } },
  { outcome: 'matched', gives: { '2026-0060': '64.10' } },
] as const;

describe('collections and returns', () => {
  golden([
    {
      name: 'a batch of direct debits and one that bounces',
      why: '−121.00 takes back the first of the two: net it is open again, as the allocations say',
      book: two,
      lines: [first(), second(), bounced()],
      expect: [...collections, { outcome: 'matched', gives: { '2026-0042': '-121.00' }, left: '0.00', says: /AM04.*open again/ }],
    },
    {
      name: 'a bounce with the fee of the bank inside',
      why: '−123.50 = −121.00 and 2.50 for the bank',
      book: two,
      lines: [first(), bounced('-123.50')],
      expect: [collections[0], { outcome: 'matched', gives: { '2026-0042': '-121.00' }, left: '-2.50', kind: 'bank-charges' }],
    },
    {
      name: 'paid by transfer after the bounce',
      why: 'the item is open again, so the transfer is no double payment: 121.00 − 121.00 + 121.00',
      book: two,
      lines: [first(), bounced(), line('121.00', 'alsnog 2026-0042')],
      expect: [
        collections[0],
        { outcome: 'matched', gives: { '2026-0042': '-121.00' } },
        { outcome: 'matched', gives: { '2026-0042': '121.00' } },
      ],
    },
    {
      name: 'paid by somebody else after the bounce',
      why: 'the collection was undone, so its claim on the item contests nothing',
      book: two,
      lines: [
        line('121.00', 'Incasso 2026-0042', { ...collected, ...stranger, endToEndId: 'E-2026-0042' }),
        bounced('-121.00', stranger),
        line('121.00', '2026-0042', from('NL02ABNA0123456789', 'Moeder Holding')),
      ],
      expect: [
        collections[0],
        { outcome: 'matched', gives: { '2026-0042': '-121.00' } },
        { outcome: 'matched', gives: { '2026-0042': '121.00' } },
      ],
    },
    {
      name: 'a bounce whose collection is not among the statements',
      why: 'the number names a paid invoice of exactly this amount: open again',
      book: book([invoice('2026-0042', 'jansen', '121.00', { open: '0.00' })]),
      lines: [bounced('-121.00', { text: ['Storno incasso 2026-0042'], endToEndId: null })],
      expect: [{ outcome: 'matched', gives: { '2026-0042': '-121.00' }, left: '0.00' }],
    },
    {
      name: 'a bounce that names nothing',
      why: 'something of somebody is open again: a person has to find out',
      book: two,
      lines: [bounced('-99.00', { endToEndId: 'X1', mandateId: null })],
      expect: [{ outcome: 'unmatched', gives: {}, left: '-99.00' }],
    },
    {
      name: 'a transfer the payer’s bank called back',
      why: 'it undoes the match of the same payer and amount',
      book: two,
      lines: [
        line('121.00', '2026-0042', { date: plainDate('2026-11-12') }),
        line('-121.00', 'terugroep', {
          ...coded('RCDT', 'RRTN'),
          date: plainDate('2026-11-16'),
          returned: { code: 'FOCR', information: null },
        }),
      ],
      expect: [collections[0], { outcome: 'matched', gives: { '2026-0042': '-121.00' }, left: '0.00' }],
    },
    {
      name: 'a return of a line that was only proposed',
      why: 'what is not booked needs no undoing on its own: both wait together',
      book: two,
      lines: [
        line('50.00', '2026-0042', { ...stranger, date: plainDate('2026-11-12'), endToEndId: 'Q' }),
        line('-50.00', '', {
          ...stranger,
          ...coded('RCDT', 'RRTN'),
          date: plainDate('2026-11-16'),
          endToEndId: 'Q',
          returned: { code: 'FOCR', information: null },
        }),
      ],
      expect: [
        { outcome: 'proposed', gives: { '2026-0042': '50.00' } },
        { outcome: 'proposed', gives: { '2026-0042': '-50.00' } },
      ],
    },
    {
      name: 'our own payment comes back',
      why: 'wrong account (AC01): our supplier did not get it; no receipt',
      book: two,
      lines: [
        line('-250.00', 'uw factuur 889', { ...stranger, ...coded('ICDT', 'ESCT'), date: plainDate('2026-11-12'), endToEndId: 'P1' }),
        line('250.00', 'retour', {
          ...stranger,
          ...coded('ICDT', 'RRTN'),
          endToEndId: 'P1',
          returned: { code: 'AC01', information: null },
        }),
      ],
      expect: [{ outcome: 'not-a-receipt' }, { outcome: 'not-a-receipt', left: '250.00', says: /AC01/ }],
    },
    {
      name: 'a batch the bank does not divide',
      why: 'one line for two collections: which they are it does not say',
      book: two,
      lines: [line('185.10', 'Incassobatch 2026-11', { ...collected, iban: null, name: null, paymentInformationId: 'B1' })],
      expect: [{ outcome: 'unmatched', gives: {}, left: '185.10' }],
    },
  ]);

  it('names the earlier line of a return', () => {
    const lines = [first(), second(), bounced()];
    const { outcomes } = matchStatements(two, lines);
    expect(outcomes[2]?.returnOf).toBe(lines[0]);
    expect(outcomes[0]?.returnOf).toBeNull();
  });

  it('takes each line back once: two equal returns undo two equal payments, not the same one twice', () => {
    const twice = book([invoice('2026-0042', 'jansen', '121.00'), invoice('2026-0043', 'jansen', '121.00')]);
    const day = (date: string) => ({ date: plainDate(date) });
    const lines = [
      line('121.00', '2026-0042', day('2026-11-02')),
      line('121.00', '2026-0043', day('2026-11-03')),
      line('-121.00', '', { ...day('2026-11-06'), ...coded('RCDT', 'RRTN'), returned: { code: 'FOCR', information: null } }),
      line('-121.00', '', { ...day('2026-11-06'), ...coded('RCDT', 'RRTN'), returned: { code: 'FOCR', information: null } }),
    ];
    const { outcomes } = matchStatements(twice, lines);
    expect(new Set([outcomes[2]?.returnOf, outcomes[3]?.returnOf])).toEqual(new Set([lines[0], lines[1]]));
  });

  it('takes back the payment with the same text, where the payer paid the same amount twice', () => {
    const twice = book([invoice('2026-0042', 'jansen', '121.00'), invoice('2026-0043', 'jansen', '121.00')]);
    const back = { ...coded('RCDT', 'RRTN'), returned: { code: 'FOCR', information: null } };
    const lines = [line('121.00', '2026-0042'), line('121.00', '2026-0043'), line('-121.00', '2026-0042', back)];
    const { outcomes } = matchStatements(twice, lines);
    expect(outcomes[2]?.returnOf).toBe(lines[0]);
    expect(outcomes[2]?.allocations).toEqual([{ invoiceId: '2026-0042', amount: -12100, settles: null }]);
  });
});
