import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import { readSection, writeSection } from './comment.js';
import { type CreditEntry, planCredit, stoodSo } from './credit-plan.js';
import type { CreditBlock } from './customer.js';

const on = plainDate('2026-11-20');
const base = { marker: 'AAAAAAAAA1', on, text: 'tekst', about: { item: 'VRK/1/1' } };
const options = { invoice: '2025-0318', item: 'VRK/1/1', handoverUser: 'INCASSO', currency: 'EUR' };

/** What the customer's block is after these entries, one after the other. */
function after(credit: CreditBlock, entries: readonly { readonly entry: CreditEntry; readonly item?: string | null }[]): CreditBlock {
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

  const debtor = { debtor: '1037' };
  const letGo = { entry: { ...base, about: debtor, kind: 'hold', action: 'resume' } as const, item: null };
  const handover = { entry: { ...base, kind: 'handover' } as const };

  it('gives everything back with the customer, however many items were held: reminders, and whose it was', () => {
    const items = ['VRK/1/1', 'VRK/2/1', 'VRK/3/1', 'VRK/4/1'];
    const held = after({ sendreminder: 'email', responsibleuser: 'JAN' }, [...items.map((item) => hold('pause', item)), handover]);
    const block = after(held, [letGo]);
    expect([block.sendreminder, block.responsibleuser]).toEqual(['email', 'JAN']);
    expect(readSection(block.comment ?? '').kept).toEqual({ held: [] });
    // Once is enough: what people change after that is theirs.
    expect(after({ ...block, sendreminder: 'false', responsibleuser: 'INCASSO' }, [letGo])).toMatchObject({
      ...{ sendreminder: 'false', responsibleuser: 'INCASSO' },
    });
  });

  it('leaves what people have changed since as they want it', () => {
    const held = after({ sendreminder: 'true', responsibleuser: 'JAN' }, [hold('pause', 'VRK/1/1'), handover]);
    const changed = { ...held, sendreminder: 'email', responsibleuser: 'PIET' };
    for (const entry of [letGo, hold('resume', 'VRK/1/1')]) {
      expect(after(changed, [entry])).toMatchObject({ sendreminder: 'email', responsibleuser: 'PIET' });
    }
  });

  it('tells whether reminders were stopped by somebody else before', () => {
    const pause = hold('pause', 'VRK/1/1').entry;
    const told = (block: CreditBlock, entry: Parameters<typeof stoodSo>[0] = pause) =>
      stoodSo(entry, block, readSection(block.comment ?? ''));
    expect([told({ sendreminder: 'true' }), told({ sendreminder: 'false' })]).toEqual([false, true]);
    // Our own message stopped them.
    expect(told(after({ sendreminder: 'true' }, [{ entry: { ...base, kind: 'reminder-sent' } }]))).toBe(false);
    expect(told({ sendreminder: 'true' }, letGo.entry)).toBe(true);
  });

  describe('a hold of deliveries', () => {
    const deliveries = (action: 'hold' | 'release', marker: string, day = on) => ({
      entry: { ...base, marker, on: day, kind: 'credit-hold', about: debtor, action } as const,
      item: null,
    });
    const fields = { sendreminder: 'true', blocked: 'false', responsibleuser: 'JAN' };

    it('stands in words in our section, and changes no field', () => {
      const { comment, ...rest } = after(fields, [deliveries('hold', 'AAAAAAAAA1')]);
      expect(rest).toEqual(fields);
      expect(comment).toMatch(/^\[Tegoed credithold=2026-11-20\] AAAAAAAAA1 2026-11-20 .*credit hold tekst \[\/Tegoed\]$/);
    });

    it('is still to be seen when its entry made way, with the day it began', () => {
      const later = Array.from({ length: 12 }, (_, nth) => ({ entry: { ...base, marker: `BBBBBBBB${10 + nth}`, kind: 'note', text: 'x'.repeat(60) } as const })); // prettier-ignore
      const block = after(fields, [deliveries('hold', 'AAAAAAAAA1'), ...later, deliveries('hold', 'AAAAAAAAA2', plainDate('2026-12-01'))]);
      expect(block.comment).toContain('[Tegoed credithold=2026-11-20]');
      expect(block.comment).not.toContain('AAAAAAAAA1');
    });

    it('ends with its release', () => {
      const block = after(fields, [deliveries('hold', 'AAAAAAAAA1'), deliveries('release', 'AAAAAAAAA2')]);
      expect(block.comment).toMatch(/^\[Tegoed\] AAAAAAAAA2 .*credit hold ended tekst/);
      expect(block).toMatchObject(fields);
    });
  });
});
