import fc from 'fast-check';
import { type PlainDate, addDays, plainDate } from '../../../src/kernel/plain-date.js';
import { type Book, CAPACITIES, CHANNELS, CONTACT_KINDS, HOLD_KINDS } from '../../../src/ledger/rules/book.js';
import type { Condition } from '../../../src/dunning/rules/conditions.js';
import { CHARGES, type Delay, type Policy, STEP_KINDS, type Step, TONES, TRIGGERS, type Track } from '../../../src/dunning/rules/policy.js';
import { book } from './books.js';

/** A day in the middle of a year without a holiday near it, and a Friday. */
export const ON = plainDate('2026-11-20');

const day = (from: number, to: number): fc.Arbitrary<PlainDate> => fc.integer({ min: from, max: to }).map((days) => addDays(ON, days));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null, freq: 3 });
const debtorIds = ['d1', 'd2', 'd3'] as const;
const invoiceIds = Array.from({ length: 10 }, (_, at) => `i${at}`);
const someInvoices = fc.uniqueArray(fc.constantFrom(...invoiceIds), { maxLength: 4 });
const amount = fc.integer({ min: 1, max: 3000_00 });

const debtor = (id: string) =>
  fc.record({
    id: fc.constant(id),
    number: fc.constant(null),
    name: fc.constant(`Debtor ${id}`),
    capacity: fc.constantFrom(...CAPACITIES),
    country: fc.constantFrom('NL', 'BE', 'DE'),
    language: maybe(fc.constantFrom('nl', 'fr', 'de')),
    email: maybe(fc.constant('someone@example.com')),
    phone: maybe(fc.constant('+31 20 000 0000')),
    ibans: fc.constant([]),
    vatId: fc.constant(null),
    registryId: fc.constant(null),
    creditLimit: fc.constant(null),
    paymentTermDays: fc.constant(null),
    largeCompany: fc.boolean(),
    customerSince: maybe(day(-400, 0)),
    segment: maybe(fc.constantFrom('key', 'web')),
    holds: fc.array(fc.record({ kind: fc.constantFrom(...HOLD_KINDS), from: day(-30, 10), until: maybe(day(-10, 30)) }), {
      maxLength: 1,
      size: 'small',
    }),
  });

const invoice = (id: string) =>
  fc
    .record({
      debtorId: fc.constantFrom(...debtorIds),
      dueDate: fc.oneof({ weight: 7, arbitrary: day(-90, 30) }, { weight: 1, arbitrary: day(-4000, -150) }),
      amount,
      share: fc.integer({ min: 0, max: 4 }),
      credit: fc.integer({ min: 0, max: 5 }),
      currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'),
      dispute: maybe(
        fc.record({
          code: fc.constantFrom('PRICE', 'INVOICE_NOT_RECEIVED'),
          since: day(-60, 5),
          amount: maybe(amount),
          resolved: maybe(day(-20, 5)),
        }),
      ),
      collecting: fc.constantFrom(false, false, false, true),
      handedOverOn: fc.option(day(-30, 0), { nil: null, freq: 8 }),
    })
    .map(({ share, credit, ...given }) => {
      const sign = credit === 0 ? -1 : 1;
      return {
        ...given,
        id,
        number: id,
        kind: credit === 0 ? ('credit-note' as const) : ('invoice' as const),
        issueDate: addDays(given.dueDate, -30),
        amount: sign * given.amount,
        open: share === 0 ? 0 : Math.floor((sign * given.amount * share) / 4) || sign,
        paymentReference: null,
        description: null,
      };
    });

