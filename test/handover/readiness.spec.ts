import { describe, expect, it } from '@jest/globals';
import type { ReadinessFacts, ReadinessItem } from '../../src/handover/rules/readiness/facts.js';
import { readinessOf } from '../../src/handover/rules/readiness/readiness.js';
import { READINESS_CODES, type ReadinessCode, severityOf, tellReadiness } from '../../src/handover/rules/readiness/reasons.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { LANGUAGES } from '../../src/kernel/sentence.js';
import { limitation } from '../../src/law/rules/limitation.js';
import type { Capacity, Contact } from '../../src/ledger/rules/book.js';
import { LAW } from '../law/law-fixture.js';
import { debtor, invoice } from './support/sample-case.js';

const ON = plainDate('2026-11-23');
const F1 = invoice('F-1', { amount: 1210_00, open: 1210_00 });
const readyItem: ReadinessItem = {
  invoice: F1,
  dueDate: F1.dueDate,
  disputedPart: 0,
  protectedBy: null,
  limitation: null,
  copyAttached: true,
};

const sent = (kind: Contact['kind'], sentOn: string, given: Partial<Contact> = {}): Contact => ({
  id: `c-${kind}`,
  debtorId: 'd-1',
  invoiceIds: ['id-F-1'],
  step: kind,
  kind,
  channel: 'email',
  sentOn: plainDate(sentOn),
  receivedOn: plainDate(sentOn),
  ...given,
});
const notice = (contact: Contact, given: Partial<ReadinessFacts['notices'][number]> = {}): ReadinessFacts['notices'][number] => ({
  contact,
  principals: [1210_00],
  // The Dutch scale: 15 % of 1,210.00.
  costsStated: 181_50,
  vatStated: false,
  proofKept: true,
  ...given,
});

/** A business debtor in the Netherlands, everything in order. */
const business: ReadinessFacts = {
  law: LAW,
  on: ON,
  debtor,
  addressKnown: true,
  items: [readyItem],
  held: null,
  unallocated: new Map(),
  openCreditNotes: [],
  notices: [notice(sent('demand', '2026-10-01'))],
  costs: 181_50,
  clause: null,
  vatDeductible: true,
  contractAttached: true,
  agency: {
    name: 'Incasso Proef B.V.',
    kind: 'agency',
    registrations: [{ country: 'NL', number: '1', verifiedOn: plainDate('2026-01-05') }],
  },
  insurer: null,
  approval: { principal: 1210_00 },
  collectedBefore: 0,
  minimum: 50_00,
};
const as = (country: string, capacity: Capacity) => ({ ...debtor, country, capacity, registryId: null });
/** Received on Monday 2 November: the term ends on the 16th, costs from the 17th, and two days are kept free. */
const dutchConsumer: ReadinessFacts = {
  ...business,
  debtor: as('NL', 'consumer'),
  notices: [notice(sent('fourteen-day-letter', '2026-11-02'))],
};
const belgianConsumer: ReadinessFacts = {
  ...business,
  debtor: as('BE', 'consumer'),
  clause: { kind: 'statutory-maximum' },
  agency: {
    name: 'Incasso Proef BV',
    kind: 'agency',
    registrations: [{ country: 'BE', number: '2', verifiedOn: plainDate('2026-01-05') }],
  },
  // An e-mail of Monday 2 November: 14 days from the 3rd, over on the 17th.
  notices: [notice(sent('be-first-reminder', '2026-11-02'))],
};
const codesOf = (facts: ReadinessFacts): ReadinessCode[] => readinessOf(facts).reasons.map(({ code }) => code);
const withItem = (given: Partial<ReadinessItem>, facts = business): ReadinessFacts => ({ ...facts, items: [{ ...readyItem, ...given }] });

