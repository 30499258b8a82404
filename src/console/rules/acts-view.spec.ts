import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { english } from '../texts.js';
import { type ActFacts, countActs, showActs } from './acts-view.js';
import { formatFor } from './format.js';

const format = formatFor(english.locale);
const act = (given: Partial<ActFacts> = {}): ActFacts => ({
  id: 'a',
  day: plainDate('2026-11-20'),
  mode: 'live',
  state: 'done',
  debtor: 'Bakkerij Proef',
  kind: 'reminder',
  step: 'friendly-reminder',
  channel: 'email',
  total: '1815.00',
  currency: 'EUR',
  invoiceIds: ['1', '2'],
  payBy: plainDate('2026-11-27'),
  because: ['two items are late'],
  endedBecause: null,
  ...given,
});

describe('acts by day', () => {
  it('has the newest day first, and the order of the list within a day', () => {
    const [newer, older] = [plainDate('2026-11-20'), plainDate('2026-11-19')];
    const days = showActs([act({ id: '1', day: older }), act({ id: '2', day: newer }), act({ id: '3', day: older })], english, format);
    expect(days.map(({ date, count, acts }) => [date, count, acts.map(({ id }) => id)])).toEqual([
      [newer, '1 act', ['2']],
      [older, '2 acts', ['1', '3']],
    ]);
  });

  it('writes everything as people read it', () => {
    const [day] = showActs([act()], english, format);
    expect(day?.acts[0]).toEqual({
      id: 'a',
      debtor: 'Bakkerij Proef',
      what: 'Reminder',
      step: 'step friendly-reminder',
      channel: 'e-mail',
      items: '2',
      total: '€1,815.00',
      payBy: 'Fri 27 Nov 2026',
      state: { tone: 'good', words: 'Done' },
      ended: null,
      because: ['two items are late'],
      approve: null,
      handOver: null,
      reject: null,
      settle: null,
      cameBack: 'It came back: Reminder to Bakkerij Proef',
    });
  });

  it('asks whether it went out where nobody knows, and whether it came back where it went', () => {
    const shown = (given: Partial<ActFacts>) => showActs([act(given)], english, format)[0]?.acts[0];
    expect(shown({ state: 'uncertain' })).toMatchObject({ settle: 'Did it go out? Reminder to Bakkerij Proef', cameBack: null });
    expect(shown({ channel: 'letter' })?.cameBack).not.toBeNull();
    for (const none of [
      { channel: 'phone' },
      { channel: null },
      { state: 'planned' },
      { endedBecause: 'it came back on 2026-11-23' },
    ] as const)
      expect(shown(none)).toMatchObject({ settle: null, cameBack: null });
  });

  it('says so where a part is not there', () => {
    const [day] = showActs([act({ channel: null, payBy: null, kind: 'handover-of-the-future' })], english, format);
    expect(day?.acts[0]).toMatchObject({ channel: 'in house', payBy: '—', what: 'handover-of-the-future' });
  });

  it.each(['shown', 'awaiting-approval', 'to-do', 'planned', 'done', 'cancelled', 'uncertain', 'failed'] as const)(
    'lets a person approve what waits for it, and nothing else: %s',
    (state) => {
      const [day] = showActs([act({ state })], english, format);
      expect(day?.acts[0]?.approve).toBe(state === 'awaiting-approval' ? 'Approve: Reminder to Bakkerij Proef' : null);
    },
  );

  it.each(['shown', 'awaiting-approval', 'to-do', 'planned', 'done', 'cancelled', 'uncertain', 'failed'] as const)(
    'lets a person say no to what waits for him, and to nothing else: %s',
    (state) => {
      const [day] = showActs([act({ state })], english, format);
      const waits = state === 'awaiting-approval' || state === 'to-do';
      expect(day?.acts[0]?.reject).toBe(waits ? 'Say no: Reminder to Bakkerij Proef' : null);
    },
  );

  it('adds up what waits for approval, by kinds of which there are several', () => {
    const state = 'awaiting-approval' as const;
    const [day] = showActs(
      [
        act({ state, total: '0.10' }),
        act({ state, total: '0.20' }),
        act({ state, total: '5.00', currency: 'USD' }),
        act({ state, kind: 'demand', total: '1000.00' }),
        act({ total: '99.00' }),
        act({ state: 'to-do', total: '99.00' }),
      ],
      english,
      format,
    );
    expect(day?.waiting).toEqual([
      {
        kind: 'reminder',
        count: 3,
        words: 'Reminder: 3 wait, €0.30 + US$5.00 in all',
        approve: 'Approve all 3',
        approveFor: 'Approve all 3: Reminder',
      },
    ]);
  });

  it('says why an act ended otherwise than done', () => {
    const [day] = showActs([act({ state: 'cancelled', endedBecause: 'the debtor paid' })], english, format);
    expect(day?.acts[0]?.ended).toBe('Because: the debtor paid');
  });
});

describe('acts counted', () => {
  it('counts by kind and, within it, by state, most first', () => {
    const acts = [act({ kind: 'call', state: 'to-do' }), act(), act({ state: 'failed' }), act()];
    expect(countActs(acts, english, format)).toEqual([
      {
        what: 'Reminder',
        count: '3',
        states: [
          { tone: 'good', words: 'Done', count: '2' },
          { tone: 'bad', words: 'Failed', count: '1' },
        ],
      },
      { what: 'Call', count: '1', states: [{ tone: 'attention', words: 'For you to do', count: '1' }] },
    ]);
  });

  it('links a handover that waits to where it is approved, with its agency, and never offers it with the others', () => {
    const proposal = { kind: 'propose-handover', state: 'awaiting-approval' } as const;
    const [day] = showActs([act({ id: 'a', ...proposal }), act({ id: 'b', ...proposal })], english, format);
    expect(day?.waiting).toEqual([]);
    expect(day?.acts.map(({ approve, handOver }) => [approve, handOver])).toEqual([
      [null, 'Look at the handover of Bakkerij Proef'],
      [null, 'Look at the handover of Bakkerij Proef'],
    ]);
  });
});
