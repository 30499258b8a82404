import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { mayRun } from './may-run.js';

const [YESTERDAY, TODAY, TOMORROW] = [plainDate('2026-11-19'), plainDate('2026-11-20'), plainDate('2026-11-21')];

describe('a day', () => {
  it.each([
    ['live', TODAY, null],
    ['live', YESTERDAY, 'not-today'],
    ['live', TOMORROW, 'not-today'],
    ['shadow', YESTERDAY, null],
    ['off', TODAY, 'administration-off'],
  ] as const)('of an administration that is %s: %s gives %p', (mode, day, code) => {
    const may = mayRun(mode, day, TODAY);
    expect(may.ok ? null : may.error.code).toBe(code);
  });
});
