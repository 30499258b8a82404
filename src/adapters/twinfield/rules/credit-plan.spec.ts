import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import { readSection, writeSection } from './comment.js';
import { type CreditEntry, planCredit } from './credit-plan.js';
import type { CreditBlock } from './customer.js';

const on = plainDate('2026-11-20');
const base = { marker: 'AAAAAAAAA1', on, text: 'tekst', about: { item: 'VRK/1/1' } };
const options = { invoice: '2025-0318', item: 'VRK/1/1', handoverUser: 'INCASSO', currency: 'EUR' };

/** What the customer's block is after these entries, one after the other. */
function after(credit: CreditBlock, entries: readonly { readonly entry: CreditEntry; readonly item?: string }[]): CreditBlock {
  return entries.reduce<CreditBlock>((block, { entry, item = 'VRK/1/1' }) => {
    const { fields, section } = planCredit(entry, block, readSection(block.comment ?? ''), { ...options, item });
    return { ...block, ...fields, comment: writeSection(section, 500) ?? '' };
  }, credit);
}
const hold = (action: 'pause' | 'resume', item: string) => ({ entry: { ...base, kind: 'hold', action } as const, item });

describe('what an entry makes of the credit fields', () => {
  it('stops reminders of Twinfield itself when ours go out, and remembers what they were', () => {
    const block = after({ sendreminder: 'email' }, [{ entry: { ...base, kind: 'reminder-sent' } }]);
    expect(block).toEqual({ sendreminder: 'false', comment: '[Tegoed sr=email] AAAAAAAAA1 2026-11-20 inv 2025-0318 tekst [/Tegoed]' });
  });

  it('gives them back when the last item is let go, and not before', () => {
    const held = after({ sendreminder: 'true' }, [hold('pause', 'VRK/1/1'), hold('pause', 'VRK/2/1'), hold('resume', 'VRK/1/1')]);
    expect(held.sendreminder).toBe('false');
    expect(after(held, [hold('resume', 'VRK/2/1')]).sendreminder).toBe('true');
  });

  it('leaves them stopped when so many are held that not all can be remembered', () => {
    const items = ['VRK/1/1', 'VRK/2/1', 'VRK/3/1', 'VRK/4/1'];
    const held = after({ sendreminder: 'true' }, items.map((item) => hold('pause', item))); // prettier-ignore
    expect(after(held, items.map((item) => hold('resume', item))).sendreminder).toBe('false'); // prettier-ignore
  });

  it('gives back nothing where a person had stopped them before', () => {
    expect(after({ sendreminder: 'false' }, [hold('pause', 'VRK/1/1'), hold('resume', 'VRK/1/1')]).sendreminder).toBe('false');
  });

  it('gives a customer that is handed over to the user of the agency, and remembers whose it was', () => {
    const block = after({ sendreminder: 'true', responsibleuser: 'JAN' }, [{ entry: { ...base, kind: 'handover' } }]);
    expect([block.responsibleuser, block.sendreminder]).toEqual(['INCASSO', 'false']);
    expect(readSection(block.comment ?? '').kept).toEqual({ reminders: 'true', user: 'JAN', held: [] });
  });

  it.each([
    [750_000, '7500.00', 'limit 7500.00'],
    [null, '', 'limit -'],
  ])('sets a credit limit of %s', (limit, field, words) => {
    const block = after({}, [{ entry: { ...base, kind: 'limit', about: { debtor: '1037' }, limit } }]);
    expect(block.basecreditlimit).toBe(field);
    expect(block.comment).toContain(words);
  });

  it('tells the day of a promise', () => {
    const block = after({}, [{ entry: { ...base, kind: 'promise', dueOn: plainDate('2026-12-01') } }]);
    expect(block.comment).toContain('inv 2025-0318 PTP 2026-12-01 tekst');
  });

  it.each(['note', 'dispute', 'promise', 'handover-status'] as const)('changes nothing but the comment for a %s', (kind) => {
    const { comment: _comment, ...rest } = after({ sendreminder: 'true', responsibleuser: 'JAN' }, [{ entry: { ...base, kind } }]);
    expect(rest).toEqual({ sendreminder: 'true', responsibleuser: 'JAN' });
  });
});
