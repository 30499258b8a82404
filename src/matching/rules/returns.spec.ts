import { describe, expect, it } from '@jest/globals';
import { DEVRIES, JANSEN, STRANGER, line } from '../../../test/matching/support/golden.js';
import { plainDate } from '../../kernel/plain-date.js';
import { linkReturns } from './returns.js';
import type { BankLine } from './vocabulary.js';

type Rest = Partial<BankLine>;
const on = (day: string, rest: Rest = {}): Rest => ({ date: plainDate(day), ...rest });
/** Links the last line to one of those before it: its position, or null. */
function original(...all: BankLine[]): number | null {
  const back = all.length - 1;
  return (
    linkReturns(
      all,
      [back],
      all.slice(0, back).map((_, at) => at),
    ).get(back) ?? null
  );
}

describe('which earlier line a return takes back', () => {
  it('is the one with its end-to-end id, before a nearer one of the same payer', () => {
    const paid = [line('121.00', 'a', on('2026-11-02', { endToEndId: 'E1' })), line('121.00', 'b', on('2026-11-09', { endToEndId: 'E2' }))];
    expect(original(...paid, line('-121.00', 'storno', on('2026-11-12', { endToEndId: 'E1' })))).toBe(0);
  });

  it('is the one with the same text, else the latest of the account', () => {
    const paid = [line('121.00', '2026-0042', on('2026-11-02')), line('121.00', '2026-0043', on('2026-11-09'))];
    expect(original(...paid, line('-121.00', '2026-0042', on('2026-11-12')))).toBe(0);
    expect(original(...paid, line('-121.00', 'retour', on('2026-11-12')))).toBe(1);
  });

  it('may be smaller by the fee of the bank where an identifier proves it, and then only', () => {
    const paid = line('121.00', '', on('2026-11-02', { endToEndId: 'E1' }));
    expect(original(paid, line('-126.00', '', on('2026-11-05', { endToEndId: 'E1' })))).toBe(0);
    expect(original(paid, line('-146.01', '', on('2026-11-05', { endToEndId: 'E1' })))).toBeNull();
    expect(original(paid, line('-126.00', '', on('2026-11-05')))).toBeNull();
    expect(original(paid, line('-120.00', '', on('2026-11-05', { endToEndId: 'E1' })))).toBeNull();
  });

  it('came before it, and not more than thirteen months', () => {
    const paid = line('121.00', '', on('2025-06-02', { endToEndId: 'E1' }));
    expect(original(paid, line('-121.00', '', on('2025-06-01', { endToEndId: 'E1' })))).toBeNull();
    expect(original(paid, line('-121.00', '', on('2026-07-01', { endToEndId: 'E1' })))).toBe(0);
    expect(original(paid, line('-121.00', '', on('2026-07-08', { endToEndId: 'E1' })))).toBeNull();
  });

  it('is on the same account of ours and of the same payer', () => {
    const paid = line('121.00', '', on('2026-11-02'));
    expect(original(paid, line('-121.00', '', on('2026-11-05', { account: STRANGER })))).toBeNull();
    expect(original(paid, line('-121.00', '', on('2026-11-05', { iban: DEVRIES, name: 'De Vries' })))).toBeNull();
    expect(original(paid, line('-121.00', '', on('2026-11-05', { iban: null })))).toBe(0);
  });

  it('is taken back once', () => {
    const all = [
      line('121.00', '', on('2026-11-02')),
      line('-121.00', '', on('2026-11-05', { iban: JANSEN })),
      line('-121.00', '', on('2026-11-06')),
    ];
    expect([...linkReturns(all, [1, 2], [0])]).toEqual([[1, 0]]);
  });
});