describe('a claim that may be handed over', () => {
  it.each([
    ['on a Dutch business', business],
    ['on a Dutch consumer', dutchConsumer],
    ['on a Belgian consumer', belgianConsumer],
    ['on a Belgian business', { ...business, debtor: { ...debtor, country: 'BE' } }],
    ['on a German business', { ...business, debtor: { ...debtor, country: 'DE' } }],
    ['insured, the insurer consulted', { ...business, insurer: { consultedOn: ON } }],
    ['on a consumer, by a bailiff', { ...dutchConsumer, agency: { name: 'GDW', kind: 'bailiff', registrations: [] } }],
  ] satisfies [string, ReadinessFacts][])('%s', (_what, facts) => {
    expect(readinessOf(facts)).toEqual({ result: 'READY', reasons: [], principal: 1210_00 });
  });

  it('is ready with warnings when only what one should know is found', () => {
    expect(readinessOf({ ...business, contractAttached: false })).toMatchObject({
      result: 'READY_WITH_WARNINGS',
      reasons: [{ code: 'contract-missing', invoiceId: null }],
    });
  });
});

const lapsing = (due: string) =>
  limitation(LAW, { regime: 'nl', capacity: 'business', claim: null, dueDate: plainDate(due), interruptions: [] }, ON);

/** Each reason by itself: the facts that give it, all else in order. */
const CASES: [ReadinessCode, ReadinessFacts][] = [
  ['nothing-to-hand-over', { ...business, items: [], approval: { principal: 0 } }],
  ['not-an-invoice', withItem({ invoice: { ...F1, kind: 'credit-note', amount: -100, open: 1210_00 } })],
  ['nothing-open', { ...withItem({ invoice: { ...F1, open: 0 } }), approval: { principal: 0 }, minimum: 0 }],
  ['other-currency', withItem({ invoice: { ...F1, currency: 'USD' } })],
  ['not-due', withItem({ dueDate: ON })],
  ['below-minimum', { ...business, minimum: 1210_01 }],
  ['collected-before', { ...business, collectedBefore: 1 }],
  // Five years from 22 November 2021 end on 22 November 2026, yesterday; from 23 November today.
  ['prescribed', withItem({ limitation: lapsing('2021-11-22') })],
  ['prescription-near', withItem({ limitation: lapsing('2021-11-23') })],
  ['disputed', withItem({ protectedBy: 'disputed' })],
  ['part-disputed', { ...withItem({ disputedPart: 210_00 }), approval: { principal: 1000_00 } }],
  ['promise', withItem({ protectedBy: 'promise' })],
  ['arrangement', withItem({ protectedBy: 'arrangement' })],
  ['insolvency', withItem({ protectedBy: 'insolvency' })],
  ['hold', withItem({ protectedBy: 'hold' })],
  ['collecting', withItem({ protectedBy: 'collecting' })],
  ['paused-in-package', withItem({ protectedBy: 'paused-in-package' })],
  ['handed-over', withItem({ protectedBy: 'handed-over', invoice: { ...F1, handedOverOn: plainDate('2026-11-01') } })],
  ['control-difference', { ...business, held: { reason: 'control-difference', since: null } }],
  ['stale-pull', { ...business, held: { reason: 'stale-pull', since: null } }],
  ['stale-statements', { ...business, held: { reason: 'stale-statements', since: plainDate('2026-11-18') } }],
  ['unallocated-receipts', { ...business, unallocated: new Map([['EUR', 1]]) }],
  ['open-credit-notes', { ...business, openCreditNotes: [{ id: 'cn', number: 'C-1' }] }],
  ['notice-missing', { ...business, notices: [notice(sent('reminder', '2026-10-01'))] }],
  ['notice-missing', { ...business, notices: [notice(sent('demand', '2026-10-01', { channel: 'phone' }))] }],
  ['notice-missing', { ...business, notices: [notice(sent('demand', '2026-10-01', { invoiceIds: ['another'] }))] }],
  ['notice-missing', { ...dutchConsumer, notices: [notice(sent('demand', '2026-10-01'))] }],
  ['notice-missing', { ...belgianConsumer, notices: [notice(sent('demand', '2026-10-01'))] }],
  // The last day kept free: the 18th. On the 19th it may go.
  ['notice-term-running', { ...dutchConsumer, on: plainDate('2026-11-18') }],
  // The last day of the Belgian waiting time: the 16th.
  ['notice-term-running', { ...belgianConsumer, on: plainDate('2026-11-16') }],
  ['notice-fee-wrong', { ...dutchConsumer, notices: [notice(sent('fourteen-day-letter', '2026-11-02'), { costsStated: 181_51 })] }],
  ['notice-fee-wrong', { ...dutchConsumer, costs: 0, notices: [notice(sent('fourteen-day-letter', '2026-11-02'), { costsStated: 0 })] }],
  [
    'notice-fee-wrong',
    { ...dutchConsumer, vatDeductible: false, notices: [notice(sent('fourteen-day-letter', '2026-11-02'), { vatStated: true })] },
  ],
  ['notice-fee-unknown', { ...dutchConsumer, notices: [notice(sent('fourteen-day-letter', '2026-11-02'), { costsStated: null })] }],
  ['notice-fee-unknown', { ...dutchConsumer, notices: [notice(sent('fourteen-day-letter', '2026-11-02'), { principals: null })] }],
  // The letter asked 100.00 and announced 40.00; 150.00 is what 1,000.00 would cost.
  [
    'costs-above-notice',
    {
      ...dutchConsumer,
      costs: 150_00,
      notices: [notice(sent('fourteen-day-letter', '2026-11-02'), { principals: [100_00], costsStated: 40_00 })],
    },
  ],
  [
    'costs-above-notice',
    { ...belgianConsumer, costs: 90_00, notices: [notice(sent('be-first-reminder', '2026-11-02'), { costsStated: 20_00 })] },
  ],
  ['no-cost-clause', { ...belgianConsumer, clause: null }],
  ['no-proof-of-dispatch', { ...business, notices: [notice(sent('demand', '2026-10-01'), { proofKept: false })] }],
  ['debtor-not-identified', { ...business, debtor: { ...debtor, registryId: null } }],
  ['debtor-address-missing', { ...dutchConsumer, addressKnown: false }],
  ['capacity-assumed', { ...dutchConsumer, debtor: as('NL', 'unknown') }],
  ['invoice-copy-missing', withItem({ copyAttached: false })],
  ['contract-missing', { ...business, contractAttached: false }],
  ['agency-not-configured', { ...business, agency: null }],
  ['agency-not-registered', { ...dutchConsumer, agency: { name: 'X', kind: 'agency', registrations: [] } }],
  ['agency-not-registered', { ...dutchConsumer, agency: belgianConsumer.agency }],
  ['agency-not-registered', { ...belgianConsumer, agency: dutchConsumer.agency }],
  ['insurer-not-consulted', { ...business, insurer: { consultedOn: null } }],
  ['approval-missing', { ...business, approval: null }],
  ['approval-other-amount', { ...business, approval: { principal: 1210_01 } }],
];

