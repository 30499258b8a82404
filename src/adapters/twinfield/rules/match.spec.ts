import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import { matchRequest } from './match.js';

const on = plainDate('2026-11-20');
const invoice = { code: 'VRK', number: '202600318', line: '1' };

describe('a match', () => {
  it('of whole lines tells no values', () => {
    const lines = [{ key: invoice }, { key: { code: 'BNK', number: '202600052', line: '2' } }];
    expect(matchRequest({ office: 'KD01', on, currency: 'EUR', lines })).not.toContain('matchvalue');
  });

  it.each(['currency', 'writeoff', 'discount'] as const)('books away what is left as %s', (kind) => {
    const lines = [{ key: invoice, writeOff: { kind, amount: 5 } }];
    expect(matchRequest({ office: 'KD01', on, currency: 'EUR', lines })).toContain(`<writeoff type="${kind}">0.05</writeoff>`);
  });
});
