import { describe, expect, it } from '@jest/globals';
import { ARRANGEMENT_STATES, ARRANGEMENT_STEPS } from './arrangement.js';
import { DISPUTE_STATES, DISPUTE_STEPS } from './dispute.js';
import { HOLD_STATES, HOLD_STEPS } from './hold.js';
import { PROMISE_STATES, PROMISE_STEPS } from './promise.js';
import { COLLECTION_STATES, COLLECTION_STEPS } from './returned-payment.js';
import { type StateTable, endStates, mayBecome } from './state-table.js';

describe('state tables', () => {
  const traffic = [
    { from: 'red', to: 'green' },
    { from: 'green', to: 'orange' },
  ] as const satisfies StateTable<'red' | 'green' | 'orange'>;

  it('allow their steps and staying, nothing else', () => {
    expect(mayBecome(traffic, 'red', 'green')).toBe(true);
    expect(mayBecome(traffic, 'red', 'red')).toBe(true);
    expect(mayBecome(traffic, 'green', 'red')).toBe(false);
    expect(endStates(traffic, ['red', 'green', 'orange'])).toEqual(['orange']);
  });

  const tables: [string, readonly string[], StateTable<string>][] = [
    ['promise', PROMISE_STATES, PROMISE_STEPS],
    ['arrangement', ARRANGEMENT_STATES, ARRANGEMENT_STEPS],
    ['dispute', DISPUTE_STATES, DISPUTE_STEPS],
    ['hold', HOLD_STATES, HOLD_STEPS],
    ['collection', COLLECTION_STATES, COLLECTION_STEPS],
  ];

  it.each(tables)('%s: every state but the first is reached from it, and no step is there twice', (_, states, steps) => {
    const reached = new Set([states[0]]);
    for (let before = 0; before < reached.size;) {
      before = reached.size;
      for (const { from, to } of steps) if (reached.has(from)) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...states].sort());
    expect(new Set(steps.map(({ from, to }) => `${from}>${to}`)).size).toBe(steps.length);
  });
});
