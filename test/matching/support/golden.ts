import { expect, it } from '@jest/globals';
import { plainDate } from '../../../src/kernel/plain-date.js';
import { unwrap } from '../../../src/kernel/result.js';
import { formatAmount, parseAmount } from '../../../src/kernel/money.js';
import type { Arrangement, Book, Debtor, Invoice, PromiseToPay } from '../../../src/ledger/rules/book.js';
import { matchStatements } from '../../../src/matching/rules/match.js';
import { DEFAULT_SETTINGS, type MatchSettings } from '../../../src/matching/rules/settings.js';
import { type BankLine, type Evidence, type LineOutcome, NO_EVIDENCE } from '../../../src/matching/rules/vocabulary.js';

/**
 * The small administration of the golden cases. Two words are used throughout: "known" means the payer's account is in `debtor.ibans`,
 * "stranger" that neither account nor name is in the book.
 */
export const OWN = 'NL91ABNA0417164300';
export const OWN_SAVINGS = 'NL69INGB0123456789';
/** Blocked account (G-rekening): its number starts with 99. */
export const OWN_BLOCKED = 'NL05ABNA9900000017';
export const JANSEN = 'NL18RABO0123459876';
export const DEVRIES = 'NL44RABO0123456789';
export const GROUP = 'NL02ABNA0123456789';
export const STRANGER = 'NL20INGB0001234567';

const cents = (amount: string): number => unwrap(parseAmount(amount));

export function debtor(id: string, name: string, rest: Partial<Debtor> = {}): Debtor {
  return {
    id, name, number: null, capacity: 'business', country: 'NL', language: null, email: null, phone: null, ibans: [], vatId: null, registryId: null,
    creditLimit: null, paymentTermDays: 30, largeCompany: false, customerSince: null, segment: null, holds: [], ...rest,
  }; // prettier-ignore
}

/** An invoice whose id is its number. `open` is the amount unless given; a negative amount makes a credit note. */
export function invoice(
  number: string,
  debtorId: string,
  amount: string,
  rest: Partial<Omit<Invoice, 'open'>> & { open?: string } = {},
): Invoice {
  const { open = amount, ...others } = rest;
  return {
    id: number, number, debtorId, kind: amount.startsWith('-') ? 'credit-note' : 'invoice', issueDate: plainDate('2026-10-01'), dueDate: plainDate('2026-10-31'),
    amount: cents(amount), open: cents(open), currency: 'EUR', paymentReference: null, description: null, dispute: null, collecting: false, handedOverOn: null, ...others,
  }; // prettier-ignore
}

export const JANSEN_BV = debtor('jansen', 'Jansen Bouw B.V.', { number: '10023', ibans: [JANSEN] });
export const DEVRIES_VOF = debtor('devries', 'De Vries Schilders VOF', { number: '10047', ibans: [DEVRIES] });
/** Nothing is known of its accounts. */
export const MULLER = debtor('muller', 'Müller Metallbau GmbH', { number: '10051' });

export function book(
  invoices: readonly Invoice[],
  rest: { debtors?: readonly Debtor[]; arrangements?: readonly Arrangement[]; promises?: readonly PromiseToPay[] } = {},
): Book {
  return {
    asOf: plainDate('2026-11-20'),
    administration: { id: 'adm', name: 'Voorbeeld Leveranties B.V.', country: 'NL', currency: 'EUR', ibans: [OWN, OWN_SAVINGS, OWN_BLOCKED], vatDeductible: true, registry: null },
    debtors: rest.debtors ?? [JANSEN_BV, DEVRIES_VOF, MULLER],
    invoices, payments: [], promises: rest.promises ?? [], arrangements: rest.arrangements ?? [], contacts: [], freshness: { pulledAt: null, statementsThrough: null },
  }; // prettier-ignore
}

let made = 0;

