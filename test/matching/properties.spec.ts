import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toRf } from '../../src/kernel/identifiers/payment-reference.js';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import type { Book, Invoice } from '../../src/ledger/rules/book.js';
import { matchStatements } from '../../src/matching/rules/match.js';
import type { BankLine, MatchReport } from '../../src/matching/rules/vocabulary.js';
import {
  DEVRIES,
  DEVRIES_VOF,
  GROUP,
  JANSEN,
  JANSEN_BV,
  MULLER,
  OWN,
  OWN_BLOCKED,
  STRANGER,
  book,
  debtor,
  invoice,
  line,
} from './support/golden.js';

const SHARED = [debtor('north', 'Bakker Noord BV', { ibans: [GROUP] }), debtor('south', 'Bakker Zuid BV', { ibans: [GROUP] })];
const DEBTORS = [JANSEN_BV, DEVRIES_VOF, MULLER, ...SHARED];
const decimal = (cents: number): string =>
  `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;

/** Few amounts and few serials, so that equal amounts, look-alikes and sums by accident are the rule. */
const anyInvoices: fc.Arbitrary<Invoice[]> = fc
  .uniqueArray(fc.record({ serial: fc.integer({ min: 1, max: 60 }), year: fc.constantFrom('2025', '2026'), owner: fc.nat(4), amount: fc.integer({ min: -4, max: 20 }), paid: fc.nat(5), due: fc.nat(90) }), {
    selector: ({ serial, year }) => `${year}${serial}`,
    maxLength: 25,
  })
  .map((items) =>
    items
      .filter(({ amount }) => amount !== 0)
      .map(({ serial, year, owner, amount, paid, due }) => {
        const total = decimal(amount * 1_005);
        const number = `${year}-${String(serial).padStart(4, '0')}`;
        return invoice(number, (DEBTORS[owner] as (typeof DEBTORS)[number]).id, total, {
          dueDate: addDays(plainDate('2026-09-01'), due),
          paymentReference: amount > 0 ? toRf(number.replace('-', '')) : null,
          ...(paid === 0 && { open: '0.00' }),
        });
      }),
  ); // prettier-ignore

const anyText = fc.oneof(
  fc
    .tuple(
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom('2026-', '2025-', '', 'fact ', 'klantnr '),
      fc.constantFrom('', ' t/m 0030', ', 12 en 13', ' 2025-0007'),
    )
    .map(([serial, before, after]) => `${before}${String(serial).padStart(4, '0')}${after}`),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('', 'Müller Metallbau', '10023', '20-11-2026', `IBAN ${JANSEN}`),
);

interface LineSpec {
  readonly amount: number;
  readonly text: string;
  readonly payer: readonly [string | null, string | null];
  readonly kind: 'credit' | 'return' | 'blocked' | 'collection';
  readonly day: number;
  readonly reference: string | null;
}
const anyLine: fc.Arbitrary<LineSpec> = fc.record({
  amount: fc.oneof(fc.integer({ min: 1, max: 40 }).map((times) => times * 1_005), fc.integer({ min: -50_000, max: 50_000 })),
  text: anyText,
  payer: fc.constantFrom<readonly [string | null, string | null]>([JANSEN, 'Jansen Bouw'], [DEVRIES, 'De Vries'], [GROUP, 'Bakker Zuid'], [STRANGER, 'Müller Metallbau GmbH'], [STRANGER, 'Wie'], [null, null]),
  kind: fc.constantFrom('credit', 'credit', 'credit', 'return', 'blocked', 'collection'),
  day: fc.nat(10),
  reference: fc.option(fc.integer({ min: 1, max: 60 }).map((serial) => toRf(`2026${String(serial).padStart(4, '0')}`)), { nil: null, freq: 4 }),
}); // prettier-ignore

const lineOf = ({ amount, text, payer: [iban, name], kind, day, reference }: LineSpec, at: number): BankLine => ({
  ...line(decimal(kind === 'return' ? -Math.abs(amount) : amount), text, {
    iban,
    name,
    date: addDays(plainDate('2026-11-09'), day),
    account: kind === 'blocked' ? OWN_BLOCKED : OWN,
    references: reference === null ? [] : [{ reference, type: 'SCOR', issuer: null }],
    ...(kind === 'return' && {
      returned: { code: 'AM04', information: null },
      code: { domain: 'PMNT', family: 'IDDT', subFamily: 'UPDD', proprietary: null },
    }),
    ...(kind === 'collection' && { endToEndId: `E${day}`, code: { domain: 'PMNT', family: 'IDDT', subFamily: 'ESDD', proprietary: null } }),
  }),
  key: `line ${at}`,
  place: { file: 'f', statement: null, statementIndex: 0, entry: at, transaction: 0 },
});
const anyLines = fc.array(anyLine, { maxLength: 15 }).map((specs) => specs.map(lineOf));

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
};
const withDebtors = (invoices: readonly Invoice[]): Book => book(invoices, { debtors: DEBTORS });
const told = ({ outcomes }: MatchReport): unknown =>
  outcomes.map(({ line: { key }, returnOf, ...rest }) => ({ key, returnOf: returnOf?.key, ...rest }));

describe('whatever the book and the lines', () => {
  it('every cent of every line is allocated or left, and says why', () => {
    fc.assert(
      fc.property(anyInvoices, anyLines, (invoices, lines) => {
        const { outcomes } = matchStatements(withDebtors(invoices), lines);
        expect(outcomes.map((outcome) => outcome.line)).toEqual(lines);
        for (const { line: own, allocations, remainder, because, confidence, alternatives } of outcomes) {
          expect(allocations.reduce((sum, { amount }) => sum + amount, 0) + remainder.amount).toBe(own.amount);
          expect(because.length).toBeGreaterThan(0);
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
          expect(alternatives.length).toBeLessThanOrEqual(3);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('no item gets more than it has open, whatever is booked and given back', () => {
    fc.assert(
      fc.property(anyInvoices, anyLines, (invoices, lines) => {
        const left = new Map(invoices.map(({ id, open }) => [id, open]));
        const amounts = new Map(invoices.map(({ id, amount }) => [id, amount]));
        const { outcomes } = matchStatements(withDebtors(invoices), lines);
        for (const { outcome, allocations } of outcomes) {
          if (outcome !== 'matched') continue;
          for (const { invoiceId, amount } of allocations) left.set(invoiceId, (left.get(invoiceId) as number) - amount);
        }
        for (const [id, open] of left) {
          const amount = amounts.get(id) as number;
          expect(amount > 0 ? open >= 0 && open <= amount : open <= 0 && open >= amount).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the order of the book changes nothing, and the book is left as it was', () => {
    fc.assert(
      fc.property(anyInvoices, anyLines, fc.infiniteStream(fc.nat()), (invoices, lines, random) => {
        const shuffled = <T>(items: readonly T[]): T[] =>
          items.map((item) => ({ item, key: random.next().value as number })).sort((a, b) => a.key - b.key).map(({ item }) => item); // prettier-ignore
        const one = matchStatements(frozen(withDebtors(invoices)), frozen(lines));
        const other = matchStatements(book(shuffled(invoices), { debtors: shuffled(DEBTORS) }), lines);
        expect(told(other)).toEqual(told(one));
      }),
      { numRuns: 200 },
    );
  });

  it('matching twice says the same', () => {
    fc.assert(
      fc.property(anyInvoices, anyLines, (invoices, lines) => {
        const same = withDebtors(invoices);
        expect(told(matchStatements(same, lines))).toEqual(told(matchStatements(same, lines)));
      }),
    );
  });

  it('invoices of others never change what a valid reference found', () => {
    const strangers = fc.array(
      fc.record({ serial: fc.integer({ min: 100, max: 160 }), amount: fc.integer({ min: 1, max: 20 }), same: fc.boolean() }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(anyInvoices, fc.integer({ min: 1, max: 60 }), fc.nat(5), strangers, (invoices, serial, payer, others) => {
        const number = `2026-${String(serial).padStart(4, '0')}`;
        const target = invoice(number, 'jansen', '121.00', { paymentReference: toRf(number.replace('-', '')) });
        const rest = invoices.filter((item) => item.number !== number);
        const paid = lineOf(
          {
            amount: 12_100,
            text: '',
            payer: payer > 2 ? [JANSEN, 'Jansen'] : [STRANGER, 'Wie'],
            kind: 'credit',
            day: 1,
            reference: target.paymentReference,
          },
          0,
        );
        const unrelated = others.map((other, at) =>
          invoice(`2024-${other.serial}-${at}`, 'muller', other.same ? '121.00' : decimal(other.amount * 1_005)),
        );
        const before = matchStatements(withDebtors([target, ...rest]), [paid]);
        const after = matchStatements(withDebtors([...unrelated, target, ...rest]), [paid]);
        expect(before.outcomes[0]).toMatchObject({ outcome: 'matched', allocations: [{ invoiceId: number, amount: 12_100 }] });
        expect(told(after)).toEqual(told(before));
      }),
    );
  });

  it('a thousand open items of one debtor do not stall it', () => {
    const many = Array.from({ length: 1000 }, (_, at) =>
      invoice(`2026-${String(at + 1).padStart(4, '0')}`, 'jansen', decimal(10_000 + ((at * 7919) % 50_021))),
    );
    const sum = (some: readonly Invoice[]): string => decimal(some.reduce((total, { open }) => total + open, 0));
    const unnamed = [10, 200, 700].map((size) => line(sum(many.filter((_, at) => at % 3 === 1).slice(0, size)), 'betaling'));
    const listed = line(sum(many.slice(400, 410)), '2026-0401 t/m 0410');
    const started = performance.now();
    const { outcomes } = matchStatements(book(many), [...unnamed, listed]);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['proposed', 'proposed', 'proposed', 'matched']);
    expect(outcomes[3]?.allocations).toHaveLength(10);
  });

  it('a text of a megabyte does not stall it', () => {
    const many = Array.from({ length: 3000 }, (_, at) => invoice(`2026-${String(at + 1).padStart(4, '0')}`, 'jansen', decimal(1_000 + at)));
    const texts = [
      many.map(({ number }) => number).join(' '),
      '1'.repeat(1_000_000),
      '2026-0001 t/m '.repeat(80_000),
      'A1 '.repeat(300_000),
      'RF18 '.repeat(200_000),
    ];
    const started = performance.now();
    const { outcomes } = matchStatements(
      book(many),
      texts.map((text) => line('77.77', text, { iban: STRANGER, name: 'x '.repeat(100_000) })),
    );
    expect(performance.now() - started).toBeLessThan(10_000);
    for (const { outcome } of outcomes) expect(outcome).not.toBe('matched');
  });
});
