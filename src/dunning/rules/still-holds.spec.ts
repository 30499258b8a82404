import { describe, expect, it } from '@jest/globals';
import type { Act, Skip } from './plan.js';
import { type SentenceCode, reason } from './reasons.js';
import { type DecidedAct, lapsedBecause, stillHolds, todayOf } from './still-holds.js';

const act = {
  kind: 'reminder', step: 'second-reminder', channel: 'email', invoiceIds: ['i1', 'i2'], amount: '200.00', costs: '0.00',
  interest: '1.20', total: '201.20', payBy: '2026-11-30',
}; // prettier-ignore

describe('whether a decision may still be carried out', () => {
  it('may when nothing binding changed', () => {
    expect(stillHolds(act, { ...act })).toBeNull();
  });

  it('may with the term and the interest of the day it goes out', () => {
    expect(stillHolds(act, { ...act, payBy: '2026-12-02', interest: '1.26', total: '201.26' })).toBeNull();
  });

  it.each([
    ['nothing would be asked any more', undefined, /nothing would be asked/],
    ['part was paid', { ...act, amount: '150.00', total: '151.20' }, /amount was "200.00", now "150.00"/],
    ['an item was paid', { ...act, invoiceIds: ['i2'] }, /invoiceIds/],
    ['another step is due', { ...act, step: 'final-notice' }, /step/],
    ['costs came or went', { ...act, costs: '40.00' }, /costs was "0.00", now "40.00"/],
  ])('may not when %s', (_, fresh, why) => {
    expect(stillHolds(act, fresh)).toMatch(why);
  });
});

describe('what stands on a list of people', () => {
  const line = (invoiceId: string, asked: number) => ({ invoiceId, asked });
  const decided: DecidedAct = {
    ...{ debtorId: 'd1', kind: 'call', step: 'call', channel: 'phone', currency: 'EUR', costs: '40.00' },
    lines: [
      { invoiceId: 'i1', asked: '100.00' },
      { invoiceId: 'i2', asked: '60.00' },
    ],
  };
  const asked = (given: object = {}): Act => {
    const lines = [line('i1', 100_00), line('i2', 60_00)];
    const same = { debtorId: 'd1', kind: 'call', step: 'call', channel: 'phone', currency: 'EUR', costs: 40_00, amount: 160_00, lines };
    const act = { ...same, ...given };
    return { ...act, invoiceIds: act.lines.map(({ invoiceId }) => invoiceId) } as unknown as Act;
  };
  const why = (invoiceId: string, code: SentenceCode): Skip =>
    ({ debtorId: 'd1', invoiceId, reason: 'waiting', until: null, because: reason(code) }) as Skip;
  const code = (acts: Act[], skipped: Skip[] = []) => lapsedBecause(decided, todayOf({ acts, skipped }))?.code ?? null;

  it('stands while all of it would be asked today, and when more would', () => {
    expect(code([asked()])).toBeNull();
    expect(code([asked({ lines: [line('i0', 5_00), line('i1', 100_00), line('i2', 60_00)] })])).toBeNull();
    expect(code([asked({ costs: 45_00 })])).toBeNull();
  });

  it.each<[string, object]>([
    ['part was paid, though another item came', { lines: [line('i1', 100_00), line('i2', 59_99), line('i3', 500_00)] }],
    ['an item was paid', { lines: [line('i1', 100_00)] }],
    ['the costs are not allowed any more', { costs: 39_99 }],
    ['another step is due', { step: 'final-notice', kind: 'demand' }],
    ['it goes by another way', { channel: 'email' }],
    ['the policy calls it otherwise', { step: 'second-call' }],
  ])('does not when %s', (_, given) => {
    expect(code([asked(given)])).toBe('asked-otherwise');
  });

  it('does not when nothing of it is open, whatever else is asked', () => {
    expect(code([])).toBe('no-longer-open');
    expect(code([asked({ step: 'reminder', lines: [line('i9', 5_00)] })])).toBe('no-longer-open');
    expect(code([asked({ debtorId: 'd2' })])).toBe('no-longer-open');
  });

  it('says what keeps an item back', () => {
    expect(code([], [why('i1', 'waiting-gap'), why('i2', 'disputed')])).toBe('disputed');
    expect(code([asked({ lines: [line('i1', 100_00)] })], [why('i2', 'promise')])).toBe('promise');
  });

  it.each<SentenceCode>(['not-a-banking-day', 'quiet-day', 'daily-cap', 'waiting-gap', 'waiting-other'])('stands on a day of %s', (put) => {
    expect(code([], [why('i1', put), why('i2', put)])).toBeNull();
    expect(code([asked({ step: 'reminder', lines: [line('i9', 5_00)] })], [why('i1', put), why('i2', put)])).toBeNull();
    // The other one was paid.
    expect(code([], [why('i1', put)])).toBe('no-longer-open');
  });

  it('takes no heed of what is about credit', () => {
    expect(code([asked({ kind: 'credit-hold', step: 'credit-hold' })])).toBe('no-longer-open');
  });
});