/** A receipt on the own account, 20 November 2026, from Jansen's account unless told otherwise. */
export function line(amount: string, text: string | readonly string[], rest: Partial<BankLine> = {}): BankLine {
  made++;
  return {
    key: `line ${made}`,
    place: { file: 'golden.xml', statement: 'S1', statementIndex: 0, entry: made, transaction: 0 },
    message: 'camt.053', setAside: null, account: OWN, amount: cents(amount), currency: 'EUR', date: plainDate('2026-11-20'),
    code: { domain: 'PMNT', family: 'RCDT', subFamily: 'ESCT', proprietary: null }, reversal: false, endToEndId: null, mandateId: null, paymentInformationId: null,
    servicerReference: null, references: [], documentNumbers: [], text: typeof text === 'string' ? [text] : text, name: 'Jansen Bouw BV', ultimateName: null, iban: JANSEN,
    returned: null, chargesTaken: 0, original: null, batchSize: 1, ...rest,
  }; // prettier-ignore
}

/** A payer nobody knows. */
export const stranger = { iban: STRANGER, name: 'P. Onbekend' } as const;
/** Pays from an account that is not in the book, under this name. */
export const named = (name: string): Partial<BankLine> => ({ iban: STRANGER, name });
export const from = (iban: string, name: string): Partial<BankLine> => ({ iban, name });
export const reference = (text: string): Partial<BankLine> => ({ references: [{ reference: text, type: 'SCOR', issuer: null }], text: [] });

/** What is expected of one line: outcome, who gets what (`number: amount`), and what is left. */
export interface Expected {
  readonly outcome: LineOutcome['outcome'];
  readonly gives?: Readonly<Record<string, string>>;
  readonly left?: string;
  readonly kind?: string | null;
  /** Some line of the explanation says this. */
  readonly says?: RegExp;
  /** An alternative that must be listed. */
  readonly alsoWeighs?: Readonly<Record<string, string>>;
}

export interface GoldenCase {
  readonly name: string;
  /** Why this is the right answer, with the arithmetic. */
  readonly why: string;
  readonly book: Book;
  readonly lines: readonly BankLine[];
  /** One per line. */
  readonly expect: readonly Expected[];
  readonly settings?: Partial<MatchSettings>;
  readonly evidence?: Partial<Evidence>;
}

const gives = (allocations: LineOutcome['allocations']): Record<string, string> =>
  Object.fromEntries(allocations.map(({ invoiceId, amount }) => [invoiceId, formatAmount(amount)]));

/** Runs each case as a test, and holds every outcome against the arithmetic of the contract. */
export function golden(cases: readonly GoldenCase[]): void {
  for (const one of cases) {
    it(`${one.name}: ${one.why}`, () => {
      const { outcomes } = matchStatements(
        one.book,
        one.lines,
        { ...DEFAULT_SETTINGS, ...one.settings },
        { ...NO_EVIDENCE, ...one.evidence },
      );
      expect(outcomes).toHaveLength(one.expect.length);
      outcomes.forEach((outcome, at) => {
        const expected = one.expect[at] as Expected;
        const told = {
          outcome: outcome.outcome,
          gives: gives(outcome.allocations),
          left: formatAmount(outcome.remainder.amount),
          because: outcome.because,
        };
        expect(told).toMatchObject({
          outcome: expected.outcome,
          ...(expected.gives && { gives: expected.gives }),
          ...(expected.left && { left: expected.left }),
        });
        if (expected.gives) expect(Object.keys(told.gives)).toHaveLength(Object.keys(expected.gives).length);
        if (expected.kind !== undefined) expect(outcome.remainder.kind).toBe(expected.kind);
        if (expected.says) expect(outcome.because.join('\n')).toMatch(expected.says);
        if (expected.alsoWeighs)
          expect(outcome.alternatives.map(({ allocations }) => gives(allocations))).toContainEqual(expected.alsoWeighs);
        expect(outcome.because.length).toBeGreaterThan(0);
        expect(outcome.allocations.reduce((sum, { amount }) => sum + amount, 0) + outcome.remainder.amount).toBe(outcome.line.amount);
      });
    });
  }
}
