import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../kernel/plain-date.js';
import { pushesOf } from './dossier-pushes.js';
import type { DossierFact } from './rules/dossier-note.js';

const on = plainDate('2026-11-20');
const amount = { minor: 100_00, currency: 'EUR' };
const pushes = (fact: DossierFact, invoiceIds: string[] = ['i1', 'i2'], reminding: string[] = []): string[] =>
  pushesOf({ debtorId: 'd1', on, invoiceIds, fact }, reminding, 'nl').map(
    ({ kind, about }) => `${kind} ${'item' in about ? about.item : about.debtor}`,
  );

describe('what the package is told', () => {
  it('is told of each item, and stops its own reminders where ours pause', () => {
    expect(pushes({ kind: 'dispute-opened', code: 'PRICE', amount: null, answerBy: on })).toEqual(['dispute i1', 'dispute i2']);
    expect(pushes({ kind: 'promise-made', amount, dueDate: on, pauses: true })).toEqual(['promise i1', 'promise i2']);
    expect(pushes({ kind: 'promise-made', amount, dueDate: on, pauses: false })).toEqual(['note i1', 'note i2']);
    expect(pushes({ kind: 'arrangement-made', total: amount, instalments: 2, last: on })).toEqual(['promise i1', 'promise i2']);
  });

  it('is told when it is to be looked at again', () => {
    const [answerBy, dueDate] = [plainDate('2026-12-04'), plainDate('2026-12-11')];
    const dueOn = (fact: DossierFact): unknown[] =>
      pushesOf({ debtorId: 'd1', on, invoiceIds: ['i1'], fact }, [], 'nl').map((entry) => ('dueOn' in entry ? entry.dueOn : null));
    expect(dueOn({ kind: 'dispute-opened', code: 'PRICE', amount: null, answerBy })).toEqual([answerBy]);
    expect(dueOn({ kind: 'promise-made', amount, dueDate, pauses: true })).toEqual([dueDate]);
    expect(dueOn({ kind: 'promise-made', amount, dueDate, pauses: false })).toEqual([null]);
    expect(dueOn({ kind: 'arrangement-made', total: amount, instalments: 2, last: dueDate })).toEqual([dueDate]);
  });

  it('is told of the debtor where no item is named', () => {
    expect(pushes({ kind: 'promise-made', amount, dueDate: on, pauses: true }, [])).toEqual(['promise d1']);
    expect(pushes({ kind: 'call-made', outcome: 'reached' })).toEqual(['note d1']);
    expect(pushes({ kind: 'contact-returned', channel: 'email', sentOn: on, on }, ['i1'])).toEqual(['note i1']);
    expect(pushes({ kind: 'limit-set', limit: 5000_00, currency: 'EUR' })).toEqual(['limit d1']);
  });

  it('is told of held deliveries on the customer, and stops no reminder for it', () => {
    const exposure = { minor: 6000_00, currency: 'EUR' };
    expect(pushes({ kind: 'credit-held', exposure, limit: null }, [], ['i3'])).toEqual(['credit-hold d1']);
    expect(pushes({ kind: 'credit-released', exposure, limit: null }, [], ['i3'])).toEqual(['credit-hold d1']);
    const actions = (['credit-held', 'credit-released'] as const).map((kind) =>
      pushesOf({ debtorId: 'd1', on, invoiceIds: [], fact: { kind, exposure, limit: null } }, [], 'nl').map((entry) =>
        'action' in entry ? entry.action : null,
      ),
    );
    expect(actions).toEqual([['hold'], ['release']]);
  });

  it('stops its reminders of a debtor on hold, and starts none when something ends', () => {
    expect(pushes({ kind: 'hold-set', hold: 'insolvency', until: null }, [], ['i3'])).toEqual(['note d1', 'hold i3']);
    const ends: DossierFact[] = [
      { kind: 'hold-ended' },
      { kind: 'dispute-settled', outcome: 'PAID' },
      { kind: 'promise-withdrawn' },
      { kind: 'arrangement-judged', to: 'broken', isUntold: false },
    ];
    for (const fact of ends) expect(pushes(fact).every((push) => push.startsWith('note '))).toBe(true);
  });

  it('asks a person to tell the customer that an arrangement broke, when it reminds itself', () => {
    const broken = (isUntold: boolean) =>
      pushesOf({ debtorId: 'd1', on, invoiceIds: ['i1'], fact: { kind: 'arrangement-judged', to: 'broken', isUntold } }, [], 'en');
    expect(broken(true)).toEqual([{ kind: 'note', about: { item: 'i1' }, on, isToDo: true, text: expect.any(String) as unknown }]);
    expect((broken(true)[0] as { text: string }).text).toMatch(/not told, because the package reminds by itself: contact him/);
    expect(broken(false)).toEqual([{ kind: 'note', about: { item: 'i1' }, on, text: 'Arrangement: not kept.' }]);
  });
});
