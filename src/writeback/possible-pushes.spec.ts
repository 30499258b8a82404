import { describe, expect, it } from '@jest/globals';
import { ALL_POSSIBLE } from '../../test/support/capabilities.js';
import { PUSH_KINDS, type PushKind } from '../adapters/accounting-package.port.js';
import { plainDate } from '../kernel/plain-date.js';
import type { UnmarkedEntry } from './dossier-pushes.js';
import { type Capabilities, possible } from './possible-pushes.js';

const on = plainDate('2026-11-20');
const [about, text] = [{ item: 'i1' }, 'Herinnering verstuurd.'];
const ENTRIES: Readonly<Record<PushKind, UnmarkedEntry>> = {
  note: { kind: 'note', about, text, on },
  'reminder-sent': { kind: 'reminder-sent', about, text, on, attachments: [{ fileName: 'a.pdf', base64: '' }] },
  dispute: { kind: 'dispute', about, text, on, dueOn: plainDate('2026-12-04') },
  promise: { kind: 'promise', about, text, on },
  hold: { kind: 'hold', about, action: 'pause', text, on },
  limit: { kind: 'limit', about: { debtor: 'd1' }, limit: 5000_00, text, on },
  handover: { kind: 'handover', about, text, on },
  'handover-status': { kind: 'handover-status', about, text, on },
  'payment-match': { kind: 'payment-match', about, amount: 1_00, currency: 'EUR', paidOn: on, on },
  'payment-undo': { kind: 'payment-undo', about, amount: 1_00, currency: 'EUR', paidOn: on, undoes: 'ABCDEFGHJK', text, on },
  'credit-hold': { kind: 'credit-hold', about: { debtor: 'd1' }, action: 'hold', text, on },
};
const without = (...kinds: PushKind[]): Capabilities => ({
  ...ALL_POSSIBLE,
  ...Object.fromEntries(kinds.map((kind) => [kind, 'not-possible'])),
});

describe('what a package can take', () => {
  it.each(PUSH_KINDS)('%s as it is, where there is a place for it', (kind) => {
    expect(possible(ENTRIES[kind], { ...ALL_POSSIBLE, [kind]: 'emulated' })).toBe(ENTRIES[kind]);
  });

  it.each(['reminder-sent', 'dispute', 'promise', 'handover', 'handover-status', 'payment-undo'] as const)(
    'a note where it has none for %s',
    (kind) => {
      expect(possible(ENTRIES[kind], without(kind))).toEqual({ kind: 'note', about, text, on });
    },
  );

  it.each(['limit', 'credit-hold'] as const)('a note of the debtor where it has none for %s', (kind) => {
    expect(possible(ENTRIES[kind], without(kind))).toEqual({ kind: 'note', about: { debtor: 'd1' }, text, on });
  });

  it.each(['hold', 'payment-match'] as const)('nothing where it has no place for %s', (kind) => {
    expect(possible(ENTRIES[kind], without(kind))).toBeNull();
  });

  it('nothing at all where it has no notes either', () => {
    for (const kind of PUSH_KINDS) expect(possible(ENTRIES[kind], without(...PUSH_KINDS))).toBeNull();
  });
});
