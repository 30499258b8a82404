import { describe, expect, it } from '@jest/globals';
import { storedStatement as statement } from '../../../../test/support/stored-statement.js';
import { plainDate } from '../../../kernel/plain-date.js';
import { doesNotAddUp, movementOf } from './check-sum.js';

describe('what the statements of an account come to', () => {
  const [monday, tuesday] = [statement('2026-03-02', 500, 600), statement('2026-03-03', 600, 450)];

  it('is the last closing less the first opening', () => {
    expect(movementOf([tuesday, monday])).toEqual({ from: '2026-03-02', amounts: [-50] });
  });

  it('is the same beside copies, longer periods and statements within a day', () => {
    const month = statement('2026-03-03', 500, 450, { from: plainDate('2026-03-02') });
    const [morning, afternoon] = [statement('2026-03-03', 600, 700), statement('2026-03-03', 700, 450)];
    expect(movementOf([monday, month, morning, afternoon, tuesday])?.amounts).toEqual([-50]);
    expect(movementOf([statement('2026-03-02', 500, 500)])?.amounts).toEqual([0]);
  });

  it('may be told in several ways where exports of the last day end differently: of noon, of the evening, of a corrected one', () => {
    const evening = statement('2026-03-03', 600, 700, { bankId: 'EVENING' });
    const movement = movementOf([monday, tuesday, evening]);
    // 450 - 500 and 700 - 500.
    expect(movement).toEqual({ from: '2026-03-02', amounts: [-50, 200] });
    expect(movement && doesNotAddUp(movement, 150, 'EUR').message).toContain('come to -0.50 or 2.00 EUR, the bookings to 1.50');
  });

  it('cannot be said when a statement does not add up, or first and last are not clear', () => {
    expect(movementOf([])).toBeNull();
    expect(movementOf([monday, { ...tuesday, reconciles: false }])).toBeNull();
    expect(movementOf([monday, { ...tuesday, reconciles: null }])).toBeNull();
    expect(movementOf([monday, statement('2026-03-02', 900, 950)])).toBeNull();
  });

  it('is told when the bookings say otherwise: no day is known whole', () => {
    expect(doesNotAddUp({ from: plainDate('2026-03-02'), amounts: [-50] }, 50, 'EUR')).toEqual({
      kind: 'does-not-add-up',
      message:
        'by their balances the statements since 2026-03-02 come to -0.50 EUR, the bookings to 0.50: one is there twice or is missing',
      knownThrough: '2026-03-01',
    });
  });
});