const listOf = <T extends object>(prefix: string, item: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<(T & { id: string })[]> =>
  fc.array(item, { maxLength }).map((items) => items.map((one, at) => ({ ...one, id: `${prefix}${at}` })));

/** Three debtors with up to ten items and everything that can happen to them, in figures that are fresh. */
export const randomBook = (stepNames: readonly string[]): fc.Arbitrary<Book> =>
  fc
    .record({
      debtors: fc.tuple(...debtorIds.map(debtor)),
      invoices: fc.tuple(...invoiceIds.map(invoice)),
      payments: listOf(
        'p',
        fc.record({
          debtorId: fc.constantFrom(...debtorIds),
          date: day(-60, 0),
          amount: fc.integer({ min: -500_00, max: 900_00 }),
          invoiceId: maybe(fc.constantFrom(...invoiceIds)),
        }),
        5,
      ),
      promises: listOf(
        'q',
        fc.record({
          debtorId: fc.constantFrom(...debtorIds),
          invoiceIds: someInvoices,
          madeOn: day(-40, 0),
          dueDate: day(-30, 20),
          amount,
        }),
        4,
      ),
      arrangements: listOf(
        'r',
        fc.record({
          debtorId: fc.constantFrom(...debtorIds),
          invoiceIds: someInvoices,
          instalments: fc.array(fc.record({ dueDate: day(-40, 60), amount }), { maxLength: 3 }),
        }),
        2,
      ),
      contacts: listOf(
        'c',
        fc.record({
          debtorId: fc.constantFrom(...debtorIds),
          invoiceIds: someInvoices,
          step: fc.constantFrom(...stepNames, 'unknown-step'),
          kind: fc.constantFrom(...CONTACT_KINDS),
          channel: fc.constantFrom(...CHANNELS),
          sentOn: day(-60, -1),
          receivedOn: maybe(day(-60, -1)),
        }),
        6,
      ),
    })
    .map((given) => book({ asOf: ON, ...given }));

const delay = (min: number): fc.Arbitrary<Delay> =>
  fc.record({ days: fc.integer({ min, max: 30 }), unit: fc.constantFrom('calendar', 'working') });

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .uniqueArray(fc.constantFrom('business', 'consumer', 'public-body'), { minLength: 1 })
    .map((capacities) => ({ code: 'capacity-in', args: { capacities } }) as const),
  fc.constantFrom('NL', 'BE').map((country) => ({ code: 'country-in', args: { countries: [country] } }) as const),
  amount.map((given) => ({ code: 'amount-at-least', args: { amount: given } }) as const),
);

const step = (name: string): fc.Arbitrary<Step> =>
  fc.record({
    step: fc.constant(name),
    kind: fc.constantFrom(...STEP_KINDS),
    trigger: fc.option(fc.constantFrom(...TRIGGERS), { nil: null, freq: 2 }),
    afterDue: maybe(delay(-10)),
    afterPrevious: maybe(delay(0)),
    when: fc.array(condition, { maxLength: 1 }),
    channels: fc.subarray([...CHANNELS]),
    tone: fc.constantFrom(...TONES),
    template: fc.constant('reminder'),
    term: maybe(delay(1)),
    costs: fc.constantFrom(...CHARGES),
    interest: fc.constantFrom(...CHARGES),
    minimumAmount: fc.constantFrom(0, 0, 500_00),
    approval: fc.boolean(),
  });

/** Names of the steps of a random policy. */
export const STEP_NAMES = ['s0', 's1', 's2', 's3', 's4'] as const;

/** A policy no reader of files would let through: charges before notices, handover first, gaps of a day, terms of nothing. */
export const absurdPolicy: fc.Arbitrary<Policy> = fc
  .record({
    steps: fc.tuple(...STEP_NAMES.map(step)),
    minimumAmount: fc.constantFrom(0, 100_00),
    minimumGap: delay(0),
    bundleFromDaysOverdue: fc.integer({ min: 0, max: 20 }),
    brokenMax: fc.integer({ min: 1, max: 3 }),
    graceBankingDays: fc.integer({ min: 0, max: 3 }),
    handoverFromDaysOverdue: fc.integer({ min: 0, max: 60 }),
    statement: fc.boolean(),
    termAgreed: fc.boolean(),
    cap: maybe(fc.integer({ min: 0, max: 2 })),
  })
  .map(({ brokenMax, graceBankingDays, statement, cap, ...given }) => {
    const track: Track = {
      name: 'absurd',
      audience: [],
      exclude: { debtors: [], segments: [] },
      quietDays: [],
      approvalFrom: null,
      languages: {},
      promises: { graceBankingDays, brokenMax },
      arrangements: { graceBankingDays },
      resume: { afterDisputeDays: 0, afterResentInvoiceDays: 0 },
      clause: { kind: 'tariff', basisPoints: 9_000, minimum: 500_00, maximum: null },
      statement: statement
        ? {
            step: 'statement',
            weekday: 5,
            fromDaysOverdue: 1,
            minimumItems: 1,
            channels: ['email', 'letter'],
            template: 'statement',
            tone: 'neutral',
          }
        : null,
      credit: null,
      ...given,
    };
    return {
      name: 'absurd',
      version: 1,
      freshness: { pullBankingDays: 1, statementBankingDays: 1 },
      dailyCap: { email: cap, letter: cap, phone: cap },
      tracks: [track],
    };
  });
