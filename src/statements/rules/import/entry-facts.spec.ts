import { describe, expect, it } from '@jest/globals';
import { entry, transaction } from '../../../../test/support/entries.js';
import { unwrap } from '../../../kernel/result.js';
import { settledEntry } from '../settled-lines.js';
import type { Entry } from '../statement.js';
import { contradict, entryFacts, likenessText } from './entry-facts.js';

const settled = (each: Entry) => unwrap(settledEntry(each, 'EUR'));
const likeness = (each: Entry): string => likenessText(each, settled(each));
const facts = (each: Entry) => entryFacts(each, settled(each));

const jansen = transaction({
  amount: '10.00',
  counterparty: { name: 'Jansen', iban: 'NL12PROF0000000017' },
  unstructured: ['Factuur 2026-', '0117 dank u'],
});
const payment = entry({ amount: '10.00', servicerReference: 'R1', transactions: [jansen] });

describe('copies of an entry', () => {
  it('are alike wherever the bank cuts the lines, and whatever it writes for itself', () => {
    const copy = { ...payment, index: 7, bankCode: { ...payment.bankCode, proprietary: '541' }, transactions: [{ ...jansen, amountSource: 'Amt' as const, unstructured: ['Factuur 2026-0117', ' dank u'] }] }; // prettier-ignore
    expect(likeness(copy)).toBe(likeness(payment));
    expect(likeness({ ...payment, amount: '10.0' })).toBe(likeness(payment));
  });

  it('are alike though the bank counts them anew in every file', () => {
    expect(likeness({ ...payment, entryReference: '12' })).toBe(likeness({ ...payment, entryReference: '1' }));
    expect(likeness({ ...payment, entryReference: '260302000001' })).not.toBe(likeness({ ...payment, entryReference: '260302000002' }));
  });

  it.each([
    ['reference of the bank', { servicerReference: 'R2' }],
    ['direction', { reversal: true }],
    ['payer', { transactions: [{ ...jansen, counterparty: null }] }],
    ['text', { transactions: [{ ...jansen, unstructured: ['Factuur 2026-0118 dank u'] }] }],
    ['end-to-end id', { transactions: [{ ...jansen, endToEndId: 'E1' }] }],
  ])('have the same %s', (_, given) => {
    expect(likeness({ ...payment, ...given })).not.toBe(likeness(payment));
  });

  it('without payments are known by what the bank says of the entry', () => {
    const fee = entry({ amount: '-1.00', information: 'Kosten  maart', transactions: [transaction({ amount: '-1.00' })] });
    expect(likeness({ ...fee, information: 'Kosten\nmaart' })).toBe(likeness(fee));
    expect(likeness({ ...fee, information: 'Kosten april' })).not.toBe(likeness(fee));
  });
});

describe('what is known of an entry', () => {
  it('is of its payment when it has one', () => {
    expect(facts(payment)).toMatchObject({ counterparty: 'NL12PROF0000000017', text: 'FACTUUR20260117DANKU', parts: 1, richness: 3 });
  });

  it('is of the batch when it has several, which share the references of their order', () => {
    const [one, two] = [{ ...jansen, amount: '4.00', messageId: 'RUN' }, { ...jansen, index: 1, amount: '6.00', messageId: 'RUN', paymentInformationId: 'P' }]; // prettier-ignore
    const batch = { ...payment, batchDetails: { messageId: 'M', paymentInformationId: null, transactions: 2 }, transactions: [one, two] };
    expect(facts(batch)).toMatchObject({ counterparty: null, endToEndId: null, parts: 2, batchReferences: ['M', 'RUN'] });
  });
});

describe('a contradiction', () => {
  const report = (given: Partial<Entry>, message: 'camt.053' | 'mt940' = 'camt.053') => ({
    message,
    facts: facts({ ...payment, ...given }),
  });

  it('is a reference, payer, id or text that both have and that differs', () => {
    expect(contradict(report({}), report({}))).toBe(false);
    expect(contradict(report({}), report({ servicerReference: 'R2' }))).toBe(true);
    expect(contradict(report({}), report({ servicerReference: null }))).toBe(false);
    expect(contradict(report({}), report({ transactions: [{ ...jansen, unstructured: ['huur'] }] }))).toBe(true);
    expect(contradict(report({}), report({ transactions: [{ ...jansen, unstructured: ['0117 dank'] }] }))).toBe(false);
  });

  it('across formats is another payer or end-to-end id, not a reference or a text', () => {
    expect(contradict(report({}), report({ servicerReference: 'X' }, 'mt940'))).toBe(false);
    expect(contradict(report({}), report({ transactions: [{ ...jansen, unstructured: ['huur'] }] }, 'mt940'))).toBe(false);
    const other = {
      ...jansen,
      counterparty: { name: 'Bakker', iban: 'NL87PROF0000000025', other: null, bic: null, country: null, ultimateName: null },
    };
    expect(contradict(report({}), report({ transactions: [other] }, 'mt940'))).toBe(true);
  });
});
