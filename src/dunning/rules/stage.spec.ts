import { describe, expect, it } from '@jest/globals';
import { contact } from '../../../test/dunning/support/books.js';
import { plainDate } from '../../kernel/plain-date.js';
import type { Contact } from '../../ledger/rules/book.js';
import type { Step, Track } from './policy.js';
import { lastContactDay, stagesOf } from './stage.js';

const step = (name: string, kind: Step['kind'], trigger: Step['trigger'] = null): Step => ({
  step: name, kind, trigger, afterDue: null, afterPrevious: null, when: [], channels: ['email'], tone: 'neutral', template: kind, term: null,
  costs: 'none', interest: 'none', minimumAmount: 0, approval: false,
}); // prettier-ignore
const track = {
  steps: [
    step('first', 'reminder'),
    step('ring', 'call'),
    step('second', 'reminder'),
    step('last', 'demand'),
    step('broken', 'call', 'broken-promise'),
  ],
} as unknown as Track;

const stage = (...contacts: Partial<Contact>[]) =>
  stagesOf(
    contacts.map((given, at) => contact({ id: `c${at}`, step: 'x', invoiceIds: ['a'], ...given })),
    track,
  )('a');

describe('the stage of an item', () => {
  it('follows from its contacts', () => {
    expect(stage()).toMatchObject({ lastIndex: -1, contacts: [] });
    expect(stage({ step: 'first' })).toMatchObject({ lastIndex: 0 });
    expect(stage({ step: 'first' }, { step: 'second' })).toMatchObject({ lastIndex: 2 });
  });

  it('is not taken back by a step that comes late, and not moved by one outside the order', () => {
    expect(stage({ step: 'second', sentOn: plainDate('2026-11-02') }, { step: 'first', sentOn: plainDate('2026-11-09') }).lastIndex).toBe(
      2,
    );
    const broken = stage({ step: 'first' }, { step: 'broken', kind: 'call' });
    expect(broken.lastIndex).toBe(0);
    expect(broken.done.has('broken')).toBe(true);
  });

  it('takes a contact of another policy for the first step of its kind that is still to come', () => {
    expect(stage({ step: 'herinnering-1' }).lastIndex).toBe(0);
    expect(stage({ step: 'herinnering-1' }, { step: 'herinnering-2' }).lastIndex).toBe(2);
    expect(stage({ step: 'herinnering-1' }, { step: 'herinnering-2' }, { step: 'herinnering-3' }).lastIndex).toBe(2);
    expect(stage({ step: 'sommatie', kind: 'demand' }).lastIndex).toBe(3);
  });

  it('does not see statements of account, nor contacts about other items', () => {
    expect(stage({ step: 'statement/2026-11-16', kind: 'statement' }).contacts).toEqual([]);
    expect(stage({ step: 'first', invoiceIds: ['b'] }).lastIndex).toBe(-1);
  });

  it('is the same in whatever order the book lists the contacts', () => {
    const early = { id: 'early', step: 'old-1', sentOn: plainDate('2026-11-02') };
    const late = { id: 'late', step: 'old-2', sentOn: plainDate('2026-11-09') };
    expect(stage(early, late)).toEqual(stage(late, early));
    expect(lastContactDay(stage(late, early))).toBe('2026-11-09');
  });
});
