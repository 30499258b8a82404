import { describe, expect, it } from '@jest/globals';
import { LAW } from '../../../test/law/law-fixture.js';
import { plainDate } from '../../kernel/plain-date.js';
import { type Limitation, type LimitationQuestion, limitation } from './limitation.js';

function ask(on: string, question: Partial<LimitationQuestion> = {}): Limitation {
  const defaults = { regime: 'nl', capacity: 'business', claim: null, dueDate: plainDate('2024-03-31'), interruptions: [] } as const;
  const found = limitation(LAW, { ...defaults, ...question }, plainDate(on));
  if (!found) throw new Error('no limitation');
  return found;
}
const acknowledged = (on: string) => ({ on: plainDate(on), kind: 'acknowledgement' as const });
const demanded = (on: string) => ({ on: plainDate(on), kind: 'written-demand' as const });

describe('limitation (collection-rules §3.1, §4.5)', () => {
  it.each([
    [{ capacity: 'business' }, '2029-03-31'],
    [{ capacity: 'consumer' }, '2026-03-31'],
    [{ capacity: 'consumer', claim: 'contract' }, '2029-03-31'],
    [{ claim: 'judgment' }, '2044-03-31'],
    [{ regime: 'be', capacity: 'business' }, '2034-03-31'],
    [{ regime: 'be', capacity: 'consumer' }, '2025-03-31'],
  ] as const)('%j lapses after %s', (question, limitationDate) => {
    expect(ask('2024-06-01', question).limitationDate).toBe(limitationDate);
  });

  it.each([
    ['2028-10-01', null], // 181 days before
    ['2028-10-02', 180],
    ['2028-12-30', 180], // 91 days before
    ['2028-12-31', 90],
    ['2029-03-01', 30],
    ['2029-03-31', 30],
  ])('warns on %s: %s', (on, warning) => {
    expect(ask(on)).toMatchObject({ warning, lapsed: false });
  });

  it('lapses the day after', () => {
    expect(ask('2029-04-01')).toMatchObject({ lapsed: true, warning: null });
  });

  it('begins again after a demand or an acknowledgement, for at most five years', () => {
    expect(ask('2026-01-01', { interruptions: [demanded('2025-06-15')] }).limitationDate).toBe('2030-06-15');
    expect(ask('2026-01-01', { interruptions: [demanded('2025-06-15'), acknowledged('2027-01-02')] }).limitationDate).toBe('2032-01-02');
    // A judgment of twenty years is not shortened by a letter: the new term of five would end before the old one.
    expect(ask('2026-01-01', { claim: 'judgment', interruptions: [demanded('2025-06-15')] }).limitationDate).toBe('2044-03-31');
  });

  it('is not revived by what comes too late', () => {
    expect(ask('2027-01-01', { capacity: 'consumer', interruptions: [demanded('2026-04-01')] }).limitationDate).toBe('2026-03-31');
    expect(ask('2027-01-01', { capacity: 'consumer', interruptions: [demanded('2026-03-31')] }).limitationDate).toBe('2028-03-31');
  });

  it('in Belgium is not stopped by a letter of the creditor, once for a year by a formal notice', () => {
    const be = { regime: 'be', capacity: 'consumer' } as const;
    const notice = (on: string) => ({ on: plainDate(on), kind: 'formal-notice' as const });
    expect(ask('2024-06-01', { ...be, interruptions: [demanded('2025-01-31')] }).limitationDate).toBe('2025-03-31');
    expect(ask('2024-06-01', { ...be, interruptions: [notice('2025-01-31')] }).limitationDate).toBe('2026-01-31');
    expect(ask('2024-06-01', { ...be, interruptions: [notice('2025-01-31'), notice('2026-01-15')] }).limitationDate).toBe('2026-01-31');
    expect(ask('2024-06-01', { ...be, interruptions: [acknowledged('2025-01-31')] }).limitationDate).toBe('2026-01-31');
  });

  it('is unknown for other countries', () => {
    const question = { regime: 'eu', capacity: 'business', claim: null, dueDate: plainDate('2024-03-31'), interruptions: [] } as const;
    expect(limitation(LAW, question, plainDate('2026-01-01'))).toBeNull();
  });
});