describe('each reason', () => {
  it.each(CASES)('%s: %#', (code, facts) => {
    const { result, reasons } = readinessOf(facts);
    expect(reasons.map((reason) => reason.code)).toEqual([code]);
    expect(result).toBe(severityOf({ code }) === 'blocks' ? 'BLOCKED' : 'READY_WITH_WARNINGS');
    for (const language of LANGUAGES) for (const reason of reasons) expect(tellReadiness(reason, language)).not.toMatch(/[{}]|undefined/);
  });

  it('is in the table above', () => {
    expect(new Set(CASES.map(([code]) => code))).toEqual(new Set(READINESS_CODES));
  });

  it('is told with all the others, what blocks first', () => {
    const facts = { ...withItem({ copyAttached: false, disputedPart: 10_00 }), contractAttached: false, approval: null, agency: null };
    expect(codesOf(facts)).toEqual([
      'invoice-copy-missing',
      'agency-not-configured',
      'approval-missing',
      'part-disputed',
      'contract-missing',
    ]);
  });
});

describe('the day a term is over', () => {
  it.each([
    ['2026-11-18', 'BLOCKED'],
    ['2026-11-19', 'READY'],
  ])('for a Dutch consumer: %s %s', (on, result) => {
    expect(readinessOf({ ...dutchConsumer, on: plainDate(on) }).result).toBe(result);
  });

  it.each([
    ['2026-11-16', 'BLOCKED'],
    ['2026-11-17', 'READY'],
  ])('for a Belgian consumer: %s %s', (on, result) => {
    expect(readinessOf({ ...belgianConsumer, on: plainDate(on) }).result).toBe(result);
  });
});
