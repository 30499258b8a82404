import { expect, it } from '@jest/globals';
import { respectUndone } from './respect-undone.js';
import type { BankLine, LineOutcome } from './vocabulary.js';

const part = (invoiceId: string) => ({ invoiceId, amount: -100, settles: null });
const outcome: LineOutcome = {
  line: { key: 'l', amount: -100 } as BankLine,
  outcome: 'matched',
  allocations: [part('a')],
  debtorId: 'd',
  confidence: 0.98,
  remainder: { amount: 0, kind: null },
  returnOf: { key: 'o' } as BankLine,
  alternatives: [{ allocations: [part('b')], confidence: 0.4 }],
  because: ['so'],
};

it('does not do again what a person undid', () => {
  const left = respectUndone(outcome, [{ line: 'l', invoiceId: 'a' }]);
  expect(left).toMatchObject({ outcome: 'unmatched', allocations: [], debtorId: null, returnOf: null, remainder: { amount: -100 } });
  expect(left.alternatives).toEqual(outcome.alternatives);
});

it('does not list it among the alternatives either', () => {
  expect(respectUndone(outcome, [{ line: 'l', invoiceId: 'b' }])).toEqual({ ...outcome, alternatives: [] });
});

it('leaves other lines alone', () => {
  expect(respectUndone(outcome, [{ line: 'other', invoiceId: 'a' }])).toBe(outcome);
});
